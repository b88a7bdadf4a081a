#include "rules/json.h"

#include "base/similar.h"

#include <stdio.h>

/* The scalars of rule files. */

static enum status take_text(struct json_file *file, const char *text, void *target)
{
    const char *const copy = arena_copy(file->arena, view_of(text));

    memcpy(target, &copy, sizeof copy);
    return copy != NULL ? STATUS_OK : fail_nomem(file->why);
}

static bool all_of(const char *text, const char *more)
{
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++)
        if (!(*text >= '0' && *text <= '9') && strchr(more, *text) == NULL)
            return false;
    return true;
}

static const char id_letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
static const char upper_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static bool is_printable(const char *text)
{
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ')
            return false;
    return true;
}

static bool is_date(const char *text)
{
    month_t month;

    return strlen(text) == 10 && text[7] == '-' && text[4] == '-' && all_of(text + 8, "") &&
           strcmp(text + 8, "01") >= 0 && strcmp(text + 8, "31") <= 0 &&
           month_parse((struct view){text, 7}, &month);
}

/* "" when text fits the kind, else what it should be. */
static const char *misfit(enum json_kind kind, const char *text)
{
    if (kind == JSON_ID || kind == JSON_IDS)
        return all_of(text, id_letters) ? "" : "an id of letters, 0-9, - and _";
    if (kind == JSON_CODE || kind == JSON_CODES)
        return all_of(text, upper_letters) && strlen(text) == 15 ? "" : "a BNF code of 15 letters";
    if (kind == JSON_BNF || kind == JSON_BNFS)
        return all_of(text, upper_letters) && strlen(text) <= 15 ? "" : "a BNF code";
    if (kind == JSON_DMD)
        return all_of(text, "") && strlen(text) >= 6 && strlen(text) <= 18
                   ? ""
                   : "a SNOMED CT identifier of 6 to 18 digits";
    if (kind == JSON_DATE)
        return is_date(text) ? "" : "a date as YYYY-MM-DD";
    return is_printable(text) ? "" : "a text on one line";
}

static struct named name_here(const struct json_file *file, enum names_of of, const char *text)
{
    return (struct named){
        .of = of,
        .text = text,
        .file = file->name,
        .path = file->path_length > 0 ? file->path : "/",
        .id = file->id,
        .line = file->line,
    };
}

void json_refer(struct json_file *file, enum names_of of, const char *text)
{
    const struct named name = name_here(file, of, text);

    faults_refer(file->faults, &name);
}

/* What the text names, for the check that follows when all files are read. */
static void remember_name(struct json_file *file, const struct json_field *field, const char *text)
{
    const struct named name = name_here(file, field->defines, text);

    if (field->defines != NAMES_NONE)
        faults_define(file->faults, &name);
    if (field->refers != NAMES_NONE)
        json_refer(file, field->refers, text);
}

static enum status read_text(struct json_file *file, const cJSON *value,
                             const struct json_field *field, void *target)
{
    const char *expected;
    int index;

    if (!cJSON_IsString(value))
        return json_fail(file, "must be a text");
    expected = misfit(field->kind, value->valuestring);
    if (*expected != '\0')
        return json_fail(file, "\"%.60s\" is not %s", value->valuestring, expected);
    if (field->choices != NULL &&
        json_read_choice(file, value, field->choices, field->choice_count, &index) != STATUS_OK)
        return STATUS_RULE;
    remember_name(file, field, value->valuestring);
    return take_text(file, value->valuestring, target);
}

static enum status read_month(struct json_file *file, const cJSON *value, void *target)
{
    month_t month;

    if (!cJSON_IsString(value) || !month_parse(view_of(value->valuestring), &month) ||
        value->valuestring[4] != '-')
        return json_fail(file, "must be a month as \"YYYY-MM\"");
    memcpy(target, &month, sizeof month);
    return STATUS_OK;
}

/* Millionths of whatever the number counts, as the milligrams of a kilogram. */
static enum status parse_millionths(struct json_file *file, const cJSON *value, int64_t *millionths)
{
    enum decimal_fault fault;

    if (!cJSON_IsString(value))
        return json_fail(file, "must be a decimal as a text, as \"28.26\"");
    fault = decimal_parse(view_of(value->valuestring), PLACES_CARBON, millionths);
    if (fault != DECIMAL_OK)
        return json_fail(file, "\"%.40s\" is %s", value->valuestring, decimal_fault_text(fault));
    return STATUS_OK;
}

static enum status read_millionths(struct json_file *file, const cJSON *value, void *target)
{
    int64_t millionths = 0;
    const enum status status = parse_millionths(file, value, &millionths);

    if (status != STATUS_OK)
        return status;
    if (millionths < 0)
        return json_fail(file, "must not be below 0");
    memcpy(target, &millionths, sizeof millionths);
    return STATUS_OK;
}

static enum status read_kilogram(struct json_file *file, const cJSON *value, void *target)
{
    int64_t milligrams = 0;
    const enum status status = parse_millionths(file, value, &milligrams);

