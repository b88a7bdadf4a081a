#include "trend/cusum.h"

#include "support/cases.h"
#include "support/golden.h"
#include "support/paths.h"

#include <math.h>

#define WINDOW 3
#define MOST_POINTS 64

static bool is_near(double a, double b, double by)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= by;
}

/* The reference prints means and thresholds to six decimals. */
static void expect_point(const struct golden *golden, size_t row, const struct cusum_point *point)
{
    static const char *const words[] = {"d", "", "u"};
    const char *const name = golden_text(golden, row, "case");
    const double i = golden_number(golden, row, "i");

    if (!golden_is(golden, row, "target_mean", "")) {
        cr_expect(is_near(point->mean, golden_number(golden, row, "target_mean"), 5.1e-7),
                  "%s, %g: mean %f", name, i, point->mean);
        cr_expect(is_near(point->threshold, golden_number(golden, row, "alert_threshold"), 5.1e-7),
                  "%s, %g: threshold %f", name, i, point->threshold);
    } else {
        cr_expect(not(point->begun), "%s, %g: begun", name, i);
    }
    cr_expect(is_near(point->up, golden_number(golden, row, "pos_cusum"), 1e-9), "%s, %g: up %f",
              name, i, point->up);
    cr_expect(is_near(point->down, golden_number(golden, row, "neg_cusum"), 1e-9),
              "%s, %g: down %f", name, i, point->down);
    cr_expect(golden_is(golden, row, "alert", words[point->alert + 1]), "%s, %g: alert %d", name, i,
              point->alert);
}

Test(cusum, all_25_reference_series_give_the_same_sums_and_alerts)
{
    REQUIRE_SHARED("golden/cusum_golden.csv");
    struct golden *const golden = golden_open(shared("golden/cusum_golden.csv"));
    struct cusum_point points[MOST_POINTS];
    double values[MOST_POINTS];
    size_t series = 0;
    size_t to;

    for (size_t from = 0; from < golden_rows(golden); from = to) {
        for (to = from;
             to < golden_rows(golden) && (to == from || golden_number(golden, to, "i") > 0); to++)
            values[to - from] = golden_number(golden, to, "value");
        cusum_run(values, to - from, WINDOW, points);
        for (size_t row = from; row < to; row++)
            expect_point(golden, row, &points[row - from]);
        series++;
    }
    cr_expect(eq(sz, series, 25), "all series");
    golden_free(golden);
}
