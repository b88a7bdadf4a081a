#include "rules/load.h"

#include <stddef.h>

static enum status keep_unidentified(struct json_file *file, void *target, void *context)
{
    const struct unidentified_rule *const rule = target;
    struct rules *const rules = context;

    if ((rule->suffix != NULL) != (rule->characters > 0))
        return json_fail(file, "suffix and characters go together");
    return RULE_KEEP(file, rules->unidentified, rule);
}

static const struct json_field unidentified_table_fields[] = {
    FIELD_WHERE(unidentified_rule),
    FIELD(unidentified_rule, id, JSON_ID, true, "an id, never used again",
          .defines = NAMES_UNIDENTIFIED),
    FIELD(unidentified_rule, codes, JSON_TEXTS, false, "codes that stand for it, at any level"),
    FIELD(unidentified_rule, suffix, JSON_ID, false,
          "the end of a practice code that begins as the code of its sub-ICB"),
    FIELD(unidentified_rule, characters, JSON_COUNT, false,
          "so many characters of the sub-ICB's code come before the suffix"),
    FIELD_SOURCE(unidentified_rule),
    FIELD_CHECKED(unidentified_rule),
    FIELD_NOTE(unidentified_rule),
};
static TABLE(unidentified_table, "Codes of prescribers who are not identified",
             .finish = keep_unidentified,
             .schema = "\"dependencies\": {\"suffix\": [\"characters\"], \"characters\": "
                       "[\"suffix\"]}");

static const char *const level_names[] = {"practice", "pcn", "sub_icb", "icb", "region", "trust"};

static enum status keep_succession(struct json_file *file, void *target, void *context)
{
    struct succession *const rule = target;
    struct rules *const rules = context;

    if (rule->to_code == NULL && rule->to_name == NULL && rule->note == NULL)
        return json_fail(file, "has neither to_code nor to_name, and no note that says why");
    if (!date_parse(view_of(rule->date_text), &rule->date))
        return json_fail(file, "%s is not a day", rule->date_text);
    return RULE_KEEP(file, rules->successions, rule);
}

static const struct json_field succession_table_fields[] = {
    FIELD_WHERE(succession),
    FIELD(succession, id, JSON_ID, true, "an id, never used again", .defines = NAMES_SUCCESSION),
    FIELD(succession, level, JSON_WORD, true, "what both organisations are", WORDS(level_names)),
    FIELD(succession, from_code, JSON_ID, true, "the code of the organisation that ended"),
    FIELD(succession, from_name, JSON_TEXT, false, "its name"),
    FIELD(succession, to_code, JSON_ID, false, "the code of the one that took its place"),
    FIELD(succession, to_name, JSON_TEXT, false,
          "its name; where the code is not known it is found by it"),
    FIELD(succession, sub_icbs, JSON_IDS, false,
          "of an ICB that was split: only these of its sub-ICBs went there"),
    FIELD(succession, practices, JSON_IDS, false,
          "of an ICB that was split within a sub-ICB: only these of its practices went there"),
    FIELD(succession, continues_as, JSON_IDS, false,
          "the sub-ICBs and trusts in which the organisation that ended goes on, so that its "
          "targets do"),
    FIELD_AS(succession, "date", date_text, JSON_DATE, true, "the first day of the new one"),
    FIELD_SOURCE(succession),
    FIELD_CHECKED(succession),
    FIELD_NOTE(succession),
};
static TABLE(succession_table, "From a day on one organisation takes the place of another",
             .finish = keep_succession);

struct places_file {
    const char *sub_icb_padding;
};

static const struct json_field rules_places_table_fields[] = {
    FIELD(places_file, sub_icb_padding, JSON_ID, false,
          "what an extract may add to the code of a sub-ICB"),
    FIELD_EACH("unidentified", false, unidentified_rule, unidentified_table,
               "codes of prescribers who are not identified"),
    FIELD_EACH("successions", false, succession, succession_table,
               "which organisation took the place of which"),
};
TABLE(rules_places_table, "Organisations: unidentified prescribers and successors");

enum status rules_read_places(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct places_file heading = {0};
    const enum status status = json_read_object(file, tree, &rules_places_table, &heading, rules);

    if (status == STATUS_OK && heading.sub_icb_padding != NULL)
        rules->sub_icb_padding = heading.sub_icb_padding;
    return status;
}
