#include "rules/load.h"

#include <stddef.h>

static const char *const standing_names[] = {
#define X(name) #name,
    STANDING_LIST(X)
#undef X
};

static const char *const role_names[] = {
#define X(name) #name,
    ROLE_LIST(X)
#undef X
};

const char *standing_text(enum standing standing)
{
    return standing == STANDING_UNKNOWN ? "" : standing_names[standing];
}

/* A register says something about one kind of organisation. */
static enum status check_subject(struct json_file *file, const struct era *era)
{
    static const enum role subjects[] = {ROLE_practice_code, ROLE_trust_code, ROLE_pcn_code};

    for (size_t i = 0; i < COUNT_OF(subjects); i++)
        if (rules_era_has(era, subjects[i]))
            return rules_check_columns(file, era);
    return json_fail(file, "no column means practice_code, trust_code or pcn_code");
}

static enum status check_era(struct json_file *file, const struct era *era)
{
    bool optional = false;

    if (era->headerless != (era->code_length > 0))
        return json_fail(file, "headerless and code_length go together");
    for (size_t i = 0; i < era->column_count && era->headerless; i++) {
        if (optional && !era->columns[i].optional)
            return json_fail(file, "optional columns stand at the end of a headerless layout");
        optional = era->columns[i].optional;
    }
    return check_subject(file, era);
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
        FIELD(era, headerless, JSON_FLAG, false),
        FIELD(era, code_length, JSON_COUNT, false),
        FIELD(era, code_starts, JSON_TEXTS, false),
        FIELD_LIST(era, "columns", columns, column_count, column_rule, rules_read_column),
    };
    enum status status;

    (void)context;
    status = json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
    return status == STATUS_OK ? check_era(file, target) : status;
}

static enum status read_status(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    static const struct json_field fields[] = {
        FIELD(status_rule, code, JSON_TEXT, true),
        FIELD_CHOICE(status_rule, "status", standing, standing_names),
    };

    return json_read_object(file, value, fields, COUNT_OF(fields), target, context);
}

static enum status read_only(struct json_file *file, const cJSON *value, void *target,
                             void *context)
{
    static const struct json_field fields[] = {
        FIELD_CHOICE(only_rule, "role", role, role_names),
        FIELD(only_rule, is, JSON_TEXT, true),
    };

    return json_read_object(file, value, fields, COUNT_OF(fields), target, context);
}

#define FIELD_LAYOUT(name, kind) FIELD_AS(register_rule, #name, layout.name, kind, true)

enum status rules_read_registers(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD_AS(register_rule, "", layout.at, JSON_WHERE, false),
        FIELD_LAYOUT(id, JSON_ID),
        FIELD_LAYOUT(title, JSON_TEXT),
        FIELD_LAYOUT(publisher, JSON_TEXT),
        FIELD_LAYOUT(licence, JSON_TEXT),
        FIELD_LAYOUT(source, JSON_ID),
        FIELD_LAYOUT(checked, JSON_DATE),
        FIELD_LIST(register_rule, "layouts", layout.eras, layout.era_count, era, read_era),
        FIELD_LIST(register_rule, "statuses", statuses, status_count, status_rule, read_status),
        FIELD_LIST(register_rule, "only", only, only_count, only_rule, read_only),
        FIELD(register_rule, gp_setting, JSON_TEXT, false),
        FIELD(register_rule, parents_since_open, JSON_FLAG, false),
        FIELD(register_rule, note, JSON_TEXT, false),
    };
    struct register_rule *const made = arena_take(file->arena, sizeof *made);
    enum status status;

    if (made == NULL)
        return fail_nomem(file->why);
    status = json_read_object(file, tree, fields, COUNT_OF(fields), made, NULL);
    if (status == STATUS_OK && made->layout.era_count == 0)
        status = json_fail(file, "has no layout");
    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->registers, made) ? STATUS_OK : fail_nomem(file->why);
}
