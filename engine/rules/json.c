#include "rules/rules.h"

#include "base/limits.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#define DEEPEST 16 /* our files have six levels */

enum status json_fail(struct json_file *file, const char *format, ...)
{
    char text[300];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fail_set(file->why, STATUS_RULE, "%s: %s", file->path_length > 0 ? file->path : "/", text);
    return fail_in(file->why, file->name, 0);
}

static size_t enter_key(struct json_file *file, const char *key)
{
    const size_t before = file->path_length;
    const int written = snprintf(file->path + before, sizeof file->path - before, "/%s", key);

    if (written > 0 && (size_t)written < sizeof file->path - before)
        file->path_length += (size_t)written;
    return before;
}

static size_t enter_index(struct json_file *file, size_t index)
{
    char number[24];

    snprintf(number, sizeof number, "%zu", index);
    return enter_key(file, number);
}

static void leave(struct json_file *file, size_t before)
{
    file->path_length = before;
    file->path[before] = '\0';
}

static enum status fail_syntax(struct json_file *file, const char *text, const char *at)
{
    uint64_t line = 1;
    enum status status;

    for (const char *c = text; c < at; c++)
        line += *c == '\n';
    status = json_fail(file, "not valid JSON");
    file->why->line = line;
    return status;
}

/* cJSON cuts a text at \u0000 in silence and takes raw control characters. */
static bool has_hidden_characters(const char *text, size_t length)
{
    if (memchr(text, '\0', length) != NULL)
        return true;
    for (size_t i = 0; i + 6 <= length; i++)
        if (memcmp(text + i, "\\u0000", 6) == 0)
            return true;
    return false;
}

static bool too_deep(const cJSON *value, int depth)
{
    const cJSON *child;

    if (depth > DEEPEST)
        return true;
    cJSON_ArrayForEach (child, value) {
        if (too_deep(child, depth + 1))
            return true;
    }
    return false;
}

enum status json_parse(struct json_file *file, const char *text, size_t length, cJSON **tree)
{
    const char *end = text;

    file->path_length = 0;
    file->path[0] = '\0';
    if (length > LIMIT_RULE_BYTES)
        return json_fail(file, "larger than %d bytes", LIMIT_RULE_BYTES);
    if (has_hidden_characters(text, length))
        return json_fail(file, "holds a zero character");
    errno = 0; /* cJSON gives NULL for both; only malloc sets ENOMEM */
    *tree = cJSON_ParseWithLengthOpts(text, length + 1, &end, 1);
    if (*tree == NULL && errno == ENOMEM)
        return fail_nomem(file->why);
    if (*tree == NULL)
        return fail_syntax(file, text, end);
    if (too_deep(*tree, 0)) {
        cJSON_Delete(*tree);
        *tree = NULL;
        return json_fail(file, "deeper than %d levels", DEEPEST);
    }
    return STATUS_OK;
}

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

static enum status read_text(struct json_file *file, const cJSON *value, enum json_kind kind,
                             void *target)
{
    const char *expected;

    if (!cJSON_IsString(value))
        return json_fail(file, "must be a text");
    expected = misfit(kind, value->valuestring);
    if (*expected != '\0')
        return json_fail(file, "\"%.60s\" is not %s", value->valuestring, expected);
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
        value->valuedouble != (double)value->valueint)
        return json_fail(file, "must be a whole number from 1 to 1,000,000");
    number = value->valueint;
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

static enum status read_texts(struct json_file *file, const cJSON *value, enum json_kind kind,
                              void *target)
{
    struct text_list list = {0};
    const cJSON *item;

    if (!cJSON_IsArray(value) || value->child == NULL)
        return json_fail(file, "must be a list with at least one text");
    list.texts = arena_array(file->arena, (size_t)cJSON_GetArraySize(value), sizeof *list.texts);
    if (list.texts == NULL)
        return fail_nomem(file->why);
    cJSON_ArrayForEach (item, value) {
        const size_t before = enter_index(file, list.count);
        const enum status status = read_text(file, item, kind, &list.texts[list.count]);

        if (status != STATUS_OK)
            return status;
        leave(file, before);
        list.count++;
    }
    memcpy(target, &list, sizeof list);
    return STATUS_OK;
}

