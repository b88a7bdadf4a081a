#include "trend/spc.h"

#include "support/cases.h"
#include "support/golden.h"
#include "support/paths.h"

#include <math.h>

#define MOST_POINTS 64

/* The reference's words for our causes. */
static const char *reference_cause(const struct spc_point *point)
{
    static const char *const texts[][2] = {
        [SPC_COMMON] = {"Common Cause", "Common Cause"},
        [SPC_OUTSIDE] = {"Below LCL", "Above UCL"},
        [SPC_TREND] = {"7 Point Trend (Decreasing)", "7 Point Trend (Increasing)"},
        [SPC_TWO_IN_THREE] = {"2 in 3 Below CL", "2 in 3 Above CL"},
        [SPC_ONE_SIDE] = {"7 Points Below CL", "7 Points Above CL"},
    };

    return texts[point->cause][point->side > 0];
}

struct reference {
    const struct golden *golden;
    size_t from; /* first row of a run */
    size_t count;
};

static bool same_run(const struct golden *golden, size_t a, size_t b)
{
    static const char *const keys[] = {"series", "screen_outliers", "direction", "fix_after"};

    for (size_t i = 0; i < LENGTH_OF(keys); i++)
        if (!golden_is(golden, a, keys[i], golden_text(golden, b, keys[i])))
            return false;
    return golden_number(golden, b, "i") > golden_number(golden, a, "i");
}

/* Next run from row `from`; count 0 at the end. */
static struct reference next_run(const struct golden *golden, size_t from)
{
    struct reference run = {golden, from, 0};

    while (from + run.count < golden_rows(golden) &&
           (run.count == 0 || same_run(golden, from + run.count - 1, from + run.count)))
        run.count++;
    return run;
}

static struct spc_options options_of(const struct reference *run)
{
    static const size_t step = 18; /* the 19th point */
    const struct golden *const golden = run->golden;
    const bool rebased = golden_is(golden, run->from, "series", "step30_rebased_at_19");

    return (struct spc_options){
        .screen = golden_is(golden, run->from, "screen_outliers", "TRUE"),
        .two_in_three = SPC_NEAR_ONLY,
        .baseline = golden_is(golden, run->from, "fix_after", "12") ? 12 : 0,
        .step = &step,
        .step_count = rebased,
    };
}

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9;
}

/* The reference gives a constant series no limits at all when it screens; ours
 * are its mean. */
static void expect_point(const struct reference *run, size_t i, const struct spc_point *point)
{
    const struct golden *const golden = run->golden;
    const size_t row = run->from + i;
    const char *const series = golden_text(golden, row, "series");
    const double lower = golden_number(golden, row, "lpl");
    const double mean = golden_number(golden, row, "mean");

    cr_expect(golden_is(golden, row, "short", point->trial ? "TRUE" : "FALSE"), "%s: trial",
              series);
    cr_expect(is_near(point->mean, mean), "%s point %zu: mean %.12f", series, i, point->mean);
    if (isnan(lower)) {
        cr_expect(strcmp(series, "constant15") == 0 || strcmp(series, "negative18") == 0,
                  "%s point %zu: no limits", series, i);
        cr_expect(is_near(point->lower, mean) && is_near(point->upper, mean),
                  "%s point %zu: limits are the mean", series, i);
        return;
    }
    cr_expect(is_near(point->lower, lower), "%s point %zu: lower %.12f, not %.12f", series, i,
              point->lower, lower);
    cr_expect(is_near(point->upper, golden_number(golden, row, "upl")), "%s point %zu: upper",
              series, i);
    cr_expect(golden_is(golden, row, "cause", reference_cause(point)), "%s point %zu: %s, not %s",
              series, i, reference_cause(point), golden_text(golden, row, "cause"));
}

