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
                             const char *what, struct faults *faults)
{
    return fault_at(faults, factor->at, "the factors of %s %s", intern_text(&rules->codes, code).at,
                    what);
}

/* Puts a factor into the chain of its code, by month. */
static enum status add_span(const struct rules *rules, struct factor_set *set, uint32_t code,
                            const struct factor *factor, struct faults *faults)
{
    uint32_t *link = &set->first_span[code];

    if (!grow(&set->spans, &set->span_room, set->span_count + 1, sizeof *set->spans))
        return fail_nomem(faults->why);
    while (*link != 0 && last_month(set->spans[*link - 1].factor) < first_month(factor))
        link = &set->spans[*link - 1].next;
    if (*link != 0 && first_month(set->spans[*link - 1].factor) <= last_month(factor))
        return fail_span(rules, factor, code, "overlap", faults);
    set->spans[set->span_count] = (struct factor_span){factor, *link};
    *link = (uint32_t)++set->span_count;
    return STATUS_OK;
}

/* Once a code has a factor it keeps one: a hole in the months would drop its
 * carbon in silence. */
static enum status check_gaps(const struct rules *rules, const struct factor_set *set,
                              struct faults *faults)
{
    for (uint32_t code = 0; code < rules->codes.count; code++) {
        uint32_t at = set->first_span[code];

        while (at != 0 && set->spans[at - 1].next != 0) {
            const struct factor *const factor = set->spans[at - 1].factor;
            const uint32_t next = set->spans[at - 1].next;

            if (first_month(set->spans[next - 1].factor) != last_month(factor) + 1)
                return fail_span(rules, factor, code, "leave a gap between two months", faults);
            at = next;
        }
    }
    return STATUS_OK;
}

static enum status link_by_code(struct rules *rules, struct factor_set *set,
                                const struct factor *factor, struct faults *faults)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < factor->codes.count && rules_go_on(status); i++) {
        const uint32_t code = rules_code(rules, view_of(factor->codes.texts[i]));

        status = rules_both(
            status, code == INTERN_NONE ? STATUS_RULE : add_span(rules, set, code, factor, faults));
    }
    return status;
}

static enum status link_by_product(struct rules *rules, struct factor_set *set,
                                   const struct factor *factor, struct faults *faults)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < factor->products.count && rules_go_on(status); i++) {
        const struct product *const product =
            rules_product(rules, view_of(factor->products.texts[i]));

        if (product == NULL) {
            status = STATUS_RULE;
            continue;
        }
        for (size_t c = 0; c < product->codes.count && status == STATUS_OK; c++)
            status = add_span(rules, set, rules_code(rules, view_of(product->codes.texts[c])),
                              factor, faults);
    }
    return status;
}

static enum status link_set(struct rules *rules, struct factor_set *set, struct faults *faults)
{
    struct intern ids = {0};
    enum status status = STATUS_OK;

    set->first_span = arena_array(&rules->arena, rules->codes.count + 1, sizeof *set->first_span);
    if (set->first_span == NULL)
        return fail_nomem(faults->why);
    for (size_t i = 0; i < set->count && rules_go_on(status); i++) {
        const struct factor *const factor = &set->factors[i];

        status = rules_both(status, rules_claim(&ids, factor->id, factor->at, faults));
        if (rules_go_on(status))
            status = rules_both(status, link_by_code(rules, set, factor, faults));
        if (rules_go_on(status))
            status = rules_both(status, link_by_product(rules, set, factor, faults));
    }
    intern_release(&ids);
    return status == STATUS_OK && faults->count == 0 ? check_gaps(rules, set, faults) : status;
}

enum status rules_link_factors(struct rules *rules, struct faults *faults)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->factor_sets.count && rules_go_on(status); i++)
        status = rules_both(status, link_set(rules, rules->factor_sets.list[i], faults));
    return status;
}
