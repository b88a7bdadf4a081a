#ifndef TREND_FORECAST_H
#define TREND_FORECAST_H

/* Where a monthly series will be, and how sure that is.
 *
 * The model:  y = level + u,  level' = level + slope,  slope' = slope + tau e,
 * u' = rho u + sqrt(1 - rho^2) e, all times sigma.  u is what months have in common
 * with the months before (autocorrelation); tau lets the slope itself change, as it
 * does while a mix of products is still changing, so that the interval widens with
 * the cube of the time ahead and not with its square.
 *
 * rho and tau are not known from a few dozen months, so none is chosen: each pair
 * of a grid is filtered (Kalman; level and slope begin diffuse) and weighted by its
 * likelihood with sigma integrated out under 1 / sigma^2, which is
 *     prod(F)^(-1/2) x S^(-(n - 2) / 2),   S = sum(v^2 / F)
 * over one-step errors v of variance F.  The forecast is the mixture of their
 * Student t distributions with n - 2 degrees of freedom and scale sqrt(S / (n - 2)).
 * Calendar months are taken off first (season.h) and put on again.
 *
 * The README of this folder has the results of the back-test. */

#include "trend/season.h"

#include <stdbool.h>

/* Below a year of months nothing is said about the years to come. */
#define FORECAST_LEAST_POINTS 12

#define FORECAST_PARTS 20

/* Asked for is known + sum of weights[h - 1] x the value h months after the last. */
struct forecast_ask {
    const double *values; /* by month, NAN where there is none; the last is there */
    size_t count;
    month_t first;
    const double *weights;
    size_t horizon;
    double known;
};

struct forecast_part {
    double weight; /* they sum to 1 */
    double centre;
    double scale;
};

struct forecast {
    bool exists;
    size_t part_count;
    struct forecast_part parts[FORECAST_PARTS];
    double freedom;
    double centre; /* median */
    double low;    /* the 80% interval */
    double high;
};

struct forecast forecast_make(const struct forecast_ask *ask);

/* The probability that it will be at most so much. */
double forecast_at_most(const struct forecast *forecast, double value);

#endif