static void expect_run(const struct reference *run)
{
    const struct spc_options options = options_of(run);
    struct spc_point points[MOST_POINTS];
    double values[MOST_POINTS];

    cr_assert(run->count <= MOST_POINTS, "a run is longer");
    for (size_t i = 0; i < run->count; i++)
        values[i] = golden_number(run->golden, run->from + i, "y");
    spc_chart(values, run->count, &options, points);
    for (size_t i = 0; i < run->count; i++)
        expect_point(run, i, &points[i]);
}

Test(spc, every_point_of_the_146_reference_charts_is_met)
{
    REQUIRE_SHARED("golden/spc/ptd_points.csv");
    struct golden *const golden = golden_open(shared("golden/spc/ptd_points.csv"));
    struct reference run = next_run(golden, 0);
    size_t runs = 0;
    size_t points = 0;

    for (; run.count > 0; run = next_run(golden, run.from + run.count)) {
        expect_run(&run);
        runs++;
        points += run.count;
    }
    cr_expect(eq(sz, runs, 146), "all runs");
    cr_expect(eq(sz, points, 3240), "all points");
    golden_free(golden);
}

/* Desflurane after it was given up is such a series.  The reference screens the
 * one range away, puts both limits at the mean of 16, and calls the process sure. */
Test(spc, a_value_after_a_row_of_zeros_is_outside_limits_that_stay_sane)
{
    const struct spc_options options = {.screen = true, .bounded = true};
    double values[15] = {0};
    struct spc_point points[15];

    values[14] = 240;
    spc_chart(values, 15, &options, points);
    cr_expect(is_near(points[0].mean, 16), "mean %f", points[0].mean);
    cr_expect(is_near(points[0].upper, 16 + 2.66 * 240 / 14), "upper %f", points[0].upper);
    cr_expect(is_near(points[0].lower, 0), "no volume is below 0: %f", points[0].lower);
    cr_expect(eq(int, (int)points[14].cause, SPC_OUTSIDE), "the 240 is special");
    for (size_t i = 0; i < 14; i++)
        cr_expect(points[i].cause == SPC_ONE_SIDE && points[i].side == -1, "zero %zu", i);
}

Test(spc, a_constant_series_has_its_value_as_limits_and_nothing_special)
{
    const struct spc_options options = {.screen = true};
    double values[15];
    struct spc_point points[15];

    for (size_t i = 0; i < 15; i++)
        values[i] = 0.1;
    spc_chart(values, 15, &options, points);
    for (size_t i = 0; i < 15; i++)
        cr_expect(points[i].cause == SPC_COMMON && is_near(points[i].lower, 0.1) &&
                      is_near(points[i].upper, 0.1),
                  "point %zu: %s", i, spc_cause_text(points[i].cause, points[i].side));
    spc_chart(values, 0, &options, points);
    spc_chart(values, 1, &options, points);
    cr_expect(is_near(points[0].mean, 0.1) && points[0].trial, "one point");
}

/* 15 is beyond two thirds, 17.4 beyond the limit: one or two of three. */
Test(spc, two_in_three_counts_points_beyond_the_limit_only_where_asked)
{
    const double values[] = {10, 11, 9, 10, 12, 8, 10, 11, 9, 10, 15, 17.4, 12, 9, 11, 10, 9, 11};
    struct spc_options options = {.screen = true, .two_in_three = SPC_ALL_BEYOND};
    struct spc_point points[LENGTH_OF(values)];

    spc_chart(values, LENGTH_OF(values), &options, points);
    cr_expect(eq(int, (int)points[11].cause, SPC_OUTSIDE), "17.4 is outside %f", points[0].upper);
    cr_expect(eq(int, (int)points[10].cause, SPC_TWO_IN_THREE), "and 15 one of two");
    options.two_in_three = SPC_NEAR_ONLY;
    spc_chart(values, LENGTH_OF(values), &options, points);
    cr_expect(eq(int, (int)points[10].cause, SPC_COMMON), "alone between the lines");
}
