/* The digest and the headline: what changed, for whom, in few words. */

#include "report/headline.h"
#include "report/news.h"

#include "support/cases.h"
#include "support/made.h"

#include <stdlib.h>

#define VENTOLIN "0301011R0BEAIAP" /* 28.26 kgCO2e */
#define EASYHALER "0301011R0BWAABZ"

/* Three months and the same three a year before: P1 goes from half pMDI to none, P2 the other way
 * round and is small, P3 has no year before.  Two products that no rule knows, one of them new. */
static const struct made year[] = {
    {"2025-04", "P1", "I1", VENTOLIN,          "Ventolin",                  "9", "50",  "9"},
    {"2025-05", "P1", "I1", EASYHALER,         "Easyhaler",                 "9", "50",  "9"},
    {"2025-06", "P1", "I1", VENTOLIN,          "Ventolin",                  "9", "100", "9"},
    {"2026-04", "P1", "I1", EASYHALER,         "Easyhaler",                 "9", "50",  "9"},
    {"2026-05", "P1", "I1", EASYHALER,         "Easyhaler",                 "9", "50",  "9"},
    {"2026-06", "P1", "I1", EASYHALER,         "Easyhaler",                 "9", "100", "9"},
    {"2025-06", "P2", "I1", EASYHALER,         "Easyhaler",                 "1", "2",   "1"},
    {"2026-06", "P2", "I1", VENTOLIN,          "Ventolin",                  "1", "2",   "1"},
    {"2026-06", "P3", "I1", VENTOLIN,          "Ventolin",                  "5", "5",   "1"},
    {"2026-06", "P1", "I1", "0302000ZZBBAAAA", "<script>alert(1)</script>", "3", "3",   "1"},
    {"2025-06", "P1", "I1", "0302000ZZBBBBBB", "Known since last year",     "3", "3",   "1"},
    {"2026-06", "P1", "I1", "0302000ZZBBBBBB", "Known since last year",     "3", "3",   "1"},
};

static char *news_of(const struct made *rows, size_t count, bool html, struct headline *headline)
{
    struct cube cube = {0};
    struct advice_list advice = {0};
    struct audit_file refused = {.name = "b\xe4"
                                         "d.csv",
                                 .refused = "is cut"};
    struct audit audit = {.files = &refused, .file_count = 1};
    struct news *news = NULL;
    struct fail why = {0};
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    made_add(&cube, rows, count);
    struct results *const results = made_results(&cube, "canister");

    const struct report_parts parts = {.results = results, .advice = &advice, .audit = &audit};

    cr_assert(eq(int, advise_switches(&advice, results, &why), STATUS_OK));
    cr_assert(eq(int, news_new(&news, &parts, &why), STATUS_OK));
    if (headline != NULL)
        headline_of(headline, results, &advice);
    (html ? write_news_html : write_news_text)(file, news);
    fclose(file);
    news_free(news);
    advice_release(&advice);
    results_free(results);
    cube_release(&cube);
    return text;
}

/* 28.26 x 150 / 200 = 21.195, and Easyhaler 0.62 x 50 / 200 = 0.155: 21.35 a year before; so 200 of
 * them at 0.62 are (21.35 - 0.62) x 200 = 4,146 kg less; 2 x (28.26 - 0.62) = 55 kg more. */
static const char *const told[] = {
    "Inhalers and their carbon: I1, June 2026 (the run: 15 months from 2025-04)\n",
    "\n- P1: 0.62, a year before 21.35; 4,146 kgCO2e less\n",
    "\n- P2: 28.26, a year before 0.62; 55 kgCO2e more\n",
    "\n- <script>alert(1)</script> (0302000ZZBBAAAA): 3 items (no rule knows this code)\n",
    "\n- b\xc3\xa4"
    "d.csv: refused, nothing of it is used: is cut\n",
};

static const char *const not_told[] = {"Known since last year", "\n- P3: 28.26, a year before"};

Test(news, tells_what_changed_against_the_same_months_a_year_before)
{
    char *const text = news_of(year, LENGTH_OF(year), false, NULL);

    for (size_t i = 0; i < LENGTH_OF(told); i++)
        cr_expect(strstr(text, told[i]) != NULL, "no \"%s\" in\n%s", told[i], text);
    for (size_t i = 0; i < LENGTH_OF(not_told); i++)
        cr_expect(strstr(text, not_told[i]) == NULL, "\"%s\" in\n%s", not_told[i], text);
    free(text);
}

Test(news, html_says_the_same_and_escapes_names)
{
    char *const html = news_of(year, LENGTH_OF(year), true, NULL);

    cr_expect(strstr(html, "<script") == NULL, "%s", html);
    cr_expect(strstr(html, "&lt;script&gt;alert(1)&lt;/script&gt; (0302000ZZBBAAAA)") != NULL, "%s",
              html);
    cr_expect(strstr(html, "<li>P2: 28.26, a year before 0.62; 55 kgCO2e more</li>") != NULL, "%s",
              html);
    cr_expect(strstr(html, "http") == NULL, "loads something: %s", html);
    free(html);
}

Test(news, says_when_a_year_before_is_not_there)
{
    char *const text = news_of(year + 3, 3, false, NULL);

    cr_expect(strstr(text, "fewer than 15 months") != NULL, "%s", text);
    free(text);
}

Test(headline, is_ten_lines_at_most_of_the_only_icb_or_the_nation)
{
    struct headline headline;

    free(news_of(year, LENGTH_OF(year), false, &headline));
    cr_expect(headline.count > 3 && headline.count <= HEADLINE_LINES);
    cr_expect(strcmp(headline.lines[0], "I1, June 2026 (the run: 15 months from 2025-04)") == 0,
              "%s", headline.lines[0]);
    /* 200 x 0.62 + 7 x 28.26 = 224.42 of 107 + ... in June: (100 x 0.62 + 7 x 28.26) / 107 */
    cr_expect(
        strcmp(headline.lines[1], "kgCO2e per salbutamol inhaler: 2.43, 27.72 a year before") == 0,
        "%s", headline.lines[1]);
    cr_expect(strncmp(headline.lines[2], "Practices with a value: 3; the lowest 0.62", 42) == 0,
              "%s", headline.lines[2]);
}
