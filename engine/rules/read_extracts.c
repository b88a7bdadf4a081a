#include "rules/load.h"

#include "base/limits.h"

#include <stddef.h>

const char *const rules_role_names[ROLES] = {
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

static const struct json_field rules_column_table_fields[] = {
    FIELD(column_rule, name, JSON_CUSTOM, true,
          "the name of the column in the header; it may be empty", .read = read_column_name,
          .schema = "\"type\": \"string\""),
    FIELD(column_rule, role, JSON_CHOICE, true, "what it means; ignored: known and not read",
          WORDS(rules_role_names)),
    FIELD(column_rule, optional, JSON_FLAG, false, "true: a file may lack it"),
};
TABLE(rules_column_table, "A column");

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
    enum status status = STATUS_OK;

    for (size_t i = 0; i < extract->era_count; i++)
        for (size_t r = 0; needed_roles[extract->subject][r][0] != ROLE_ignored; r++)
            if (!has_role(&extract->eras[i], needed_roles[extract->subject][r]))
                status = fault_at(file->faults, extract->eras[i].at, "no column means %s",
                                  role_text(needed_roles[extract->subject][r][0]));
    return status;
}

static const struct json_field series_table_fields[] = {
    FIELD(series_rule, id, JSON_ID, true, "an id, once in the file"),
    FIELD(series_rule, title, JSON_TEXT, true, "its name, for people"),
    FIELD(series_rule, rank, JSON_COUNT, true,
          "of two series with the same month the one with the higher rank is used"),
    FIELD(series_rule, provisional, JSON_FLAG, true, "true: its figures will change"),
    FIELD(series_rule, names, JSON_TEXTS, true,
          "texts in the name of a file, without regard to case, by which it is known"),
};
static TABLE(series_table, "A series in which months are published");

static enum status check_era(struct json_file *file, void *target, void *context)
{
    (void)context;
    return rules_check_columns(file, target);
}

static const struct json_field era_table_fields[] = {
    FIELD_WHERE(era),
    FIELD(era, id, JSON_ID, true, "an id, never used again", .defines = NAMES_ERA),
    FIELD(era, title, JSON_TEXT, true, "its name, for people"),
    FIELD(era, seen, JSON_TEXT, true, "the months for which this header was seen"),
    FIELD_SOURCE(era),
    FIELD_CHECKED(era),
    FIELD(era, inferred, JSON_TEXT, false, "what of this layout no source confirms"),
    FIELD(era, grouped_numbers, JSON_FLAG, false,
          "true: its numbers may have thousands separators, as 1,234.5"),
    FIELD_LIST(era, "columns", columns, column_count, column_rule, true, rules_column_table,
               "its columns; a file may have them in any order"),
};
static TABLE(era_table, "A header, as an extract has it over some time", .finish = check_era);

static const struct json_field nation_table_fields[] = {
    FIELD_AS(extract_rule, "code", nation_code, JSON_TEXT, true, "its ONS code, as E92000001",
             .defines = NAMES_NATION),
    FIELD_AS(extract_rule, "name", nation_name, JSON_TEXT, true, "its name"),
};
static TABLE(nation_table, "The nation of an extract");

static enum status keep_extract(struct json_file *file, void *target, void *context)
{
    const struct extract_rule *const extract = target;
    struct rules *const rules = context;

    if (extract->era_count == 0)
        return json_fail(file, "has no era");
    if (check_subject(file, extract) != STATUS_OK)
        return STATUS_RULE;
    return RULE_KEEP(file, rules->extracts, *extract);
}

static const struct json_field rules_extract_table_fields[] = {
    FIELD_WHERE(extract_rule),
    FIELD(extract_rule, id, JSON_ID, true, "an id, never used again", .defines = NAMES_EXTRACT),
    FIELD(extract_rule, title, JSON_TEXT, true, "the name of the extract"),
    FIELD(extract_rule, publisher, JSON_TEXT, true, "who publishes it"),
    FIELD(extract_rule, licence, JSON_TEXT, true, "under which licence"),
    FIELD_SOURCE(extract_rule),
    FIELD_CHECKED(extract_rule),
    FIELD(extract_rule, group, JSON_ID, true,
          "the same month twice in one group counts twice, and is refused"),
    FIELD(extract_rule, companions, JSON_TEXTS, false,
          "texts in the names of archive members that come with it and hold no rows"),
    FIELD(extract_rule, no_code, JSON_TEXTS, false,
          "what the column of BNF codes holds where a row has none: such a row is out of scope"),
    FIELD_NOTE(extract_rule),
    FIELD_OBJECT(extract_rule, "nation", at, true, nation_table, "the nation it is about"),
    FIELD(extract_rule, subject, JSON_CHOICE, false,
          "what a row is about; prescribing where it is left out", WORDS(subject_names)),
    FIELD(extract_rule, returns, JSON_FLAG, false, "true: quantities below zero are returns"),
    FIELD(extract_rule, empty_cost, JSON_FLAG, false, "true: an empty cost is unknown"),
    FIELD(extract_rule, by_organisation, JSON_FLAG, false,
          "true: several files may hold a month, each of other organisations"),
    FIELD(extract_rule, free_sub_icb, JSON_FLAG, false,
          "true: what stands as a sub-ICB is a place of its own form, not an ODS code"),
    FIELD(extract_rule, cost_name, JSON_TEXT, false,
          "what its cost is called; actual cost where it is left out"),
    FIELD(extract_rule, product, JSON_TEXT, false, "the product of a row that names none"),
    FIELD_LIST(extract_rule, "series", series, series_count, series_rule, false, series_table,
               "series in which the same months are published"),
    FIELD_LIST(extract_rule, "eras", eras, era_count, era, true, era_table,
               "the headers it has had"),
};
TABLE(rules_extract_table, "A national extract: its header eras and what each column means",
      .finish = keep_extract);

enum status rules_read_extract(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct extract_rule extract = {.cost_name = "actual cost"};

    return json_read_object(file, tree, &rules_extract_table, &extract, rules);
}
