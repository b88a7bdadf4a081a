#include "trend/funnel.h"
#include "trend/quantile.h"

#include "support/cases.h"
#include "support/golden.h"
#include "support/paths.h"

#include <math.h>

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9;
}

/* Where the angle of a lower limit is below 0 the reference squares its sine, so
 * that the limit rises again: ours is 0 there. */
static void expect_lower(double ours, double reference, double angle, size_t row, const char *what)
{
    cr_expect(is_near(ours, angle < 0 ? 0 : reference), "unit %zu, %s: %.12f, not %.12f", row, what,
              ours, reference);
}

Test(funnel, limits_are_those_of_the_reference)
{
    REQUIRE_SHARED("golden/funnel_golden_PR.csv");
    struct golden *const golden = golden_open(shared("golden/funnel_golden_PR.csv"));
    double top[32];
    double bottom[32];
    double scratch[32];
    struct funnel funnel;
    const size_t count = golden_rows(golden);

    cr_assert(eq(sz, count, 20), "all units");
    for (size_t i = 0; i < count; i++) {
        top[i] = golden_number(golden, i, "numerator");
        bottom[i] = golden_number(golden, i, "denominator");
    }
    cr_assert(funnel_fit(top, bottom, count, scratch, &funnel), "a fit");
    cr_expect(is_near(funnel.target, 0.038929650410013), "target %.15f", funnel.target);
    cr_expect(is_near(funnel.phi, 3.67405914132017), "phi %.15f", funnel.phi);
    cr_expect(is_near(funnel.tau2, 0.000662198015732372), "tau2 %.18f", funnel.tau2);
    for (size_t i = 0; i < count; i++) {
        const double s = 1 / (2 * sqrt(bottom[i]));
        const struct funnel_limits plain = funnel_at(&funnel, bottom[i], false);
        const struct funnel_limits wide = funnel_at(&funnel, bottom[i], true);

        expect_lower(plain.lower[FUNNEL_95], golden_number(golden, i, "ll95"), 1, i, "ll95");
        expect_lower(plain.lower[FUNNEL_998], golden_number(golden, i, "ll998"),
                     funnel.angle - 3.090232 * s, i, "ll998");
        expect_lower(wide.lower[FUNNEL_95], golden_number(golden, i, "odll95"), 1, i, "odll95");
        expect_lower(wide.lower[FUNNEL_998], golden_number(golden, i, "odll998"),
                     funnel.angle - 3.090232 * sqrt(s * s + funnel.tau2), i, "odll998");
        cr_expect(is_near(plain.upper[FUNNEL_95], golden_number(golden, i, "ul95")), "%zu", i);
        cr_expect(is_near(plain.upper[FUNNEL_998], golden_number(golden, i, "ul998")), "%zu", i);
        cr_expect(is_near(wide.upper[FUNNEL_95], golden_number(golden, i, "odul95")), "%zu", i);
        cr_expect(is_near(wide.upper[FUNNEL_998], golden_number(golden, i, "odul998")), "%zu", i);
    }
    golden_free(golden);
}

Test(funnel, units_that_differ_only_by_chance_have_no_variance_between_them)
{
    const double top[] = {10, 20, 30, 41};
    const double bottom[] = {100, 200, 300, 400};
    double scratch[4];
    struct funnel funnel;

    cr_assert(funnel_fit(top, bottom, 4, scratch, &funnel), "a fit");
    cr_expect(is_near(funnel.tau2, 0), "tau2 %f", funnel.tau2);
    cr_expect(not(funnel_fit(top, bottom, 1, scratch, &funnel)), "one unit has no funnel");
    cr_expect(not(funnel_fit(bottom, top, 4, scratch, &funnel)), "no proportion is above 1");
}

/* the twelve values are those whose percent rank the same file gives */
Test(quantile, deciles_are_those_of_the_reference)
{
    REQUIRE_SHARED("golden/percentile_golden.csv");
    struct golden *const golden = golden_open(shared("golden/percentile_golden.csv"));
    double values[32];
    size_t count = 0;
    size_t compared = 0;

    for (size_t i = 0; i < golden_rows(golden); i++)
        if (golden_is(golden, i, "kind", "PERCENT_RANK_x100 (value in column p)"))
            values[count++] = golden_number(golden, i, "p");
    sort_values(values, count);
    for (size_t i = 0; i < golden_rows(golden); i++) {
        const double share = golden_number(golden, i, "p") / 100;

        if (golden_is(golden, i, "kind", "PERCENT_RANK_x100 (value in column p)"))
            continue;
        cr_expect(
            is_near(quantile_of_sorted(values, count, share), golden_number(golden, i, "value")),
            "%s %g", golden_text(golden, i, "kind"), share);
        compared++;
    }
    cr_expect(eq(sz, compared, 20), "all quantiles");
    golden_free(golden);
}
