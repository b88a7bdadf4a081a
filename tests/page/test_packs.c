/* Practice packs: a page and a workbook each, and the index of all. */

#include "page/packs.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

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
    const struct output_kind kind = {.is_ours = is_pack_path, .seal = ""};
    struct output *output = NULL;
    struct figures figures;
    struct fail why = {0};

    made_add(&cube, rows, LENGTH_OF(rows));
    made_figures(&figures, &cube);
    cr_assert(eq(int, output_begin(&output, in_scratch("out"), &kind, &why), STATUS_OK));
    cr_assert(eq(int, write_packs(&figures, "test", output, &why), STATUS_OK), "%s", why.text);
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
               "grep -q '222311000001102' B83001.html && "
               /* 12 inhalers are fewer than 15: said in both months, not of totals or of the ICB */
               "grep -q '<td class=\"n\">28.26 small numbers</td><td class=\"n\">28.26 small "
               "numbers</td>"
               "<td class=\"n\">100%%</td><td class=\"n\">19.05</td>' B83001.html && "
               "grep -q '<td class=\"n\">12</td><td class=\"n\">12</td>' B83001.html && "
               "test $(grep -c 'code\">2026-03<td class=\"n\">12<td class=\"n\">28.26<td>yes' "
               "B83001.html) = 1 && "
               "grep -q '<td class=\"n\">28.26 small numbers</td>' index.html && "
               "grep -q 'Small numbers: the denominator' index.html && "
               "grep -q 'too few practices for lines' B83001.html && "
               "grep -q 'class=\"main\" d=\"M' B83001.html && "
               "! grep -q 'b/..2' B83001.html && ! grep -q 'http\\|<script' *.html",
               scratch_folder()),
           0),
        "%s", shell_output());
    figures_release(&figures);
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
