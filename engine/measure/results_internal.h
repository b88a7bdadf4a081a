#ifndef MEASURE_RESULTS_INTERNAL_H
#define MEASURE_RESULTS_INTERNAL_H

/* Between results.c, which makes them of what results_cells.c sums, results_order.c, which puts in
 * order, periods.c and results_places.c. */

#include "measure/results.h"

MUST_USE
enum status results_sort(struct results *results, struct fail *why);

/* Finds to which organisations every place of the cube counts. */
MUST_USE
enum status results_find_places(struct results *results, struct cube *cube,
                                const struct placing *placing, struct fail *why);

/* Fills the periods, sorted. */
MUST_USE
enum status results_find_periods(struct results *results, struct fail *why);

/* The same for the findings, which come last. */
MUST_USE
enum status results_sort_findings(struct results *results, struct fail *why);

/* Fills rank and ranked of every value. */
MUST_USE
enum status results_rank(struct results *results, struct fail *why);

#endif