static enum status read_list(struct json_file *file, const cJSON *value,
                             const struct json_field *field, void *target, void *context)
{
    const cJSON *child;
    char *items;
    size_t count = 0;

    if (!cJSON_IsArray(value))
        return json_fail(file, "must be a list");
    items = arena_array(file->arena, (size_t)cJSON_GetArraySize(value) + 1, field->item_bytes);
    if (items == NULL)
        return fail_nomem(file->why);
    cJSON_ArrayForEach (child, value) {
        const size_t before = enter_index(file, count);
        const enum status status =
            field->read(file, child, items + count * field->item_bytes, context);

        if (status != STATUS_OK)
            return status;
        leave(file, before);
        count++;
    }
    if (field->count_offset == JSON_NO_COUNT)
        return STATUS_OK;
    memcpy((char *)target + field->offset, &items, sizeof items);
    memcpy((char *)target + field->count_offset, &count, sizeof count);
    return STATUS_OK;
}

/* An enum of this project is as wide as an int. */
static enum status read_choice(struct json_file *file, const cJSON *value,
                               const struct json_field *field, void *target)
{
    int index = 0;
    const enum status status =
        json_read_choice(file, value, field->choices, field->choice_count, &index);

    memcpy(target, &index, sizeof index);
    return status;
}

static enum status read_field(struct json_file *file, const cJSON *value,
                              const struct json_field *field, void *object, void *context)
{
    void *const target = (char *)object + field->offset;

    switch (field->kind) {
    case JSON_TEXT:
    case JSON_ID:
    case JSON_CODE:
    case JSON_DMD:
    case JSON_BNF:
    case JSON_DATE:
        return read_text(file, value, field->kind, target);
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
    case JSON_TEXTS:
    case JSON_IDS:
    case JSON_CODES:
    case JSON_BNFS:
        return read_texts(file, value, field->kind, target);
    case JSON_CHOICE:
        return read_choice(file, value, field, target);
    case JSON_LIST:
        return read_list(file, value, field, object, context);
    case JSON_CUSTOM:
        return field->read(file, value, target, context);
    case JSON_WHERE:
        break; /* has no key */
    }
    return json_fail(file, "has a kind that no reader knows");
}

static const struct json_field *find_field(const struct json_field *fields, size_t count,
                                           const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}

/* For the checks that follow when all files are read. */
static enum status remember_where(struct json_file *file, const struct json_field *fields,
                                  size_t count, void *target)
{
    char where[512];
    enum status status = STATUS_OK;

    snprintf(where, sizeof where, "%s: %s", file->name, file->path_length > 0 ? file->path : "/");
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (fields[i].kind == JSON_WHERE)
            status = take_text(file, where, (char *)target + fields[i].offset);
    return status;
}

enum status json_read_object(struct json_file *file, const cJSON *value,
                             const struct json_field *fields, size_t count, void *target,
                             void *context)
{
    uint64_t seen = 0;
    const cJSON *child;

    if (!cJSON_IsObject(value))
        return json_fail(file, "must be an object");
    cJSON_ArrayForEach (child, value) {
        const struct json_field *const field = find_field(fields, count, child->string);
        const size_t before = enter_key(file, child->string);
        const uint64_t bit = field != NULL ? UINT64_C(1) << (field - fields) : 0;
        enum status status;

        if (field == NULL)
            return json_fail(file, "is not a key that is known here");
        if ((seen & bit) != 0)
            return json_fail(file, "stands twice");
        seen |= bit;
        status = read_field(file, child, field, target, context);
        if (status != STATUS_OK)
            return status;
        leave(file, before);
    }
    for (size_t i = 0; i < count; i++)
        if (fields[i].required && (seen >> i & 1) == 0)
            return json_fail(file, "lacks \"%s\"", fields[i].key);
    return remember_where(file, fields, count, target);
}

enum status json_read_choice(struct json_file *file, const cJSON *value, const char *const *names,
                             size_t count, int *index)
{
    if (!cJSON_IsString(value))
        return json_fail(file, "must be a text");
    for (size_t i = 0; i < count; i++) {
        if (strcmp(value->valuestring, names[i]) == 0) {
            *index = (int)i;
            return STATUS_OK;
        }
    }
    return json_fail(file, "\"%.60s\" is not one of the known values, such as \"%s\"",
                     value->valuestring, names[0]);
}

const char *rules_json_version(void)
{
    return cJSON_Version();
}
