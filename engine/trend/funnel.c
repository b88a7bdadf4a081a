#include "trend/funnel.h"

#include "trend/quantile.h"

#include <gsl/gsl_math.h>
#include <math.h>

#define WINSORISED 0.1 /* share pulled in at each end */

static double angle_of(double proportion)
{
    return asin(sqrt(proportion));
}

static double deviation_at(double denominator)
{
    return 1 / (2 * sqrt(denominator));
}

static double mean_square_pulled_in(double *z, size_t count)
{
    double low;
    double high;
    double sum = 0;

    sort_values(z, count);
    low = quantile_of_sorted(z, count, WINSORISED);
    high = quantile_of_sorted(z, count, 1 - WINSORISED);
    for (size_t i = 0; i < count; i++)
        sum += gsl_pow_2(fmin(fmax(z[i], low), high));
    return sum / (double)count;
}

static double variance_between(const double *denominators, size_t count, double phi)
{
    const double k = (double)count;
    double weights = 0;
    double squares = 0;

    for (size_t i = 0; i < count; i++) {
        const double weight = 4 * denominators[i]; /* 1 / s^2 */

        weights += weight;
        squares += weight * weight;
    }
    return fmax(0, (k * phi - (k - 1)) / (weights - squares / weights));
}

bool funnel_fit(const double *numerators, const double *denominators, size_t count, double *scratch,
                struct funnel *funnel)
{
    double top = 0;
    double bottom = 0;

    *funnel = (struct funnel){0};
    for (size_t i = 0; i < count; i++) {
        if (numerators[i] < 0 || numerators[i] > denominators[i] || denominators[i] <= 0)
            return false;
        top += numerators[i];
        bottom += denominators[i];
    }
    if (count < 2)
        return false;
    funnel->target = top / bottom;
    funnel->angle = angle_of(funnel->target);
    for (size_t i = 0; i < count; i++)
        scratch[i] = (angle_of(numerators[i] / denominators[i]) - funnel->angle) /
                     deviation_at(denominators[i]);
    funnel->phi = mean_square_pulled_in(scratch, count);
    funnel->tau2 = variance_between(denominators, count, funnel->phi);
    return true;
}

/* An angle goes from 0 to a right angle: beyond that the proportion would turn
 * back, and a unit without any event be outside a limit that ought to be 0. */
static double proportion_of(double angle)
{
    return gsl_pow_2(sin(fmin(fmax(angle, 0), M_PI_2)));
}

struct funnel_limits funnel_at(const struct funnel *funnel, double denominator, bool adjusted)
{
    /* normal quantiles of 0.975 and, to six decimals as the reference has it, of 0.999 */
    static const double widths[] = {[FUNNEL_95] = 1.959963984540054, [FUNNEL_998] = 3.090232};
    const double variance = gsl_pow_2(deviation_at(denominator)) + (adjusted ? funnel->tau2 : 0);
    struct funnel_limits limits;

    for (int i = 0; i < 2; i++) {
        const double width = widths[i] * sqrt(variance);

        limits.lower[i] = proportion_of(funnel->angle - width);
        limits.upper[i] = proportion_of(funnel->angle + width);
    }
    return limits;
}
