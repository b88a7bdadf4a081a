#include "advise/plan_internal.h"

#include <stdlib.h>

size_t plan_product_number(const struct rules *rules, const struct product *product)
{
    return intern_find(&rules->codes, view_of(product->codes.texts[0]));
}

enum status plan_pairs_list(struct plan_base *base, struct fail *why)
{
    const struct rules *const rules = base->results->classified.rules;
    size_t count = 0;

    for (size_t i = 0; i < rules->switches.count; i++)
        count += rules->switches.list[i]->pair_count;
    base->first_pairs = calloc(rules->codes.count + 1, sizeof *base->first_pairs);
    base->pairs = calloc(count + 1, sizeof *base->pairs);
    if (base->first_pairs == NULL || base->pairs == NULL)
        return fail_nomem(why);
    count = 0;
    for (size_t i = 0; i < rules->switches.count; i++)
        for (size_t p = 0; p < rules->switches.list[i]->pair_count; p++) {
            const struct switch_rule *const rule = rules->switches.list[i];
            uint32_t *const first =
                &base->first_pairs[plan_product_number(rules, rule->pairs[p].from)];

            base->pairs[count] = (struct plan_pair){rule, &rule->pairs[p], *first};
            *first = (uint32_t)++count;
        }
    for (size_t i = 0; i < base->source_count; i++)
        base->sources[i].number = plan_product_number(rules, base->sources[i].product);
    return STATUS_OK;
}
