#include "rules/load.h"

#include <stddef.h>

#define MILLIONTHS_OF_100 INT64_C(100000000)

static const char *const reach_names[] = {"at_most", "at_least"};

static enum status read_reach(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    int index = 0;
    const enum status status =
        json_read_choice(file, value, reach_names, COUNT_OF(reach_names), &index);

    (void)context;
    *(bool *)target = index == 1;
    return status;
}

/* Those of place/place.h, which this folder may not see. */
static bool are_levels(const struct text_list *levels)
{
    static const char *const names[] = {"practice", "pcn",    "sub_icb", "icb",
                                        "region",   "nation", "trust",   "group"};

    for (size_t i = 0; i < levels->count; i++) {
        bool found = false;

        for (size_t k = 0; k < COUNT_OF(names) && !found; k++)
            found = strcmp(levels->texts[i], names[k]) == 0;
        if (!found)
            return false;
    }
    return true;
}

static enum status check_target(struct json_file *file, const struct target *target)
{
    const bool measured = target->measure_id != NULL;
    const bool based = target->baseline_from != MONTH_NONE && target->baseline_to != MONTH_NONE;

    if (measured == (target->not_computable != NULL))
        return json_fail(file, "names either a measure or why it is not_computable");
    if (measured && target->has_value == target->has_reduction)
        return json_fail(file, "has either a value or a reduction_percent");
    if (target->has_reduction && (!based || target->baseline_to < target->baseline_from))
        return json_fail(file, "a reduction needs the months of its baseline, from and to");
    if (target->has_reduction && target->reduction > MILLIONTHS_OF_100)
        return json_fail(file, "a reduction is at most 100 per cent");
    if (measured && (target->due == MONTH_NONE || target->levels.count == 0))
        return json_fail(file, "a target on a measure has a due month and levels");
    if (!are_levels(&target->levels))
        return json_fail(file,
                         "levels are practice, pcn, sub_icb, icb, region, nation, trust, group");
    if (target->months != 1 && target->months != 12)
        return json_fail(file, "months is 1 or 12");
    if (target->has_reduction && target->baseline_to - target->baseline_from + 1 != target->months)
        return json_fail(file, "the baseline must be as long as months");
    return STATUS_OK;
}

static enum status read_target(struct json_file *file, const cJSON *value, void *item,
                               void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(target),
        FIELD(target, id, JSON_ID, true),
        FIELD(target, title, JSON_TEXT, true),
        FIELD(target, plan, JSON_TEXT, true),
        FIELD_AS(target, "measure", measure_id, JSON_ID, false),
        FIELD(target, not_computable, JSON_TEXT, false),
        FIELD_AS(target, "default", is_default, JSON_FLAG, false),
        FIELD(target, levels, JSON_IDS, false),
        FIELD(target, within, JSON_IDS, false),
        FIELD_BY(target, "reach", at_least, false, read_reach),
        FIELD(target, value, JSON_MILLIONTHS, false),
        FIELD_AS(target, "reduction_percent", reduction, JSON_MILLIONTHS, false),
        FIELD(target, baseline_from, JSON_MONTH, false),
        FIELD(target, baseline_to, JSON_MONTH, false),
        FIELD(target, due, JSON_MONTH, false),
        FIELD(target, months, JSON_COUNT, false),
        FIELD(target, source, JSON_TEXT, true),
        FIELD(target, checked, JSON_DATE, true),
        FIELD(target, note, JSON_TEXT, false),
    };
    struct rules *const rules = context;
    struct target *const target = item;
    enum status status;

    target->value = -1;
    target->reduction = -1;
    target->months = 1;
    status = json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
    target->has_value = target->value >= 0;
    target->has_reduction = target->reduction >= 0;
    if (status == STATUS_OK)
        status = check_target(file, target);
    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->targets, target) ? STATUS_OK : fail_nomem(file->why);
}

enum status rules_read_targets(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD_EACH("targets", true, target, read_target),
    };
    char nothing; /* the items go into the rules */

    return json_read_object(file, tree, fields, COUNT_OF(fields), &nothing, rules);
}
