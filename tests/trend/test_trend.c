#include "trend/season.h"
#include "trend/trend.h"

#include "support/cases.h"
#include "support/truth.h"

#include <math.h>
#include <stdlib.h>

#define MONTHS 36

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fabs(b));
}

/* The sandwich (X'X)^-1 X' W X (X'X)^-1 in full, with X = (1, x) and W the weighted
 * products of residuals: the same by another way. */
static double sandwich_variance(const double *y, size_t n, size_t lags, double *slope)
{
    double xx[3] = {0}; /* n, x, x x */
    double xy[2] = {0};
    double middle[2][2] = {{0}};
    double e[MONTHS];
    double bread[2]; /* second row of the inverse */
    double determinant;
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        const double x = (double)i;

        xx[0] += 1;
        xx[1] += x;
        xx[2] += x * x;
        xy[0] += y[i];
        xy[1] += x * y[i];
    }
    determinant = xx[0] * xx[2] - xx[1] * xx[1];
    bread[0] = -xx[1] / determinant;
    bread[1] = xx[0] / determinant;
    *slope = bread[0] * xy[0] + bread[1] * xy[1];
    for (size_t i = 0; i < n; i++)
        e[i] = y[i] - (xx[2] * xy[0] - xx[1] * xy[1]) / determinant - *slope * (double)i;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            const size_t apart = i > j ? i - j : j - i;
            const double x[2][2] = {{1, (double)i}, {1, (double)j}};

            for (int r = 0; apart <= lags && r < 2; r++)
                for (int c = 0; c < 2; c++)
                    middle[r][c] +=
                        (1 - (double)apart / (double)(lags + 1)) * e[i] * e[j] * x[0][r] * x[1][c];
        }
    for (int r = 0; r < 2; r++)
        for (int c = 0; c < 2; c++)
            sum += bread[r] * middle[r][c] * bread[c];
    return sum * (double)n / (double)(n - 2);
}

/* t of 0.975 with 34 degrees of freedom is 2.032245 (printed tables: 2.032) */
Test(trend, least_squares_is_the_sandwich_of_newey_and_west)
{
    uint64_t state = 7;
    double y[MONTHS];
    double slope;

    for (int kind = 0; kind < TRUTH_KINDS; kind++) {
        struct trend trend;
        double variance;

        truth_make((enum truth_kind)kind, MONTHS, &state, y);
        trend = trend_least_squares(y, MONTHS, 0);
        variance = sandwich_variance(y, MONTHS, 3, &slope);
        cr_expect(is_near(trend.slope, slope), "%s: slope %.12f, not %.12f", truth_names[kind],
                  trend.slope, slope);
        cr_expect(fabs((trend.high - trend.slope) / sqrt(variance) - 2.032245) < 1e-5,
                  "%s: width %.9f for %.9f", truth_names[kind], trend.high - trend.slope,
                  sqrt(variance));
        cr_expect(is_near(trend.high - trend.slope, trend.slope - trend.low), "both sides alike");
        cr_expect(trend.p < 0.05 ? trend.low > 0 || trend.high < 0
                                 : trend.low <= 0 && trend.high >= 0,
                  "p and interval agree");
    }
}

