#include "measure/rank.h"

#include "support/cases.h"
#include "support/paths.h"

#include <math.h>
#include <stdlib.h>

#define HUGE (((wide_t)1 << 100))

/* numerator, denominator, percentile; in any order */
static const struct {
    wide_t numerator, denominator;
    const char *percentile;
} ranked[] = {
    {3, 1, "0.714286"},           /* ties share the lowest rank: 6th of 8 */
    {HUGE + 1, HUGE, "0.428571"}, /* a little more than 1 */
    {-5, 2, "0"},
    {6, 2, "0.714286"},
    {0, 9, "0.142857"},
    {7, 0, ""},  /* no denominator: takes no part */
    {7, -1, ""}, /* nor a negative one */
    {HUGE, HUGE, "0.285714"},
    {4, 3, "0.571429"},
    {HUGE, 1, "1"},
};

static void expect_percentiles(size_t turn)
{
    struct measure_value all[LENGTH_OF(ranked)] = {0};
    struct measure_value *values[LENGTH_OF(ranked)];
    char printed[DECIMAL_TEXT];

    for (size_t i = 0; i < LENGTH_OF(ranked); i++) {
        all[i].numerator = ranked[i].numerator;
        all[i].denominator = ranked[i].denominator;
        values[(i + turn) % LENGTH_OF(ranked)] = &all[i];
    }
    rank_values(values, LENGTH_OF(ranked));
    for (size_t i = 0; i < LENGTH_OF(ranked); i++)
        cr_expect(strcmp(percentile_print(&all[i], printed), ranked[i].percentile) == 0,
                  "turn %zu, value %zu: \"%s\", not \"%s\"", turn, i, printed,
                  ranked[i].percentile);
}

Test(measure, percentiles_are_rank_less_one_over_n_less_one_in_any_order)
{
    for (size_t turn = 0; turn < LENGTH_OF(ranked); turn++)
        expect_percentiles(turn);
}

Test(measure, one_alone_has_no_percentile_and_equals_are_all_lowest)
{
    struct measure_value all[3] = {
        {.numerator = 1, .denominator = 2},
        {.numerator = 2, .denominator = 4},
        {.numerator = 3, .denominator = 6},
    };
    struct measure_value *values[] = {&all[0], &all[1], &all[2]};
    char printed[DECIMAL_TEXT];

    rank_values(values, 1);
    cr_expect(strcmp(percentile_print(&all[0], printed), "") == 0, "alone: %s", printed);
    rank_values(values, 0);
    rank_values(values, 3);
    for (size_t i = 0; i < 3; i++)
        cr_expect(strcmp(percentile_print(&all[i], printed), "0") == 0, "equal: %s", printed);
}

/* "PERCENT_RANK_x100 (value in column p)",value,percentile of 100 */
Test(measure, percentiles_are_those_of_the_reference)
{
    REQUIRE_SHARED("golden/percentile_golden.csv");
    char *const text = read_whole(shared("golden/percentile_golden.csv"), NULL);
    struct measure_value all[32] = {0};
    struct measure_value *values[32];
    double expected[32];
    char printed[DECIMAL_TEXT];
    size_t count = 0;

    for (char *at = strstr(text, "\"PERCENT_RANK"); at != NULL && count < 32;
         at = strstr(at, "\n\"PERCENT_RANK")) {
        char *end;
        const double value = strtod(strchr(at, ',') + 1, &end);

        all[count].numerator = (wide_t)(value * 100 + 0.5);
        all[count].denominator = 100;
        expected[count] = strtod(end + 1, &at) / 100;
        values[count] = &all[count];
        count++;
    }
    cr_assert(eq(sz, count, 12), "all values of the reference");
    rank_values(values, count);
    for (size_t i = 0; i < count; i++)
        cr_expect(fabs(strtod(percentile_print(&all[i], printed), NULL) - expected[i]) <= 5.1e-7,
                  "value %zu: %s, not %f", i, printed, expected[i]);
    free(text);
}