    if (status != STATUS_OK)
        return status;
    if (milligrams < 0 || milligrams > INT64_C(1000000000000))
        return json_fail(file, "must be from 0 to 1,000,000 kg");
    memcpy(target, &milligrams, sizeof milligrams);
    return STATUS_OK;
}

static enum status read_quantity(struct json_file *file, const cJSON *value, void *target)
{
    int64_t thousandths;

    if (!cJSON_IsString(value) ||
        decimal_parse(view_of(value->valuestring), PLACES_QUANTITY, &thousandths) != DECIMAL_OK)
        return json_fail(file, "must be a decimal as a text, with three places at most");
    if (thousandths <= 0 || thousandths > INT64_C(1000000000))
        return json_fail(file, "must be above 0, and 1,000,000 at most");
    memcpy(target, &thousandths, sizeof thousandths);
    return STATUS_OK;
}

static enum status read_count(struct json_file *file, const cJSON *value, void *target)
{
    int64_t number;

    if (!cJSON_IsNumber(value) || value->valuedouble < 1 || value->valuedouble > 1e6 ||
        value->valuedouble != (double)(int64_t)value->valuedouble)
        return json_fail(file, "must be a whole number from 1 to 1,000,000");
    number = (int64_t)value->valuedouble;
    memcpy(target, &number, sizeof number);
    return STATUS_OK;
}

static enum status read_flag(struct json_file *file, const cJSON *value, void *target)
{
    const bool flag = cJSON_IsTrue(value);

    if (!cJSON_IsBool(value))
        return json_fail(file, "must be true or false");
    memcpy(target, &flag, sizeof flag);
    return STATUS_OK;
}

static void join(char *out, size_t size, const char *const *names, size_t count)
{
    size_t length = 0;

    out[0] = '\0';
    for (size_t i = 0; i < count && length < size; i++)
        length +=
            (size_t)snprintf(out + length, size - length, "%s%s", i > 0 ? ", " : "", names[i]);
}

/* The nearest is looked for only here: rules are read at every start, and nearly all are right. */
static enum status fail_choice(struct json_file *file, const char *text, const char *const *names,
                               size_t count)
{
    struct similar near = similar_to(text);
    char all[700];

    for (size_t i = 0; i < count; i++)
        similar_try(&near, names[i]);
    join(all, sizeof all, names, count);
    if (near.best != NULL)
        return json_fail(file,
                         "\"%.60s\" is not one of the allowed values; did you mean \"%s\"? "
                         "Allowed: %s",
                         text, near.best, all);
    return json_fail(file, "\"%.60s\" is not one of the allowed values. Allowed: %s", text, all);
}

enum status json_read_choice(struct json_file *file, const cJSON *value, const char *const *names,
                             size_t count, int *index)
{
    if (!cJSON_IsString(value))
        return json_fail(file, "must be a text");
    for (size_t i = 0; i < count; i++)
        if (strcmp(value->valuestring, names[i]) == 0) {
            *index = (int)i;
            return STATUS_OK;
        }
    return fail_choice(file, value->valuestring, names, count);
}

/* An enum of this project is as wide as an int. */
static enum status read_choice(struct json_file *file, const cJSON *value,
                               const struct json_field *field, void *target)
{
    int index = 0;
    const enum status status =
        json_read_choice(file, value, field->choices, field->choice_count, &index);

    if (field->kind == JSON_CHOICE) {
        memcpy(target, &index, sizeof index);
    } else if (field->kind == JSON_WORD) {
        memcpy(target, &field->choices[index], sizeof field->choices[index]);
    } else {
        const bool second = index == 1;

        memcpy(target, &second, sizeof second);
    }
    return status;
}

enum status json_read_value(struct json_file *file, const cJSON *value,
                            const struct json_field *field, void *target)
{
    switch (field->kind) {
    case JSON_TEXT:
    case JSON_ID:
    case JSON_CODE:
    case JSON_DMD:
    case JSON_BNF:
    case JSON_DATE:
    case JSON_TEXTS:
    case JSON_IDS:
    case JSON_CODES:
    case JSON_BNFS:
        return read_text(file, value, field, target);
    case JSON_MONTH:
        return read_month(file, value, target);
    case JSON_KILOGRAM:
        return read_kilogram(file, value, target);
    case JSON_QUANTITY:
        return read_quantity(file, value, target);
    case JSON_MILLIONTHS:
        return read_millionths(file, value, target);
    case JSON_COUNT:
        return read_count(file, value, target);
    case JSON_FLAG:
        return read_flag(file, value, target);
    case JSON_CHOICE:
    case JSON_WORD:
    case JSON_EITHER:
        return read_choice(file, value, field, target);
    case JSON_WORDS:
    case JSON_SET:
    case JSON_OBJECT:
    case JSON_LIST:
    case JSON_CUSTOM:
    case JSON_WHERE:
        break; /* json.c reads them */
    }
    return json_fail(file, "has a kind that no reader knows");
}
