#ifndef TREND_CUSUM_H
#define TREND_CUSUM_H

/* Alerts by cumulative sums, as OpenPrescribing sends them: has a series moved
 * from its mean, and stayed away?
 *
 * mean and threshold come from the first window: its mean, and 5 population
 * standard deviations (s).  Then, for each value x, rounded to 2 decimals,
 *     up   = max(0, up   + x - (mean + s / 2))
 *     down = min(0, down + x - (mean - s / 2))
 * and it is an alert when either passes the threshold.  After an alert the mean is
 * that of the last window; while the sum keeps growing the same way it goes on,
 * else the threshold is new as well and both sums begin again.
 * The rounding makes the scale matter: shares must come as fractions. */

#include <stdbool.h>
#include <stddef.h>

#define CUSUM_WINDOW 12

struct cusum_point {
    bool begun; /* mean and threshold are there */
    double mean;
    double threshold;
    double up;
    double down;
    int alert; /* 1 up, -1 down, 0 none */
};

/* values  NAN where there is none; points has room for count */
void cusum_run(const double *values, size_t count, size_t window, struct cusum_point *points);

#endif
