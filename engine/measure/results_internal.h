#ifndef MEASURE_RESULTS_INTERNAL_H
#define MEASURE_RESULTS_INTERNAL_H

/* Between results.c, which sums, and results_order.c, which puts in order. */

#include "measure/results.h"

MUST_USE
enum status results_sort(struct results *results, struct fail *why);

/* Fills rank and ranked of every value. */
MUST_USE
enum status results_rank(struct results *results, struct fail *why);

#endif
