/* Practice packs: a page and a workbook each, and the index as the seal of the set. */

#include "report/packs.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <unistd.h>

static const struct made rows[] = {
    {"2025-03", "B83001", "QA1", "0301011R0BEAIAP", "Ventolin",  "10", "12", "30"},
    {"2026-03", "B83001", "QA1", "0301011R0BEAIAP", "Ventolin",  "10", "12", "30"},
    {"2026-03", "b/..2",  "QA1", "0301011R0BWAABZ", "Easyhaler", "5",  "6",  "9" },
    {"2026-03", "-",      "-",   "0301011R0BEAIAP", "Ventolin",  "1",  "1",  "1" },
    {"2025-03", "GONE",   "QA1", "0301011R0BEAIAP", "Ventolin",  "1",  "1",  "1" },
};

Test(packs, each_practice_of_the_latest_month_has_a_page_and_a_workbook)
{
    struct cube cube = {0};
    struct advice_list advice = {0};
    const struct audit audit = {.program_version = "test"};
    struct fail why = {0};

    made_add(&cube, rows, LENGTH_OF(rows));
    struct results *const results = made_results(&cube, "canister");
    const struct workbook_parts parts = {
        .all = {.results = results, .advice = &advice, .audit = &audit},
        .most_rows = WORKBOOK_ROWS,
    };

    cr_assert(eq(int, advise_switches(&advice, results, &why), STATUS_OK));
    cr_assert(eq(int, write_packs(&parts, in_scratch("packs"), &why), STATUS_OK), "%s", why.text);
    cr_expect(
        eq(int,
           shell("cd %s/packs && "
                 "test \"$(LC_ALL=C ls -A | tr '\\n' ' ')\" = "
                 "'B83001.html B83001.xlsx _62_2f_2e_2e2.html _62_2f_2e_2e2.xlsx index.html ' && "
                 "grep -q 'href=\"_62_2f_2e_2e2.html\">b/..2 (b/..2)</a>' index.html && "
                 "! grep -q 'GONE\\|href=\"-' index.html && "
                 "grep -q '<td>Ventolin 100micrograms/dose Evohaler<' B83001.html && "
                 /* 12 x (28.26 - 0.62) */
                 "grep -q '<td class=\"n\">332<' B83001.html && "
                 "grep -q 'search for dm+d' B83001.html && "
                 "! grep -q 'b/..2' B83001.html && ! grep -q 'http\\|<script' *.html",
                 scratch_folder()),
           0),
        "%s", shell_output());
    advice_release(&advice);
    results_free(results);
    cube_release(&cube);
}

/* Every number of a pack's workbook is one of the run's files. */
Test(packs, numbers_are_those_of_the_csv_files)
{
    alarm(120);
    cr_expect(eq(int,
                 shell("cd %s && %s run --quiet --packs %s/build/sample/EPD_SNOMED_20260[67].csv "
                       "--out out && test $(ls out/packs | wc -l) -gt 50 && "
                       "for pack in out/packs/Z90051.xlsx out/packs/Z90022.xlsx; do "
                       "/usr/bin/python3 %s/tests/report/xlsx_back.py out $pack || exit 9; done && "
                       "%s run --quiet --packs %s/build/sample/EPD_SNOMED_20260[67].csv "
                       "--out again && diff -r out/packs again/packs",
                       scratch_folder(), program(), root_folder(), root_folder(), program(),
                       root_folder()),
                 0),
              "%s", shell_output());
}
