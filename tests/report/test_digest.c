/* The digest and the headline: what changed, for whom, in few words. */

#include "report/headline.h"
#include "report/digest.h"

#include "support/cases.h"
#include "support/made.h"

#include <stdlib.h>

#define VENTOLIN "0301011R0BEAIAP" /* 28.26 kgCO2e */
#define EASYHALER "0301011R0BWAABZ"

/* Three months and the same three a year before: P1 goes from half pMDI to none, P2 the other way
 * round and is small, P3 has no year before.  Two products that no rule knows, one of them new. */
static const struct made year[] = {
    {"2025-04", "P1", "I1", VENTOLIN, "Ventolin", "9", "50", "9"},
    {"2025-05", "P1", "I1", EASYHALER, "Easyhaler", "9", "50", "9"},
    {"2025-06", "P1", "I1", VENTOLIN, "Ventolin", "9", "100", "9"},
    {"2026-04", "P1", "I1", EASYHALER, "Easyhaler", "9", "50", "9"},
    {"2026-05", "P1", "I1", EASYHALER, "Easyhaler", "9", "50", "9"},
    {"2026-06", "P1", "I1", EASYHALER, "Easyhaler", "9", "100", "9"},
    {"2025-06", "P2", "I1", EASYHALER, "Easyhaler", "1", "2", "1"},
    {"2026-06", "P2", "I1", VENTOLIN, "Ventolin", "1", "2", "1"},
    {"2026-06", "P3", "I1", VENTOLIN, "Ventolin", "5", "5", "1"},
    {"2026-06", "P1", "I1", "0302000ZZBBAAAA", "<script>alert(1)</script>", "3", "3", "1"},
    {"2025-06", "P1", "I1", "0302000ZZBBBBBB", "Known since last year", "3", "3", "1"},
    {"2026-06", "P1", "I1", "0302000ZZBBBBBB", "Known since last year", "3", "3", "1"},
};

static char *digest_of(const struct made *rows, size_t count, bool html, struct headline *headline)
{
    struct cube cube = {0};
    struct figures figures;
    const struct audit_file refused = {.name = "b\xe4"
                                               "d.csv",
                                       .refused = "is cut"};
    struct digest *digest = NULL;
    struct fail why = {0};
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    made_add(&cube, rows, count);
    made_figures(&figures, &cube);
    figures.inputs = (struct figures_inputs){.files = &refused, .file_count = 1};
    cr_assert(eq(int, digest_new(&digest, &figures, &why), STATUS_OK));
    if (headline != NULL)
        headline_of(headline, &figures);
    (html ? write_digest_html : write_digest_text)(file, digest);
    fclose(file);
    digest_free(digest);
    figures_release(&figures);
    cube_release(&cube);
    return text;
}

/* 28.26 x 150 / 200 = 21.195, and Easyhaler 0.62 x 50 / 200 = 0.155: 21.35 a year before; so 200 of
 * them at 0.62 are (21.35 - 0.62) x 200 = 4,146 kg less; 2 x (28.26 - 0.62) = 55 kg more. */
static const char *const told[] = {
    "Inhalers and their carbon: I1, June 2026 (the run: 15 months from 2025-04, 9 missing)\n",
    "\nkgCO2e per salbutamol inhaler: practices that fell most\n- P1: 0.62, a year before 21.35; "
    "4,146 kgCO2e less\n",
    "\n- P2: 28.26, a year before 0.62; 55 kgCO2e more\n",
    "\n- <script>alert(1)</script> (0302000ZZBBAAAA): 3 items (no rule covers this code)\n",
    "\n- b\xc3\xa4"
    "d.csv: refused, nothing of it is used: is cut\n",
};

static const char *const not_told[] = {"Known since last year", "\n- P3: 28.26, a year before"};

Test(digest, tells_what_changed_against_the_same_months_a_year_before)
{
    char *const text = digest_of(year, LENGTH_OF(year), false, NULL);

    for (size_t i = 0; i < LENGTH_OF(told); i++)
        cr_expect(strstr(text, told[i]) != NULL, "no \"%s\" in\n%s", told[i], text);
    for (size_t i = 0; i < LENGTH_OF(not_told); i++)
        cr_expect(strstr(text, not_told[i]) == NULL, "\"%s\" in\n%s", not_told[i], text);
    free(text);
}

/* Of three practices: one crosses a target, two begin to move, one of them by both charts; what
 * stands since earlier months is counted. */
