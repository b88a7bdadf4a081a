#include "rules/load.h"

#include <stdlib.h>

/* Months as a closed range with the open ends filled in. */
static month_t first_month(const struct factor *factor)
{
    return factor->from == MONTH_NONE ? 0 : factor->from;
}

static month_t last_month(const struct factor *factor)
{
    return factor->to == MONTH_NONE ? INT32_MAX : factor->to;
}

static enum status fail_span(const struct rules *rules, const struct factor *factor, uint32_t code,
                             const char *what, struct fail *why)
{
    return fail_set(why, STATUS_RULE, "%s: the factors of %s %s", factor->at,
                    intern_text(&rules->codes, code).at, what);
}

/* Puts a factor into the chain of its code, by month. */
static enum status add_span(const struct rules *rules, struct factor_set *set, uint32_t code,
                            const struct factor *factor, struct fail *why)
{
    uint32_t *link = &set->first_span[code];

    if (!grow(&set->spans, &set->span_room, set->span_count + 1, sizeof *set->spans))
        return fail_nomem(why);
    while (*link != 0 && last_month(set->spans[*link - 1].factor) < first_month(factor))
        link = &set->spans[*link - 1].next;
    if (*link != 0 && first_month(set->spans[*link - 1].factor) <= last_month(factor))
        return fail_span(rules, factor, code, "overlap", why);
    set->spans[set->span_count] = (struct factor_span){factor, *link};
    *link = (uint32_t)++set->span_count;
    return STATUS_OK;
}

/* Once a code has a factor it keeps one: a hole in the months would drop its
 * carbon in silence. */
static enum status check_gaps(const struct rules *rules, const struct factor_set *set,
                              struct fail *why)
{
    for (uint32_t code = 0; code < rules->codes.count; code++) {
        uint32_t at = set->first_span[code];

        while (at != 0 && set->spans[at - 1].next != 0) {
            const struct factor *const factor = set->spans[at - 1].factor;
            const uint32_t next = set->spans[at - 1].next;

            if (first_month(set->spans[next - 1].factor) != last_month(factor) + 1)
                return fail_span(rules, factor, code, "leave a gap between two months", why);
            at = next;
        }
    }
    return STATUS_OK;
}

static enum status link_by_code(struct rules *rules, struct factor_set *set,
                                const struct factor *factor, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < factor->codes.count && status == STATUS_OK; i++) {
        const uint32_t code = rules_code(rules, view_of(factor->codes.texts[i]));

        if (code == INTERN_NONE)
            return fail_set(why, STATUS_RULE, "%s: no product has the code \"%s\"", factor->at,
                            factor->codes.texts[i]);
        status = add_span(rules, set, code, factor, why);
    }
    return status;
}

static enum status link_by_product(struct rules *rules, struct factor_set *set,
                                   const struct factor *factor, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < factor->products.count && status == STATUS_OK; i++) {
        const struct product *const product =
            rules_product(rules, view_of(factor->products.texts[i]));

        if (product == NULL)
            return fail_set(why, STATUS_RULE, "%s: there is no product \"%s\"", factor->at,
                            factor->products.texts[i]);
        for (size_t c = 0; c < product->codes.count && status == STATUS_OK; c++)
            status = add_span(rules, set, rules_code(rules, view_of(product->codes.texts[c])),
                              factor, why);
    }
    return status;
}

static enum status link_set(struct rules *rules, struct factor_set *set, struct fail *why)
{
    struct intern ids = {0};
    enum status status = STATUS_OK;

    set->first_span = arena_array(&rules->arena, rules->codes.count + 1, sizeof *set->first_span);
    if (set->first_span == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < set->count && status == STATUS_OK; i++) {
        const struct factor *const factor = &set->factors[i];
        uint32_t number;

        status = intern_put(&ids, view_of(factor->id), &number, why);
        if (status == STATUS_OK && ids.count != i + 1)
            status = fail_set(why, STATUS_RULE, "%s: \"%s\" stands twice", factor->at, factor->id);
        if (status == STATUS_OK && rules_source(rules, factor->source) == NULL)
            status = fail_set(why, STATUS_RULE, "%s: the source \"%s\" is not in sources.json",
                              factor->at, factor->source);
        if (status == STATUS_OK)
            status = link_by_code(rules, set, factor, why);
        if (status == STATUS_OK)
            status = link_by_product(rules, set, factor, why);
    }
    intern_release(&ids);
    return status == STATUS_OK ? check_gaps(rules, set, why) : status;
}

enum status rules_link_factors(struct rules *rules, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->factor_sets.count && status == STATUS_OK; i++)
        status = link_set(rules, rules->factor_sets.list[i], why);
    return status;
}
