/* The tests by hand of a plan: P1 with 1,000 Ventolin and 1,000 Salamol a year. */

#include "advise/plan.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define VENTOLIN "0301011R0BEAIAP"
#define SALAMOL "0301011R0BIAFAP"
#define ACCUHALER "0301011R0BEAHAQ"

struct bought {
    const char *practice;
    const char *icb;
    const char *code;
    int64_t a_year;
    int64_t price; /* 0.00001 GBP */
};

static const struct bought usual[] = {
    {"P1", "Q1", VENTOLIN, 1000, 150000},
    {"P1", "Q1", SALAMOL, 1000, 146000},
    {"P9", "Q9", "EASYHALER", 1200, 320000},
    {"P9", "Q9", ACCUHALER, 1200, 340000},
};

/* The BNF code of a product of the rules by its id, so that no test depends on what NHSBSA calls it
 * today. */
static struct view code_of(const char *text)
{
    static const char *const names[][2] = {
        {"EASYHALER", "easyhaler-salbutamol-100-dpi"},
        {"AIROMIR", "airomir-100-inhaler"},
        {"GENERIC", "salbutamol-100-inhaler-cfc-free"},
    };

    for (size_t i = 0; i < LENGTH_OF(names); i++)
        if (strcmp(names[i][0], text) == 0)
            return view_of(rules_product(shipped_rules(), view_of(names[i][1]))->codes.texts[0]);
    return view_of(text);
}

/* In twelve equal months but for the last, which has what is left. */
static void buy(struct cube *cube, const struct bought *bought, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (int month = 0; month < 12; month++) {
            const int64_t each = bought[i].a_year / 12;
            const int64_t inhalers = month < 11 ? each : bought[i].a_year - 11 * each;
            const struct row row = {
                .month = made_month("2025-04") + month,
                .practice_code = view_of(bought[i].practice),
                .practice_name = view_of(bought[i].practice),
                .icb_code = view_of(bought[i].icb),
                .icb_name = view_of(bought[i].icb),
                .bnf_code = code_of(bought[i].code),
                .bnf_name = code_of(bought[i].code),
                .items = inhalers,
                .quantity = inhalers * 1000,
                .nic = inhalers * bought[i].price,
                .actual_cost = inhalers * bought[i].price,
            };
            struct fail why = {0};

            cr_assert(cube_add(cube, &row, view_of("E92000001"), view_of("England"), &why) ==
                          STATUS_OK,
                      "%s", why.text);
        }
}

struct made_plan {
    struct cube cube;
    struct results *results;
    struct formulary formulary;
    struct formulary_entry entries[8];
    struct plan_ask ask;
    struct plan plan;
};

static void begin(struct made_plan *made, const struct bought *bought, size_t count, int64_t value)
{
    struct organisations *icbs;

    *made = (struct made_plan){0};
    buy(&made->cube, bought, count);
    made->results = made_results(&made->cube, "canister");
    plan_ask_begin(&made->ask, made->results);
    icbs = &made->cube.places.levels[LEVEL_ICB];
    made->ask.level = LEVEL_ICB;
    made->ask.organisation = intern_find(&icbs->codes, view_of("Q1"));
    made->ask.measure = rules_measure(shipped_rules(), view_of("salbutamol_kgco2e_per_inhaler"));
    made->ask.value = value;
    made->ask.base_months = 12;
    made->formulary.list = made->entries;
    made->ask.formulary = &made->formulary;
}

static void allow(struct made_plan *made, const char *code)
{
    made->entries[made->formulary.count++] = (struct formulary_entry){code_of(code).at, true};
}

static const struct plan *make(struct made_plan *made)
{
    struct fail why = {0};

    cr_assert(plan_make(&made->plan, &made->ask, &why) == STATUS_OK, "%s", why.text);
    return &made->plan;
}

static void end(struct made_plan *made)
{
    plan_release(&made->plan);
    results_free(made->results);
    cube_release(&made->cube);
}

/* A row as a line: practice, rule's product, changed of year, new, people, reviews, minutes, visit,
 * mg of the measure, mg of the run, 0.00001 GBP. */
static void expect_rows(const struct made_plan *made, const char *expected)
{
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    for (size_t i = 0; i < made->plan.rows.count; i++) {
        const struct plan_row *const row = &made->plan.rows.list[i];

        fprintf(file,
                "%s %s %lld of %lld, %lld new, %lld people %lld reviews %lld+%lld min %lld mg "
                "%lld real %lld\n",
                organisation_code(&made->cube.places, LEVEL_PRACTICE, row->practice).at,
                row->pair->to->id, (long long)row->changed, (long long)row->ceiling,
                (long long)row->added, (long long)row->people, (long long)row->reviews,
                (long long)row->minutes / 1000, (long long)row->visit / 1000, (long long)row->gain,
                (long long)row->real, (long long)row->pounds);
    }
    fclose(file);
    cr_expect(strcmp(text, expected) == 0, "got\n%snot\n%s", text, expected);
    free(text);
}

