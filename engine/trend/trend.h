#ifndef TREND_TREND_H
#define TREND_TREND_H

/* The change of a monthly series a month, with a 95 % interval, by two methods
 * that fail in different ways.
 *
 * Least squares: b = sum(x y) / sum(x x) with x, y about their means.  Months that
 * follow each other are alike, so its variance is that of Newey and West (1987):
 *     V = n / (n - 2) x [ sum(s_i s_i) + 2 sum_l (1 - l / (L + 1)) sum(s_i s_j) ] / sum(x x)^2
 * with s = x e, e the residuals, over pairs l months apart, L = floor(4 (n / 100)^(2/9));
 * t with n - 2 degrees of freedom, less those that calendar months took.
 *
 * Theil and Sen: b is the median of the slopes between all pairs of months, its
 * interval the two slopes at ranks (N -+ 1.96 sigma) / 2 of N (Sen 1968), p that of
 * Kendall's S with continuity, sigma^2 = (n(n-1)(2n+5) - ties) / 18.  One wild
 * month does not move it; it takes months as independent. */

#include <stdbool.h>
#include <stddef.h>

#define TREND_LEAST_POINTS 6

struct straight_line {
    double middle; /* value at x = centre */
    double slope;
    double centre;
};

/* sums  n, x, y, xx, xy of points with x counted from centre */
struct straight_line line_of_sums(const double sums[5], double centre);
double line_at(const struct straight_line *line, double x);

struct trend {
    bool exists; /* TREND_LEAST_POINTS or more */
    size_t points;
    double slope; /* a month */
    double low;
    double high;
    double p;
};

/* values  by month, NAN where there is none
 * used    degrees of freedom that went before, as into calendar months */
struct trend trend_least_squares(const double *values, size_t count, double used);

/* scratch has room for count * (count - 1) / 2. */
struct trend trend_theil_sen(const double *values, size_t count, double *scratch);

#endif
