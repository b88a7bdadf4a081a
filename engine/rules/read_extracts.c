#include "rules/load.h"

#include "base/limits.h"

#include <stddef.h>
#include <stdio.h>

static const char *const role_names[] = {
#define X(name) #name,
    ROLE_LIST(X)
#undef X
};

/* A column may have no name: the padded layout of PDPI ends in a comma. */
static enum status read_column_name(struct json_file *file, const cJSON *value, void *target,
                                    void *context)
{
    const char *name;

    (void)context;
    if (!cJSON_IsString(value))
        return json_fail(file, "must be a text");
    name = arena_copy(file->arena, view_of(value->valuestring));
    memcpy(target, &name, sizeof name);
    return name != NULL ? STATUS_OK : fail_nomem(file->why);
}

enum status rules_read_column(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    static const struct json_field fields[] = {
        FIELD_BY(column_rule, "name", name, true, read_column_name),
        FIELD_CHOICE(column_rule, "role", role, role_names),
        FIELD(column_rule, optional, JSON_FLAG, false),
    };

    return json_read_object(file, value, fields, COUNT_OF(fields), target, context);
}

enum status rules_check_columns(struct json_file *file, const struct era *era)
{
    unsigned int count[ROLES] = {0};

    if (era->column_count > LIMIT_COLUMNS)
        return json_fail(file, "more than %d columns", LIMIT_COLUMNS);
    for (size_t i = 0; i < era->column_count; i++) {
        count[era->columns[i].role]++;
        if (era->columns[i].role != ROLE_ignored && count[era->columns[i].role] > 1)
            return json_fail(file, "two columns mean %s", role_text(era->columns[i].role));
        for (size_t j = 0; j < i; j++)
            if (view_is(view_of(era->columns[i].name), era->columns[j].name))
                return json_fail(file, "the column \"%s\" stands twice", era->columns[i].name);
    }
    return STATUS_OK;
}

bool rules_era_has(const struct era *era, enum role role)
{
    for (size_t i = 0; i < era->column_count; i++)
        if (era->columns[i].role == role)
            return true;
    return false;
}

static const char *const subject_names[] = {
#define X(name) #name,
    SUBJECT_LIST(X)
#undef X
};

/* The columns without which a row of the subject says nothing: one of each pair, a column that
 * says it alone or its substitute.  ROLE_ignored ends the list. */
static const enum role needed_roles[SUBJECTS][8][2] = {
    [SUBJECT_prescribing] = {{ROLE_month, ROLE_year},
                             {ROLE_month, ROLE_month_of_year},
                             {ROLE_practice_code, ROLE_icb_code},
                             {ROLE_bnf_code, ROLE_bnf_code},
                             {ROLE_quantity, ROLE_quantity},
                             {ROLE_items, ROLE_items},
                             {ROLE_nic, ROLE_nic},
                             {ROLE_ignored, ROLE_ignored}},
    [SUBJECT_hospital] = {{ROLE_month, ROLE_month},
                          {ROLE_trust_code, ROLE_trust_code},
                          {ROLE_vmp_code, ROLE_vmp_code},
                          {ROLE_vmp_name, ROLE_vmp_name},
                          {ROLE_unit_name, ROLE_unit_name},
                          {ROLE_quantity, ROLE_quantity},
                          {ROLE_ignored, ROLE_ignored}},
    [SUBJECT_gas_supply] = {{ROLE_month, ROLE_month},
                            {ROLE_trust_code, ROLE_trust_code},
                            {ROLE_litres, ROLE_litres},
                            {ROLE_ignored, ROLE_ignored}},
    [SUBJECT_gas_use] = {{ROLE_month, ROLE_month},
                         {ROLE_trust_code, ROLE_trust_code},
                         {ROLE_litres, ROLE_litres},
                         {ROLE_ignored, ROLE_ignored}},
};

static bool has_role(const struct era *era, const enum role role[2])
{
    return rules_era_has(era, role[0]) || rules_era_has(era, role[1]);
}

