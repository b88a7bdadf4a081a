#ifndef TREND_FUNNEL_H
#define TREND_FUNNEL_H

/* Funnel limits of proportions, adjusted for overdispersion (Spiegelhalter 2005).
 *
 * A proportion p of n is looked at as its angle y = asin(sqrt(p)), whose standard
 * deviation is s = 1 / (2 sqrt(n)) whatever p is.  Against the angle of the target
 * (all numerators over all denominators), z = (y - target) / s.  The z are pulled
 * in to their 10% and 90% quantiles, so that real outliers do not widen the
 * funnel; phi is the mean of their squares.  If units differ by more than chance,
 * phi is above (k - 1) / k, and with w = 1 / s^2 over k units
 *     tau^2 = (k phi - (k - 1)) / (sum w - sum w^2 / sum w)
 * is the variance between units that chance does not explain.  Limits are
 * sin^2(target +- q sqrt(s^2 + tau^2)), q = 1.96 for 95%, 3.09 for 99.8%. */

#include <stdbool.h>
#include <stddef.h>

#define FUNNEL_95 0
#define FUNNEL_998 1

struct funnel {
    double target; /* proportion */
    double angle;
    double phi;
    double tau2;
};

/* numerators <= denominators, all denominators > 0; scratch has room for count.
 * False with fewer than 2 units or a proportion outside 0 to 1. */
bool funnel_fit(const double *numerators, const double *denominators, size_t count, double *scratch,
                struct funnel *funnel);

struct funnel_limits {
    double lower[2]; /* FUNNEL_95, FUNNEL_998 */
    double upper[2];
};

/* adjusted: with tau^2, else by chance alone. */
struct funnel_limits funnel_at(const struct funnel *funnel, double denominator, bool adjusted);

#endif
