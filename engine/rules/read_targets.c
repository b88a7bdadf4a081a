#include "rules/load.h"

#include <stddef.h>

#define MILLIONTHS_OF_100 INT64_C(100000000)

static const char *const reach_names[] = {"at_most", "at_least"};

/* Those of place/place.h, which this folder may not see. */
static const char *const level_names[] = {"practice", "pcn",    "sub_icb", "icb",
                                          "region",   "nation", "trust",   "group"};

static enum status check_target(struct json_file *file, const struct target *target)
{
    const bool measured = target->measure_id != NULL;
    const bool based = target->baseline_from != MONTH_NONE && target->baseline_to != MONTH_NONE;
    enum status status = STATUS_OK;

    if (measured == (target->not_computable != NULL))
        status = json_fail(file, "names either a measure or why it is not_computable");
    if (measured && target->has_value == target->has_reduction)
        status = json_fail(file, "has either a value or a reduction_percent");
    if (target->has_reduction && (!based || target->baseline_to < target->baseline_from))
        status = json_fail(file, "a reduction needs the months of its baseline, from and to");
    else if (target->has_reduction &&
             target->baseline_to - target->baseline_from + 1 != target->months)
        status = json_fail(file, "the baseline must be as long as months");
    if (target->has_reduction && target->reduction > MILLIONTHS_OF_100)
        status = json_fail(file, "a reduction is at most 100 per cent");
    if (measured && (target->due == MONTH_NONE || target->levels.count == 0))
        status = json_fail(file, "a target on a measure has a due month and levels");
    if (target->months != 1 && target->months != 12)
        status = json_fail(file, "months is 1 or 12");
    return status;
}

static void begin_target(void *item)
{
    struct target *const target = item;

    target->value = -1;
    target->reduction = -1;
    target->months = 1;
}

static enum status keep_target(struct json_file *file, void *item, void *context)
{
    struct rules *const rules = context;
    struct target *const target = item;
    enum status status;

    target->has_value = target->value >= 0;
    target->has_reduction = target->reduction >= 0;
    status = check_target(file, target);
    return status == STATUS_OK ? RULE_KEEP(file, rules->targets, target) : status;
}

static const struct json_field target_table_fields[] = {
    FIELD_WHERE(target),
    FIELD(target, id, JSON_ID, true, "an id, never used again", .defines = NAMES_TARGET),
    FIELD(target, title, JSON_TEXT, true, "the target in a sentence"),
    FIELD(target, plan, JSON_TEXT, true, "who set it, and in which plan"),
    FIELD_AS(target, "measure", measure_id, JSON_ID, false, "the measure it is about",
             .refers = NAMES_MEASURE),
    FIELD(target, not_computable, JSON_TEXT, false,
          "instead of a measure: why none of them can say it"),
    FIELD_AS(target, "default", is_default, JSON_FLAG, false,
             "it gives way where a plan sets the same target"),
    FIELD(target, levels, JSON_IDS, false, "levels of the organisations it holds for",
          WORDS(level_names)),
    FIELD(target, within, JSON_IDS, false,
          "codes of organisations: it holds for them and for what is in them; without it for all"),
    FIELD_AS(target, "reach", at_least, JSON_EITHER, false,
             "whether a low or a high value meets it; at_most where it is left out",
             WORDS(reach_names)),
    FIELD(target, value, JSON_MILLIONTHS, false, "the value to meet, in the unit of the measure"),
    FIELD_AS(target, "reduction_percent", reduction, JSON_MILLIONTHS, false,
             "instead of a value: so many per cent below the baseline"),
    FIELD(target, baseline_from, JSON_MONTH, false, "the first month of the baseline"),
    FIELD(target, baseline_to, JSON_MONTH, false, "the last month of the baseline"),
    FIELD(target, due, JSON_MONTH, false, "the month in which it must be met"),
    FIELD(target, months, JSON_COUNT, false,
          "1: the month itself counts; 12: the twelve months that end with it",
          .schema = "\"enum\": [1, 12]"),
    FIELD(target, source, JSON_TEXT, true, "where the target is found: the plan, its page, a link"),
    FIELD_CHECKED(target),
    FIELD_NOTE(target),
};
static TABLE(target_table, "A target", .begin = begin_target, .finish = keep_target,
             .schema =
                 "\"oneOf\": [{\"required\": [\"measure\", \"levels\", \"due\", \"value\"],"
                 "\"not\": {\"anyOf\": [{\"required\": [\"not_computable\"]},"
                 "{\"required\": [\"reduction_percent\"]}]}},"
                 "{\"required\": [\"measure\", \"levels\", \"due\", \"reduction_percent\","
                 "\"baseline_from\", \"baseline_to\"], \"not\": {\"anyOf\": [{\"required\": "
                 "[\"not_computable\"]}, {\"required\": [\"value\"]}]}},"
                 "{\"required\": [\"not_computable\"], \"not\": {\"required\": [\"measure\"]}}]");

static const struct json_field rules_targets_table_fields[] = {
    FIELD_EACH("targets", true, target, target_table, "the targets of this file"),
};
TABLE(rules_targets_table, "Targets");

enum status rules_read_targets(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    char nothing; /* the items go into the rules */

    return json_read_object(file, tree, &rules_targets_table, &nothing, rules);
}
