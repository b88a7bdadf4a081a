#include "measure/classify.h"

#include <stdlib.h>

#define THOUSANDTHS 1000
#define MILLIGRAMS 1000000

enum status classify(struct classified *classified, const struct rules *rules,
                     const struct cube *cube, struct fail *why)
{
    const size_t count = cube->codes.count;

    *classified = (struct classified){.rules = rules, .cube = cube};
    classified->verdicts = calloc(count + 1, sizeof *classified->verdicts);
    classified->codes = calloc(count + 1, sizeof *classified->codes);
    if (classified->verdicts == NULL || classified->codes == NULL) {
        classified_release(classified);
        return fail_nomem(why);
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct view code = intern_text(&cube->codes, i);

        classified->verdicts[i] = rules_classify_key(rules, code, cube->names[i].text);
        classified->codes[i] = rules_code(rules, code);
    }
    return check_quantities(&classified->quantities, rules, cube, classified->verdicts, why);
}

void classified_release(struct classified *classified)
{
    free(classified->verdicts);
    free(classified->codes);
    quantity_checks_release(&classified->quantities);
    *classified = (struct classified){0};
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
