/* The workbook, read back by its XML without the library that wrote it. */

#include "table/table.h"
#include "workbook/workbook.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <unistd.h>

/* So many that "a year before" has numbers and control charts are drawn. */
#define MONTHS                                                                                    \
    "202506 202507 202508 202509 202510 202511 202512 202601 202602 202603 202604 202605 202606 " \
    "202607"

#define OTHER_SHEETS \
    8 /* Cover, Contents, Notes, Charts, Practices, Data quality, Definitions, Columns */

static size_t count_sheets(void)
{
    size_t count = OTHER_SHEETS;

    for (size_t i = 0; i < table_count; i++)
        count += tables[i]->sheet.name != NULL;
    return count;
}

Test(workbook, every_number_stands_in_the_csv_files)
{
    alarm(300);
    cr_expect(
        eq(int,
           shell("cd %s && files= && for m in " MONTHS "; do "
                 "files=\"$files %s/build/sample/EPD_SNOMED_$m.csv\"; done && "
                 "files=\"$files $(ls %s/build/sample/scmd_*.csv | tr '\\n' ' ')\" && "
                 "%s run --quiet $files --targets %s/datasets/sample/targets.json --out out && "
                 "/usr/bin/python3 %s/tests/workbook/xlsx_back.py out > said && cat said && "
                 "grep -Eq '^[0-9]{4,} rows, [0-9]{5,} numbers, [5-9] charts, %zu "
                 "sheets$' said && "
                 "%s run --quiet --xlsx no $files --out out && test ! -e out/canister.xlsx",
                 scratch_folder(), root_folder(), root_folder(), program(), root_folder(),
                 root_folder(), count_sheets(), program()),
           0),
        "%s", shell_output());
}

Test(workbook, a_nation_has_one_only_when_asked)
{
    cr_expect(
        eq(int,
           shell(
               "cd %s && awk -F'\",\"' -v OFS='\",\"' 'NR == 1 { print } /\"0301011R0BEAIAP\"/ && "
               "!seen++ { for (i = 0; i < 2001; i++) { $9 = sprintf(\"X%%05d\", i); print } }' "
               "%s/build/sample/EPD_SNOMED_202607.csv > many.csv && sed 2d many.csv > fewer.csv && "
               "%s run --quiet many.csv --out many && test ! -e many/canister.xlsx && "
               "%s run --quiet fewer.csv --out many && test -e many/canister.xlsx && "
               "%s run --quiet many.csv --xlsx yes --out asked && test -e asked/canister.xlsx && "
               "%s run --quiet many.csv --xlsx maybe --out asked; test $? -eq 64",
               scratch_folder(), root_folder(), program(), program(), program(), program()),
           0),
        "%s", shell_output());
}

#define LONG_NAME                                                                                  \
    "A practice with a very long name that goes on and on and on and on and on and on and on and " \
    "on "                                                                                          \
    "and on and on and on and on and on and on and on and on and on and on and on and on and on "  \
    "and "                                                                                         \
    "on and on and on"

/* Names that try to leave their cell, or that no XML can hold. */
static const struct made hostile[] = {
    {"2025-03", "P1", "-", "0302000ZZBBAAAA", "=cmd|' /C calc'!A0", "1", "1", "1"},
    {"2025-03", "P1", "-", "0302000ZZBBBBBB", "O'Neill & \"Sons\" <script>", "1", "1", "-2.5"},
    {"2025-03", "P2", "@SUM", "0302000ZZBBCCCC", LONG_NAME, "1", "1", "1"},
    {"2025-03", "P2", "@SUM", "0302000ZZBBDDDD", "\x01\x1b \xef\xbf\xbe\xef\xbf\xbf ]]>", "1", "1",
     "1"},
    {"2025-03", "-", "-", "0301011R0BEAIAP", "Caf\xe9", "1", "1", "1"},
    {"2025-03", "P1", "@SUM", "0301011R0BEAIAP", "Ventolin", "7", "11", "-1"},
};

struct written {
    struct cube cube;
    struct figures figures;
};

static void write_made(struct written *made, const char *path, size_t most_rows)
{
    const struct workbook_job job = {
        .about = {.program_version = "test", .most_rows = most_rows},
        .path = path,
        .shown = "a.xlsx",
    };
    struct fail why = {0};

    made_add(&made->cube, hostile, LENGTH_OF(hostile));
    made_figures(&made->figures, &made->cube);
    cr_assert(eq(int, write_workbooks(&made->figures, &job, 1, scratch_folder(), &why), STATUS_OK),
              "%s", why.text);
}

static void release(struct written *made)
{
    figures_release(&made->figures);
    cube_release(&made->cube);
}

/* Unpacks the workbook; the shell goes on in its folder. */
#define UNPACKED                                                                                   \
    "cd %s && rm -rf x && mkdir x && cd x && /usr/bin/python3 -m zipfile -e ../a.xlsx . && "       \
    "for part in $(find . -name '*.xml' -o -name '*.rels'); do "                                   \
    "/usr/bin/python3 -c 'import sys, xml.etree.ElementTree as e; e.parse(sys.argv[1])' $part || " \
    "exit 8; done && "

Test(workbook, names_of_any_kind_are_text_and_leave_the_xml_whole)
{
    struct written made = {0};

    write_made(&made, in_scratch("a.xlsx"), WORKBOOK_ROWS);
    cr_expect(
        eq(int,
           shell(UNPACKED
                 "grep -q \">'=cmd|' /C calc'!A0<\" xl/sharedStrings.xml && "
                 "grep -q \">O'Neill &amp; \\\"Sons\\\" &lt;script&gt;<\" xl/sharedStrings.xml && "
                 "grep -q \">'@SUM<\" xl/sharedStrings.xml && "
                 "grep -q '>" LONG_NAME "<' xl/sharedStrings.xml && "
                 "grep -q 'x01.x1b ?? ]]&gt;' xl/sharedStrings.xml && "
                 "grep -q 'Caf\xc3\xa9\\|Ventolin' xl/sharedStrings.xml && "
                 "! grep -l '<f>\\|mergeCell' xl/worksheets/*.xml",
                 scratch_folder()),
           0),
        "%s", shell_output());
    release(&made);
}

Test(workbook, what_does_not_fit_is_left_out_and_told)
{
    struct written made = {0};

    write_made(&made, in_scratch("a.xlsx"), 3);
    cr_expect(eq(int,
                 shell(UNPACKED
                       "grep -q 'The first 3 rows; measures.csv has all.' xl/sharedStrings.xml && "
                       "grep -Eq 'The first [0-9]+ of up to [0-9]+ ranks' xl/sharedStrings.xml && "
                       "grep -q 'ref=\"A3:K6\"' xl/tables/*.xml",
                       scratch_folder()),
                 0),
              "%s", shell_output());
    release(&made);
}

Test(workbook, a_file_that_cannot_be_written_is_an_error_with_its_reason)
{
    struct cube cube = {0};
    const struct workbook_job job = {
        .about = {.program_version = "test"},
        .path = in_scratch("none/a.xlsx"),
        .shown = "none/a.xlsx",
    };
    struct figures figures;
    struct fail why = {0};

    made_add(&cube, hostile, LENGTH_OF(hostile));
    made_figures(&figures, &cube);
    cr_expect(eq(int, write_workbooks(&figures, &job, 1, scratch_folder(), &why), STATUS_IO));
    cr_expect(eq(str, why.file, "none/a.xlsx"));
    cr_expect(strstr(why.text, "cannot be written") != NULL, "%s", why.text);
    figures_release(&figures);
    cube_release(&cube);
}
