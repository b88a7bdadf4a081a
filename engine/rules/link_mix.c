#include "rules/link_factors.h"
#include "rules/load.h"

#include <stdio.h>

/* The versions of a product that are dispensed in the same months. */
struct mix {
    const struct product *product;
    const struct factor_set *set;
    const struct product_version *versions[8];
    size_t count;
    month_t from;
    month_t to; /* INT32_MAX: open */
};

static const struct factor *factor_of(const struct mix *mix, size_t i)
{
    return mix->versions[i]->factors[mix->set->number];
}

/* The first month after `from` in which something begins, less one. */
static month_t end_of(const struct product *product, month_t from)
{
    month_t end = INT32_MAX;

    for (size_t i = 0; i < product->version_count; i++) {
        const struct product_version *const version = &product->versions[i];

        if (version->prepared)
            continue;
        if (version->from > from && version->from - 1 < end)
            end = version->from - 1;
        if (version->to != MONTH_NONE && version->to >= from && version->to < end)
            end = version->to;
    }
    return end;
}

static enum status find_versions(struct mix *mix, struct faults *faults)
{
    const struct product *const product = mix->product;
    size_t missing = 0;

    mix->count = 0;
    mix->to = end_of(product, mix->from);
    for (size_t i = 0; i < product->version_count; i++) {
        const struct product_version *const version = &product->versions[i];

        if (!version_is_on(version, mix->from))
            continue;
        if (mix->count == COUNT_OF(mix->versions))
            return fault_at(faults, version->at, "more than %zu versions in the same months",
                            COUNT_OF(mix->versions));
        mix->versions[mix->count++] = version;
        missing += version->factors[mix->set->number] == NULL;
    }
    if (missing > 0 && missing < mix->count)
        return fault_at(faults, mix->versions[0]->at,
                        "not every version has a factor in the set %s", mix->set->id);
    if (missing > 0)
        mix->count = 0;
    return STATUS_OK;
}

static int64_t share_of(const struct product_version *version, int64_t end)
{
    if (version->share < 0)
        return MILLION;
    return end < 0 ? version->share : end;
}

static int64_t end_kg(const struct factor *factor, bool high)
{
    const int64_t end = high ? factor->high : factor->low;

    return end < 0 ? factor->kg : end;
}

/* The mix at its lightest or heaviest: every version at the least share, and what is left given to
 * the lightest or heaviest as far as its greatest share goes. */
static int64_t extreme_of(const struct mix *mix, bool high)
{
    int64_t shares[8];
    int64_t left = MILLION;
    int64_t millionths = 0;

    for (size_t i = 0; i < mix->count; i++) {
        shares[i] = share_of(mix->versions[i], mix->versions[i]->share_low);
        left -= shares[i];
    }
    while (left > 0) {
        size_t best = mix->count;
        int64_t room = 0;

        for (size_t i = 0; i < mix->count; i++) {
            const int64_t more =
                share_of(mix->versions[i], mix->versions[i]->share_high) - shares[i];

            if (more > 0 && (best == mix->count || (end_kg(factor_of(mix, i), high) >
                                                    end_kg(factor_of(mix, best), high)) == high)) {
                best = i;
                room = more;
            }
        }
        if (best == mix->count)
            break;
        room = room < left ? room : left;
        shares[best] += room;
        left -= room;
    }
    for (size_t i = 0; i < mix->count; i++)
        millionths += shares[i] * end_kg(factor_of(mix, i), high);
    return (millionths + MILLION / 2) / MILLION;
}

static bool is_open(const struct mix *mix)
{
    for (size_t i = 0; i < mix->count; i++)
        if (mix->versions[i]->share_low != mix->versions[i]->share_high)
            return true;
    return false;
}

