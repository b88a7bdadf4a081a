#ifndef MEASURE_DIFFERENCE_INTERNAL_H
#define MEASURE_DIFFERENCE_INTERNAL_H

/* Between difference.c, which finds and sums, and difference_order.c. */

#include "measure/difference.h"

/* How many of a side's unit of carbon make a milligram. */
wide_t milligram_unit(const struct differences *all, int side, bool gas);

/* Puts rows and totals in order and rounds them to milligrams, so that the rows sum to the
 * totals. */
MUST_USE
enum status differences_settle(struct differences *all, struct fail *why);

#endif
