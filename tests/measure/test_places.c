/* Results in the two views of places, per 1,000 patients and among GP practices. */

#include "measure/results.h"
#include "table/table.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdio.h>
#include <stdlib.h>

#define VENTOLIN "0301011R0BEAIAP", "Ventolin"

static void read_register(struct registers *registers, const char *name, const char *text)
{
    const struct reject_limit none = {0, 0};
    struct fail why = {0};

    write_text(in_scratch(name), text);
    cr_assert(registers_read(registers, shipped_rules(), in_scratch(name), none, false, &why) ==
                  STATUS_OK,
              "%s", why.text);
    registers_settle(registers);
}

static void expect_lines(const char *text, const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cr_expect(strstr(text, lines[i]) != NULL, "no %s in\n%s", lines[i], text);
}

#define LIST_HEADER                                                                 \
    "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5," \
    "NUMBER_OF_PATIENTS\n"

/* P3 has no list size, P4 nobody on it, and P2 one from February on only. */
static const char lists[] = LIST_HEADER "X,01JAN2025,GP,P1,,,ALL,ALL,2000\n"
                                        "X,01FEB2025,GP,P2,,,ALL,ALL,3000\n"
                                        "X,01JAN2025,GP,P9,,,ALL,ALL,9000\n"
                                        "X,01FEB2025,GP,P4,,,ALL,ALL,0\n";

static const struct made rows[] = {
    {"2025-01", "P1", "Q1", VENTOLIN, "1", "10", "15"},
    {"2025-01", "P2", "Q1", VENTOLIN, "1", "20", "15"},
    {"2025-01", "P3", "Q1", VENTOLIN, "1", "40", "15"},
    {"2025-02", "P1", "Q1", VENTOLIN, "1", "10", "15"},
    {"2025-02", "P2", "Q1", VENTOLIN, "1", "20", "15"},
    {"2025-02", "P3", "Q2", VENTOLIN, "1", "40", "15"},
    {"2025-02", "P4", "Q1", VENTOLIN, "1", "7", "15"},
};

Test(places, only_practices_with_a_list_size_are_above_and_below_the_line)
{
    static const char *const lines[] = {
        "inhalers_per_1000_patients,practice,P1,P1,2025-01,10,2,5,inhalers per 1000 patients,,,\n",
        "inhalers_per_1000_patients,practice,P1,P1,2025-02,10,2,5,",
        "inhalers_per_1000_patients,practice,P2,P2,2025-02,20,3,6.666667,",
        "inhalers_per_1000_patients,icb,Q1,Q1,2025-01,10,2,5,",
        "inhalers_per_1000_patients,icb,Q1,Q1,2025-02,30,5,6,",
        "inhalers_per_1000_patients,nation,E92000001,England,2025-02,30,5,6,",
        "inhaler_kgco2e_per_1000_patients,icb,Q1,Q1,2025-02,847.8,5,169.56,"
        "kgCO2e per 1000 patients,canister,,\n",
        "inhalers,nation,E92000001,England,2025-02,77,,77,",
    };
    struct registers registers = {0};
    const struct placing placing = {.registers = &registers};
    struct cube cube = {0};

    read_register(&registers, "lists.csv", lists);
    made_add(&cube, rows, LENGTH_OF(rows));
    struct results *const results = placed_results(&cube, "canister", &placing);
    char *const measures = written(&table_measures, results);
    char *const organisations = written(&table_organisations, results);

    expect_lines(measures, lines, LENGTH_OF(lines));
    cr_expect(strstr(measures, "per_1000_patients,practice,P3") == NULL, "no list size, no row");
    cr_expect(strstr(measures, "per_1000_patients,practice,P2,P2,2025-01") == NULL,
              "nor before it");
    cr_expect(strstr(measures, "per_1000_patients,icb,Q2") == NULL, "nor of their ICB alone");
    cr_expect(strstr(organisations,
                     "\npractice,P2,P2,active,,,,Q1,,2025-01,2025-02,3000,2025-02\n") != NULL,
              "%s", organisations);
    cr_expect(strstr(organisations, "\nicb,Q1,Q1,,,,,,,2025-01,2025-02,5000,\n") != NULL, "%s",
              organisations);
    free(measures);
    free(organisations);
    results_free(results);
    registers_release(&registers);
    cube_release(&cube);
}