static const char *describe(const struct mix *mix, struct arena *arena)
{
    char text[600];
    size_t length = 0;

    for (size_t i = 0; i < mix->count && length < sizeof text; i++) {
        char share[DECIMAL_TEXT];
        char kg[DECIMAL_TEXT];

        length += (size_t)snprintf(
            text + length, sizeof text - length, "%s%s of %s at %s kg", i > 0 ? ", " : "",
            decimal_print(mix->versions[i]->share, 6, share), mix->versions[i]->id,
            decimal_print(factor_of(mix, i)->kg, PLACES_CARBON, kg));
    }
    if (is_open(mix) && length < sizeof text)
        snprintf(text + length, sizeof text - length,
                 "; the shares are not known: low and high are at their extremes");
    return arena_copy(arena, view_of(text));
}

/* Several versions as one: no better than the worst, nor than C where a share is assumed. */
static enum status blend(const struct mix *mix, struct factor *blended, struct arena *arena,
                         struct faults *faults)
{
    struct factor_part *const parts = arena_array(arena, mix->count, sizeof *parts);
    int64_t millionths = 0;

    if (parts == NULL)
        return fail_nomem(faults->why);
    if (is_open(mix) && blended->grade < GRADE_C)
        blended->grade = GRADE_C;
    for (size_t i = 0; i < mix->count; i++) {
        const struct factor *const factor = factor_of(mix, i);

        parts[i] = (struct factor_part){mix->versions[i], mix->versions[i]->share, factor->kg};
        millionths += parts[i].share * factor->kg;
        if (factor->grade > blended->grade)
            blended->grade = factor->grade;
    }
    blended->kg = (millionths + MILLION / 2) / MILLION;
    blended->published = blended->kg;
    blended->low = extreme_of(mix, false);
    blended->high = extreme_of(mix, true);
    blended->basis = BASIS_whole_life;
    blended->addition = (struct addition){.kg = 0};
    blended->version = NULL;
    blended->parts = parts;
    blended->part_count = mix->count;
    blended->at = mix->versions[0]->at;
    blended->id = mix->product->id;
    blended->note = NULL;
    blended->source = mix->versions[mix->count - 1]->source;
    blended->checked = mix->versions[mix->count - 1]->checked;
    blended->derivation = describe(mix, arena);
    return blended->derivation != NULL ? STATUS_OK : fail_nomem(faults->why);
}

static enum status add_mix(struct rules *rules, struct factor_set *set, const struct mix *mix,
                           span_adder *add, struct faults *faults)
{
    struct factor *const factor = arena_take(&rules->arena, sizeof *factor);
    enum status status = STATUS_OK;

    if (factor == NULL)
        return fail_nomem(faults->why);
    *factor = *factor_of(mix, 0);
    if (mix->count > 1)
        status = blend(mix, factor, &rules->arena, faults);
    factor->from = mix->from == 0 ? MONTH_NONE : mix->from;
    factor->to = mix->to == INT32_MAX ? MONTH_NONE : mix->to;
    for (size_t c = 0; c < mix->product->codes.count && status == STATUS_OK; c++)
        status = add(rules, set, rules_code(rules, view_of(mix->product->codes.texts[c])), factor,
                     faults);
    return status;
}

static enum status mix_product(struct rules *rules, struct factor_set *set,
                               const struct product *product, span_adder *add,
                               struct faults *faults)
{
    struct mix mix = {.product = product, .set = set};
    enum status status = STATUS_OK;

    for (bool more = true; more && status == STATUS_OK; mix.from = mix.to + 1) {
        status = find_versions(&mix, faults);
        if (status == STATUS_OK && mix.count > 0)
            status = add_mix(rules, set, &mix, add, faults);
        more = mix.to != INT32_MAX;
        if (!more)
            break;
    }
    return status;
}

enum status factors_mix_versions(struct rules *rules, struct factor_set *set, span_adder *add,
                                 struct faults *faults)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->products.count && status == STATUS_OK; i++)
        if (rules->products.list[i]->version_count > 0)
            status = mix_product(rules, set, rules->products.list[i], add, faults);
    return status;
}
