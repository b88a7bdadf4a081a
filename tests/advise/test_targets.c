#include "advise/targets.h"
#include "trend/history.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <math.h>
#include <stdlib.h>

#define VENTOLIN "0301011R0BEAIAP" /* 28.26 kg by iif-2022 */
#define SALAMOL "0301011R0BIAFAP"  /* 11.95 kg */
#define MONTHS 24

/* What one practice of ICB QA1 prescribes each month: Ventolin falls from 100 by `fall`
 * in every month, Salamol takes its place. */
static void add_months(struct cube *cube, const char *practice, const char *icb, int first,
                       int months, int fall)
{
    for (int i = 0; i < months; i++) {
        char month[16];
        char high[16];
        char low[16];

        snprintf(month, sizeof month, "%d-%02d", 2024 + (first + i) / 12, (first + i) % 12 + 1);
        snprintf(high, sizeof high, "%d", 200 - fall * i + i % 3);
        snprintf(low, sizeof low, "%d", 100 + fall * i - i % 3);
        made_add(cube,
                 (struct made[]){
                     {month, practice, icb, VENTOLIN, "V", "10", high, "1"},
                     {month, practice, icb, SALAMOL, "S", "10", low, "1"},
                 },
                 2);
    }
}

/* Rules with the targets of a file besides the shipped ones. */
static struct rules *rules_with(const char *targets)
{
    const struct rules_place place = {.base = in_root("rules"), .targets = targets};
    struct rules *rules = NULL;
    struct fail why;

    if (rules_load(&rules, &place, &why) != STATUS_OK)
        cr_fatal("%s: %s", why.file, why.text);
    return rules;
}

/* Those without a value are of the year, less than 2024 or than 2019/20. */
static const struct {
    const char *id, *reach, *value, *less, *from, *to, *due;
} targets[] = {
    {"met", "at_most", "30", NULL, NULL, NULL, "2027-01"},
    {"near", "at_most", "14.8", NULL, NULL, NULL, "2026-06"},
    {"far", "at_most", "12.5", NULL, NULL, NULL, "2026-06"},
    {"missed", "at_most", "15", NULL, NULL, NULL, "2025-06"},
    {"was-met", "at_most", "22", NULL, NULL, NULL, "2025-06"},
    {"up", "at_least", "28", NULL, NULL, NULL, "2026-06"},
    {"less", "at_most", NULL, "30", "2024-01", "2024-12", "2026-12"},
    {"unknown", "at_most", NULL, "50", "2019-04", "2020-03", "2028-03"},
    {"part", "at_most", NULL, "50", "2023-07", "2024-06", "2028-03"},
    {"crossed", "at_most", "15.6", NULL, NULL, NULL, "2027-01"},
    {"lost", "at_least", "15.6", NULL, NULL, NULL, "2027-01"},
    {"the-same", "at_most", "12", NULL, NULL, NULL, "2028-03"},
    {"early", "at_most", "15", NULL, NULL, NULL, "2024-03"},
    {"before", "at_most", "15", NULL, NULL, NULL, "2023-12"},
    {"now", "at_most", "15", NULL, NULL, NULL, "2025-12"},
};

static const char *write_targets_file(void)
{
    FILE *const file = fopen(in_scratch("targets.json"), "w");

    cr_assert(file != NULL, "a file of targets");
    fputs("{'targets': [", file);
    for (size_t i = 0; i < LENGTH_OF(targets); i++) {
        fprintf(file,
                "%s{'id': '%s', 'title': 't', 'plan': 'p', 'reach': '%s', 'due': '%s', "
                "'levels': ['icb'], 'source': 's', 'checked': '2026-11-22', ",
                i > 0 ? ", " : "", targets[i].id, targets[i].reach, targets[i].due);
        if (targets[i].value != NULL)
            fprintf(file, "'measure': 'salbutamol_kgco2e_per_inhaler', 'value': '%s'}",
                    targets[i].value);
        else
            fprintf(file,
                    "'measure': 'inhaler_kgco2e', 'within': ['QA1', 'QA3'], 'months': 12, "
                    "'reduction_percent': '%s', 'baseline_from': '%s', 'baseline_to': '%s'}",
                    targets[i].less, targets[i].from, targets[i].to);
    }
    fputs(
        ", {'id': 'cannot', 'title': 't', 'plan': 'p', 'measure': "
        "'mdi_share_of_non_salbutamol_items', "
        "'levels': ['icb'], 'reach': 'at_most', 'value': '0.2', 'due': '2026-06', 'source': 's', "
        "'checked': '2026-11-22'}, {'id': 'regions', 'title': 't', 'plan': 'p', 'measure': "
        "'inhaler_kgco2e', 'levels': ['region', 'pcn'], 'reach': 'at_most', 'value': '0.2', 'due': "
        "'2026-06', 'source': 's', 'checked': '2026-11-22'}]}",
        file);
    fclose(file);
    cr_assert(eq(int, shell("sed -i \"s/'/\\\"/g\" %s", in_scratch("targets.json")), 0), "quotes");
    return in_scratch("targets.json");
}

