#include "rules/load.h"

#include <stddef.h>

static enum status read_prompt(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(prompt),
        FIELD(prompt, id, JSON_ID, true),
        FIELD(prompt, label, JSON_TEXT, true),
        FIELD(prompt, text, JSON_TEXT, true),
        FIELD(prompt, source, JSON_ID, true),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->prompts, target) ? STATUS_OK : fail_nomem(file->why);
}

static enum status read_pair(struct json_file *file, const cJSON *value, void *target,
                             void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(switch_pair),
        FIELD_AS(switch_pair, "from", from_id, JSON_ID, true),
        FIELD_AS(switch_pair, "to", to_id, JSON_ID, true),
        FIELD_AS(switch_pair, "to_version", to_version_id, JSON_ID, false),
        FIELD(switch_pair, from_inhalers, JSON_COUNT, true),
        FIELD(switch_pair, to_inhalers, JSON_COUNT, true),
        FIELD_AS(switch_pair, "prompts", prompt_ids, JSON_IDS, false),
    };

    (void)context;
    return json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
}

static enum status read_evidence(struct json_file *file, const cJSON *value, void *target,
                                 void *context)
{
    static const char *const names[] = {"factors", "none"};
    int index = 0;
    const enum status status = json_read_choice(file, value, names, COUNT_OF(names), &index);
    const bool by_factors = index == 0;

    (void)context;
    memcpy(target, &by_factors, sizeof by_factors);
    return status;
}

static enum status read_switch(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(switch_rule),
        FIELD(switch_rule, id, JSON_ID, true),
        FIELD(switch_rule, title, JSON_TEXT, true),
        FIELD(switch_rule, change, JSON_TEXT, true),
        FIELD(switch_rule, dose, JSON_TEXT, true),
        FIELD(switch_rule, arithmetic, JSON_TEXT, false),
        FIELD_BY(switch_rule, "evidence", by_factors, true, read_evidence),
        FIELD_AS(switch_rule, "prompts", prompt_ids, JSON_IDS, true),
        FIELD_LIST(switch_rule, "pairs", pairs, pair_count, switch_pair, read_pair),
        FIELD(switch_rule, source, JSON_ID, true),
        FIELD(switch_rule, checked, JSON_DATE, true),
        FIELD(switch_rule, note, JSON_TEXT, false),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->switches, target) ? STATUS_OK : fail_nomem(file->why);
}

enum status rules_read_switches(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD_EACH("prompts", false, prompt, read_prompt),
        FIELD_EACH("switches", true, switch_rule, read_switch),
    };
    char nothing; /* the items go into the rules */

    return json_read_object(file, tree, fields, COUNT_OF(fields), &nothing, rules);
}
