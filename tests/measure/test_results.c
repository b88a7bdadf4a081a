#include "measure/rank.h"
#include "measure/results.h"
#include "table/table.h"

#include "support/cases.h"
#include "support/made.h"

#include <stdlib.h>

#define MARCH "2025-03"

/* A practice with one of everything. */
static const struct made practice[] = {
    {MARCH, "P1", "Q1", "0301011R0BEAIAP", "Ventolin Evohaler", "8", "10", "15"},
    {MARCH, "P1", "Q1", "0301011R0BIAFAP", "Salamol", "4", "5", "7.3"},
    {MARCH, "P1", "Q1", "0301011R0BXABCC", "Salbulin Novolizer refill", "1", "2", "6"},
    {MARCH, "P1", "Q1", "0301020Q0BBAAAA", "Spiriva with HandiHaler", "1", "37", "33.5"},
    {MARCH, "P1", "Q1", "0301020Q0BBABAB", "Spiriva refill", "2", "60", "50"},
    {MARCH, "P1", "Q1", "0301011E0BBAAAA", "Foradil", "1", "60", "28"},
    {MARCH, "P1", "Q1", "0302000C0BPABBF", "Clenil Modulite 100", "5", "5", "37.1"},
    {MARCH, "P1", "Q1", "0301011R0BEAPAV", "Ventolin Rotacaps", "3", "112", "9"},
    {MARCH, "P1", "Q1", "0302000Y0AAAAAA", "Generic Trixeo Aerosphere", "1", "1", "44.5"},
    {MARCH, "P1", "Q1", "0301011R0AABBBB", "Salbutamol nebuliser liquid", "2", "40", "4"},
    {MARCH, "P1", "Q1", "0307000R0BBAAAA", "Bronchitol", "1", "280", "231"},
    {MARCH, "P1", "Q1", "0302000ZZBBAAAA", "an inhaler that no rule knows", "6", "6.5", "60.25"},
    {MARCH, "P2", "Q1", "0301011R0AABBBB", "Salbutamol nebuliser liquid", "1", "20", "2"},
};

/* By hand, with 10 Ventolin at 28.26 kg, 5 Salamol at 11.95, 2 Salbulin refills at
 * 3.75, 37 capsules of 30 at 0.282, 60 capsules in 2 refills at 0.282, 60 capsules
 * of 60 at 1, 5 Clenil at 17.346 + 2.2915 (propellant, and the rest), 1 Trixeo of before its new
 * propellant at 15.158 + 2.2915; Rotacaps cannot be counted.
 *
 * measure, numerator, denominator, value; the sums are told in printed units */
static const struct {
    const char *measure, *numerator, *denominator, *value;
} expected[] = {
    /* 282.6 + 59.75 + 7.5 over 17 */
    {"salbutamol_kgco2e_per_inhaler", "349.85", "17", "20.579412"},
    /* 282.6 + 59.75 over 15: no refill */
    {"saba_kgco2e_per_inhaler", "342.35", "15", "22.823333"},
    /* 342.35 + 37/30 * 0.282 + 1 + 98.1875 + 17.4495 over 15 + 37/30 + 1 + 5 + 1 */
    {"inhaler_kgco2e_per_inhaler", "459.3348", "23.233333", "19.770508"},
    /* 459.3348 + 7.5 + 0.564 */
    {"inhaler_kgco2e", "467.3988", "0", "467.3988"},
    {"inhalers", "23.233333", "0", "23.233333"},
    /* 5 items of Clenil and 1 of Trixeo over 1 + 2 + 1 + 5 + 1 */
    {"mdi_share_of_non_salbutamol_items", "6", "10", "0.6"},
};

static size_t number_of_measure(const char *id)
{
    const struct rules *const rules = shipped_rules();

    for (size_t m = 0; m < rules->measures.count; m++)
        if (strcmp(rules->measures.list[m]->id, id) == 0)
            return m;
    cr_assert(false, "there is no measure %s", id);
    return 0;
}