static const struct target_answer *find(const struct target_list *list,
                                        const struct results *results, const char *target,
                                        const char *icb)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct target_answer *const answer = &list->list[i];

        if (strcmp(answer->target->id, target) == 0 &&
            (icb == NULL || (answer->anybody && answer->level == LEVEL_ICB &&
                             view_is(organisation_code(&results->classified.cube->places, LEVEL_ICB,
                                                       answer->organisation),
                                     icb))))
            return answer;
    }
    cr_fatal("no answer to %s for %s", target, icb != NULL ? icb : "nobody");
    return NULL;
}

static const struct {
    const char *target, *icb, *status, *why;
} expected[] = {
    {"met", "QA1", "reached", "the latest value meets it"},
    {"near", "QA1", "on course", "probability"},
    {"far", "QA1", "off course", "probability"},
    {"missed", "QA1", "off course", "it was due"},
    {"was-met", "QA1", "reached", "the value of 2025-06, when it was due, meets it"},
    {"up", "QA1", "off course", "probability"},
    {"less", "QA1", "on course", "probability"},
    {"unknown", "QA1", "not computable",
     "the baseline 2019-04 to 2020-03: none of its months was read"},
    {"near", "QA2", "not computable", "its last month is 2024-06, but the files go to 2025-12"},
    {"near", "QA3", "not computable", "a forecast needs 12 months"},
    {"llr-mdi-share", NULL, "not computable", "no organisation of QK1 is in the files"},
    {"blmk-desflurane-zero", NULL, "not computable", "no hospital data were read"},
    {"part", "QA1", "not computable",
     "the baseline 2023-07 to 2024-06: 6 of its 12 months were read"},
    {"less", "QA3", "not computable",
     "the baseline 2024-01 to 2024-12: it has figures in 0 of the 12 months"},
    {"cannot", "QA1", "not computable", "2025-12: its denominator is zero"},
    {"regions", NULL, "not computable", "the files have no region or pcn"},
    {"blmk-inhaler-carbon-saved", NULL, "not computable", "canister explain"},
    /* one that is past is judged by its due month, whatever came after, and whoever ended after */
    {"early", "QA2", "off course", "it was due in 2024-03, and the value of 2024-03"},
    {"before", "QA1", "not computable", "when it was due, 2023-12: none of its months was read"},
    {"missed", "QA3", "not computable", "when it was due, 2025-06: it has figures in 0"},
};

/* 24 months to 2025-12 of QA1, half a year of QA2 that ends, half a year of QA3. */
Test(targets, each_status_is_given_with_what_decided_it)
{
    struct cube cube = {0};
    struct results *results = NULL;
    struct target_list list;
    struct fail why;
    struct rules *rules;

    rules = rules_with(write_targets_file());
    add_months(&cube, "A1", "QA1", 0, MONTHS, 6);
    add_months(&cube, "A2", "QA2", 0, 6, 6);
    add_months(&cube, "A3", "QA3", 18, 6, 6);
    cr_assert(eq(int,
                 (int)results_new(&results, NULL, rules, &cube,
                                  rules_factor_set(rules, view_of("canister")), NULL, NULL, &why),
                 STATUS_OK),
              "%s", why.text);
    cr_assert(eq(int, (int)advise_targets(&list, results, &why), STATUS_OK), "%s", why.text);
    for (size_t i = 0; i < LENGTH_OF(expected); i++) {
        const struct target_answer *const answer =
            find(&list, results, expected[i].target, expected[i].icb);

        cr_expect(strcmp(target_status_text(answer->status), expected[i].status) == 0 &&
                      strstr(answer->why, expected[i].why) != NULL,
                  "%s for %s: %s, %s", expected[i].target, expected[i].icb,
                  target_status_text(answer->status), answer->why);
    }
    targets_release(&list);
    results_free(results);
    cube_release(&cube);
    rules_free(rules);
}

/* The last month of QA1 (i = 23) is (6847 + 16.31 (2 - 138)) / 300 = 15.43, the one before 15.70.
 */
static const struct {
    const char *target;
    int crossed;
} crossings[] = {
    {"crossed", 1}, {"lost", -1}, {"met", 0}, /* both months meet it */
    {"near", 0},                              /* none does */
    {"unknown", 0},
};

