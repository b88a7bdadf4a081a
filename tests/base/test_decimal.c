#include "support/cases.h"
#include "support/dice.h"

#include "base/decimal.h"

#include <string.h>

#define UNTOUCHED 4711

static const struct {
    const char *text;
    int places;
    enum decimal_fault fault;
    int64_t value;
} numbers[] = {
    {"0", 0, DECIMAL_OK, 0},
    {"7", 0, DECIMAL_OK, 7},
    {"12.34567", 5, DECIMAL_OK, 1234567},
    {"-0.5", 5, DECIMAL_OK, -50000},
    {".5", 3, DECIMAL_OK, 500},
    {"-.5", 3, DECIMAL_OK, -500},
    {"4.", 3, DECIMAL_OK, 4000},
    {"4.", 0, DECIMAL_OK, 4},
    {"-4.", 0, DECIMAL_OK, -4},
    {"-0", 3, DECIMAL_OK, 0},
    {"0000001", 0, DECIMAL_OK, 1},
    {"00000000.64", 5, DECIMAL_OK, 64000},
    {"0000000000000000000000000000003", 0, DECIMAL_OK, 3},
    {"1.200", 1, DECIMAL_OK, 12},
    {"1.0000000000000000000000000000000000000", 0, DECIMAL_OK, 1},
    {"1.20000000000000000000000000000000000000000000", 5, DECIMAL_OK, 120000},
    {"9223372036854775807", 0, DECIMAL_OK, INT64_MAX},
    {"-9223372036854775807", 0, DECIMAL_OK, -INT64_MAX},
    {"92233720368547.75807", 5, DECIMAL_OK, INT64_MAX},
    {"9223372036854775807.000", 0, DECIMAL_OK, INT64_MAX},
    {"", 3, DECIMAL_EMPTY, 0},
    {"-", 3, DECIMAL_SHAPE, 0},
    {".", 3, DECIMAL_SHAPE, 0},
    {"-.", 3, DECIMAL_SHAPE, 0},
    {"+1", 3, DECIMAL_SHAPE, 0},
    {"--1", 3, DECIMAL_SHAPE, 0},
    {"1-", 3, DECIMAL_SHAPE, 0},
    {" 1", 3, DECIMAL_SHAPE, 0},
    {"1 ", 3, DECIMAL_SHAPE, 0},
    {"1,000", 3, DECIMAL_SHAPE, 0},
    {"1.2.3", 3, DECIMAL_SHAPE, 0},
    {"1..", 3, DECIMAL_SHAPE, 0},
    {"1e5", 3, DECIMAL_SHAPE, 0},
    {"0x10", 3, DECIMAL_SHAPE, 0},
    {"nan", 3, DECIMAL_SHAPE, 0},
    {"l5", 3, DECIMAL_SHAPE, 0},
    {"1.2345x", 3, DECIMAL_SHAPE, 0},
    {"99999999999999999999x", 3, DECIMAL_SHAPE, 0},
    {"1.5", 0, DECIMAL_PLACES, 0},
    {"0.123456", 5, DECIMAL_PLACES, 0},
    {"0.1230004", 3, DECIMAL_PLACES, 0},
    {"-0.0001", 3, DECIMAL_PLACES, 0},
    {"9223372036854775808", 0, DECIMAL_RANGE, 0},
    {"-9223372036854775808", 0, DECIMAL_RANGE, 0},
    {"92233720368547.75808", 5, DECIMAL_RANGE, 0},
    {"92233720368548", 5, DECIMAL_RANGE, 0},
    {"99999999999999999999999999999999", 0, DECIMAL_RANGE, 0},
};

static void reads_every_printed_form_exactly_and_nothing_else(void)
{
    for (size_t i = 0; i < LENGTH_OF(numbers); i++) {
        int64_t got = UNTOUCHED;
        const int64_t wanted = numbers[i].fault == DECIMAL_OK ? numbers[i].value : UNTOUCHED;
        const enum decimal_fault fault =
            decimal_parse(view_of(numbers[i].text), numbers[i].places, &got);

        cr_expect(eq(int, (int)fault, (int)numbers[i].fault), "\"%s\" to %d places: %s",
                  numbers[i].text, numbers[i].places, decimal_fault_text(fault));
        cr_expect(eq(i64, got, wanted), "\"%s\" to %d places", numbers[i].text, numbers[i].places);
    }
}

