#ifndef MEASURE_RESULTS_SUMS_H
#define MEASURE_RESULTS_SUMS_H

/* What a cell adds to one sum of a measure that its product belongs to, in the unit of the sum.
 * Of a sum by propellant, what the versions of the month add that hold one of them.
 *     amount_of_sum(&measure->numerator, classified, cell, &amounts, factor, &amount) */

#include "measure/classify.h"

/* False if it does not fit.  factor  of the cell, or NULL */
bool amount_of_sum(const struct measure_sum *sum, const struct classified *classified,
                   const struct cell *cell, const struct amounts *amounts,
                   const struct factor *factor, wide_t *amount);

#endif
