#include "rules/load.h"

#include "base/limits.h"

#include <stddef.h>

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

static enum status check_era(struct json_file *file, const struct era *era)
{
    /* one of each line: a column that says it alone, or its substitute */
    static const enum role needed[][2] = {
        {ROLE_month,         ROLE_year         },
        {ROLE_month,         ROLE_month_of_year},
        {ROLE_practice_code, ROLE_icb_code     },
        {ROLE_bnf_code,      ROLE_bnf_code     },
        {ROLE_quantity,      ROLE_quantity     },
        {ROLE_items,         ROLE_items        },
        {ROLE_nic,           ROLE_nic          },
    };
    const enum status status = rules_check_columns(file, era);

    for (size_t i = 0; i < COUNT_OF(needed) && status == STATUS_OK; i++)
        if (!rules_era_has(era, needed[i][0]) && !rules_era_has(era, needed[i][1]))
            return json_fail(file, "no column means %s", role_text(needed[i][0]));
    return status;
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
        FIELD_LIST(era, "columns", columns, column_count, column_rule, rules_read_column),
    };

    enum status status;

    (void)context;
    status = json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
    return status == STATUS_OK ? check_era(file, target) : status;
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
        FIELD_LIST(extract_rule, "eras", eras, era_count, era, read_era),
    };
    struct extract_rule extract = {0};
    const enum status status =
        json_read_object(file, tree, fields, COUNT_OF(fields), &extract, &extract);

    if (status != STATUS_OK)
        return status;
    if (extract.era_count == 0)
        return json_fail(file, "has no era");
    return RULE_PUSH(rules->extracts, extract) ? STATUS_OK : fail_nomem(file->why);
}
