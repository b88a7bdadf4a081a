/* Quantities that do not count what the rules take them to count. */

#include "measure/results.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdlib.h>
#include <string.h>

#define EVOHALER "0301011R0BEAIAP"   /* 200 doses, 28.26 kg */
#define HANDIHALER "0301020Q0BBAAAA" /* capsules, 30 a pack */

static int64_t thousandths(const char *text)
{
    int64_t value = 0;

    cr_assert(decimal_parse(view_of(text), PLACES_QUANTITY, &value) == DECIMAL_OK, "%s", text);
    return value;
}

/* Two practices that together make the mean of a code; the divisor of each is the
 * same, since a month of a code has one unit. */
static const struct {
    const char *code;
    const char *items[2];
    const char *quantity[2];
    bool told;
    int64_t divisor;
} means[] = {
    {EVOHALER, {"3", "1"}, {"4", "1"}, false, 1},
    {EVOHALER, {"1", "1"}, {"9", "9"}, false, 1},    /* 9 is not above 9 */
    {EVOHALER, {"1", "1"}, {"9", "9.002"}, true, 1}, /* 9.001 of 200 is no inhaler */
    {EVOHALER, {"1", "1"}, {"200", "0"}, true, 200}, /* 100: half an inhaler an item */
    {EVOHALER, {"1", "1"}, {"199.998", "0"}, true, 1},
    {EVOHALER, {"10", "20"}, {"2000", "6000"}, true, 200},
    {EVOHALER, {"0", "0"}, {"500", "0"}, false, 1}, /* no items, no mean */
    {HANDIHALER, {"1", "1"}, {"30", "60"}, false, 1},
    {HANDIHALER, {"1", "1"}, {"10", "10"}, false, 1},
    {HANDIHALER, {"1", "1"}, {"10", "9.998"}, true, 1},
    {HANDIHALER, {"5", "5"}, {"5", "6"}, true, 1},
};

static void add_month(struct cube *cube, size_t row, const char *month)
{
    const struct made rows[] = {
        {month, "P1", "Q1", means[row].code, "a", means[row].items[0], means[row].quantity[0], "1"},
        {month, "P2", "Q2", means[row].code, "a", means[row].items[1], means[row].quantity[1], "1"},
    };

    made_add(cube, rows, LENGTH_OF(rows));
}

Test(quantity, a_month_of_a_code_is_told_and_divided_as_its_rule_says)
{
    for (size_t i = 0; i < LENGTH_OF(means); i++) {
        struct cube cube = {0};

        add_month(&cube, i, "2026-05");
        struct results *const results = made_results(&cube, "canister");
        const struct quantity_checks *const checks = &results->classified.quantities;

        cr_expect(eq(sz, checks->count, (size_t)means[i].told), "row %zu is told", i);
        for (size_t c = 0; c < cube.count; c++)
            cr_expect(eq(i64, quantity_divisor(checks, &cube, &cube.cells[c]), means[i].divisor),
                      "row %zu, cell %zu", i, c);
        results_free(results);
        cube_release(&cube);
    }
}

static const struct measure_value *value_of(const struct results *results, const char *measure,
                                            const char *month)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const known = rules_measure(rules, view_of(measure));
    const struct organisation_month *const row = results_find(
        results, SUBJECT_prescribing, LEVEL_NATION, view_of("E92000001"), made_month(month));

    cr_assert(known != NULL && row != NULL, "%s of England in %s", measure, month);
    return measure_value_of(row, known);
}

static void expect_value(const struct results *results, const char *measure, const char *month,
                         const char *expected)
{
    const struct rules *const rules = results->classified.rules;
    char printed[DECIMAL_TEXT];

    measure_print(rules, rules_measure(rules, view_of(measure)), value_of(results, measure, month),
                  printed);
    cr_expect(eq(str, printed, (char *)expected), "%s in %s", measure, month);
}

/* 8,000 doses are 40 inhalers of 28.26 kg; the month before is none of its business.
 * The published salbutamol measure takes quantities as they are. */