Test(places, without_list_sizes_there_is_no_row_per_thousand_patients)
{
    struct cube cube = {0};

    made_add(&cube, rows, LENGTH_OF(rows));
    struct results *const results = made_results(&cube, "canister");
    char *const text = written(&table_measures, results);

    cr_expect(strstr(text, "per_1000") == NULL, "%s", text);
    free(text);
    results_free(results);
    cube_release(&cube);
}

#define REPORT_HEADER                                                                             \
    "OrgCode,Name,NationalGrouping,HighLevelHealthGeography,Address1,Address2,Address3,Address4," \
    "Address5,Postcode,OpenDate,CloseDate,StatusCode,OrgSubTypeCode,Commissioner,"                \
    "JoinProviderDate,LeftProviderDate,TelNo,AmendedRecordIndicator,ProvPurch,PrescrSet\n"

static const char settings[] =
    REPORT_HEADER "P1,THE FIRST,Y62,Q1,,,,,,,19740401,,A,B,00T,20130401,,,0,00T,4\n"
                  "P2,THE SECOND,Y62,Q1,,,,,,,19740401,,A,B,00T,20130401,,,0,00T,4\n"
                  "P3,A PRISON,Y62,Q1,,,,,,,19740401,,A,B,00T,20130401,,,0,00T,10\n";

static const struct made ranked[] = {
    {"2025-01", "P1", "Q1", VENTOLIN, "1", "10", "15"},
    {"2025-01", "P2", "Q1", "0301011R0BIAFAP", "Salamol", "1", "10", "15"},
    {"2025-01", "P3", "Q1", VENTOLIN, "1", "10", "15"},
    {"2025-01", "P3", "Q1", "0301011R0BIAFAP", "Salamol", "1", "90", "15"},
    {"2025-01", "-", "-", VENTOLIN, "1", "99", "15"},
};

Test(places, percentiles_are_among_gp_practices_and_totals_of_all)
{
    static const char *const told[] = {
        "salbutamol_kgco2e_per_inhaler,practice,P1,THE FIRST,2025-01,282.6,10,28.26,kgCO2e per "
        "inhaler,iif-2022,1,yes\n",
        "salbutamol_kgco2e_per_inhaler,practice,P2,THE SECOND,2025-01,",
        ",iif-2022,0,yes\nsalbutamol_kgco2e_per_inhaler,practice,P3,A PRISON,2025-01,",
        "\ninhalers,nation,E92000001,England,2025-01,219,,219,",
    };
    static const char *const untold[] = {
        "practice,P2,P2,2025-01,119.5,10,11.95,kgCO2e per inhaler,iif-2022,0,yes\n",
        "practice,P1,P1,2025-01,282.6,10,28.26,kgCO2e per inhaler,iif-2022,1,yes\n",
        "kgCO2e per inhaler,iif-2022,0.5,\n",
        "practice,-,'-,2025-01,2797.74,99,28.26,kgCO2e per inhaler,iif-2022,,\n",
    };
    struct registers registers = {0};
    const struct placing placing = {.registers = &registers};
    struct cube cube = {0};

    made_add(&cube, ranked, LENGTH_OF(ranked));
    struct results *const without = made_results(&cube, "canister");
    char *const plain = written(&table_measures, without);

    expect_lines(plain, untold, LENGTH_OF(untold));
    results_free(without);
    read_register(&registers, "report-2025-11.csv", settings);
    struct results *const results = placed_results(&cube, "canister", &placing);
    char *const text = written(&table_measures, results);

    expect_lines(text, told, LENGTH_OF(told));
    cr_expect(strstr(text, "practice,P3,A PRISON,2025-01,1358.1,100,13.581,kgCO2e per "
                           "inhaler,iif-2022,,\n") != NULL,
              "%s", text);
    free(plain);
    free(text);
    results_free(results);
    registers_release(&registers);
    cube_release(&cube);
}

/* --- a law: views move what is counted, never how much ------------------------------- */

enum { RANDOM_ROWS = 300, MONTHS = 4, PRACTICES = 6 };