Test(measure, all_measures_come_out_as_by_hand)
{
    static const enum level levels[] = {LEVEL_PRACTICE, LEVEL_ICB, LEVEL_NATION};
    static const char *const codes[] = {"P1", "Q1", "E92000001"};
    const struct rules *const rules = shipped_rules();
    struct cube cube = {0};
    char printed[DECIMAL_TEXT];

    made_add(&cube, practice, LENGTH_OF(practice));
    struct results *const results = made_results(&cube, "canister");

    for (size_t i = 0; i < LENGTH_OF(expected) * LENGTH_OF(levels); i++) {
        const size_t row = i / LENGTH_OF(levels);
        const size_t at = i % LENGTH_OF(levels);
        const size_t number = number_of_measure(expected[row].measure);
        const struct measure *const measure = rules->measures.list[number];
        const struct organisation_month *const found = results_find(
            results, SUBJECT_prescribing, levels[at], view_of(codes[at]), made_month(MARCH));
        const struct measure_value *value;

        cr_assert(found != NULL, "%s of %s", expected[row].measure, codes[at]);
        value = measure_value_of(found, measure);
        ratio_print(value->numerator, sum_unit(rules, measure->numerator.sum), 6, printed);
        cr_expect(strcmp(printed, expected[row].numerator) == 0, "%s of %s: %s above",
                  expected[row].measure, codes[at], printed);
        ratio_print(value->denominator, sum_unit(rules, measure->denominator.sum), 6, printed);
        cr_expect(strcmp(printed, expected[row].denominator) == 0, "%s of %s: %s below",
                  expected[row].measure, codes[at], printed);
        measure_print(rules, measure, value, printed);
        cr_expect(strcmp(printed, expected[row].value) == 0, "%s of %s: %s", expected[row].measure,
                  codes[at], printed);
    }
    results_free(results);
    cube_release(&cube);
}

/* P2 has nothing but a nebuliser liquid: zero, missing and not computable differ. */
Test(measure, a_rate_without_a_denominator_is_absent_not_zero)
{
    static const char *const lines[] = {
        "\nsalbutamol_kgco2e_per_inhaler,practice,P2,P2,2025-03,0,0,,kgCO2e per "
        "inhaler,iif-2022,,yes\n",
        "\ninhaler_kgco2e,practice,P2,P2,2025-03,0,,0,kgCO2e,canister,,\n",
        "\nmdi_share_of_non_salbutamol_items,practice,P2,P2,2025-03,0,0,,share,,,yes\n",
        /* P1 is alone with a denominator, so it has no percentile */
        "\nsalbutamol_kgco2e_per_inhaler,practice,P1,P1,2025-03,349.85,17,20.579412,"
        "kgCO2e per inhaler,iif-2022,,\n",
    };
    struct cube cube = {0};

    made_add(&cube, practice, LENGTH_OF(practice));
    struct results *const results = made_results(&cube, "canister");
    char *const text = written(&table_measures, results);

    for (size_t i = 0; i < LENGTH_OF(lines); i++)
        cr_expect(strstr(text, lines[i]) != NULL, "no line%sin\n%s", lines[i], text);
    free(text);
    results_free(results);
    cube_release(&cube);
}

Test(measure, products_and_what_cannot_be_counted_are_listed_with_their_sums)
{
    static const char *const products[] = {
        "\nspiriva-18-capsules-with-handihaler,0301020Q0BBAAAA,",
        ",DPI,none,LAMA,2025-03,1,37,1.233333,0.282,B,0.3478,33.5,\n",
        ",refill,none,LAMA,2025-03,2,60,0,0.282,C,0.564,50,\n",
        ",refill,none,SABA,2025-03,1,2,0,3.75,A,7.5,6,\n",
        ",DPI,none,SABA,2025-03,3,112,,1,D,,9,\n",
        ",pMDI,HFA134a,ICS/LABA/LAMA,2025-03,1,1,1,17.4495,C,17.4495,44.5,\n",
    };
    static const char *const unclassified[] = {
        "\n0301011R0BEAPAV,Ventolin Rotacaps,2025-03,1,3,112,9,\"a known product, but the number "
        "of units",
        "\n0302000ZZBBAAAA,an inhaler that no rule knows,2025-03,1,6,6.5,60.25,no rule covers this",
    };
    static const char *const prescribing[] = {
        "\npractice,P1,P1,2025-03,pMDI,SABA,12,15,342.35,22.3,22.3\n",
        "\npractice,P1,P1,2025-03,DPI,LAMA,1,1.233333,0.3478,33.5,33.5\n",
        "\npractice,P1,P1,2025-03,refill,LAMA,2,0,0.564,50,50\n",
        "\npractice,P1,P1,2025-03,DPI,SABA,3,,,9,9\n", /* Rotacaps alone: unknown, not 0 */
        "\nicb,Q1,Q1,2025-03,pMDI,ICS,5,5,98.1875,37.1,37.1\n",
    };
    struct cube cube = {0};

    made_add(&cube, practice, LENGTH_OF(practice));
    struct results *const results = made_results(&cube, "canister");
    char *const product_text = written(&table_products, results);
    char *const unclassified_text = written(&table_unclassified, results);
    char *const prescribing_text = written(&table_prescribing, results);

    for (size_t i = 0; i < LENGTH_OF(products); i++)
        cr_expect(strstr(product_text, products[i]) != NULL, "no %s in\n%s", products[i],
                  product_text);
    for (size_t i = 0; i < LENGTH_OF(unclassified); i++)
        cr_expect(strstr(unclassified_text, unclassified[i]) != NULL, "no %s in\n%s",
                  unclassified[i], unclassified_text);
    for (size_t i = 0; i < LENGTH_OF(prescribing); i++)
        cr_expect(strstr(prescribing_text, prescribing[i]) != NULL, "no %s in\n%s", prescribing[i],
                  prescribing_text);
    cr_expect(strstr(prescribing_text, "P2") == NULL, "a nebuliser is no inhaler");
    cr_expect(strstr(unclassified_text, "nebuliser") == NULL, "nor is it unclassified");
    free(product_text);
    free(unclassified_text);
    free(prescribing_text);
    results_free(results);
    cube_release(&cube);
}

