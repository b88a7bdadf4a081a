#include "trend/forecast.h"

#include "support/cases.h"
#include "support/truth.h"

#include <math.h>

#define ROUNDS 52 /* of each kind, length and horizon: 2,080 series */

static const size_t lengths[] = {24, 36};
static const size_t horizons[] = {6, 20};

static struct forecast ask(const double *values, size_t count, size_t horizon)
{
    double weights[64] = {0};

    weights[horizon - 1] = 1;
    return forecast_make(&(struct forecast_ask){
        .values = values, .count = count, .first = 24000, .weights = weights, .horizon = horizon});
}

/* How often, of ROUNDS in each kind, length and horizon, the interval held. */
static double coverage(size_t *series)
{
    uint64_t state = 20261122;
    double values[TRUTH_MOST];
    size_t held = 0;

    *series = 0;
    for (size_t i = 0; i < TRUTH_KINDS * LENGTH_OF(lengths) * LENGTH_OF(horizons) * ROUNDS; i++) {
        const size_t length = lengths[i / TRUTH_KINDS % LENGTH_OF(lengths)];
        const size_t horizon = horizons[i / TRUTH_KINDS / LENGTH_OF(lengths) % LENGTH_OF(horizons)];
        struct forecast forecast;
        double came;

        truth_make((enum truth_kind)(i % TRUTH_KINDS), length + horizon, &state, values);
        came = values[length + horizon - 1];
        forecast = ask(values, length, horizon);
        held += came >= forecast.low && came <= forecast.high;
        ++*series;
    }
    return (double)held / (double)*series;
}

Test(forecast, eighty_per_cent_intervals_hold_75_to_85_of_100_over_2000_series)
{
    size_t series;
    const double share = coverage(&series);

    cr_expect(series >= 2000, "%zu series", series);
    cr_expect(share >= 0.75 && share <= 0.85, "coverage %.4f of %zu", share, series);
}

Test(forecast, interval_and_probability_are_of_one_distribution)
{
    uint64_t state = 3;
    double values[TRUTH_MOST];

    for (int kind = 0; kind < TRUTH_KINDS; kind++) {
        struct forecast near;
        struct forecast far;

        truth_make((enum truth_kind)kind, 30, &state, values);
        near = ask(values, 30, 3);
        far = ask(values, 30, 24);
        cr_expect(fabs(forecast_at_most(&far, far.low) - 0.1) < 1e-6, "%s: low", truth_names[kind]);
        cr_expect(fabs(forecast_at_most(&far, far.centre) - 0.5) < 1e-6, "%s: median",
                  truth_names[kind]);
        cr_expect(fabs(forecast_at_most(&far, far.high) - 0.9) < 1e-6, "%s: high",
                  truth_names[kind]);
        cr_expect(far.high - far.low > near.high - near.low, "%s: further is less sure",
                  truth_names[kind]);
    }
}

Test(forecast, a_line_goes_on_and_a_constant_stays)
{
    double values[24];
    struct forecast forecast;

    for (size_t i = 0; i < 24; i++)
        values[i] = 22 - 0.25 * (double)i;
    forecast = ask(values, 24, 8);
    cr_expect(fabs(forecast.centre - 14.25) < 1e-3, "14.25, not %f", forecast.centre);
    for (size_t i = 0; i < 24; i++)
        values[i] = 0;
    forecast = ask(values, 24, 8);
    cr_expect(forecast.exists && fabs(forecast.low) + fabs(forecast.high) <= 0, "stays zero");
    cr_expect(forecast_at_most(&forecast, 0) >= 1, "and is at most zero");
    cr_expect(not(ask(values, 11, 8).exists), "eleven months are not enough");
}

/* What is already known comes in as it is, and the variance of a sum is not that
 * of its months added up. */
Test(forecast, a_year_is_the_sum_of_its_known_and_unknown_months)
{
    const double weights[] = {1, 1, 1, 1};
    uint64_t state = 9;
    double values[TRUTH_MOST];
    struct forecast year;
    double centres = 0;
    double widths = 0;

    truth_make(TRUTH_LINE, 36, &state, values);
    year = forecast_make(&(struct forecast_ask){.values = values,
                                                .count = 36,
                                                .first = 24000,
                                                .weights = weights,
                                                .horizon = 4,
                                                .known = 400});
    for (size_t h = 1; h <= 4; h++) {
        const struct forecast month = ask(values, 36, h);

        centres += month.centre;
        widths += month.high - month.low;
    }
    cr_expect(fabs(year.centre - 400 - centres) < 0.05, "%f and 400 + %f", year.centre, centres);
    cr_expect(year.high - year.low < widths, "months partly cancel");
    cr_expect(year.high - year.low > widths / 2, "by no more than their number");
}
