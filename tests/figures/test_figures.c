/* What is computed once for all writers: against sums of the rows by hand. */

#include "figures/ask.h"
#include "figures/excerpt.h"
#include "figures/peers.h"

#include "support/cases.h"
#include "support/made.h"

#include <math.h>

#define VENTOLIN "0301011R0BEAIAP"  /* 28.26 kgCO2e, grade A */
#define EASYHALER "0301011R0BWAABZ" /* 0.62 */

static const struct made rows[] = {
    {"2025-06", "P1", "I1", VENTOLIN, "Ventolin", "9", "100", "9"},
    {"2026-05", "P1", "I1", EASYHALER, "Easyhaler", "3", "40", "9"},
    {"2026-06", "P1", "I1", EASYHALER, "Easyhaler", "9", "60", "9"},
    {"2025-06", "P2", "I1", EASYHALER, "Easyhaler", "1", "2", "1"},
    {"2026-06", "P2", "I1", VENTOLIN, "Ventolin", "1", "2", "1"},
    {"2026-06", "P3", "I1", VENTOLIN, "Ventolin", "5", "5", "1"},
    {"2026-06", "-", "-", VENTOLIN, "Ventolin", "5", "5", "1"},
};

static void make(struct figures *figures, struct cube *cube)
{
    made_add(cube, rows, LENGTH_OF(rows));
    made_figures(figures, cube);
}

static void release(struct figures *figures, struct cube *cube)
{
    figures_release(figures);
    cr_expect(figures->results == NULL && figures->advice.list == NULL, "released is empty");
    cube_release(cube);
}

static bool is_code(const struct figures *figures, uint32_t practice, const char *code)
{
    return view_is(
        organisation_code(&figures->results->classified.cube->places, LEVEL_PRACTICE, practice),
        code);
}

/* P2: 2 x (28.26 - 0.62) = 55.28 kg more; P1: 100 x (0.62 - 28.26) = 2,764 kg less.  P3 has no year
 * before, and nobody meets "-". */
Test(figures, practices_that_changed_are_in_the_order_of_what_they_weigh)
{
    struct cube cube = {0};
    struct figures figures;

    make(&figures, &cube);

    const struct practice_change_list *const changes = &figures.practice_changes;
    const wide_t unit = kilogram_unit(shipped_rules());

    cr_assert(eq(sz, changes->count, 2));
    cr_expect(is_code(&figures, changes->list[0].practice, "P2"));
    cr_expect(changes->list[0].weight * 100 == 5528 * unit, "55.28 kg more");
    cr_expect(is_code(&figures, changes->list[1].practice, "P1"));
    cr_expect(changes->list[1].weight == -2764 * unit, "2,764 kg less");
    release(&figures, &cube);
}

Test(figures, an_excerpt_has_the_rows_of_its_practice_and_no_others)
{
    static const char *const codes[] = {"-", "P1", "P2", "P3"};
    static const size_t months[] = {1, 3, 2, 1};
    struct cube cube = {0};
    struct figures figures;
    size_t count = 0;

    make(&figures, &cube);

    struct excerpt one = excerpt_begin(&figures);
    const struct excerpt all = excerpt_of_all(&figures);

    for (; excerpt_next(&figures, &one); count++) {
        cr_assert(lt(sz, count, LENGTH_OF(codes)));
        cr_expect(is_code(&figures, one.now->organisation, codes[count]));
        cr_expect(eq(sz, one.row_count, months[count]), "%s", codes[count]);
        cr_expect(eq(sz, one.use_count, months[count]), "%s: one device a month", codes[count]);
        cr_expect(one.now->month == made_month("2026-06"), "its last month");
        cr_expect(one.first == made_month("2025-06"), "of the run");
        for (size_t i = 0; i < one.advice_count; i++)
            cr_expect(figures.advice.list[one.first_advice + i].practice == one.now->organisation);
    }
    cr_expect(eq(sz, count, LENGTH_OF(codes)));
    cr_expect(eq(sz, one.first_advice + one.advice_count, all.advice_count), "all of the list");
    release(&figures, &cube);
}

/* Of 100 + 2 + 5 + 5 Ventolin and 40 + 60 + 2 Easyhaler. */
Test(figures, carbon_by_grade_sums_to_all_carbon)
{
    struct cube cube = {0};
    struct figures figures;
    wide_t carbon = 0;
    wide_t packs = 0;

    make(&figures, &cube);
    for (size_t i = 0; i < CARBON_GRADES; i++) {
        const struct grade_sums *const sums = &figures.grades[i];

        carbon += sums->carbon;
        packs += sums->packs;
        cr_expect(sums->low <= sums->carbon && sums->carbon <= sums->high, "%s", carbon_grades[i]);
    }
    cr_expect(packs == 214 * inhaler_unit(shipped_rules()));
    cr_expect(carbon * 100 == (112 * 2826 + 102 * 62) * kilogram_unit(shipped_rules()));
    release(&figures, &cube);
}

