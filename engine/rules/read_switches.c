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
        FIELD(switch_pair, from_inhalers, JSON_COUNT, true),
        FIELD(switch_pair, to_inhalers, JSON_COUNT, true),
        FIELD_AS(switch_pair, "prompts", prompt_ids, JSON_IDS, false),
    };

    (void)context;
    return json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
}

static enum status read_pairs(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    struct switch_rule *const rule = context;
    void *pairs;
    const enum status status = json_read_array(file, value, sizeof *rule->pairs, read_pair, &pairs,
                                               &rule->pair_count, NULL);

    (void)target;
    if (status == STATUS_OK)
        rule->pairs = pairs;
    return status;
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
        FIELD_BY(switch_rule, "pairs", pairs, true, read_pairs),
        FIELD(switch_rule, source, JSON_ID, true),
        FIELD(switch_rule, checked, JSON_DATE, true),
        FIELD(switch_rule, note, JSON_TEXT, false),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, target);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->switches, target) ? STATUS_OK : fail_nomem(file->why);
}

struct switch_file {
    char entries;
};

static enum status read_prompts(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    void *items;
    size_t count;

    (void)target;
    return json_read_array(file, value, sizeof(struct prompt), read_prompt, &items, &count,
                           context);
}

static enum status read_rules(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    void *items;
    size_t count;

    (void)target;
    return json_read_array(file, value, sizeof(struct switch_rule), read_switch, &items, &count,
                           context);
}

enum status rules_read_switches(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD_BY(switch_file, "prompts", entries, false, read_prompts),
        FIELD_BY(switch_file, "switches", entries, true, read_rules),
    };
    struct switch_file heading = {0};

    return json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);
}
