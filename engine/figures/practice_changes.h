#ifndef FIGURES_PRACTICE_CHANGES_H
#define FIGURES_PRACTICE_CHANGES_H

/* How the headline measure of each practice changed: three months against the same three a year
 * before, each as sum over sum.  A month of one practice is mostly noise, so the list is ordered by
 * what a change weighs: the kilograms more or less than at the rate of a year before. */

#include "base/fail.h"
#include "measure/results.h"

struct practice_change {
    uint32_t practice;
    size_t order; /* by code */
    struct measure_value now;
    struct measure_value then;
    wide_t weight; /* numerator more than at the rate of then */
};

struct practice_change_list {
    struct practice_change *list; /* the largest rise first */
    size_t count;
};

/* All practices that have both spans. */
MUST_USE
enum status practice_changes_find(struct practice_change_list *changes,
                                  const struct results *results, struct fail *why);

void practice_changes_release(struct practice_change_list *changes);

#endif