Test(decimal, reads_every_printed_form_exactly_and_nothing_beyond)
{
    int64_t got = 0;

    cr_expect(decimal_parse((struct view){"123456", 3}, 0, &got) == DECIMAL_OK, "three of six");
    cr_expect(eq(i64, got, 123), "three of six");
    cr_expect(decimal_parse((struct view){"1\0002", 3}, 0, &got) == DECIMAL_SHAPE, "a zero byte");
    reads_every_printed_form_exactly_and_nothing_else();
}

/* Numbers of every size and sign, the ends included. */
static int64_t some_number(uint64_t *dice)
{
    static const int64_t ends[] = {0, 1, -1, 9, 10, 99999, 100000, INT64_MAX, -INT64_MAX};
    const uint64_t roll = dice_roll(dice);
    const int64_t number = (int64_t)(roll >> (1 + roll % 63));

    if (roll % 8 == 0)
        return ends[dice_below(dice, LENGTH_OF(ends))];
    return roll & 64 ? -number : number;
}

Test(decimal, parse_after_print_is_the_identity)
{
    uint64_t dice = 1;

    for (size_t i = 0; i < 100000; i++) {
        const int64_t number = some_number(&dice);
        const int places = (int)dice_below(&dice, 13);
        char text[DECIMAL_TEXT];
        int64_t got = 0;

        decimal_print(number, places, text);
        cr_assert(decimal_parse(view_of(text), places, &got) == DECIMAL_OK, "%s", text);
        cr_assert(eq(i64, got, number), "%s to %d places", text, places);
        cr_assert(places == 0 || text[strlen(text) - 1] != '.', "%s ends in a point", text);
        cr_assert(strchr(text, '.') == NULL || text[strlen(text) - 1] != '0', "%s", text);
    }
}

#define E18 1000000000000000000LL

static const struct {
    int64_t top_high; /* the number is high * 10^18 + low */
    int64_t top_low;
    int64_t bottom;
    int places;
    const char *text;
} ratios[] = {
    {0, 0, 1, 0, "0"},
    {0, 0, 7, 12, "0"},
    {0, 1, 3, 6, "0.333333"},
    {0, 2, 3, 6, "0.666667"},
    {0, -2, 3, 6, "-0.666667"},
    {0, 4, 2, 6, "2"},
    {0, 1, 2, 0, "1"},
    {0, -1, 2, 0, "-1"},
    {0, 3, 2, 0, "2"},
    {0, 5, 2, 0, "3"},
    {0, -5, 2, 0, "-3"},
    {0, 49, 100, 0, "0"},
    {0, -49, 100, 0, "0"},
    {0, 125, 1000, 2, "0.13"},
    {0, -125, 1000, 2, "-0.13"},
    {0, 1249999, 10000000, 2, "0.12"},
    {0, 99999, 100000, 4, "1"},
    {0, 99995, 100000, 4, "1"},
    {0, 99994, 100000, 4, "0.9999"},
    {0, 999995, 100000, 4, "10"},
    {0, -999995, 100000, 4, "-10"},
    {0, 1995, 1000, 2, "2"},
    {0, 10995, 1000, 2, "11"},
    {0, 999, 1000, 0, "1"},
    {0, 9999, 1000, 0, "10"},
    {0, 12340, 1000, 3, "12.34"},
    {0, 100000, 1, 3, "100000"},
    {0, 1, 1000000, 5, "0"},
    {0, -1, 1000000, 5, "0"},
    {0, -5, 1000000, 5, "-0.00001"},
    {0, 2898332, 121800, 4, "23.7958"},
    {0, 1, E18, 12, "0"},
    {E18, 0, 1, 0, "1000000000000000000000000000000000000"},
    {E18, 1, 1000, 3, "1000000000000000000000000000000000.001"},
    {170141183460469231LL, 731687303715884105LL, 1, 0, "170141183460469231731687303715884105"},
    {-170141183460469231LL, -731687303715884105LL, 100, 1, "-1701411834604692317316873037158841.1"},
    {E18 - 1, E18 - 1, E18, 12, "1000000000000000000"},
};

