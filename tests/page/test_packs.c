/* Practice packs: a page and a workbook each, and the index of all. */

#include "page/packs_internal.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <math.h>

#include <unistd.h>

static const struct made rows[] = {
    {"2025-03", "B83001", "QA1", "0301011R0BEAIAP", "Ventolin", "10", "12", "30"},
    {"2026-03", "B83001", "QA1", "0301011R0BEAIAP", "Ventolin", "10", "12", "30"},
    {"2026-03", "b/..2", "QA1", "0301011R0BWAABZ", "Easyhaler", "5", "6", "9"},
    {"2026-03", "-", "-", "0301011R0BEAIAP", "Ventolin", "1", "1", "1"},
    {"2025-03", "GONE", "QA1", "0301011R0BEAIAP", "Ventolin", "1", "1", "1"},
};

Test(packs, each_practice_of_the_latest_month_has_a_page_and_a_workbook)
{
    struct cube cube = {0};
    struct advice_list advice = {0};
    const struct audit audit = {.program_version = "test"};
    const struct output_kind kind = {.is_ours = is_pack_path, .seal = ""};
    struct output *output = NULL;
    struct fail why = {0};

    made_add(&cube, rows, LENGTH_OF(rows));
    struct results *const results = made_results(&cube, "canister");
    const struct workbook_parts parts = {
        .all = {.results = results, .advice = &advice, .audit = &audit},
        .most_rows = WORKBOOK_ROWS,
    };

    cr_assert(eq(int, advise_switches(&advice, results, &why), STATUS_OK));
    cr_assert(eq(int, output_begin(&output, in_scratch("out"), &kind, &why), STATUS_OK));
    cr_assert(eq(int, write_packs(&parts, output, &why), STATUS_OK), "%s", why.text);
    cr_assert(eq(int, output_commit(output, &why), STATUS_OK), "%s", why.text);
    output_free(output);
    cr_expect(
        eq(int,
           shell(
               "cd %s/out/packs && "
               "test \"$(LC_ALL=C ls -A | tr '\\n' ' ')\" = "
               "'B83001.html B83001.xlsx _62_2f_2e_2e2.html _62_2f_2e_2e2.xlsx index.html ' && "
               "grep -q 'href=\"_62_2f_2e_2e2.html\">b/..2 (b/..2)</a>' index.html && "
               "! grep -q 'GONE\\|href=\"-' index.html && "
               "grep -q '<td>Ventolin 100micrograms/dose Evohaler<' B83001.html && "
               /* 12 x (28.26 - 0.62) */
               "grep -q '<td class=\"n\">332<' B83001.html && "
               "grep -q 'search for dm+d' B83001.html && "
               /* 12 inhalers are fewer than 15: said in both months, not of totals or of the ICB */
               "grep -q '<td class=\"n\">28.26 small</td><td class=\"n\">28.26 small</td>"
               "<td class=\"n\">100 %%</td><td class=\"n\">19.05</td>' B83001.html && "
               "grep -q '<td class=\"n\">12</td><td class=\"n\">12</td>' B83001.html && "
               "test $(grep -c 'code\">2026-03<td class=\"n\">12<td class=\"n\">28.26<td>yes' "
               "B83001.html) = 1 && "
               "grep -q '<td class=\"n\">28.26 small</td>' index.html && "
               "grep -q 'Small: so few' index.html && "
               "grep -q 'too few practices to cut' B83001.html && "
               "grep -q 'class=\"main\" d=\"M' B83001.html && "
               "! grep -q 'b/..2' B83001.html && ! grep -q 'http\\|<script' *.html",
               scratch_folder()),
           0),
        "%s", shell_output());
    advice_release(&advice);
    results_free(results);
    cube_release(&cube);
}

#define PEERS 11

/* Of 100 inhalers practice p of eleven has 10 p of Ventolin (28.26 kgCO2e) and the rest Easyhaler
 * (0.62): 0.62 + 2.764 p, so the tenths are those of p = 1 to 9, and the ICB is in the middle.  In
 * the month before there are nine practices, too few to cut. */
Test(packs, peers_are_the_deciles_of_the_icb_by_month_and_its_own_line)
{
    struct cube cube = {0};
    struct advice_list advice = {0};
    struct pack_subject subjects[PEERS] = {{0}};
    struct arena arena = {0};
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
    const struct workbook_parts parts = {.all = {.results = results, .advice = &advice}};
    size_t row = 0;

    for (size_t p = 0; p < PEERS; p++) {
        subjects[p].parts = &parts;
        subjects[p].pack.first = made_month("2026-06");
        subjects[p].pack.first_row = row;
        subjects[p].pack.row_count = p < 9 ? 2 : 1;
        row += subjects[p].pack.row_count;
        subjects[p].icb = results_find(results, SUBJECT_prescribing, LEVEL_ICB, view_of("I1"),
                                       made_month("2026-07"));
    }
    cr_assert(eq(int, peers_find(subjects, PEERS, 2, &arena, &why), STATUS_OK));
    for (int d = 0; d < PEER_LINES - 1; d++) {
        cr_expect(isnan(subjects[0].peers->lines[d][0]));
        cr_expect(fabs(subjects[0].peers->lines[d][1] - (0.62 + 2.764 * (d + 1))) < 1e-9, "%d", d);
    }
    cr_expect(fabs(subjects[0].peers->lines[PEER_LINES - 1][0] - (0.62 + 2.764 * 4)) < 1e-9);
    cr_expect(fabs(subjects[0].peers->lines[PEER_LINES - 1][1] - (0.62 + 2.764 * 5)) < 1e-9);
    cr_expect(subjects[PEERS - 1].peers == subjects[0].peers);
    arena_release(&arena);
    results_free(results);
    cube_release(&cube);
}

/* Every number of a pack's workbook is one of the run's files. */
Test(packs, numbers_are_those_of_the_csv_files)
{
    alarm(300);
    cr_expect(
        eq(int,
           shell("cd %s && %s run --quiet --packs %s/build/sample/EPD_SNOMED_20260[67].csv "
                 "--out out && test $(ls out/packs | wc -l) -gt 50 && "
                 "for pack in out/packs/Z90051.xlsx out/packs/Z90022.xlsx; do "
                 "/usr/bin/python3 %s/tests/workbook/xlsx_back.py out $pack || exit 9; done && "
                 "%s run --quiet --packs %s/build/sample/EPD_SNOMED_20260[67].csv "
                 "--out again && diff -r out/packs again/packs",
                 scratch_folder(), program(), root_folder(), root_folder(), program(),
                 root_folder()),
           0),
        "%s", shell_output());
}

static const struct {
    const char *path;
    bool ours;
} paths[] = {
    {"packs/", true},
    {"packs/index.html", true},
    {"packs/A81001.html", true},
    {"packs/_62_2f.xlsx", true},
    {"packs/notes.html", false},
    {"packs/A81001.docx", false},
    {"packs/.html", false},
    {"packs", false},
    {"pack", false},
    {"", false},
    {"A81001.html", false},
};

Test(packs, only_what_packs_write_is_theirs)
{
    for (size_t i = 0; i < LENGTH_OF(paths); i++)
        cr_expect(eq(int, is_pack_path(paths[i].path), paths[i].ours), "%s", paths[i].path);
}
