#include "rules/load.h"
#include "rules/link_factors.h"

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

/* Every entry of the version gets it: shares may change with the months. */
static enum status link_version(const struct product *product, const struct factor_set *set,
                                const struct factor *factor, struct faults *faults)
{
    bool found = false;

    for (size_t i = 0; i < product->version_count; i++) {
        struct product_version *const version = &product->versions[i];

        if (strcmp(version->id, factor->version) != 0)
            continue;
        if (version->factors[set->number] != NULL)
            return fault_at(faults, factor->at, "the version \"%s\" of \"%s\" has a factor already",
                            factor->version, product->id);
        version->factors[set->number] = factor;
        found = true;
    }
    return found ? STATUS_OK
                 : fault_at(faults, factor->at, "\"%s\" has no version \"%s\"", product->id,
                            factor->version);
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
        if (factor->version != NULL) {
            status = rules_both(status, link_version(product, set, factor, faults));
            continue;
        }
        for (size_t c = 0; c < product->codes.count && status == STATUS_OK; c++)
            status = add_span(rules, set, rules_code(rules, view_of(product->codes.texts[c])),
                              factor, faults);
    }
    return status;
}

static enum status claim_ids(const struct factor_set *set, struct faults *faults)
{
    struct intern ids = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < set->count && rules_go_on(status); i++)
        status =
            rules_both(status, rules_claim(&ids, set->factors[i].id, set->factors[i].at, faults));
    for (size_t i = 0; i < set->default_count && rules_go_on(status); i++)
        status = rules_both(status, rules_claim(&ids, set->defaults[i].factor.id,
                                                set->defaults[i].factor.at, faults));
    intern_release(&ids);
    return status;
}

static enum status link_set(struct rules *rules, struct factor_set *set, struct faults *faults)
{
    enum status status = claim_ids(set, faults);

    set->first_span = arena_array(&rules->arena, rules->codes.count + 1, sizeof *set->first_span);
    if (set->first_span == NULL)
        return fail_nomem(faults->why);
    if (rules_go_on(status))
        status = rules_both(status, factors_to_whole_life(&rules->arena, set, faults));
    for (size_t i = 0; i < set->count && rules_go_on(status); i++) {
        status = rules_both(status, link_by_code(rules, set, &set->factors[i], faults));
        if (rules_go_on(status))
            status = rules_both(status, link_by_product(rules, set, &set->factors[i], faults));
    }
    if (status != STATUS_OK || faults->count > 0)
        return status;
    status = factors_mix_versions(rules, set, add_span, faults);
    return status == STATUS_OK ? check_gaps(rules, set, faults) : status;
}

static enum status number_sets(struct rules *rules, struct faults *faults)
{
    for (size_t i = 0; i < rules->factor_sets.count; i++)
        rules->factor_sets.list[i]->number = i;
    for (size_t i = 0; i < rules->products.count; i++) {
        const struct product *const product = rules->products.list[i];

        for (size_t v = 0; v < product->version_count; v++) {
            product->versions[v].factors = arena_array(&rules->arena, rules->factor_sets.count + 1,
                                                       sizeof *product->versions[v].factors);
            if (product->versions[v].factors == NULL)
                return fail_nomem(faults->why);
        }
    }
    return STATUS_OK;
}

enum status rules_link_factors(struct rules *rules, struct faults *faults)
{
    enum status status = number_sets(rules, faults);

    for (size_t i = 0; i < rules->factor_sets.count && rules_go_on(status); i++)
        status = rules_both(status, link_set(rules, rules->factor_sets.list[i], faults));
    return status;
}
