#include "rules/load.h"

#include <stdlib.h>

/* One array for bind.h; the eras point at their register's own layout. */
static enum status link_layouts(struct rules *rules, struct faults *faults)
{
    struct layouts *const layouts = &rules->register_layouts;

    layouts->what = "register";
    layouts->count = rules->registers.count;
    layouts->extracts = arena_array(&rules->arena, layouts->count + 1, sizeof *layouts->extracts);
    if (layouts->extracts == NULL)
        return fail_nomem(faults->why);
    for (size_t i = 0; i < layouts->count; i++)
        layouts->extracts[i] = rules->registers.list[i]->layout;
    return STATUS_OK;
}

static int compare_successions(const void *a, const void *b)
{
    const struct succession *const one = *(struct succession *const *)a;
    const struct succession *const other = *(struct succession *const *)b;

    if (one->date != other->date)
        return one->date < other->date ? -1 : 1;
    return strcmp(one->id, other->id);
}

enum status rules_link_places(struct rules *rules, struct faults *faults)
{
    if (rules->successions.count > 0)
        qsort(rules->successions.list, rules->successions.count, sizeof *rules->successions.list,
              compare_successions);
    return link_layouts(rules, faults);
}

const struct register_rule *rules_register(const struct rules *rules, const struct era *era)
{
    return rules->registers.list[era->extract - rules->register_layouts.extracts];
}

/* "00T998" of the sub-ICB 00T00. */
static bool has_suffix(const struct unidentified_rule *rule, struct view code, struct view sub_icb)
{
    const size_t start = (size_t)rule->characters;

    return rule->suffix != NULL && sub_icb.length >= start &&
           code.length == start + strlen(rule->suffix) &&
           view_starts(code, (struct view){sub_icb.at, start}) &&
           view_is((struct view){code.at + start, code.length - start}, rule->suffix);
}

static bool is_meant(const struct unidentified_rule *rule, struct view code, struct view sub_icb)
{
    for (size_t i = 0; i < rule->codes.count; i++)
        if (view_is(code, rule->codes.texts[i]))
            return true;
    return has_suffix(rule, code, sub_icb);
}

const struct unidentified_rule *rules_unidentified(const struct rules *rules, struct view code,
                                                   struct view sub_icb)
{
    for (size_t i = 0; i < rules->unidentified.count; i++)
        if (is_meant(rules->unidentified.list[i], code, sub_icb))
            return rules->unidentified.list[i];
    return NULL;
}