/* Two ICBs each count what was prescribed while the practice was theirs. */
static const struct made moving[] = {
    {MARCH, "P1", "Q1", "0301011R0BEAIAP", "Ventolin", "1", "10", "15"},
    {MARCH, "P1", "Q2", "0301011R0BEAIAP", "Ventolin", "1", "30", "15"},
    {MARCH, "P1", "Q2", "0301011R0BIAFAP", "Salamol", "1", "10", "15"},
};

Test(measure, a_practice_with_two_parents_counts_in_each_with_what_it_did_there)
{
    static const char *const lines[] = {
        "_kgco2e_per_inhaler,practice,P1,P1,2025-03,1249.9,50,24.998,",
        "_kgco2e_per_inhaler,icb,Q1,Q1,2025-03,282.6,10,28.26,kgCO2e per inhaler,iif-2022,1,yes\n",
        "_kgco2e_per_inhaler,icb,Q2,Q2,2025-03,967.3,40,24.1825,kgCO2e per inhaler,iif-2022,0,\n",
        "_kgco2e_per_inhaler,nation,E92000001,England,2025-03,1249.9,50,24.998,",
    };
    struct cube cube = {0};

    made_add(&cube, moving, LENGTH_OF(moving));
    struct results *const results = made_results(&cube, "canister");
    char *const text = written(&table_measures, results);

    for (size_t i = 0; i < LENGTH_OF(lines); i++)
        cr_expect(strstr(text, lines[i]) != NULL, "no line%sin\n%s", lines[i], text);
    free(text);
    results_free(results);
    cube_release(&cube);
}

enum { RANDOM_ROWS = 400 };

static const char *const some_codes[] = {
    "0301011R0BEAIAP", "0301011R0BIAFAP", "0301011R0BXABCC", "0301020Q0BBAAAA", "0301020Q0BBABAB",
    "0301011E0BBAAAA", "0302000C0BPABBF", "0301011R0BEAPAV", "0302000Y0AAAAAA", "0301011R0AABBBB",
    "0302000ZZBBAAAA", "0301011R0BWABCA", "0301011R0BWABAQ", "0307000R0BBAAAA",
};

static void random_rows(struct made *rows, char (*texts)[48], uint64_t seed)
{
    static const char *const months[] = {"2025-03", "2025-04"};
    static const char *const practices[] = {"P1", "P2", "P3", "P4", "P5"};
    static const char *const icbs[] = {"Q1", "Q2", "Q1", "Q2", "Q1"};
    uint64_t state = seed + 17;

    for (size_t i = 0; i < RANDOM_ROWS; i++) {
        const size_t at = next_random(&state) % LENGTH_OF(practices);

        snprintf(texts[3 * i], 48, "%u", (unsigned)(next_random(&state) % 40));
        snprintf(texts[3 * i + 1], 48, "%u.5", (unsigned)(next_random(&state) % 400));
        snprintf(texts[3 * i + 2], 48, "%u.12345", (unsigned)(next_random(&state) % 400));
        rows[i] = (struct made){
            months[next_random(&state) % 2],
            practices[at],
            icbs[at],
            some_codes[next_random(&state) % LENGTH_OF(some_codes)],
            "a name",
            texts[3 * i],
            texts[3 * i + 1],
            texts[3 * i + 2],
        };
    }
}

/* All tables of a run, one behind the other; to be freed. */
static char *all_tables(const struct made *rows, size_t count)
{
    struct cube cube = {0};
    static const struct table *const written_tables[] = {
        &table_measures, &table_prescribing, &table_products, &table_switches, &table_unclassified};
    struct figures figures;
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    made_add(&cube, rows, count);
    made_figures(&figures, &cube);
    for (size_t i = 0; i < LENGTH_OF(written_tables); i++)
        table_write(file, written_tables[i], &figures);
    fclose(file);
    figures_release(&figures);
    cube_release(&cube);
    return text;
}

