#ifndef MEASURE_DIFFERENCE_H
#define MEASURE_DIFFERENCE_H

/* The same sums under two sets of rules: what they say of each presentation, and what that does
 * to the carbon of every organisation, as its extracts name them.
 *
 * Milligrams are rounded so that rows sum to their organisation's total without a rest: a row is
 * the rounded sum up to it less the rounded sum before it. */

#include "measure/gases.h"

/* One of the two. */
struct difference_side {
    const struct rules *rules;
    const struct factor_set *factors;
    const struct gas_factor_set *gas_factors;
};

/* What a set of rules says of a presentation. */
struct difference_word {
    const char *status; /* inhaler, refill, gas, not an inhaler, unknown, out of scope */
    const char *therapeutic_class;
    const char *device;
    int64_t factor; /* milligrams of an inhaler, refill pack or litre of a gas in the latest month
                       that has one; -1 none */
    month_t factor_month;
};

#define DIFFERENCE_LIST(X)                                  \
    X(STATUS, "status")                                     \
    X(CLASS, "class")                                       \
    X(DEVICE, "device")                                     \
    X(INHALERS, "inhalers") /* how many a quantity makes */ \
    X(FACTOR, "factor")                                     \
    X(CARBON, "carbon")

enum difference {
#define X(name, text) DIFFERENCE_##name,
    DIFFERENCE_LIST(X)
#undef X
        DIFFERENCES
};

const char *difference_text(enum difference difference);

/* A presentation that changed, in an organisation. */
struct difference_row {
    enum level level;
    uint32_t organisation;
    uint32_t presentation;
    wide_t items;
    wide_t inhalers[2];   /* before, after; in inhaler_unit of their rules */
    wide_t carbon[2];     /* in kilogram_unit, or that of gases */
    wide_t milligrams[2]; /* rounded as above */
};

/* All of an organisation, also what did not change. */
struct difference_total {
    enum level level;
    uint32_t organisation;
    wide_t same_inhalers; /* carbon of what did not change, in kilogram_unit of the later rules */
    wide_t same_gases;
    wide_t milligrams[2];
};

struct differences {
    struct difference_side sides[2];
    const struct cube *cube;
    bool some; /* places only */
    struct classified classified[2];
    unsigned *changed; /* by presentation: a bit for each enum difference */
    struct difference_word *words[2];
    struct difference_row *rows; /* by level, code of the organisation and of the presentation */
    size_t row_count;
    size_t row_room;
    struct difference_total *totals; /* by level and code */
    size_t total_count;
    size_t total_room;
};

/* cube and sides are borrowed.
 * wanted  by place, or NULL for all; of some the region and the nation are left out, since their
 *         figures would be parts of theirs
 * fails   STATUS_LIMIT  a sum does not fit into 128 bits */
MUST_USE
enum status differences_make(struct differences *differences, const struct cube *cube,
                             const struct difference_side sides[2], const bool *wanted,
                             struct fail *why);

/* What organisations with all of the sums there are: nations, or ICBs where only some were wanted.
 */
enum level differences_top(const struct differences *differences);

void differences_release(struct differences *differences);

#endif