Test(targets, one_that_the_last_month_crossed_is_known_from_the_month_before)
{
    struct cube cube = {0};
    struct results *results = NULL;
    struct target_list list;
    struct fail why;
    struct rules *rules = rules_with(write_targets_file());

    add_months(&cube, "A1", "QA1", 0, MONTHS, 6);
    cr_assert(eq(int,
                 (int)results_new(&results, NULL, rules, &cube,
                                  rules_factor_set(rules, view_of("iif-2022")), NULL, NULL, &why),
                 STATUS_OK));
    cr_assert(eq(int, (int)advise_targets(&list, results, &why), STATUS_OK));
    for (size_t i = 0; i < LENGTH_OF(crossings); i++)
        cr_expect(eq(int, target_crossed(find(&list, results, crossings[i].target, "QA1")),
                     crossings[i].crossed),
                  "%s", crossings[i].target);
    targets_release(&list);
    results_free(results);
    cube_release(&cube);
    rules_free(rules);
}

/* Of the year: target, latest and needed by hand from the cells.  Ventolin 200 - 6 i + i % 3 at
 * 28.26 kg and Salamol 100 + 6 i - i % 3 at 11.95 kg for i from 0: a month is
 * 6847 + 16.31 (i % 3 - 6 i) kg, 2024 is 12 of them: 82164 + 16.31 (12 - 396). */
Test(targets, a_year_is_held_against_its_baseline_by_sums)
{
    const double baseline = 82164 + 16.31 * (12 - 396);
    const double latest = 82164 + 16.31 * (12 - 6 * (12 + 23) * 6);
    struct cube cube = {0};
    struct results *results = NULL;
    const struct target_answer *answer;
    struct target_list list;
    struct fail why;
    struct rules *rules;

    rules = rules_with(write_targets_file());
    add_months(&cube, "A1", "QA1", 0, MONTHS, 6);
    cr_assert(eq(int,
                 (int)results_new(&results, NULL, rules, &cube,
                                  rules_factor_set(rules, view_of("iif-2022")), NULL, NULL, &why),
                 STATUS_OK),
              "%s", why.text);
    cr_assert(eq(int, (int)advise_targets(&list, results, &why), STATUS_OK), "%s", why.text);
    answer = find(&list, results, "less", "QA1");
    cr_expect(fabs(answer->target_value - 0.7 * baseline) < 1e-6, "target %f, not %f",
              answer->target_value, 0.7 * baseline);
    cr_expect(fabs(answer->latest_value - latest) < 1e-6, "latest %f, not %f", answer->latest_value,
              latest);
    cr_expect(fabs(answer->change_needed - (0.7 * baseline - latest) / 12) < 1e-6, "needed %f",
              answer->change_needed);
    cr_expect(answer->low <= answer->forecast && answer->forecast <= answer->high, "in order");
    cr_expect(fabs(answer->forecast - (82164 + 16.31 * (12 - 6 * (24 + 35) * 6))) < 700,
              "the line goes on: %f", answer->forecast);
    targets_release(&list);
    results_free(results);
    cube_release(&cube);
    rules_free(rules);
}

/* Past, or repeated by a default: neither is open. */
static const struct {
    const char *target;
    bool past, repeated, open;
} states[] = {
    {"missed", true, false, false},
    {"was-met", true, false, false},
    {"now", false, false, true}, /* due in the last month: judged there, once */
    {"the-same", false, false, true},
    {"default-salbutamol-12-2028-03", false, true, false},
    {"default-saba-12-2028-03", false, false, true},
    {"default-salbutamol-15-2026-03", false, false, true},
};

Test(targets, those_that_are_past_and_defaults_that_a_plan_repeats_are_not_open)
{
    struct cube cube = {0};
    struct results *results = NULL;
    struct target_list list;
    struct fail why;
    struct rules *rules = rules_with(write_targets_file());

    add_months(&cube, "A1", "QA1", 0, MONTHS, 6);
    cr_assert(eq(int,
                 (int)results_new(&results, NULL, rules, &cube,
                                  rules_factor_set(rules, view_of("canister")), NULL, NULL, &why),
                 STATUS_OK));
    cr_assert(eq(int, (int)advise_targets(&list, results, &why), STATUS_OK));
    for (size_t i = 0; i < LENGTH_OF(states); i++) {
        const struct target_answer *const answer = find(&list, results, states[i].target, "QA1");

        cr_expect(answer->past == states[i].past && answer->repeated == states[i].repeated &&
                      target_is_open(answer) == states[i].open,
                  "%s: %d %d %d", states[i].target, answer->past, answer->repeated,
                  target_is_open(answer));
    }
    targets_release(&list);
    results_free(results);
    cube_release(&cube);
    rules_free(rules);
}
