#include "trend/spc.h"

#include <math.h>

#define LIMIT_WIDTH 2.66
#define SCREEN_WIDTH 3.267 /* upper limit of moving ranges in their means, D4 of two */
#define RUN 7

/* From the first value on, so that the mean of equal values is that value to the
 * last bit: else all of them would lie outside limits without width. */
static double mean_of(const double *values, size_t count)
{
    double sum = 0;

    for (size_t i = 1; i < count; i++)
        sum += values[i] - values[0];
    return values[0] + sum / (double)count;
}

/* The mean of the ranges below a bound; negative when none is. */
static double mean_range_below(const double *values, size_t count, double bound)
{
    double sum = 0;
    size_t kept = 0;

    for (size_t i = 1; i < count; i++) {
        const double range = fabs(values[i] - values[i - 1]);

        if (range < bound) {
            sum += range;
            kept++;
        }
    }
    return kept > 0 ? sum / (double)kept : -1;
}

/* Screening that leaves no variation would call everything special. */
static double moving_range(const double *values, size_t count, bool screen)
{
    const double all = count > 1 ? mean_range_below(values, count, (double)INFINITY) : 0;
    const double screened =
        screen && count > 1 ? mean_range_below(values, count, SCREEN_WIDTH * all) : all;

    return screened > 0 ? screened : all;
}

static void set_limits(const double *values, size_t count, const struct spc_options *options,
                       struct spc_point *points)
{
    const bool fixed = options->baseline > 0 && options->baseline < count;
    const size_t used = fixed ? options->baseline : count;
    const double mean = mean_of(values, used);
    const double width = LIMIT_WIDTH * moving_range(values, used, options->screen);
    const double lower = options->bounded && mean - width < 0 ? 0 : mean - width;

    for (size_t i = 0; i < count; i++)
        points[i] = (struct spc_point){
            .mean = mean,
            .lower = lower,
            .upper = mean + width,
            .side = (values[i] > mean) - (values[i] < mean),
            .trial = count < SPC_LEAST_POINTS,
        };
}

static void give(struct spc_point *point, enum spc_cause cause, int side)
{
    if (point->cause != SPC_COMMON)
        return;
    point->cause = cause;
    point->side = side;
}

static bool is_outside(double value, const struct spc_point *point)
{
    return value > point->upper || value < point->lower;
}

static void mark_outside(const double *values, size_t count, struct spc_point *points)
{
    for (size_t i = 0; i < count; i++)
        if (is_outside(values[i], &points[i]))
            give(&points[i], SPC_OUTSIDE, points[i].side);
}

static int direction(double from, double to)
{
    return (to > from) - (to < from);
}

static void mark_trends(const double *values, size_t count, struct spc_point *points)
{
    size_t to;

    for (size_t from = 0; from + 1 < count; from = to) {
        const int way = direction(values[from], values[from + 1]);

        to = from + 1;
        while (to + 1 < count && way != 0 && direction(values[to], values[to + 1]) == way)
            to++;
        for (size_t i = from; way != 0 && to - from + 1 >= RUN && i <= to; i++)
            give(&points[i], SPC_TREND, way);
    }
}

/* Beyond two thirds of the way to the limit: of the full width, also where the
 * lower limit is cut at 0. */
static bool is_beyond(double value, const struct spc_point *point, enum spc_two_in_three which)
{
    const double near = (point->upper - point->mean) * 2 / 3;

    if (which == SPC_NEAR_ONLY && is_outside(value, point))
        return false;
    return fabs(value - point->mean) > near;
}

static int side_of(double value, const struct spc_point *point)
{
    return direction(point->mean, value);
}

/* The side of the mean on which all three lie, or 0. */
static int common_side(const double *values, const struct spc_point *points)
{
    const int side = side_of(values[0], &points[0]);

    return side_of(values[1], &points[1]) == side && side_of(values[2], &points[2]) == side ? side
                                                                                            : 0;
}

static void mark_two_in_three(const double *values, size_t count, enum spc_two_in_three which,
                              struct spc_point *points)
{
    for (size_t from = 0; from + 3 <= count; from++) {
        const int side = common_side(values + from, points + from);
        int beyond = 0;

        for (size_t i = from; i < from + 3; i++)
            beyond += is_beyond(values[i], &points[i], which);
        for (size_t i = from; side != 0 && beyond >= 2 && i < from + 3; i++)
            if (is_beyond(values[i], &points[i], which))
                give(&points[i], SPC_TWO_IN_THREE, side);
    }
}

static void mark_sides(const double *values, size_t count, struct spc_point *points)
{
    size_t to;

    for (size_t from = 0; from < count; from = to) {
        const int side = side_of(values[from], &points[from]);

        for (to = from + 1; to < count && side_of(values[to], &points[to]) == side; to++)
            ;
        for (size_t i = from; side != 0 && to - from >= RUN && i < to; i++)
            give(&points[i], SPC_ONE_SIDE, side);
    }
}

static void chart_group(const double *values, size_t count, const struct spc_options *options,
                        struct spc_point *points)
{
    set_limits(values, count, options, points);
    mark_outside(values, count, points);
    mark_trends(values, count, points);
    mark_two_in_three(values, count, options->two_in_three, points);
    mark_sides(values, count, points);
}

void spc_chart(const double *values, size_t count, const struct spc_options *options,
               struct spc_point *points)
{
    size_t from = 0;

    for (size_t s = 0; s <= options->step_count; s++) {
        size_t to = s < options->step_count ? options->step[s] : count;

        to = to < count ? to : count;
        if (to > from)
            chart_group(values + from, to - from, options, points + from);
        from = to > from ? to : from;
    }
}

const char *spc_cause_text(enum spc_cause cause, int side)
{
    static const char *const texts[][2] = {
        [SPC_COMMON] = {"", ""},
        [SPC_OUTSIDE] = {"below the lower limit", "above the upper limit"},
        [SPC_TREND] = {"7 or more falling", "7 or more rising"},
        [SPC_TWO_IN_THREE] = {"2 in 3 near the lower limit", "2 in 3 near the upper limit"},
        [SPC_ONE_SIDE] = {"7 or more below the mean", "7 or more above the mean"},
    };

    return texts[cause][side > 0];
}
