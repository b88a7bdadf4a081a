#ifndef TREND_SEASON_H
#define TREND_SEASON_H

/* What the calendar month does to a monthly series.
 *
 * A line and twelve effects that sum to 0 are fitted in turn.  With few years the
 * effects are mostly noise: they are drawn to 0 by
 *     strength = max(0, 1 - 1 / F),   F = (between / 11) / (within / (n - 13)),
 * the share of the variance between calendar months that noise does not explain
 * (a positive-part James-Stein estimate).  Below 24 months, or below 2 years of
 * any calendar month, there are none. */

#include "base/month.h"

#include <stddef.h>

#define SEASON_LEAST_MONTHS 24

struct season {
    double strength;    /* 0 none to 1 */
    double effects[12]; /* January first, already multiplied by strength */
};

/* values  by month from `first` on, NAN where there is none */
void season_fit(const double *values, size_t count, month_t first, struct season *season);

/* The effect in the month `index` months after first. */
double season_effect(const struct season *season, month_t first, size_t index);

/* Days of the month over those of a mean month (365.25 / 12): totals are divided by it. */
double month_length(month_t month);

#endif