Test(measure, results_do_not_depend_on_the_order_of_cells)
{
    static struct made rows[RANDOM_ROWS];
    static char texts[3 * RANDOM_ROWS][48];

    for (uint64_t seed = 1; seed <= 4; seed++) {
        uint64_t state = seed;

        random_rows(rows, texts, seed);
        char *const once = all_tables(rows, RANDOM_ROWS);

        for (size_t i = RANDOM_ROWS; i > 1; i--) {
            const size_t other = next_random(&state) % i;
            const struct made held = rows[i - 1];

            rows[i - 1] = rows[other];
            rows[other] = held;
        }
        char *const again = all_tables(rows, RANDOM_ROWS);

        cr_expect(strcmp(once, again) == 0, "seed %d: two orders give two results", (int)seed);
        cr_expect(strlen(once) > 10000, "and there are some");
        free(once);
        free(again);
    }
}

/* The made-up rows hold something for each of these. */
static bool is_first_six(const char *id)
{
    return strncmp(id, "salbutamol_", 11) == 0 || strncmp(id, "saba_kg", 7) == 0 ||
           strncmp(id, "inhaler", 7) == 0 || strncmp(id, "mdi_", 4) == 0;
}

/* Whole = sum of its parts, at every level, in every measure. */
static void expect_totals(const struct results *results, month_t month)
{
    const struct rules *const rules = results->classified.rules;

    for (size_t m = 0; m < rules->measure_counts[SUBJECT_prescribing]; m++) {
        wide_t top[LEVELS] = {0};
        wide_t bottom[LEVELS] = {0};

        for (size_t i = 0; i < results->organisation_count; i++) {
            const struct organisation_month *const row = &results->organisations[i];

            if (row->month != month)
                continue;
            top[row->level] += row->values[m].numerator;
            bottom[row->level] += row->values[m].denominator;
        }
        cr_expect(top[LEVEL_PRACTICE] == top[LEVEL_ICB] && top[LEVEL_ICB] == top[LEVEL_NATION],
                  "%s: numerators", rules->measures.list[m]->id);
        cr_expect(bottom[LEVEL_PRACTICE] == bottom[LEVEL_ICB] &&
                      bottom[LEVEL_ICB] == bottom[LEVEL_NATION],
                  "%s: denominators", rules->measures.list[m]->id);
        cr_expect(top[LEVEL_NATION] > 0 ||
                      rules->measures.list[m]->denominator.sum == SUM_thousand_patients ||
                      !is_first_six(rules->measures.list[m]->id),
                  "%s is measured", rules->measures.list[m]->id);
    }
}

Test(measure, levels_add_up_and_every_row_is_accounted_for)
{
    static struct made rows[RANDOM_ROWS];
    static char texts[3 * RANDOM_ROWS][48];
    struct cube cube = {0};
    uint64_t accounted = 0;

    random_rows(rows, texts, 5);
    made_add(&cube, rows, RANDOM_ROWS);
    struct results *const results = made_results(&cube, "canister");

    expect_totals(results, made_month("2025-03"));
    expect_totals(results, made_month("2025-04"));
    for (size_t i = 0; i < results->product_count; i++)
        accounted += results->products[i].rows;
    for (size_t i = 0; i < results->excluded_count; i++)
        accounted += results->excluded[i].rows;
    for (size_t i = 0; i < results->unclassified_count; i++)
        if (strcmp(results->unclassified[i].reason, "no rule covers this code") == 0)
            accounted += results->unclassified[i].rows;
    cr_expect(eq(u64, accounted, RANDOM_ROWS), "rows in the results");
    results_free(results);
    cube_release(&cube);
}

/* Old and new code of one product: one line, but only one of them has an official
 * weight. */
static const struct made two_codes[] = {
    {MARCH, "P1", NULL, "0301011R0BWABAQ", "Easyhaler 200", "1", "10", "30"},
    {MARCH, "P1", NULL, "0301011R0BWABCA", "Easyhaler 200", "1", "5", "15"},
};

Test(measure, a_factor_set_by_code_weighs_only_its_own_codes)
{
    struct cube cube = {0};

    made_add(&cube, two_codes, LENGTH_OF(two_codes));
    struct results *const results = made_results(&cube, "iif-2022");
    char *const measures = written(&table_measures, results);
    char *const products = written(&table_products, results);

    cr_expect(strstr(measures, "_per_inhaler,practice,P1,P1,2025-03,6.2,10,0.62,") != NULL, "%s",
              measures);
    cr_expect(strstr(products, ",2025-03,2,15,15,0.62,A,6.2,45,\n") != NULL, "%s", products);
    cr_expect(results->products[0].weighed == 10 * inhaler_unit(shipped_rules()),
              "the audit weighs the packs of the new code alone");
    cr_expect(strstr(measures, ",icb,") == NULL, "an extract without ICBs has no such rows");
    free(measures);
    free(products);
    results_free(results);
    cube_release(&cube);
}