static int compare_doubles(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

Test(trend, theil_sen_is_the_median_of_all_slopes_and_sens_ranks)
{
    uint64_t state = 11;
    double y[MONTHS];
    double slopes[MONTHS * MONTHS];
    double scratch[MONTHS * MONTHS];

    for (int kind = 0; kind < TRUTH_KINDS; kind++)
        for (size_t n = TREND_LEAST_POINTS; n <= MONTHS; n += 5) {
            const double sigma = sqrt((double)(n * (n - 1) * (2 * n + 5)) / 18);
            struct trend trend;
            size_t count = 0;
            double rank;

            truth_make((enum truth_kind)kind, n, &state, y);
            for (size_t j = 0; j < n; j++)
                for (size_t i = 0; i < j; i++)
                    slopes[count++] = (y[j] - y[i]) / (double)(j - i);
            qsort(slopes, count, sizeof *slopes, compare_doubles);
            trend = trend_theil_sen(y, n, scratch);
            cr_expect(is_near(trend.slope, (slopes[(count - 1) / 2] + slopes[count / 2]) / 2),
                      "%s %zu: slope", truth_names[kind], n);
            rank = ((double)count - 1.959963984540054 * sigma) / 2 - 1;
            cr_expect(rank < 0 || (trend.low >= slopes[(size_t)rank] &&
                                   trend.low <= slopes[(size_t)rank + 1]),
                      "%s %zu: low", truth_names[kind], n);
            rank = (double)count - 1 - rank;
            cr_expect(rank > (double)count - 1 || (trend.high >= slopes[(size_t)rank] &&
                                                   trend.high <= slopes[(size_t)ceil(rank)]),
                      "%s %zu: high", truth_names[kind], n);
        }
}

Test(trend, fewer_than_six_points_are_no_trend_and_a_bare_line_is_one_without_doubt)
{
    double y[] = {10, NAN, 9, 8.5, NAN, 7.5, 7, NAN};
    double z[8];
    double scratch[28];

    cr_expect(not(trend_least_squares(y, 8, 0).exists), "five points");
    cr_expect(not(trend_theil_sen(y, 8, scratch).exists), "five points");
    y[7] = 6.5;
    for (int by = 0; by < 2; by++) {
        const struct trend trend =
            by == 0 ? trend_least_squares(y, 8, 0) : trend_theil_sen(y, 8, scratch);

        cr_expect(trend.exists && trend.points == 6, "six points");
        cr_expect(is_near(trend.slope, -0.5) && is_near(trend.low, -0.5) &&
                      is_near(trend.high, -0.5),
                  "method %d: %.12f %.12f %.12f", by, trend.low, trend.slope, trend.high);
        cr_expect(trend.p < 0.02, "method %d: p %f", by, trend.p);
    }
    for (size_t i = 0; i < 8; i++)
        z[i] = 3;
    cr_expect(is_near(trend_least_squares(z, 8, 0).p, 1), "no change at all");
    cr_expect(is_near(trend_theil_sen(z, 8, scratch).p, 1), "no change at all");
}

Test(trend, one_wild_month_does_not_move_theil_sen)
{
    double y[24];
    double scratch[276];

    for (size_t i = 0; i < 24; i++)
        y[i] = 20 - 0.1 * (double)i;
    y[20] = 200;
    cr_expect(is_near(trend_theil_sen(y, 24, scratch).slope, -0.1), "robust");
    cr_expect(trend_least_squares(y, 24, 0).slope > 0.5, "the other is moved");
}

/* 1 in winter, -1 in summer, upon a falling line */
Test(season, calendar_months_are_found_where_two_years_allow_it)
{
    const month_t first = 2023 * 12 + 7;
    struct season season;
    double y[36];

    for (size_t i = 0; i < 36; i++)
        y[i] = 50 - 0.2 * (double)i + cos(2 * M_PI * (double)((7 + i) % 12) / 12);
    season_fit(y, 36, first, &season);
    cr_expect(season.strength > 0.999, "strength %f", season.strength);
    for (size_t m = 0; m < 12; m++)
        cr_expect(fabs(season.effects[m] - cos(2 * M_PI * (double)m / 12)) < 0.01, "month %zu: %f",
                  m, season.effects[m]);
    season_fit(y, 23, first, &season);
    cr_expect(is_near(season.strength, 0), "23 months have none");
    y[3] = NAN;
    season_fit(y, 24, first, &season);
    cr_expect(is_near(season.strength, 0), "nor has one November of two");
}

Test(season, noise_is_not_taken_for_seasons)
{
    uint64_t state = 5;
    struct season season;
    double y[36];
    double strengths = 0;

    for (int i = 0; i < 200; i++) {
        truth_make(TRUTH_LINE, 36, &state, y);
        season_fit(y, 36, 24000, &season);
        strengths += season.strength / 200;
    }
    cr_expect(strengths < 0.2, "mean strength %f", strengths);
}

Test(season, months_have_their_days)
{
    static const struct {
        month_t month;
        int days;
    } months[] = {
        {2024 * 12, 31},     {2024 * 12 + 1, 29},  {2025 * 12 + 1, 28},
        {2000 * 12 + 1, 29}, {2026 * 12 + 10, 30},
    };

    for (size_t i = 0; i < LENGTH_OF(months); i++)
        cr_expect(is_near(month_length(months[i].month) * 365.25 / 12, months[i].days), "%zu", i);
}
