#ifndef MEASURE_CLASSIFY_H
#define MEASURE_CLASSIFY_H

/* What each presentation of a cube is by the rules, and what a cell of it comes
 * to: inhalers and carbon as exact numbers.
 *
 * Units.  A pack of 30 capsules makes one inhaler, so 37 capsules are 37/30: no
 * decimal holds that.  Inhalers are therefore counted in 1 / (1000 * multiple),
 * where 1000 is the thousandths of the quantity and multiple the least common
 * multiple of all pack sizes in the rules; carbon in milligrams of the same
 * fraction.  Sums of either are exact. */

#include "measure/quantity.h"

struct classified {
    const struct rules *rules;
    const struct cube *cube;
    struct rules_verdict *verdicts;          /* by presentation */
    uint32_t *codes;                         /* rules_code of it, INTERN_NONE if no product's */
    const struct product_version **versions; /* the one that its dm+d code names, or NULL */
    struct arena arena;                      /* of provisional products */
    struct quantity_checks quantities;
};

MUST_USE
enum status classify(struct classified *classified, const struct rules *rules,
                     const struct cube *cube, struct fail *why);

/* The factor of a presentation in a month, or NULL; it must be that of an inhaler. */
const struct factor *classified_factor(const struct classified *classified,
                                       const struct factor_set *set, uint32_t presentation,
                                       month_t month);

void classified_release(struct classified *classified);

/* Fractions of one inhaler, and of one kilogram, in a count. */
wide_t inhaler_unit(const struct rules *rules);
wide_t kilogram_unit(const struct rules *rules);

/* One cell in the units of the measures. */
struct amounts {
    const struct product *product;
    bool counted;    /* units_per_pack is known, so packs and inhalers are */
    wide_t packs;    /* inhalers and refill packs, repaired where a rule says so */
    wide_t inhalers; /* without refills: they carry no device */
    wide_t packs_as_read;
};

/* The same without repair. */
struct amounts amounts_as_read(const struct amounts *amounts);

/* Packs of a quantity of a product whose pack is known. */
wide_t packs_of(const struct rules *rules, const struct product *product, wide_t quantity);

/* The cell must be that of an inhaler's presentation. */
struct amounts amounts_of(const struct classified *classified, const struct cell *cell);

/* Carbon of so many packs; true when it fits. */
bool carbon_of(wide_t packs, const struct factor *factor, wide_t *carbon);

#endif