Test(quantity, only_the_month_that_is_beyond_is_repaired_and_not_where_a_measure_says_so)
{
    struct cube cube = {0};

    add_month(&cube, 0, "2026-04");
    add_month(&cube, 5, "2026-05");
    struct results *const results = made_results(&cube, "canister");
    char printed[DECIMAL_TEXT];

    expect_value(results, "inhaler_kgco2e", "2026-04", "141.3");
    expect_value(results, "inhaler_kgco2e", "2026-05", "1130.4");
    expect_value(results, "salbutamol_kgco2e_per_inhaler", "2026-05", "28.26");
    ratio_print(value_of(results, "salbutamol_kgco2e_per_inhaler", "2026-05")->denominator,
                inhaler_unit(results->classified.rules), 6, printed);
    cr_expect(eq(str, printed, "8000"), "as read");
    results_free(results);
    cube_release(&cube);
}

/* The repaired figures of a code are the same however its rows are cut into practices,
 * and exactly the quantity divided by the doses. */
Test(quantity, a_repair_is_exact_and_additive)
{
    uint64_t state = 20261122;

    for (int round = 0; round < 50; round++) {
        struct cube cube = {0};
        wide_t quantity = 0;
        const size_t practices = 1 + next_random(&state) % 20;

        for (size_t i = 0; i < practices; i++) {
            char practice[20];
            char amount[40];
            const struct made row = {"2026-05", practice, "Q1", EVOHALER, "a", "1", amount, "1"};

            snprintf(practice, sizeof practice, "P%zu", i);
            snprintf(amount, sizeof amount, "%d.%03d", (int)(150 + next_random(&state) % 300),
                     (int)(next_random(&state) % 1000));
            quantity += thousandths(amount);
            made_add(&cube, &row, 1);
        }
        struct results *const results = made_results(&cube, "canister");

        cr_assert(eq(sz, results->product_count, 1), "one product");
        cr_expect(results->products[0].amounts.packs * 200 ==
                      quantity * results->classified.rules->pack_multiple,
                  "round %d", round);
        results_free(results);
        cube_release(&cube);
    }
}

/* As read and as used, in the audit and on standard error: two hundred an item are doses in any
 * nation. */
Test(quantity, both_figures_are_in_the_audit_and_the_person_is_told)
{
    static const char *const said[] = {
        "quantities that may be in another unit than assumed (products by month): 2\n",
        "England, 2018-12: Ventolin 100micrograms/dose Evohaler: 200 per item, above 9; taken as "
        "doses and divided by 200\n",
        "Scotland, 2018-12: Ventolin 100micrograms/dose Evohaler: 200 per item, above 9; taken as "
        "doses and divided by 200\n",
    };

    write_text(in_scratch("e.csv"),
               "SHA,PCT,PRACTICE,BNF CODE,BNF NAME,ITEMS,NIC,ACT COST,QUANTITY,PERIOD\n"
               "Q44,01C,N81002," EVOHALER ",Ventolin,3,4.5,4.19,600,201812\n");
    write_text(in_scratch("s.csv"),
               "HBT,GPPractice,BNFItemCode,BNFItemDescription,NumberOfPaidItems,PaidQuantity,"
               "GrossIngredientCost,PaidDateMonth\n"
               "S08000031,46005," EVOHALER ",VENTOLIN,3,600,4.5,201812\n");
    cr_assert(
        eq(int, shell("cd %s && %s run e.csv s.csv --out out", scratch_folder(), program()), 0),
        "%s", shell_output());
    for (size_t i = 0; i < LENGTH_OF(said); i++)
        cr_expect(strstr(shell_output(), said[i]) != NULL, "no \"%s\" in %s", said[i],
                  shell_output());
    shell("cd %s/out && jq -jc '.quantities_beyond_their_rule[] | [.rule, .nation, .month, .items, "
          ".quantity_as_read, .mean_quantity_per_item, .limit, .unit_assumed, .divided_by, "
          ".inhalers_and_refill_packs_as_read, .inhalers_and_refill_packs_used]' audit.json",
          scratch_folder());
    cr_expect(eq(str, (char *)shell_output(),
                 "[\"england-doses-as-inhalers\",\"E92000001\",\"2018-12\",3,600,200,9,\"dose\","
                 "200,600,3]"
                 "[\"other-nations-doses-as-inhalers\",\"S92000003\",\"2018-12\",3,600,200,9,"
                 "\"dose\",200,600,3]"),
              "the audit");
    shell("cd %s/out && grep '^inhaler_kgco2e,nation' measures.csv | cut -d, -f3,6 | tr '\\n' ' '",
          scratch_folder());
    cr_expect(eq(str, (char *)shell_output(), "E92000001,84.78 S92000003,84.78 "), "the carbon");
}
