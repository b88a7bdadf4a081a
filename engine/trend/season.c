#include "trend/season.h"

#include "trend/trend.h"

#include <math.h>
#include <stdbool.h>

#define TURNS 4 /* of fitting line and effects; more change nothing in the sixth digit */

struct by_month {
    double mean[12];
    size_t count[12];
};

static size_t calendar(month_t first, size_t index)
{
    return ((size_t)first + index) % 12;
}

double season_effect(const struct season *season, month_t first, size_t index)
{
    return season->effects[calendar(first, index)];
}

static struct straight_line fit_line(const double *values, size_t count, month_t first,
                                     const double *effects)
{
    double sum[5] = {0}; /* n, x, y, xx, xy */

    for (size_t i = 0; i < count; i++) {
        const double x = (double)i - (double)count / 2;
        const double y = values[i] - effects[calendar(first, i)];

        if (isnan(values[i]))
            continue;
        sum[0]++;
        sum[1] += x;
        sum[2] += y;
        sum[3] += x * x;
        sum[4] += x * y;
    }
    return line_of_sums(sum, (double)count / 2);
}

static void fit_effects(const double *values, size_t count, month_t first,
                        const struct straight_line *line, struct by_month *months)
{
    double centre = 0;

    *months = (struct by_month){0};
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i])) {
            months->mean[calendar(first, i)] += values[i] - line_at(line, (double)i);
            months->count[calendar(first, i)]++;
        }
    for (size_t m = 0; m < 12; m++) {
        months->mean[m] /= (double)(months->count[m] > 0 ? months->count[m] : 1);
        centre += months->mean[m] / 12;
    }
    for (size_t m = 0; m < 12; m++)
        months->mean[m] -= centre;
}

static double strength_of(const double *values, size_t count, month_t first,
                          const struct straight_line *line, const struct by_month *months)
{
    double between = 0;
    double within = 0;
    size_t points = 0;

    for (size_t m = 0; m < 12; m++)
        between += (double)months->count[m] * months->mean[m] * months->mean[m];
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i])) {
            const double rest =
                values[i] - line_at(line, (double)i) - months->mean[calendar(first, i)];

            within += rest * rest;
            points++;
        }
    if (between <= 0)
        return 0;
    return fmax(0, 1 - within / (double)(points - 13) / (between / 11));
}

static bool has_two_years(const double *values, size_t count, month_t first)
{
    size_t seen[12] = {0};

    for (size_t i = 0; i < count; i++)
        seen[calendar(first, i)] += isnan(values[i]) ? 0 : 1;
    for (size_t m = 0; m < 12; m++)
        if (seen[m] < 2)
            return false;
    return true;
}

void season_fit(const double *values, size_t count, month_t first, struct season *season)
{
    struct by_month months = {0};
    struct straight_line line = {0};

    *season = (struct season){0};
    if (count < SEASON_LEAST_MONTHS || !has_two_years(values, count, first))
        return;
    for (int turn = 0; turn < TURNS; turn++) {
        line = fit_line(values, count, first, months.mean);
        fit_effects(values, count, first, &line, &months);
    }
    season->strength = strength_of(values, count, first, &line, &months);
    for (size_t m = 0; m < 12; m++)
        season->effects[m] = season->strength * months.mean[m];
}

double month_length(month_t month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = month / 12;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const size_t of_year = (size_t)month % 12;

    return (days[of_year] + (of_year == 1 && leap)) / (365.25 / 12);
}
