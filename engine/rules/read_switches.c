#include "rules/load.h"

#include <stddef.h>

static enum status keep_prompt(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->prompts, target);
}

static const struct json_field prompt_table_fields[] = {
    FIELD_WHERE(prompt),
    FIELD(prompt, id, JSON_ID, true, "what switches call it", .defines = NAMES_PROMPT),
    FIELD(prompt, label, JSON_TEXT, true, "a few words, for a cell of a table"),
    FIELD(prompt, text, JSON_TEXT, true, "the sentence that a prescriber reads before a change"),
    FIELD_SOURCE(prompt),
};
static TABLE(prompt_table, "What to ask or look at before a switch", .finish = keep_prompt);

static const struct json_field pair_table_fields[] = {
    FIELD_WHERE(switch_pair),
    FIELD_AS(switch_pair, "from", from_id, JSON_ID, true, "the product that is prescribed now",
             .refers = NAMES_PRODUCT),
    FIELD_AS(switch_pair, "to", to_id, JSON_ID, true, "the product that may take its place",
             .refers = NAMES_PRODUCT),
    FIELD_AS(switch_pair, "to_version", to_version_id, JSON_ID, false,
             "the one version of \"to\" that is meant, as products/versions.json names it"),
    FIELD(switch_pair, from_inhalers, JSON_COUNT, true,
          "so many inhalers of \"from\" hold the doses of to_inhalers of \"to\""),
    FIELD(switch_pair, to_inhalers, JSON_COUNT, true, "see from_inhalers"),
    FIELD_AS(switch_pair, "prompts", prompt_ids, JSON_IDS, false,
             "prompts of this pair, besides those of the rule", .refers = NAMES_PROMPT),
};
static TABLE(pair_table, "From one product to one other");

static const char *const evidence_names[] = {"none", "factors"};

static enum status keep_switch(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->switches, target);
}

static const struct json_field switch_table_fields[] = {
    FIELD_WHERE(switch_rule),
    FIELD(switch_rule, id, JSON_ID, true, "an id, never used again", .defines = NAMES_SWITCH),
    FIELD(switch_rule, title, JSON_TEXT, true, "the switch in a few words"),
    FIELD(switch_rule, change, JSON_TEXT, true, "what changes, as \"brand, same device\""),
    FIELD_AS(switch_rule, "kind", kind_id, JSON_ID, false,
             "the kind of change, of plan/; a switch without one is in no plan",
             .refers = NAMES_KIND),
    FIELD(switch_rule, dose, JSON_TEXT, true,
          "equal doses, as \"2 puffs of 100 : 1 inhalation of 200\""),
    FIELD(switch_rule, arithmetic, JSON_TEXT, false,
          "how from_inhalers and to_inhalers follow from doses and pack sizes"),
    FIELD_AS(
        switch_rule, "evidence", by_factors, JSON_EITHER, true,
        "factors: the difference of the factors is a saving, where both have grade A, B or B2; "
        "none: no saving is claimed",
        WORDS(evidence_names)),
    FIELD_AS(switch_rule, "prompts", prompt_ids, JSON_IDS, true,
             "what to ask first: ids of prompts", .refers = NAMES_PROMPT),
    FIELD_LIST(switch_rule, "pairs", pairs, pair_count, switch_pair, true, pair_table,
               "which product becomes which"),
    FIELD_SOURCE(switch_rule),
    FIELD_CHECKED(switch_rule),
    FIELD_NOTE(switch_rule),
};
static TABLE(switch_table, "A switch", .finish = keep_switch);

static const struct json_field rules_switches_table_fields[] = {
    FIELD_EACH("prompts", false, prompt, prompt_table, "what to ask or look at before a switch"),
    FIELD_EACH("switches", true, switch_rule, switch_table, "the switches of this file"),
};
TABLE(rules_switches_table, "Switches from product to product, and the prompts that go with them");

enum status rules_read_switches(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    char nothing; /* the items go into the rules */

    return json_read_object(file, tree, &rules_switches_table, &nothing, rules);
}
