#ifndef MEASURE_RANK_H
#define MEASURE_RANK_H

/* Position among peers: percentile (rank - 1) / (n - 1), lowest value
 * first, ties share the lowest rank, as OpenPrescribing counts.  Values without
 * a denominator take no part; a single value has no percentile. */

#include "measure/results.h"

/* values   pointers to the values of one measure, level and month; reordered */
void rank_values(struct measure_value **values, size_t count);

/* Prints the percentile to six decimals, or "". */
char *percentile_print(const struct measure_value *value, char *out);

#endif
