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

/* The rows, those of one level, kind of data and month together, in the order of
 * results->organisations within; to be freed. */
MUST_USE
enum status results_by_month(const struct results *results, struct organisation_month ***rows,
                             struct fail *why);

/* Past the last row that stands together with rows[from]. */
size_t results_group_end(struct organisation_month *const *rows, size_t count, size_t from);

/* Fills rank and ranked of every value. */
MUST_USE
enum status results_rank(struct results *results, struct fail *why);

#endif