/* When the whole file is read: the subject may stand behind the eras. */
static enum status check_subject(struct json_file *file, const struct extract_rule *extract)
{
    for (size_t i = 0; i < extract->era_count; i++) {
        snprintf(file->path, sizeof file->path, "/eras/%zu", i);
        file->path_length = strlen(file->path);
        for (size_t r = 0; needed_roles[extract->subject][r][0] != ROLE_ignored; r++)
            if (!has_role(&extract->eras[i], needed_roles[extract->subject][r]))
                return json_fail(file, "no column means %s",
                                 role_text(needed_roles[extract->subject][r][0]));
    }
    return STATUS_OK;
}

static enum status read_series(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    static const struct json_field fields[] = {
        FIELD(series_rule, id, JSON_ID, true),
        FIELD(series_rule, title, JSON_TEXT, true),
        FIELD(series_rule, rank, JSON_COUNT, true),
        FIELD(series_rule, provisional, JSON_FLAG, true),
        FIELD(series_rule, names, JSON_TEXTS, true),
    };

    (void)context;
    return json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
}

static enum status read_era(struct json_file *file, const cJSON *value, void *target, void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(era),
        FIELD(era, id, JSON_ID, true),
        FIELD(era, title, JSON_TEXT, true),
        FIELD(era, seen, JSON_TEXT, true),
        FIELD(era, source, JSON_ID, true),
        FIELD(era, checked, JSON_DATE, true),
        FIELD(era, inferred, JSON_TEXT, false),
        FIELD(era, grouped_numbers, JSON_FLAG, false),
        FIELD_LIST(era, "columns", columns, column_count, column_rule, rules_read_column),
    };

    enum status status;

    (void)context;
    status = json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
    return status == STATUS_OK ? rules_check_columns(file, target) : status;
}

static enum status read_nation(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(extract_rule),
        FIELD_AS(extract_rule, "code", nation_code, JSON_TEXT, true),
        FIELD_AS(extract_rule, "name", nation_name, JSON_TEXT, true),
    };

    (void)target;
    return json_read_object(file, value, fields, COUNT_OF(fields), context, NULL);
}

enum status rules_read_extract(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD(extract_rule, id, JSON_ID, true),
        FIELD(extract_rule, title, JSON_TEXT, true),
        FIELD(extract_rule, publisher, JSON_TEXT, true),
        FIELD(extract_rule, licence, JSON_TEXT, true),
        FIELD(extract_rule, source, JSON_ID, true),
        FIELD(extract_rule, checked, JSON_DATE, true),
        FIELD(extract_rule, group, JSON_ID, true),
        FIELD(extract_rule, companions, JSON_TEXTS, false),
        FIELD(extract_rule, no_code, JSON_TEXTS, false),
        FIELD(extract_rule, note, JSON_TEXT, false),
        FIELD_BY(extract_rule, "nation", nation_code, true, read_nation),
        FIELD_WORD(extract_rule, "subject", subject, subject_names),
        FIELD(extract_rule, returns, JSON_FLAG, false),
        FIELD(extract_rule, empty_cost, JSON_FLAG, false),
        FIELD(extract_rule, by_organisation, JSON_FLAG, false),
        FIELD(extract_rule, free_sub_icb, JSON_FLAG, false),
        FIELD(extract_rule, cost_name, JSON_TEXT, false),
        FIELD(extract_rule, product, JSON_TEXT, false),
        FIELD_SOME(extract_rule, "series", series, series_count, series_rule, read_series),
        FIELD_LIST(extract_rule, "eras", eras, era_count, era, read_era),
    };
    struct extract_rule extract = {.cost_name = "actual cost"};
    const enum status status =
        json_read_object(file, tree, fields, COUNT_OF(fields), &extract, &extract);

    if (status != STATUS_OK)
        return status;
    if (extract.era_count == 0)
        return json_fail(file, "has no era");
    if (check_subject(file, &extract) != STATUS_OK)
        return STATUS_RULE;
    return RULE_PUSH(rules->extracts, extract) ? STATUS_OK : fail_nomem(file->why);
}