static void random_rows(struct made *made, char (*texts)[32], uint64_t seed)
{
    static const char *const months[MONTHS] = {"2025-01", "2025-02", "2025-03", "2025-04"};
    static const char *const codes[PRACTICES] = {"P1", "P2", "P3", "P4", "P5", "-"};
    static const char *const icbs[] = {"Q1", "Q2", "Q3"};
    static const char *const products[] = {"0301011R0BEAIAP", "0301011R0BIAFAP", "0302000C0BPABBF"};
    uint64_t state = seed + 3;
    size_t homes[PRACTICES][MONTHS];

    for (size_t p = 0; p < PRACTICES; p++)
        for (size_t m = 0; m < MONTHS; m++)
            homes[p][m] = next_random(&state) % 3;
    for (size_t i = 0; i < RANDOM_ROWS; i++) {
        const size_t practice = next_random(&state) % PRACTICES;
        const size_t month = next_random(&state) % MONTHS;
        const bool astray = next_random(&state) % 10 == 0; /* two places in a month */

        snprintf(texts[i], 32, "%u", (unsigned)(next_random(&state) % 400));
        made[i] = (struct made){
            months[month],
            codes[practice],
            codes[practice][0] == '-' ? "-" : icbs[(homes[practice][month] + astray) % 3],
            products[next_random(&state) % LENGTH_OF(products)],
            "a name",
            "1",
            texts[i],
            "1.5"};
    }
}

/* Sums over all organisations of a level and month. */
static void expect_same_sums(const struct results *a, enum level level_a, const struct results *b,
                             enum level level_b, month_t month, size_t measure)
{
    wide_t top[2] = {0};
    wide_t bottom[2] = {0};
    wide_t people[2] = {0};

    for (int side = 0; side < 2; side++) {
        const struct results *const results = side == 0 ? a : b;

        for (size_t i = 0; i < results->organisation_count; i++) {
            const struct organisation_month *const row = &results->organisations[i];

            if (row->month != month || row->level != (side == 0 ? level_a : level_b))
                continue;
            top[side] += row->values[measure].numerator;
            bottom[side] += row->values[measure].denominator;
            people[side] += row->patients;
        }
    }
    cr_expect(top[0] == top[1] && bottom[0] == bottom[1], "measure %zu: %s and %s", measure,
              level_text(level_a), level_text(level_b));
    cr_expect(people[0] == people[1], "patients: %s and %s", level_text(level_a),
              level_text(level_b));
}

static size_t count_periods(const struct results *results, const char *practice)
{
    size_t count = 0;

    for (size_t i = 0; i < results->period_count; i++)
        count += results->periods[i].level == LEVEL_PRACTICE &&
                 view_is(organisation_code(&results->classified.cube->places, LEVEL_PRACTICE,
                                           results->periods[i].organisation),
                         practice);
    return count;
}

Test(places, national_totals_are_the_same_in_both_views_whoever_moves)
{
    static const char list[] = LIST_HEADER "X,01JAN2025,GP,P1,,,ALL,ALL,2000\n"
                                           "X,01FEB2025,GP,P2,,,ALL,ALL,3000\n"
                                           "X,01MAR2025,GP,P2,,,ALL,ALL,3500\n"
                                           "X,01JAN2025,GP,P5,,,ALL,ALL,5000\n";
    static struct made made[RANDOM_ROWS];
    static char texts[RANDOM_ROWS][32];
    size_t moved = 0;

    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct registers registers = {0};
        const struct placing as_then = {PLACES_THEN, &registers, NULL};
        const struct placing as_now = {PLACES_NOW, &registers, NULL};
        struct cube cube = {0};

        read_register(&registers, "list.csv", list);
        random_rows(made, texts, seed);
        made_add(&cube, made, RANDOM_ROWS);
        struct results *const then = placed_results(&cube, "canister", &as_then);
        struct results *const now = placed_results(&cube, "canister", &as_now);

        for (size_t m = 0; m < shipped_rules()->measure_counts[SUBJECT_prescribing]; m++) {
            for (month_t month = made_month("2025-01"); month <= made_month("2025-04"); month++) {
                expect_same_sums(then, LEVEL_NATION, now, LEVEL_NATION, month, m);
                expect_same_sums(then, LEVEL_PRACTICE, now, LEVEL_PRACTICE, month, m);
                expect_same_sums(then, LEVEL_ICB, then, LEVEL_NATION, month, m);
                expect_same_sums(now, LEVEL_ICB, now, LEVEL_NATION, month, m);
                expect_same_sums(now, LEVEL_PRACTICE, now, LEVEL_NATION, month, m);
            }
        }
        for (size_t p = 1; p <= 5; p++) {
            char code[] = {'P', (char)('0' + p), '\0'};

            cr_expect(eq(sz, count_periods(now, code), 1), "%s is in one place today", code);
            moved += count_periods(then, code) > 1;
        }
        results_free(then);
        results_free(now);
        registers_release(&registers);
        cube_release(&cube);
    }
    cr_expect(lt(sz, 30, moved), "practices that move");
}