Test(digest, tells_who_crossed_a_target_and_what_began_to_move)
{
    struct cube cube = {0};
    struct fail why = {0};
    struct digest *digest = NULL;
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    made_add(&cube, year, LENGTH_OF(year));
    struct results *const results = made_results(&cube, "canister");
    const struct target target = {.title = "15 by March",
                                  .measure = results->classified.rules->measures.list[0]};
    struct target_answer answers[] = {
        {.target = &target, .anybody = true, .level = LEVEL_PRACTICE, .target_value = 15},
        {.target = &target, .anybody = true, .level = LEVEL_PRACTICE, .target_value = 15},
        {.target = &target, .anybody = true, .level = LEVEL_ICB, .target_value = 15},
    };
    const month_t june = made_month("2026-06");
    struct alert moves[] = {
        {0, LEVEL_PRACTICE, 0, june, ALERT_CUSUM, {true, -1, june, 21.35, 0.62}, "cumulative"},
        {0, LEVEL_PRACTICE, 0, june, ALERT_SPC, {true, -1, june, 20, 0.62}, "below the limit"},
        {0, LEVEL_PRACTICE, 1, june, ALERT_SPC, {true, 1, june - 3, 1, 28.26}, "above"},
        {5, LEVEL_ICB, 0, june, ALERT_SPC, {true, 1, june, 0.4, 0.525}, "above the limit"},
    };
    const struct figures figures = {.results = results,
                                    .targets = {answers, LENGTH_OF(answers)},
                                    .alerts = {moves, LENGTH_OF(moves)}};

    for (size_t i = 0; i < LENGTH_OF(answers); i++) {
        answers[i].latest_month = june;
        answers[i].latest_value = i == 1 ? 16.2 : 14.5;
        answers[i].value_before = i == 0 ? 15.123 : i == 1 ? 14.9 : 14.6;
        answers[i].organisation = i == 1;
    }
    cr_assert(eq(int, digest_new(&digest, &figures, &why), STATUS_OK));
    write_digest_text(file, digest);
    fclose(file);
    cr_expect(strstr(text,
                     "\nTargets crossed in the last month\n"
                     "- P1: 15 by March: met now, 14.50; 15.12 the month before\n"
                     "- P2: 15 by March: no longer met, 16.20; 14.90 the month before\n\n") != NULL,
              "%s", text);
    cr_expect(strstr(text,
                     "own mean\n"
                     "- I1: MDI share of inhaler items, salbutamol left out 52.5 %, 40.0 % "
                     "before: concern (above the limit)\n"
                     "- P1: kgCO2e per salbutamol inhaler 0.62, 21.35 before: improvement "
                     "(cumulative; below the limit)\n"
                     "- Alerts of earlier months that still stand: 1, see alerts.csv\n\n") != NULL,
              "%s", text);
    free(text);
    digest_free(digest);
    results_free(results);
    cube_release(&cube);
}

Test(digest, html_says_the_same_and_escapes_names)
{
    char *const html = digest_of(year, LENGTH_OF(year), true, NULL);

    cr_expect(strstr(html, "<script") == NULL, "%s", html);
    cr_expect(strstr(html, "&lt;script&gt;alert(1)&lt;/script&gt; (0302000ZZBBAAAA)") != NULL, "%s",
              html);
    cr_expect(strstr(html, "<li>P2: 28.26, a year before 0.62; 55 kgCO2e more</li>") != NULL, "%s",
              html);
    cr_expect(strstr(html, "http") == NULL, "loads something: %s", html);
    free(html);
}

Test(digest, says_when_a_year_before_is_not_there)
{
    char *const text = digest_of(year + 3, 3, false, NULL);

    cr_expect(strstr(text, "fewer than 15 months") != NULL, "%s", text);
    free(text);
}

Test(headline, is_ten_lines_at_most_of_the_only_icb_or_the_nation)
{
    struct headline headline;

    free(digest_of(year, LENGTH_OF(year), false, &headline));
    cr_expect(headline.count > 3 && headline.count <= HEADLINE_LINES);
    cr_expect(strcmp(headline.lines[0],
                     "I1, June 2026 (the run: 15 months from 2025-04, 9 missing)") == 0,
              "%s", headline.lines[0]);
    /* 200 x 0.62 + 7 x 28.26 = 224.42 of 107 + ... in June: (100 x 0.62 + 7 x 28.26) / 107 */
    cr_expect(
        strcmp(headline.lines[1], "kgCO2e per salbutamol inhaler: 2.43, 27.72 a year before") == 0,
        "%s", headline.lines[1]);
    cr_expect(strcmp(headline.lines[2], "Practices with a value: 3; the lowest 0.62, the highest "
                                        "28.26 (small denominator): P2") == 0,
              "%s", headline.lines[2]);
}