Test(figures, the_series_of_a_hospital_month_is_that_of_the_file_that_brings_it)
{
    static const struct series_rule final = {.id = "final"};
    static const struct series_rule early = {.id = "provisional"};
    struct month_rows months[] = {{.month = 24310}, {.month = 24311}};
    month_t passed[] = {24311};
    const struct audit_file files[] = {
        {.summary = {.months = months, .month_count = 1}},
        {.summary = {.months = months, .month_count = 2},
         .series = &early,
         .passed = {passed, 1},
         .refused = ""},
        {.summary = {.months = months + 1, .month_count = 1}, .series = &final},
    };
    const struct figures figures = {.inputs = {.files = files, .file_count = LENGTH_OF(files)}};

    cr_expect(ask_hospital_series(&figures, 24310) == &early,
              "the file without a series says none");
    cr_expect(ask_hospital_series(&figures, 24311) == &final, "passed over for a better one");
    cr_expect(ask_hospital_series(&figures, 24312) == NULL, "nobody brings it");
}

#define PEERS 11

/* Of 100 inhalers practice p of eleven has 10 p of Ventolin (28.26 kgCO2e) and the rest Easyhaler
 * (0.62): 0.62 + 2.764 p, so the tenths are those of p = 1 to 9, and the ICB is in the middle.  In
 * the month before there are nine practices, too few to cut. */
Test(figures, peers_are_the_deciles_of_the_icb_by_month_and_its_own_line)
{
    struct cube cube = {0};
    struct peer_list peers;
    struct fail why = {0};

    for (int p = 0; p < PEERS; p++)
        for (int month = 6; month <= 7; month++) {
            char code[32], text[32], high[32], low[32];
            const struct made made[] = {
                {text, code, "I1", "0301011R0BEAIAP", "Ventolin", "1", high, "1"},
                {text, code, "I1", "0301011R0BWAABZ", "Easyhaler", "1", low, "1"},
            };

            snprintf(code, sizeof code, "P%02d", p);
            snprintf(text, sizeof text, "2026-%02d", month);
            snprintf(high, sizeof high, "%d", 10 * p);
            snprintf(low, sizeof low, "%d", 100 - 10 * p);
            if (month == 7 || p < 9)
                made_add(&cube, made, 2);
        }
    struct results *const results = made_results(&cube, "canister");
    const struct figures figures = {.results = results};

    cr_assert(eq(int, peers_find(&peers, &figures, &why), STATUS_OK));
    cr_assert(eq(sz, peers.count, PEERS));

    const struct icb_peers *const others = peers.list[0].others;

    cr_expect(eq(sz, others->count, PEERS));
    for (int d = 0; d < PEER_LINES - 1; d++) {
        cr_expect(isnan(others->lines[d][0]));
        cr_expect(fabs(others->lines[d][1] - (0.62 + 2.764 * (d + 1))) < 1e-9, "%d", d);
    }
    cr_expect(fabs(others->lines[PEER_LINES - 1][0] - (0.62 + 2.764 * 4)) < 1e-9);
    cr_expect(fabs(others->lines[PEER_LINES - 1][1] - (0.62 + 2.764 * 5)) < 1e-9);
    cr_expect(peers.list[PEERS - 1].others == others);
    peers_release(&peers);
    results_free(results);
    cube_release(&cube);
}

Test(figures, months_without_a_row_are_counted_as_missing)
{
    static const struct made gap[] = {
        {"2025-01", "P1", "Q1", "0301011R0BEAIAP", "Ventolin", "1", "1", "1"},
        {"2025-04", "P1", "Q1", "0301011R0BEAIAP", "Ventolin", "1", "1", "1"},
    };
    struct cube cube = {0};
    struct results *results;

    made_add(&cube, gap, LENGTH_OF(gap));
    results = made_results(&cube, "canister");
    cr_expect(
        eq(int, ask_missing_months(results, made_month("2025-01"), made_month("2025-04")), 2));
    cr_expect(
        eq(int, ask_missing_months(results, made_month("2025-04"), made_month("2025-04")), 0));
    results_free(results);
    cube_release(&cube);
}
