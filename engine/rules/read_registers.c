#include "rules/load.h"

#include <stddef.h>

static const char *const standing_names[] = {
#define X(name) #name,
    STANDING_LIST(X)
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

static enum status check_era(struct json_file *file, void *target, void *context)
{
    const struct era *const era = target;
    bool optional = false;

    (void)context;

    if (era->headerless != (era->code_length > 0))
        return json_fail(file, "headerless and code_length go together");
    for (size_t i = 0; i < era->column_count && era->headerless; i++) {
        if (optional && !era->columns[i].optional)
            return json_fail(file, "optional columns stand at the end of a headerless layout");
        optional = era->columns[i].optional;
    }
    return check_subject(file, era);
}

static const struct json_field era_table_fields[] = {
    FIELD_WHERE(era),
    FIELD(era, id, JSON_ID, true, "an id, never used again", .defines = NAMES_REGISTER_LAYOUT),
    FIELD(era, title, JSON_TEXT, true, "its name, for people"),
    FIELD(era, seen, JSON_TEXT, true, "the time for which this layout was seen"),
    FIELD_SOURCE(era),
    FIELD_CHECKED(era),
    FIELD(era, headerless, JSON_FLAG, false,
          "true: the file has no header; it is known by its number of columns"),
    FIELD(era, code_length, JSON_COUNT, false,
          "of a file without a header: so many characters of the first field"),
    FIELD(era, code_starts, JSON_TEXTS, false,
          "of a file without a header: how the code in the first field may begin"),
    FIELD_LIST(era, "columns", columns, column_count, column_rule, true, rules_column_table,
               "its columns; in their order where there is no header"),
};
static TABLE(era_table, "A layout of a register", .finish = check_era,
             .schema = "\"dependencies\": {\"headerless\": [\"code_length\"], "
                       "\"code_length\": [\"headerless\"]}");

static const struct json_field status_table_fields[] = {
    FIELD(status_rule, code, JSON_TEXT, true, "what the column holds"),
    FIELD_AS(status_rule, "status", standing, JSON_CHOICE, true, "what that means",
             WORDS(standing_names)),
};
static TABLE(status_table, "What a code of the column \"status\" means");

static const struct json_field only_table_fields[] = {
    FIELD(only_rule, role, JSON_CHOICE, true, "which column", WORDS(rules_role_names)),
    FIELD(only_rule, is, JSON_TEXT, true, "what it must hold"),
};
static TABLE(only_table, "Only rows in which a column holds a text are read");

static enum status keep_register(struct json_file *file, void *target, void *context)
{
    struct register_rule *const made = target;
    struct rules *const rules = context;

    if (made->layout.era_count == 0)
        return json_fail(file, "has no layout");
    return RULE_KEEP(file, rules->registers, made);
}

static const struct json_field rules_registers_table_fields[] = {
    FIELD_AS(register_rule, "", layout.at, JSON_WHERE, false, NULL),
    FIELD_AS(register_rule, "id", layout.id, JSON_ID, true, "an id, never used again",
             .defines = NAMES_REGISTER),
    FIELD_AS(register_rule, "title", layout.title, JSON_TEXT, true, "the name of the register"),
    FIELD_AS(register_rule, "publisher", layout.publisher, JSON_TEXT, true, "who publishes it"),
    FIELD_AS(register_rule, "licence", layout.licence, JSON_TEXT, true, "under which licence"),
    FIELD_AS(register_rule, "source", layout.source, JSON_ID, true,
             "where the rule is from: an id of sources.json", .refers = NAMES_SOURCE),
    FIELD_AS(register_rule, "checked", layout.checked, JSON_DATE, true,
             "the day on which its source was last looked at"),
    FIELD_LIST(register_rule, "layouts", layout.eras, layout.era_count, era, true, era_table,
               "the layouts it has had"),
    FIELD_LIST(register_rule, "statuses", statuses, status_count, status_rule, true, status_table,
               "what the codes of the column \"status\" mean"),
    FIELD_LIST(register_rule, "only", only, only_count, only_rule, true, only_table,
               "conditions on the rows that are read"),
    FIELD(register_rule, gp_setting, JSON_TEXT, false,
          "the prescribing setting that is a GP practice"),
    FIELD(register_rule, parents_since_open, JSON_FLAG, false,
          "true: organisations above hold from the opening date on, not only from the date of the "
          "register"),
    FIELD_NOTE(register_rule),
};
TABLE(rules_registers_table, "A register of organisations", .finish = keep_register);

enum status rules_read_registers(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct register_rule *const made = arena_take(file->arena, sizeof *made);

    if (made == NULL)
        return fail_nomem(file->why);
    return json_read_object(file, tree, &rules_registers_table, made, rules);
}
