#ifndef TREND_QUANTILE_H
#define TREND_QUANTILE_H

/* Quantiles with linear interpolation between the two nearest values, as the
 * deciles of OpenPrescribing (PERCENTILE_CONT; type 7 of R): at (n - 1) x share. */

#include <stddef.h>

void sort_values(double *values, size_t count);

/* values  sorted, at least one;  share  0 to 1 */
double quantile_of_sorted(const double *values, size_t count, double share);

#endif
