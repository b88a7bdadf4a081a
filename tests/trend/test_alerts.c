/* What has moved and stays away: who is told of, since when, by which chart. */

#include "trend/alerts.h"

#include "support/cases.h"
#include "support/made.h"

#include <stdio.h>

#define VENTOLIN "0301011R0BEAIAP" /* 28.26 kgCO2e */
#define EASYHALER "0301011R0BWAABZ"

/* In 24 months from 2024-08: `all` salbutamol inhalers a month, of which so many are Easyhalers,
 * one more in every other month; from month `step` on so many are. */
static void add_practice(struct cube *cube, const char *code, int all, int before, int step,
                         int after)
{
    for (int m = 0; m < 24; m++) {
        const int dry = (m < step ? before : after) + m % 2;
        char month[32], low[16], high[16];
        const struct made rows[] = {
            {month, code, "I1", EASYHALER, "Easyhaler", "1", low, "1"},
            {month, code, "I1", VENTOLIN, "Ventolin", "1", high, "1"},
        };

        snprintf(month, sizeof month, "%d-%02d", 2024 + (m + 7) / 12, (m + 7) % 12 + 1);
        snprintf(low, sizeof low, "%d", dry);
        snprintf(high, sizeof high, "%d", all - dry);
        made_add(cube, rows, 2);
    }
}

static const struct {
    const char *code;
    int all, before, step, after;
    bool cusum, spc;
    int way;
    const char *since; /* of the cusum */
} practices[] = {
    {"FELL", 100, 10, 18, 60, true, true, -1, "2026-02"},
    {"ROSE", 100, 60, 18, 10, true, true, 1, "2026-02"},
    {"CALM", 100, 30, 24, 30, false, false, 0, NULL},
    {"SMALL", 10, 1, 18, 6, false, false, 0, NULL}, /* chance alone moves it */
};

/* The first of the list for a practice by a chart, of the headline measure. */
static const struct alert *find(const struct alert_list *alerts, const struct results *results,
                                const char *code, enum alert_by by)
{
    const struct places *const places = &results->classified.cube->places;

    for (size_t i = 0; i < alerts->count; i++) {
        const struct alert *const one = &alerts->list[i];

        if (one->level == LEVEL_PRACTICE && one->by == by &&
            strcmp(results->classified.rules->measures.list[one->measure]->id,
                   "salbutamol_kgco2e_per_inhaler") == 0 &&
            view_is(organisation_code(places, LEVEL_PRACTICE, one->organisation), code))
            return one;
    }
    return NULL;
}

Test(alerts, a_step_that_stays_is_told_with_its_month_and_small_numbers_are_not)
{
    const struct chart_options charts = chart_usual();
    struct cube cube = {0};
    struct alert_list alerts;
    struct fail why = {0};

    for (size_t i = 0; i < LENGTH_OF(practices); i++)
        add_practice(&cube, practices[i].code, practices[i].all, practices[i].before,
                     practices[i].step, practices[i].after);
    struct results *const results = made_results(&cube, "canister");

    cr_assert(eq(int, alerts_find(&alerts, results, &charts, &why), STATUS_OK));
    for (size_t i = 0; i < LENGTH_OF(practices); i++) {
        const char *const code = practices[i].code;
        const struct alert *const cusum = find(&alerts, results, code, ALERT_CUSUM);
        const struct alert *const spc = find(&alerts, results, code, ALERT_SPC);

        cr_expect(eq(int, cusum != NULL, practices[i].cusum), "%s", code);
        cr_expect(eq(int, spc != NULL, practices[i].spc), "%s", code);
        if (cusum == NULL || spc == NULL)
            continue;
        cr_expect(eq(int, cusum->departure.way, practices[i].way), "%s", code);
        cr_expect(eq(int, spc->departure.way, practices[i].way), "%s", code);
        cr_expect(eq(int, cusum->month, made_month("2026-07")), "%s", code);
        cr_expect(eq(int, cusum->departure.since, made_month(practices[i].since)), "%s: %d", code,
                  cusum->departure.since - made_month("2026-01"));
        cr_expect(spc->reason[0] != '\0');
    }
    alerts_release(&alerts);
    results_free(results);
    cube_release(&cube);
}

Test(alerts, one_month_goes_nowhere)
{
    const struct made row = {"2026-07", "P1", "I1", VENTOLIN, "Ventolin", "9", "100", "1"};
    const struct chart_options charts = chart_usual();
    struct cube cube = {0};
    struct alert_list alerts;
    struct fail why = {0};

    made_add(&cube, &row, 1);
    struct results *const results = made_results(&cube, "canister");

    cr_assert(eq(int, alerts_find(&alerts, results, &charts, &why), STATUS_OK));
    cr_expect(eq(sz, alerts.count, 0));
    alerts_release(&alerts);
    results_free(results);
    cube_release(&cube);
}