Test(decimal, ratios_are_rounded_half_away_from_zero_and_carry)
{
    for (size_t i = 0; i < LENGTH_OF(ratios); i++) {
        const wide_t top = (wide_t)ratios[i].top_high * E18 + ratios[i].top_low;
        char text[DECIMAL_TEXT];

        cr_expect(ratio_print(top, ratios[i].bottom, ratios[i].places, text) == text, "row %zu", i);
        cr_expect(eq(str, text, (char *)ratios[i].text), "row %zu", i);
    }
}

/* Small numbers go another way than large ones: by a common factor of 2^70 all go that of the
 * large ones. */
Test(decimal, the_short_way_prints_what_the_long_way_prints)
{
    uint64_t dice = 3;

    for (size_t i = 0; i < 100000; i++) {
        const int64_t top = some_number(&dice) >> (9 + dice_below(&dice, 50));
        const int64_t bottom = 1 + (int64_t)(dice_roll(&dice) >> (11 + dice_below(&dice, 53)));
        const int places = (int)dice_below(&dice, 13);
        const wide_t factor = (wide_t)1 << 70;
        char small[DECIMAL_TEXT];
        char large[DECIMAL_TEXT];
        const size_t length = ratio_write(top, bottom, places, small);

        ratio_print(top * factor, bottom * factor, places, large);
        cr_assert(eq(str, small, large), "%ld / %ld to %d places", (long)top, (long)bottom, places);
        cr_assert(eq(sz, length, strlen(small)), "%s", small);
    }
}

/* Twice the distance between the printed number and top / bottom, in units of
 * the last place, is at most 1; halves go away from zero. */
Test(decimal, no_printed_ratio_is_further_than_half_a_place_away)
{
    uint64_t dice = 2;

    for (size_t i = 0; i < 50000; i++) {
        const int64_t top = (int64_t)(dice_roll(&dice) >> (34 + dice_below(&dice, 30))) *
                            (dice_below(&dice, 2) ? 1 : -1);
        const int64_t bottom = 1 + (int64_t)(dice_roll(&dice) >> (40 + dice_below(&dice, 24)));
        const int places = (int)dice_below(&dice, 6);
        char text[DECIMAL_TEXT];
        int64_t shown = 0;
        wide_t scale = 1;
        wide_t off;

        ratio_print(top, bottom, places, text);
        cr_assert(decimal_parse(view_of(text), places, &shown) == DECIMAL_OK, "%s", text);
        for (int p = 0; p < places; p++)
            scale *= 10;
        off = 2 * ((wide_t)shown * bottom - (wide_t)top * scale) * (top < 0 ? -1 : 1);
        cr_assert(off > -bottom && off <= bottom, "%ld / %ld to %d places is not %s", (long)top,
                  (long)bottom, places, text);
    }
}

Test(decimal, sums_that_overflow_are_refused_and_leave_the_total)
{
    const wide_t wide_most = (wide_t)(~(unsigned __int128)0 >> 1);
    int64_t total = INT64_MAX - 1;
    wide_t wide = wide_most - 1;
    wide_t product = 0;

    cr_expect(exact_add(&total, 1), "the largest sum fits");
    cr_expect(not(exact_add(&total, 1)), "one more does not");
    cr_expect(eq(i64, total, INT64_MAX), "the total was touched");
    total = INT64_MIN + 1;
    cr_expect(exact_add(&total, -1) && !exact_add(&total, -1) && total == INT64_MIN, "below zero");
    cr_expect(wide_add(&wide, 1) && !wide_add(&wide, 1) && wide == wide_most, "128 bits");
    wide = -wide_most;
    cr_expect(wide_add(&wide, -1) && !wide_add(&wide, -1), "128 bits below zero");
    cr_expect(wide_multiply((wide_t)E18 * 10, (wide_t)E18 * 10, &product), "10^38 fits");
    cr_expect(product == (wide_t)E18 * E18 * 100, "10^38");
    cr_expect(not(wide_multiply((wide_t)E18 * 10, (wide_t)E18 * 100, &product)), "10^39 does not");
}

