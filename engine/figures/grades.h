#ifndef FIGURES_GRADES_H
#define FIGURES_GRADES_H

/* How well the factors are known: the carbon of all products of a run by the grade of their
 * factor, the last of those without one.  low and high are the ends of the factors' ranges. */

#include "measure/results.h"

#define CARBON_GRADES (GRADES + 1)
extern const char *const carbon_grades[CARBON_GRADES];

struct grade_sums {
    wide_t items;
    wide_t packs;  /* in inhaler_unit */
    wide_t carbon; /* in kilogram_unit, as low and high */
    wide_t low;
    wide_t high;
};

/* sums   CARBON_GRADES of them */
void grades_sum(const struct results *results, struct grade_sums *sums);

#endif
