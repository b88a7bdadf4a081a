#include "trend/drivers.h"

#include "support/cases.h"
#include "support/dice.h"

#include <math.h>

#define ITEMS 12

static const char *const names[] = {"volume", "class", "device", "brand", "factor"};

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fabs(b));
}

/* One change at a time: it is all of that driver's. */
Test(drivers, a_change_of_one_kind_is_that_driver_alone)
{
    static const struct {
        struct driver_item items[3];
        double parts[DRIVERS];
    } cases[] = {
        /* twice as much of everything: 10 packs of 20 and 10 of 10 */
        {{{0, 0, {10, 20}, {200, 400}}, {1, 0, {10, 20}, {100, 200}}}, {300, 0, 0, 0, 0}},
        /* half of class 0 (20 each) moves to class 1 (10 each) */
        {{{0, 0, {10, 5}, {200, 100}}, {1, 0, {10, 15}, {100, 150}}}, {0, -50, 0, 0, 0}},
        /* within a class: from an MDI of 20 to a DPI of 1 */
        {{{0, 0, {10, 5}, {200, 100}}, {0, 2, {10, 15}, {10, 15}}}, {0, 0, -95, 0, 0}},
        /* within class and device: from one brand of 28 to another of 10 */
        {{{0, 0, {10, 5}, {280, 140}}, {0, 0, {10, 15}, {100, 150}}}, {0, 0, 0, -90, 0}},
        /* the same pack with another propellant */
        {{{0, 0, {10, 10}, {280, 20}}, {0, 0, {10, 10}, {100, 100}}}, {0, 0, 0, 0, -260}},
    };

    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        double parts[DRIVERS];

        drivers_split(cases[i].items, 2, parts);
        for (int d = 0; d < DRIVERS; d++)
            cr_expect(is_near(parts[d], cases[i].parts[d]), "%s: %s is %f", names[i], names[d],
                      parts[d]);
    }
}

/* Also with products, devices and classes that begin or end. */
Test(drivers, parts_sum_to_the_change_whatever_the_order_of_the_products)
{
    uint64_t state = 4;

    for (int round = 0; round < 200; round++) {
        struct driver_item items[ITEMS];
        double change = 0;
        double sum = 0;
        double parts[DRIVERS];
        double again[DRIVERS];

        for (size_t i = 0; i < ITEMS; i++) {
            items[i] = (struct driver_item){.class_number = (uint32_t)dice_below(&state, 3),
                                            .device = (int)dice_below(&state, 3)};
            for (int t = 0; t < 2; t++) {
                items[i].packs[t] = (double)dice_below(&state, 3) * (double)dice_below(&state, 50);
                items[i].carbon[t] = items[i].packs[t] * (double)(1 + dice_below(&state, 30));
            }
            change += items[i].carbon[1] - items[i].carbon[0];
        }
        drivers_split(items, ITEMS, parts);
        for (size_t i = 0; i < ITEMS / 2; i++) {
            const struct driver_item kept = items[i];

            items[i] = items[ITEMS - 1 - i];
            items[ITEMS - 1 - i] = kept;
        }
        drivers_split(items, ITEMS, again);
        for (int d = 0; d < DRIVERS; d++) {
            sum += parts[d];
            cr_expect(fabs(parts[d] - again[d]) < 1e-6, "round %d: %s", round, names[d]);
        }
        cr_expect(fabs(sum - change) < 1e-6, "round %d: %f of %f", round, sum, change);
    }
}

Test(drivers, rounded_parts_sum_to_the_last_milligram)
{
    static const struct {
        double parts[DRIVERS];
        int64_t whole;
    } cases[] = {
        {{0.4, 0.4, 0.4, 0.4, 0.4}, 2},    {{-0.5, -0.5, 1.5, 0.25, 0.25}, 1},
        {{1e15, -1e15, 0.3, 0.3, 0.4}, 1}, {{0, 0, 0, 0, 0}, 0},
        {{2.5, 2.5, -4.6, 0, 0}, 0},       {{1e12 + 0.5, 1, 2, 3, -0.5}, 1000000000006},
    };

    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        int64_t rounded[DRIVERS];
        int64_t sum = 0;

        drivers_round(cases[i].parts, cases[i].whole, rounded);
        for (int d = 0; d < DRIVERS; d++) {
            sum += rounded[d];
            cr_expect(fabs((double)rounded[d] - cases[i].parts[d]) < 1.5, "%zu: %s", i, names[d]);
        }
        cr_expect(eq(i64, sum, cases[i].whole), "case %zu", i);
    }
}

Test(drivers, periods_are_of_the_same_months_a_year_apart_where_they_can)
{
    static const struct {
        int months, length, back;
    } cases[] = {
        {2, 1, 1}, {3, 1, 1}, {12, 6, 6}, {13, 1, 12}, {20, 8, 12}, {24, 12, 12}, {60, 12, 12},
    };
    struct driver_periods periods;

    cr_expect(not(drivers_periods(100, 100, &periods)), "one month has no change");
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        cr_assert(drivers_periods(101, 100 + cases[i].months, &periods), "%d", cases[i].months);
        cr_expect(periods.to[1] == 100 + cases[i].months &&
                      periods.to[1] - periods.from[1] + 1 == cases[i].length &&
                      periods.to[0] - periods.from[0] + 1 == cases[i].length &&
                      periods.to[1] - periods.to[0] == cases[i].back && periods.from[0] >= 101,
                  "%d months", cases[i].months);
    }
}
