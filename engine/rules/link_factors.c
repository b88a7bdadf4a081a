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

/* Every entry of the version gets it: shares may change with the months. */
static enum status link_version(const struct product *product, const struct factor_set *set,
                                const struct factor *factor, struct fail *why)
{
    bool found = false;

    for (size_t i = 0; i < product->version_count; i++) {
        struct product_version *const version = &product->versions[i];

        if (strcmp(version->id, factor->version) != 0)
            continue;
        if (version->factors[set->number] != NULL)
            return fail_set(why, STATUS_RULE, "%s: the version \"%s\" of \"%s\" has a factor already",
                            factor->at, factor->version, product->id);
        version->factors[set->number] = factor;
        found = true;
    }
    return found ? STATUS_OK
                 : fail_set(why, STATUS_RULE, "%s: \"%s\" has no version \"%s\"", factor->at,
                            product->id, factor->version);
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
        if (factor->version != NULL) {
            status = link_version(product, set, factor, why);
            continue;
        }
        for (size_t c = 0; c < product->codes.count && status == STATUS_OK; c++)
            status = add_span(rules, set, rules_code(rules, view_of(product->codes.texts[c])),
                              factor, why);
    }
    return status;
}

static enum status check_one(const struct rules *rules, const struct factor *factor,
                             struct intern *ids, struct fail *why)
{
    const size_t before = ids->count;
    uint32_t number;
    const enum status status = intern_put(ids, view_of(factor->id), &number, why);

    if (status == STATUS_OK && ids->count == before)
        return fail_set(why, STATUS_RULE, "%s: \"%s\" stands twice", factor->at, factor->id);
    if (status == STATUS_OK && rules_source(rules, factor->source) == NULL)
        return fail_set(why, STATUS_RULE, "%s: the source \"%s\" is not in sources.json",
                        factor->at, factor->source);
    return status;
}

static enum status check_all(const struct rules *rules, const struct factor_set *set,
                             struct fail *why)
{
    struct intern ids = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < set->count && status == STATUS_OK; i++)
        status = check_one(rules, &set->factors[i], &ids, why);
    for (size_t i = 0; i < set->default_count && status == STATUS_OK; i++)
        status = check_one(rules, &set->defaults[i].factor, &ids, why);
    intern_release(&ids);
    return status;
}

static enum status link_set(struct rules *rules, struct factor_set *set, struct fail *why)
{
    enum status status = check_all(rules, set, why);

    set->first_span = arena_array(&rules->arena, rules->codes.count + 1, sizeof *set->first_span);
    if (set->first_span == NULL)
        return fail_nomem(why);
    if (status == STATUS_OK)
        status = factors_to_whole_life(&rules->arena, set, why);
    for (size_t i = 0; i < set->count && status == STATUS_OK; i++) {
        status = link_by_code(rules, set, &set->factors[i], why);
        if (status == STATUS_OK)
            status = link_by_product(rules, set, &set->factors[i], why);
    }
    if (status == STATUS_OK)
        status = factors_mix_versions(rules, set, add_span, why);
    return status == STATUS_OK ? check_gaps(rules, set, why) : status;
}

static enum status number_sets(struct rules *rules, struct fail *why)
{
    for (size_t i = 0; i < rules->factor_sets.count; i++)
        rules->factor_sets.list[i]->number = i;
    for (size_t i = 0; i < rules->products.count; i++) {
        const struct product *const product = rules->products.list[i];

        for (size_t v = 0; v < product->version_count; v++) {
            product->versions[v].factors =
                arena_array(&rules->arena, rules->factor_sets.count + 1,
                            sizeof *product->versions[v].factors);
            if (product->versions[v].factors == NULL)
                return fail_nomem(why);
        }
    }
    return STATUS_OK;
}

enum status rules_link_factors(struct rules *rules, struct fail *why)
{
    enum status status = number_sets(rules, why);

    for (size_t i = 0; i < rules->factor_sets.count && status == STATUS_OK; i++)
        status = link_set(rules, rules->factor_sets.list[i], why);
    return status;
}
