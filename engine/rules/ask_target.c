#include "rules/load.h"

#include <stdio.h>

/* A target asked for in a few words: MEASURE=VALUE@YYYY-MM. */

#define ASKED_TEXT 160

static enum status refuse(const char *text, struct fail *why, const char *says)
{
    return fail_set(why, STATUS_USAGE,
                    "--target takes MEASURE=VALUE@YYYY-MM, such as "
                    "salbutamol_kgco2e_per_inhaler=13.5@2027-03, not \"%s\": %s",
                    text, says);
}

static const struct measure *find_measure(const struct rules *rules, struct view id)
{
    for (size_t i = 0; i < rules->measures.count; i++)
        if (view_is(id, rules->measures.list[i]->id))
            return rules->measures.list[i];
    return NULL;
}

static enum status refuse_measure(const struct rules *rules, const char *text, struct view id,
                                  struct fail *why)
{
    for (size_t i = 0; i < rules->elsewhere.count; i++)
        if (view_is(id, rules->elsewhere.list[i]->id))
            return fail_set(why, STATUS_USAGE, "--target %s: %s cannot be calculated: %s", text,
                            rules->elsewhere.list[i]->id, rules->elsewhere.list[i]->not_computable);
    return fail_set(why, STATUS_USAGE, "--target %s: there is no measure \"%.*s\"", text,
                    (int)id.length, id.at);
}

/* "13.5", or of a share also "25%"; millionths. */
static bool read_value(struct view text, bool share, int64_t *value)
{
    const bool percent = share && text.length > 0 && text.at[text.length - 1] == '%';

    text.length -= percent;
    return decimal_parse(text, percent ? 4 : 6, value) == DECIMAL_OK && *value >= 0 &&
           (!share || *value <= 1000000);
}

static bool is_known(const struct rules *rules, const char *text)
{
    for (size_t i = 0; i < rules->targets.count; i++)
        if (strcmp(rules->targets.list[i]->id, text) == 0)
            return true;
    return false;
}

static enum status copy_texts(struct rules *rules, struct target *target, const char *text,
                              const struct measure *measure, struct view value)
{
    char title[ASKED_TEXT + 200];
    char month[MONTH_TEXT];

    snprintf(title, sizeof title, "%s: %s %.*s by %s", measure->title,
             target->at_least ? "at least" : "at most", (int)value.length, value.at,
             month_print(target->due, month));
    target->id = arena_copy(&rules->arena, view_of(text));
    target->title = arena_copy(&rules->arena, view_of(title));
    target->at = "--target";
    target->plan = "Given with --target";
    target->measure_id = measure->id;
    target->source = "the command line";
    target->checked = "";
    return target->id != NULL && target->title != NULL ? STATUS_OK : STATUS_NOMEM;
}

static void set_levels(struct target *target, enum subject subject)
{
    static const char *prescribing[] = {"nation", "region",   "icb",  "sub_icb",
                                        "pcn",    "practice", "group"};
    static const char *hospital[] = {"nation", "region", "icb", "trust"};

    if (subject == SUBJECT_hospital)
        target->levels = (struct text_list){hospital, COUNT_OF(hospital)};
    else
        target->levels = (struct text_list){prescribing, COUNT_OF(prescribing)};
}

enum status rules_ask_target(struct rules *rules, const char *text, struct fail *why)
{
    const char *const equals = strchr(text, '=');
    const char *const at = equals != NULL ? strchr(equals, '@') : NULL;
    const struct measure *measure;
    struct target *target;
    struct view value;

    if (at == NULL || equals == text || strlen(text) >= ASKED_TEXT)
        return refuse(text, why, "a measure, \"=\", a value, \"@\" and a month");
    measure = find_measure(rules, (struct view){text, (size_t)(equals - text)});
    if (measure == NULL)
        return refuse_measure(rules, text, (struct view){text, (size_t)(equals - text)}, why);
    if (is_known(rules, text))
        return STATUS_OK; /* given twice */
    target = arena_array(&rules->arena, 1, sizeof *target);
    if (target == NULL)
        return fail_nomem(why);
    memset(target, 0, sizeof *target);
    value = (struct view){equals + 1, (size_t)(at - equals - 1)};
    if (!month_parse(view_of(at + 1), &target->due))
        return refuse(text, why, "the month is YYYY-MM");
    if (!read_value(value, measure->share, &target->value))
        return refuse(text, why,
                      measure->share ? "a share is between 0 and 1, or in per cent, as 25%"
                                     : "the value is a number from 0, with a point");
    target->has_value = true;
    target->at_least = strcmp(measure->direction, "higher") == 0;
    target->months = 1;
    set_levels(target, measure->subject);
    if (copy_texts(rules, target, text, measure, value) != STATUS_OK ||
        !RULE_PUSH(rules->targets, target))
        return fail_nomem(why);
    return STATUS_OK;
}
