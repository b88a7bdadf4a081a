#include "measure/classify.h"

#include <stdlib.h>

#define THOUSANDTHS 1000
#define MILLIGRAMS 1000000

/* A code that no rule knows may still be told by its substance and name. */
static enum status classify_one(struct classified *classified, uint32_t i, struct fail *why)
{
    const struct rules *const rules = classified->rules;
    const struct view key = intern_text(&classified->cube->codes, i);
    const struct presentation about = presentation_of(key);
    const struct view name = classified->cube->names[i].text;
    struct rules_verdict *const verdict = &classified->verdicts[i];
    enum status status = STATUS_OK;

    *verdict = rules_classify_key(rules, key, name);
    classified->codes[i] = rules_code(rules, about.code);
    if (verdict->kind == RULES_UNKNOWN && about.origin == ORIGIN_PRIMARY)
        status =
            rules_provisional(rules, about.code, name, &classified->arena, &verdict->product, why);
    if (verdict->product != NULL)
        verdict->kind = RULES_INHALER;
    if (verdict->kind == RULES_INHALER)
        classified->versions[i] = product_version_of(verdict->product, about.unit_code);
    return status;
}

enum status classify(struct classified *classified, const struct rules *rules,
                     const struct cube *cube, struct fail *why)
{
    const size_t count = cube->codes.count;
    enum status status = STATUS_OK;

    *classified = (struct classified){.rules = rules, .cube = cube};
    classified->verdicts = calloc(count + 1, sizeof *classified->verdicts);
    classified->codes = calloc(count + 1, sizeof *classified->codes);
    classified->versions = calloc(count + 1, sizeof *classified->versions);
    if (classified->verdicts == NULL || classified->codes == NULL || classified->versions == NULL)
        status = fail_nomem(why);
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++)
        status = classify_one(classified, i, why);
    if (status == STATUS_OK)
        status = check_quantities(&classified->quantities, rules, cube, classified->verdicts, why);
    if (status != STATUS_OK)
        classified_release(classified);
    return status;
}

void classified_release(struct classified *classified)
{
    free(classified->verdicts);
    free(classified->codes);
    free(classified->versions);
    arena_release(&classified->arena);
    quantity_checks_release(&classified->quantities);
    *classified = (struct classified){0};
}

const struct factor *classified_factor(const struct classified *classified,
                                       const struct factor_set *set, uint32_t presentation,
                                       month_t month)
{
    return factor_in_use(set, classified->verdicts[presentation].product,
                         classified->versions[presentation], classified->codes[presentation],
                         month);
}

wide_t inhaler_unit(const struct rules *rules)
{
    return (wide_t)THOUSANDTHS * rules->pack_multiple;
}

wide_t kilogram_unit(const struct rules *rules)
{
    return inhaler_unit(rules) * MILLIGRAMS;
}

/* 64 bits times at most LIMIT_PACK_MULTIPLE: far from 128 */
wide_t packs_of(const struct rules *rules, const struct product *product, wide_t quantity)
{
    return quantity * (rules->pack_multiple / product->units_per_pack);
}

static struct amounts with_packs(struct amounts amounts, wide_t packs)
{
    amounts.packs = packs;
    amounts.inhalers = amounts.product->refill ? 0 : packs;
    return amounts;
}

struct amounts amounts_as_read(const struct amounts *amounts)
{
    return with_packs(*amounts, amounts->packs_as_read);
}

struct amounts amounts_of(const struct classified *classified, const struct cell *cell)
{
    const struct product *const product = classified->verdicts[cell->presentation].product;
    struct amounts amounts = {.product = product, .counted = product->units_per_pack > 0};

    if (!amounts.counted)
        return amounts;
    amounts.packs_as_read = packs_of(classified->rules, product, cell->quantity);
    /* without a rest: only a unit of one inhaler is divided, and doses are in the multiple */
    return with_packs(amounts, amounts.packs_as_read / quantity_divisor(&classified->quantities,
                                                                        classified->cube, cell));
}

bool carbon_of(wide_t packs, const struct factor *factor, wide_t *carbon)
{
    return wide_multiply(packs, factor->kg, carbon);
}