/* a * d against c * b in base 2^32, digit by digit: the exact order. */
static void multiply_long(unsigned __int128 a, unsigned __int128 b, uint32_t product[8])
{
    memset(product, 0, 8 * sizeof *product);
    for (int i = 0; i < 4; i++) {
        uint64_t carry = 0;

        for (int j = 0; j < 4; j++) {
            carry += product[i + j] + (uint64_t)(uint32_t)(a >> 32 * i) * (uint32_t)(b >> 32 * j);
            product[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        product[i + 4] = (uint32_t)carry;
    }
}

static int slow_compare(wide_t a, wide_t b, wide_t c, wide_t d)
{
    const int sign = a < 0 ? -1 : 1;
    uint32_t left[8];
    uint32_t right[8];

    if ((a < 0) != (c < 0))
        return a < 0 ? -1 : 1;
    multiply_long((unsigned __int128)(a * sign), (unsigned __int128)d, left);
    multiply_long((unsigned __int128)(c * sign), (unsigned __int128)b, right);
    for (int i = 7; i >= 0; i--)
        if (left[i] != right[i])
            return left[i] < right[i] ? -sign : sign;
    return 0;
}

static wide_t some_wide(uint64_t *dice)
{
    const wide_t number =
        (wide_t)(((unsigned __int128)dice_roll(dice) << 64 | dice_roll(dice)) >> 1);

    return number >> dice_below(dice, 127);
}

static void ratios_compare_as_their_cross_products_do(void)
{
    uint64_t dice = 3;
    int seen[3] = {0};

    for (size_t i = 0; i < 200000; i++) {
        const bool small = i % 2 == 0;
        wide_t a = small ? (wide_t)dice_below(&dice, 12) : some_wide(&dice);
        wide_t c = small ? (wide_t)dice_below(&dice, 12) : some_wide(&dice);
        const wide_t b = small ? (wide_t)dice_below(&dice, 6) + 1 : some_wide(&dice) / 2 + 1;
        const wide_t d = small ? (wide_t)dice_below(&dice, 6) + 1 : some_wide(&dice) / 2 + 1;
        int order;

        a = dice_below(&dice, 4) == 0 ? -a : a;
        c = dice_below(&dice, 4) == 0 ? -c : c;
        order = ratio_compare(a, b, c, d);
        seen[order + 1]++;
        cr_assert(eq(int, order, slow_compare(a, b, c, d)), "try %zu", i);
        cr_assert(eq(int, ratio_compare(c, d, a, b), -order), "try %zu the other way round", i);
    }
    cr_assert(seen[0] > 1000 && seen[1] > 1000 && seen[2] > 1000, "all three orders occur");
}

Test(decimal, ratios_small_and_huge_compare_exactly)
{
    const wide_t huge = (wide_t)(~(unsigned __int128)0 >> 1);

    cr_expect(eq(int, ratio_compare(huge / 3, huge / 3, 1, 1), 0), "1 is 1");
    cr_expect(eq(int, ratio_compare(huge - 1, huge, huge - 2, huge - 1), 1), "just above");
    cr_expect(eq(int, ratio_compare(-huge, huge - 1, -huge + 1, huge - 2), 1), "just below zero");
    cr_expect(eq(int, ratio_compare(0, 5, 0, huge), 0), "zero is zero");
    cr_expect(eq(int, ratio_compare(-1, huge, 0, 1), -1), "a little below zero");
    ratios_compare_as_their_cross_products_do();
}
