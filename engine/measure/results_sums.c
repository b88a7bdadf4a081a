#include "measure/results_sums.h"

#define WHOLE_SHARE 1000000 /* millionths */

/* Carbon of the versions that hold one of the propellants: each has its own. */
static bool carbon_by_propellant(const struct measure_sum *sum, const struct amounts *amounts,
                                 const struct factor *factor, wide_t *amount)
{
    struct factor part = *factor;

    part.kg = factor_kg_of(factor, &sum->where.propellants);
    return carbon_of(amounts->packs, &part, amount);
}

static bool sum_of(const struct measure_sum *sum, const struct cell *cell,
                   const struct amounts *amounts, const struct factor *factor, wide_t *amount)
{
    const bool has_factor = factor != NULL && amounts->counted;

    *amount = 0;
    if (sum->where.with_factor && !has_factor)
        return true;
    switch (sum->sum) {
    case SUM_kgco2e:
        return !has_factor || carbon_by_propellant(sum, amounts, factor, amount);
    case SUM_inhalers:
        *amount = amounts->inhalers;
        break;
    case SUM_packs:
        *amount = amounts->packs;
        break;
    case SUM_items:
        *amount = cell->items;
        break;
    case SUM_nic:
        *amount = cell->nic;
        break;
    case SUM_actual_cost:
        *amount = cell->actual_cost;
        break;
    default: /* none, of gases, or patients: once for a practice and month, not for a cell */
        break;
    }
    return true;
}

/* Of a sum by propellant a product of several versions adds what its month's versions hold.  Parts
 * of inhalers are whole numbers, see link_packs; those of items and money are cut. */
static bool take_propellants(const struct measure_sum *sum, const struct classified *classified,
                             const struct cell *cell, const struct factor *factor, wide_t *amount)
{
    const struct product *const product = classified->verdicts[cell->presentation].product;
    const struct product_version *const version = classified->versions[cell->presentation];
    int64_t share;

    if (sum->where.propellants.count == 0 || product->version_count == 0 ||
        (sum->sum == SUM_kgco2e && factor != NULL && factor->part_count > 0))
        return true;
    share = propellants_share(&sum->where.propellants, product, version, cell->month);
    if (!wide_multiply(*amount, share, amount))
        return false;
    *amount /= WHOLE_SHARE;
    return true;
}

bool amount_of_sum(const struct measure_sum *sum, const struct classified *classified,
                   const struct cell *cell, const struct amounts *amounts,
                   const struct factor *factor, wide_t *amount)
{
    return sum_of(sum, cell, amounts, factor, amount) &&
           take_propellants(sum, classified, cell, factor, amount);
}