static double value(const struct made_plan *made)
{
    const struct plan_totals *const totals = &made->plan.scenarios[PLAN_SCENARIO_PLAN];

    return plan_value(&made->plan, totals->value_top, totals->value_bottom);
}

#define EXPECT_NEAR(got, wanted) \
    cr_expect(fabs((got) - (wanted)) < 5e-7, "got %.9f, not %.9f", (got), (wanted))

/* 10,210 / 16.31 = 625.996; ceil(62,600 / 380) = 165 reviews of 4 minutes. */
Test(plan, A_one_brand_change_comes_to_626_inhalers)
{
    struct made_plan made;

    begin(&made, usual, LENGTH_OF(usual), 15000000);
    allow(&made, SALAMOL);
    make(&made);
    cr_expect(made.plan.numerator == 40210000000 && made.plan.denominator == 2000000 &&
              made.plan.need == 10210000000);
    expect_rows(&made, "P1 salamol-100-cfc-free-teva 626 of 855, 626 new, 157 people 165 reviews "
                       "660+60 min 10210060000 mg 10210060000 real -2504000\n");
    EXPECT_NEAR(value(&made), 14.99997);
    end(&made);
}

/* 855 x 16.31 = 13,945.05; 2,264.95 / 11.33 = 199.91 of them to Easyhaler instead. */
Test(plan, B_the_harder_change_is_taken_by_those_who_would_take_the_easier)
{
    struct made_plan made;

    begin(&made, usual, LENGTH_OF(usual), 12000000);
    allow(&made, SALAMOL);
    allow(&made, "EASYHALER");
    make(&made);
    expect_rows(&made, "P1 salamol-100-cfc-free-teva 655 of 855, 655 new, 164 people 173 reviews "
                       "692+60 min 10683050000 mg 10683050000 real -2620000\n"
                       "P1 easyhaler-salbutamol-100-dpi 200 of 308, 200 new, 50 people 114 reviews "
                       "2850+0 min 5528000000 mg 5528000000 real 34000000\n");
    EXPECT_NEAR(value(&made), 11.999475);
    cr_expect(eq(long, (long)made.plan.scenarios[PLAN_SCENARIO_PLAN].minutes, 3602000));
    cr_expect(eq(long, (long)made.plan.scenarios[PLAN_SCENARIO_PLAN].pounds, 31380000));
    end(&made);
}

Test(plan, C_what_cannot_be_reached_says_the_best_and_what_gets_it)
{
    struct made_plan made;
    const struct plan_totals *best;
    const char *reasons[PLAN_MOST_REASONS];

    begin(&made, usual, LENGTH_OF(usual), 12000000);
    allow(&made, SALAMOL);
    make(&made);
    best = &made.plan.scenarios[PLAN_SCENARIO_BEST];
    cr_expect(made.plan.state == PLAN_UNREACHABLE);
    EXPECT_NEAR(plan_value(&made.plan, best->value_top, best->value_bottom), 13.132475);
    for (size_t i = 0; i < made.plan.reason_count; i++)
        reasons[i] = made.plan.reasons[i].text;
    cr_assert(eq(sz, made.plan.reason_count, 2));
    cr_expect(strstr(reasons[0], "Accuhaler in the formulary") != NULL, "%s", reasons[0]);
    cr_expect(strstr(reasons[1], "Easyhaler") != NULL, "%s", reasons[1]);
    end(&made);
}

/* 3 Ventolin for 5 Accuhalers: g = 37.29333; 184 more inhalers of the ratio. */
Test(plan, D_more_inhalers_are_counted_beside_the_carbon)
{
    struct made_plan made;

    begin(&made, usual, LENGTH_OF(usual), 15000000);
    allow(&made, ACCUHALER);
    make(&made);
    expect_rows(&made, "P1 ventolin-200-accuhaler 276 of 308, 460 new, 69 people 157 reviews "
                       "3925+60 min 10292960000 mg 7532960000 real 115000000\n");
    EXPECT_NEAR(value(&made), 14.962015);
    cr_expect(eq(long, (long)made.plan.scenarios[PLAN_SCENARIO_PLAN].more_inhalers, 2760000000));
    end(&made);
}

static const struct bought two_practices[] = {
    {"P1", "Q1", VENTOLIN, 100, 150000},
    {"P2", "Q1", VENTOLIN, 1000, 150000},
    {"P9", "Q9", SALAMOL, 1200, 146000},
};

