#include "trend/trend.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define Z95 1.959963984540054

double line_at(const struct straight_line *line, double x)
{
    return line->middle + line->slope * (x - line->centre);
}

struct straight_line line_of_sums(const double sums[5], double centre)
{
    const double spread = sums[3] - sums[1] * sums[1] / sums[0];
    const double slope = spread > 0 ? (sums[4] - sums[1] * sums[2] / sums[0]) / spread : 0;

    return (struct straight_line){.middle = (sums[2] - slope * sums[1]) / sums[0], slope, centre};
}

static struct straight_line fit(const double *values, size_t count, size_t *points)
{
    const double centre = (double)count / 2;
    double sums[5] = {0};

    for (size_t i = 0; i < count; i++) {
        const double x = (double)i - centre;

        if (isnan(values[i]))
            continue;
        sums[0]++;
        sums[1] += x;
        sums[2] += values[i];
        sums[3] += x * x;
        sums[4] += x * values[i];
    }
    *points = (size_t)sums[0];
    return *points > 0 ? line_of_sums(sums, centre) : (struct straight_line){0};
}

static double mean_place(const double *values, size_t count, size_t points)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += isnan(values[i]) ? 0 : (double)i;
    return sum / (double)points;
}

/* x times its residual; 0 where there is no value. */
static double score(const double *values, size_t i, double mean, const struct straight_line *line)
{
    return isnan(values[i]) ? 0 : ((double)i - mean) * (values[i] - line_at(line, (double)i));
}

static double slope_variance(const double *values, size_t count, size_t points,
                             const struct straight_line *line)
{
    const double n = (double)points;
    const double mean = mean_place(values, count, points);
    const size_t lags = (size_t)floor(4 * pow(n / 100, 2.0 / 9));
    double spread = 0;
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        const double here = score(values, i, mean, line);

        spread += isnan(values[i]) ? 0 : ((double)i - mean) * ((double)i - mean);
        sum += here * here;
        for (size_t lag = 1; lag <= lags && lag <= i; lag++)
            sum += 2 * (1 - (double)lag / (double)(lags + 1)) * here *
                   score(values, i - lag, mean, line);
    }
    return n / (n - 2) * sum / (spread * spread);
}

struct trend trend_least_squares(const double *values, size_t count, double used)
{
    struct trend trend = {0};
    const struct straight_line line = fit(values, count, &trend.points);
    double freedom;
    double deviation;
    double width;

    if (trend.points < TREND_LEAST_POINTS)
        return trend;
    freedom = fmax(1, (double)trend.points - 2 - used);
    deviation = sqrt(fmax(0, slope_variance(values, count, trend.points, &line)));
    width = deviation * gsl_cdf_tdist_Pinv(0.975, freedom);
    trend.exists = true;
    trend.slope = line.slope;
    trend.low = line.slope - width;
    trend.high = line.slope + width;
    if (deviation > 0)
        trend.p = 2 * gsl_cdf_tdist_Q(fabs(line.slope) / deviation, freedom);
    else
        trend.p = line.slope == 0; /* a line without noise, or nothing at all */
    return trend;
}

static void swap(double *a, double *b)
{
    const double kept = *a;

    *a = *b;
    *b = kept;
}

/* Parts [from, to) into what is not above a value and, from the returned place
 * on, what is not below it; *below is one past the former. */
static size_t part_at(double *values, size_t from, size_t to, size_t *below)
{
    const double pivot = values[from + (to - from) / 2];
    size_t low = from;
    size_t high = to; /* one past */

    while (low < high) {
        while (values[low] < pivot)
            low++;
        while (values[high - 1] > pivot)
            high--;
        if (low < high)
            swap(&values[low++], &values[--high]);
    }
    *below = high;
    return low;
}

/* Puts the k-th smallest of [from, to) at k, smaller before and larger behind. */
static double select_at(double *values, size_t from, size_t to, size_t k)
{
    while (to - from > 1) {
        size_t below;
        const size_t above = part_at(values, from, to, &below);

        if (k < below)
            to = below;
        else if (k >= above)
            from = above;
        else
            break;
    }
    return values[k];
}

struct pairs {
    size_t count;
    double kendall; /* rising pairs less falling ones */
    size_t points;
};

static struct pairs list_slopes(const double *values, size_t count, double *slopes)
{
    struct pairs pairs = {0};

    for (size_t j = 0; j < count; j++) {
        pairs.points += isnan(values[j]) ? 0 : 1;
        for (size_t i = 0; i < j; i++)
            if (!isnan(values[i]) && !isnan(values[j])) {
                slopes[pairs.count++] = (values[j] - values[i]) / (double)(j - i);
                pairs.kendall += (values[j] > values[i]) - (values[j] < values[i]);
            }
    }
    return pairs;
}

/* Variance of Kendall's S; values that are equal lessen it. */
static double kendall_variance(const double *values, size_t count, size_t points)
{
    const double n = (double)points;
    double variance = n * (n - 1) * (2 * n + 5);

    for (size_t i = 0; i < count; i++) {
        size_t before = 0;
        double ties = 1;

        for (size_t j = 0; j < count; j++)
            if (j != i && values[j] == values[i]) {
                before += j < i;
                ties++;
            }
        if (before == 0 && !isnan(values[i]))
            variance -= ties * (ties - 1) * (2 * ties + 5);
    }
    return variance / 18;
}

/* The slope at a rank that may lie between two. */
static double slope_at(double *slopes, size_t from, size_t to, double rank)
{
    const size_t below = (size_t)fmin(fmax(floor(rank), (double)from), (double)(to - 1));
    const double share = fmin(fmax(rank - (double)below, 0), 1);
    const double at = select_at(slopes, from, to, below);

    return share > 0 && below + 1 < to
               ? at + share * (select_at(slopes, below + 1, to, below + 1) - at)
               : at;
}

struct trend trend_theil_sen(const double *values, size_t count, double *scratch)
{
    const struct pairs pairs = list_slopes(values, count, scratch);
    struct trend trend = {.points = pairs.points};
    const double last = (double)pairs.count - 1;
    double sigma;
    double reach;

    if (pairs.points < TREND_LEAST_POINTS)
        return trend;
    sigma = sqrt(kendall_variance(values, count, pairs.points));
    reach = (Z95 * sigma + 1) / 2; /* ranks count from 1, places from 0 */
    trend.exists = true;
    trend.slope = slope_at(scratch, 0, pairs.count, last / 2);
    trend.low = slope_at(scratch, 0, pairs.count, last / 2 - reach);
    trend.high = slope_at(scratch, 0, pairs.count, last / 2 + reach);
    trend.p = 1;
    if (sigma > 0 && pairs.kendall != 0)
        trend.p = 2 * gsl_cdf_ugaussian_Q((fabs(pairs.kendall) - 1) / sigma);
    return trend;
}
