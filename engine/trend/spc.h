#ifndef TREND_SPC_H
#define TREND_SPC_H

/* XmR charts as Making Data Count draws them.
 *
 *     mean   of the points of a group (or of its first `baseline` points)
 *     lower  mean - 2.66 x the mean moving range
 *     upper  mean + 2.66 x the mean moving range
 *
 * 2.66 is 3 / d2 with d2 = 1.128, the mean range of two normal values in standard
 * deviations.  A group begins at the first point and at each step: limits and
 * moving ranges do not cross a step.
 *
 * One cause a point, the first that holds: outside the limits; in a run of seven
 * or more that rise, or fall, strictly; one of two in three beyond two thirds of
 * the way to the limit, all three on its side of the mean; in a run of seven or
 * more on one side of the mean (a point on the mean breaks it). */

#include <stdbool.h>
#include <stddef.h>

/* Fewer points in a group have trial limits. */
#define SPC_LEAST_POINTS 13

enum spc_cause { SPC_COMMON, SPC_OUTSIDE, SPC_TREND, SPC_TWO_IN_THREE, SPC_ONE_SIDE };

/* Making Data Count counts every point beyond two thirds since November 2023,
 * also those beyond the limit; before, and NHSRplotthedots 0.2.2 still, only
 * those between the two. */
enum spc_two_in_three { SPC_ALL_BEYOND, SPC_NEAR_ONLY };

struct spc_options {
    /* Moving ranges of 3.267 times their mean or more are left out once.  Not done
     * where nothing would be left, or nothing but zeros: a constant series has its
     * mean as limits, and one value after a row of zeros stays outside them. */
    bool screen;
    enum spc_two_in_three two_in_three;
    bool bounded;       /* no value is below 0, so neither is a lower limit */
    size_t baseline;    /* points of a group that make its limits; 0 all */
    const size_t *step; /* ascending: points that begin a new group */
    size_t step_count;
};

struct spc_point {
    double mean;
    double lower;
    double upper;
    enum spc_cause cause;
    int side;   /* of the mean, or of the trend: 1 up, -1 down, 0 on the mean */
    bool trial; /* its group has fewer than SPC_LEAST_POINTS points */
};

/* points has room for count.  Values must be finite. */
void spc_chart(const double *values, size_t count, const struct spc_options *options,
               struct spc_point *points);

const char *spc_cause_text(enum spc_cause cause, int side);

#endif