/* 0.0688 against 0.1078 minutes a kg with the visit. */
Test(plan, E_a_practice_is_visited_only_if_it_is_worth_it)
{
    struct made_plan made;

    begin(&made, two_practices, LENGTH_OF(two_practices), 27350000);
    allow(&made, SALAMOL);
    make(&made);
    cr_expect(eq(long, (long)made.plan.need, 1001000000));
    expect_rows(&made, "P2 salamol-100-cfc-free-teva 62 of 855, 62 new, 16 people 17 reviews "
                       "68+60 min 1011220000 mg 1011220000 real -248000\n");
    end(&made);
}

Test(plan, F_of_so_many_hours_the_most_carbon_is_made)
{
    struct made_plan made;

    begin(&made, usual, LENGTH_OF(usual), 15000000);
    allow(&made, SALAMOL);
    made.ask.has_hours = true;
    made.ask.hours = 12000;
    make(&made);
    expect_rows(&made, "P1 salamol-100-cfc-free-teva 627 of 855, 627 new, 157 people 165 reviews "
                       "660+60 min 10226370000 mg 10226370000 real -2508000\n");
    EXPECT_NEAR(value(&made), 14.991815);
    end(&made);
}

static const char *only_to(int64_t airomir, enum plan_aim aim)
{
    const struct bought bought[] = {
        {"P1", "Q1", VENTOLIN, 1000, 150000},
        {"P1", "Q1", SALAMOL, 1000, 146000},
        {"P9", "Q9", "AIROMIR", 1200, airomir},
    };
    static char to[64];
    struct made_plan made;

    begin(&made, bought, LENGTH_OF(bought), 15000000);
    allow(&made, SALAMOL);
    allow(&made, "AIROMIR");
    made.ask.aim = aim;
    make(&made);
    cr_assert(eq(sz, made.plan.rows.count, 1));
    snprintf(to, sizeof to, "%s %d", made.plan.rows.list[0].pair->to->id,
             (int)made.plan.left[PLAN_LEFT_WORSE]);
    end(&made);
    return to;
}

Test(plan, G_of_two_brands_work_takes_the_lighter_and_money_the_cheaper)
{
    cr_expect(eq(str, (char *)only_to(140000, PLAN_LEAST_WORK), "airomir-100-inhaler 1"));
    cr_expect(eq(str, (char *)only_to(190000, PLAN_LEAST_WORK), "airomir-100-inhaler 0"));
    cr_expect(eq(str, (char *)only_to(190000, PLAN_LEAST_MONEY), "salamol-100-cfc-free-teva 0"));
}

static size_t rows_of(int64_t ventolin)
{
    const struct bought bought[] = {
        {"P1", "Q1", VENTOLIN, ventolin, 150000},
        {"P9", "Q9", SALAMOL, 1200, 146000},
    };
    struct made_plan made;
    size_t count;

    begin(&made, bought, LENGTH_OF(bought), 25000000);
    allow(&made, SALAMOL);
    make(&made);
    count = made.plan.rows.count;
    cr_expect(eq(int, (int)made.plan.left[PLAN_LEFT_FEW], count == 0));
    end(&made);
    return count;
}

Test(plan, H_fewer_than_five_people_have_no_row)
{
    cr_expect(eq(sz, rows_of(22), 0));
    cr_expect(eq(sz, rows_of(24), 1));
}

static const struct bought with_unidentified[] = {
    {"P1", "Q1", VENTOLIN, 500, 150000},
    {"-", "Q1", VENTOLIN, 500, 150000},
    {"P1", "Q1", SALAMOL, 1000, 146000},
};

Test(plan, I_unidentified_prescribers_are_in_the_sums_and_in_no_row)
{
    struct made_plan made;

    begin(&made, with_unidentified, LENGTH_OF(with_unidentified), 18000000);
    allow(&made, SALAMOL);
    make(&made);
    cr_expect(made.plan.numerator == 40210000000 && made.plan.denominator == 2000000);
    cr_expect(eq(int, (int)made.plan.left[PLAN_LEFT_PRACTICE] > 0, 1));
    for (size_t i = 0; i < made.plan.rows.count; i++)
        cr_expect(eq(str,
                     (char *)organisation_code(&made.cube.places, LEVEL_PRACTICE,
                                               made.plan.rows.list[i].practice)
                         .at,
                     "P1"));
    end(&made);
}

static const struct bought airsalb[] = {
    {"P1", "Q1", "0301011R0BZAAAP", 1000, 150000},
    {"P1", "Q1", VENTOLIN, 1000, 150000},
    {"P9", "Q9", "EASYHALER", 1200, 320000},
};

Test(plan, J_what_has_no_evidence_has_no_row)
{
    struct made_plan made;

    begin(&made, airsalb, LENGTH_OF(airsalb), 15000000);
    allow(&made, "EASYHALER");
    make(&made);
    for (size_t i = 0; i < made.plan.rows.count; i++)
        cr_expect(eq(str, (char *)made.plan.rows.list[i].pair->from->id, "ventolin-100-evohaler"));
    cr_expect(made.plan.left[PLAN_LEFT_EVIDENCE] > 0);
    end(&made);
}
