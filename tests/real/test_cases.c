/* The field cases of ../shared/data/cases, each with the right answer of its table, and others
 * of the same kinds that are made here. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>

#define CASES "data/cases"

/* Runs the program in the scratch folder with $cases and $canister set. */
static int in_cases(const char *commands)
{
    return shell("cd '%s' && cases='%s' canister='%s' && export SOURCE_DATE_EPOCH=1796083200 && %s",
                 scratch_folder(), shared(CASES), program(), commands);
}

struct field_case {
    const char *name;
    const char *arguments; /* of run, behind --out out */
    int exit_code;
    const char *says[4]; /* on standard error */
    /* awk -F, of measures.csv; what it prints */
    const char *awk;
    const char *prints;
};

/* numerator of a measure at the nation, in the last month or in each */
#define NATION_SUMS                                                                               \
    "$2==\"nation\" && ($1==\"inhalers\" || $1==\"inhaler_kgco2e\") {sub(/inhaler_/, \"\", $1); " \
    "print $1, $5, $6}"

static const struct field_case cases[] = {
    {"ni_packs",
     "$cases/ni_202107_packs.csv",
     0,
     {NULL},
     NATION_SUMS,
     "inhalers 2021-07 270\nkgco2e 2021-07 6814.8\n"},
    {"ni_doses",
     "$cases/ni_202110_doses.csv",
     0,
     {"300 per item, above 9; taken as doses and divided by 200"},
     NATION_SUMS,
     "inhalers 2021-10 270\nkgco2e 2021-10 6814.8\n"},
    {"ni_thousands",
     "$cases/ni_thousands.csv",
     0,
     {"1,180 items, GBP 2,478.00"},
     NATION_SUMS,
     "inhalers 2014-05 1770\nkgco2e 2014-05 44674.8\n"},
    {"scot_empty_bnf",
     "$cases/scot_empty_bnf_many.csv",
     0,
     {"12 kept + 12 out of scope + 0 rejected", "12 rows without a product code", "144 items"},
     NATION_SUMS,
     "inhalers 2022-07 699\nkgco2e 2022-07 15828.06\n"},
    {"hb_pitc",
     "$cases/hb_pitc2026_01_02.csv",
     0,
     {"by health board, without practice", "2 months from 2026-01 to 2026-02"},
     "($2==\"nation\" || $2==\"icb\") && ($1==\"inhalers\" || $1==\"inhaler_kgco2e\") "
     "{sub(/inhaler_/, \"\", $1); print $1, $2, $5, $6}",
     "inhalers icb 2026-01 150\ninhalers icb 2026-02 140\ninhalers nation 2026-01 150\n"
     "inhalers nation 2026-02 140\nkgco2e icb 2026-01 3786\nkgco2e icb 2026-02 3533.6\n"
     "kgco2e nation 2026-01 3786\nkgco2e nation 2026-02 3533.6\n"},
    {"scmd_units",
     "$cases/scmd_units_final_202501.csv",
     0,
     {"not_computable"},
     "$2==\"nation\" && ($1==\"desflurane_share_of_volatile_volume\" || $1==\"gases_kgco2e\" || "
     "$1==\"nitrous_oxide_litres\" || $1==\"desflurane_ml\") {print $1, $8}",
     "desflurane_ml 2400\ndesflurane_share_of_volatile_volume \ngases_kgco2e \n"
     "nitrous_oxide_litres \n"},
    {"pco_sci",
     "$cases/excel_pco_sci.csv",
     65,
     {"excel_pco_sci.csv:2: row rejected: PCO_CODE: not a code", "4 rejected"},
     NULL,
     NULL},
    {"sql_lower",
     "$cases/sql_lower.csv",
     0,
     {NULL},
     NATION_SUMS,
     "inhalers 2026-01 48\nkgco2e 2026-01 864.64\n"},
    {"sql_no_address",
     "$cases/sql_no_address.csv",
     0,
     {NULL},
     NATION_SUMS,
     "inhalers 2026-01 48\nkgco2e 2026-01 864.64\n"},
    {"ckan_id",
     "$cases/ckan_id.csv",
     0,
     {"columns ignored, which this layout does not have: 1: \"_id\""},
     NATION_SUMS,
     "inhalers 2026-01 48\nkgco2e 2026-01 864.64\n"},
    {"semicolons", "$cases/semicolons.csv", 65, {"separated by semicolons"}, NULL, NULL},
    {"a file per ICB",
     "$cases/EPD_202601_ICB_QOP.csv $cases/EPD_202601_ICB_QF7.csv",
     0,
     {NULL},
     NATION_SUMS,
     "inhalers 2026-01 96\nkgco2e 2026-01 1729.28\n"},
    {"a file per ICB, the other way round, with --replace",
     "$cases/EPD_202601_ICB_QF7.csv $cases/EPD_202601_ICB_QOP.csv --replace",
     0,
     {NULL},
     NATION_SUMS,
     "inhalers 2026-01 96\nkgco2e 2026-01 1729.28\n"},
    {"the same practices twice",
     "$cases/EPD_202601_ICB_QOP.csv $cases/ckan_id.csv",
     65,
     {"2 of its organisations (P85002)", "give --replace to use the later file"},
     NULL,
     NULL},
    {"one of two parts again",
     "$cases/EPD_202601_ICB_QOP.csv $cases/EPD_202601_ICB_QF7.csv $cases/ckan_id.csv --replace",
     65,
     {"without 2 others, which would be lost", "leave out one of the files"},
     NULL,
     NULL},
    {"epcn_exceldate",
     "$cases/ckan_id.csv --register $cases/epcn_exceldate.csv",
     65,
     {"holds no usable row", "Start Date: not a day"},
     NULL,
     NULL},
    {"excel_empty_rows",
     "$cases/excel_empty_rows.csv",
     0,
     {"4 kept + 0 out of scope + 0 rejected", "15 empty rows: skipped (first in line 6)"},
     NATION_SUMS,
     "inhalers 2026-01 48\nkgco2e 2026-01 864.64\n"},
    {"zero_numerator",
     "$cases/zero_numerator.csv --register $cases/gp-reg-pat-prac-all_small.csv",
     0,
     {NULL},
     "$3==\"P85103\" && $1 ~ /kgco2e_per_1000_patients/ {print $11 \"|\" $12}",
     "|yes\n"},
};

static void check_answer(const struct field_case *one, int code)
{
    cr_expect(eq(int, code, one->exit_code), "%s: %s", one->name, shell_output());
    for (size_t i = 0; i < LENGTH_OF(one->says) && one->says[i] != NULL; i++)
        cr_expect(strstr(shell_output(), one->says[i]) != NULL, "%s: no \"%s\" in %s", one->name,
                  one->says[i], shell_output());
    if (one->awk == NULL)
        return;
    shell("cd '%s/out' && awk -F, '%s' measures.csv | LC_ALL=C sort", scratch_folder(), one->awk);
    cr_expect(eq(str, (char *)shell_output(), (char *)one->prints), "%s", one->name);
}

static void check_cases(const struct field_case *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char commands[2000];

        snprintf(commands, sizeof commands, "rm -rf out && $canister run --xlsx no %s --out out",
                 list[i].arguments);
        check_answer(&list[i], in_cases(commands));
    }
}

Test(cases, each_field_case_comes_out_as_its_table_says)
{
    REQUIRE_SHARED(CASES "/README.md");
    check_cases(cases, LENGTH_OF(cases));
}

/* Brothers of them, made from one that is there. */
static const char make[] =
    "q=$cases/EPD_202601_ICB_QOP.csv; e=$cases/excel_empty_rows.csv; "
    "f=$cases/EPD_202601_ICB_QF7.csv; "
    "tr , '\\t' < $e > tab.csv; sed 's/\",\"/\";\"/g' $q > quoted.csv; tr , '|' < $e > bar.csv; "
    "iconv -t utf-16 $q > u16.csv; iconv -t utf-16be $q > u16be.csv; "
    "{ echo 'Prescribing in January'; echo; cat $q; } > title.csv; "
    "{ printf '\\357\\273\\277'; sed 's/YEAR_MONTH/ year month /;s/\"NIC\"/\"NIC (\\xa3)\"/' $q; } "
    "> spaced.csv; cat $q $f > joined.csv; "
    "{ printf '\\357\\273\\277'; cat $q; printf '\\357\\273\\277'; cat $f; } > marks.csv; "
    "cat $q $cases/ni_202107_packs.csv > strange.csv; "
    "echo '{\"success\":true}' > api.csv; echo '<!DOCTYPE html><html></html>' | gzip > page.gz; "
    "printf '%%PDF-1.4' > doc.csv; "
    "head -3 $q | tail -2 | cat $q - > twice.csv; "
    "{ cat $q; sed -n 2p $q | sed 's/\"10[.]\"/\"11.\"/'; } > other_total.csv; "
    "{ cat $q; sed -n 2p $q | sed 's/2026-01/2099-12/'; } > future.csv; "
    "{ cat $q; for i in 1 2 3 4 5 6 7 8; do sed -n 4p $q; done; sed -n 2p $q | sed "
    "'s/2026-01/2026-11/'; } > thin.csv; "
    "{ cat $q; sed -n 2p $q | sed 's/0301011R0AAAPAP/03/'; } > cut.csv; "
    "sed 's/\"10[.]\"/\"9000000000000000.\"/' $q > large.csv; "
    "{ cat $q; for c in p85002 P85\\\\0377 ../../etc/passwd 1.00E+05; do sed -n 2p $q | "
    "sed \"s|P85002|$(printf $c)|\"; done; } > codes.csv; "
    "awk 'NR==2{printf \"%s\\r\", $0; next} {print}' $q > mixed.csv; tr '\\n' '\\r' < $q > "
    "mac.csv; "
    "mkdir -p m/__MACOSX m/data; cp $q m/data/EPD.csv; printf '\\0\\5\\26\\7' > "
    "m/__MACOSX/._EPD.csv; "
    "echo x > m/README.md; echo 'field,meaning' > m/dictionary.csv; : > m/empty.txt; cp doc.csv "
    "m/a.pdf; "
    "(cd m && rm -f ../m.zip && zip -q -r ../m.zip .); rm -rf n; mkdir n; cp $q n/a.csv; "
    "sed 's/PRACTICE_CODE/SURGERY/' $q > n/b.csv; (cd n && rm -f ../n.zip && zip -q -r ../n.zip "
    ".); "
    "mkdir -p x/xl; echo x > x/xl/workbook.xml; (cd x && rm -f ../x.xlsx && zip -q -r ../x.xlsx "
    ".); "
    "echo application/vnd.oasis > mimetype; rm -f x.ods; zip -q x.ods mimetype; "
    "tr -d '\"' < $q | cut -d, -f1,9,17,21,22,25 > least.csv";

#define ONE "inhalers 2026-01 48\nkgco2e 2026-01 864.64\n"
#define TWO "inhalers 2026-01 96\nkgco2e 2026-01 1729.28\n"

static const struct field_case brothers[] = {
    {"tabs", "tab.csv", 65, {"separated by tabs"}, NULL, NULL},
    {"semicolons and quotes", "quoted.csv", 65, {"separated by semicolons"}, NULL, NULL},
    {"bars", "bar.csv", 65, {"separated by vertical bars"}, NULL, NULL},
    {"UTF-16", "u16.csv", 65, {"UTF-16 text: save it as UTF-8"}, NULL, NULL},
    {"UTF-16 without a mark", "u16be.csv", 65, {"UTF-16 text"}, NULL, NULL},
    {"a title", "title.csv", 65, {"title above the header, which is line 3"}, NULL, NULL},
    {"blanks, a mark and a pound sign", "spaced.csv", 0, {NULL}, NATION_SUMS, ONE},
    {"joined", "joined.csv", 0, {"1 repeated header lines", "0 rejected"}, NATION_SUMS, TWO},
    {"joined with marks", "marks.csv", 0, {"1 repeated header", "0 rejected"}, NATION_SUMS, TWO},
    {"joined with another layout",
     "strange.csv",
     65,
     {"strange.csv:6: another header"},
     NULL,
     NULL},
    {"JSON", "api.csv", 65, {"is JSON"}, NULL, NULL},
    {"a web page in gzip", "page.gz", 65, {"is a web page"}, NULL, NULL},
    {"a PDF", "doc.csv", 65, {"is a PDF"}, NULL, NULL},
    {"a workbook", "x.xlsx", 65, {"is an Excel workbook"}, NULL, NULL},
    {"a workbook of another office", "x.ods", 65, {"is an OpenDocument spreadsheet"}, NULL, NULL},
    {"a block twice",
     "twice.csv",
     0,
     {"2 rows in scope that repeat", "first in line 6"},
     NULL,
     NULL},
    {"another total",
     "other_total.csv",
     0,
     {"1 rows in scope where QUANTITY times ITEMS"},
     NULL,
     NULL},
    {"a month to come",
     "future.csv",
     0,
     {"future.csv:6: row rejected: YEAR_MONTH: a month that has not"},
     NATION_SUMS,
     ONE},
    {"a month with one row", "thin.csv", 0, {"2026-11 has only 1 rows of this file"}, NULL, NULL},
    {"a cut BNF code",
     "cut.csv",
     0,
     {"cut.csv:6: row rejected: BNF_PRESENTATION_CODE: not a code"},
     NATION_SUMS,
     ONE},
    {"codes of nobody",
     "codes.csv",
     0,
     {"+ 4 rejected", "PRACTICE_CODE: not a code"},
     NATION_SUMS,
     ONE},
    {"sums that no store could keep",
     "large.csv",
     65,
     {"large.csv:3: the quantity or the NIC"},
     NULL,
     NULL},
    {"mixed line ends", "mixed.csv", 65, {"mixed.csv:2: mixed line ends"}, NULL, NULL},
    {"line ends of old", "mac.csv", 65, {"lines end in carriage returns"}, NULL, NULL},
    {"what an archive brings along",
     "m.zip",
     0,
     {"._EPD.csv: skipped", "README.md: skipped", "dictionary.csv: skipped", "a.pdf: skipped"},
     NATION_SUMS,
     ONE},
    {"an extract in an archive with a column misspelt",
     "n.zip",
     65,
     {"\"PRACTICE_CODE\""},
     NULL,
     NULL},
    {"the smallest set", "least.csv", 0, {"columns missing"}, NATION_SUMS, ONE},
    {"a CCG list for trusts",
     "$cases/ckan_id.csv --register eccg.csv",
     65,
     {"no known register"},
     NULL,
     NULL},
    {"a register with semicolons",
     "$cases/ckan_id.csv --register list_semi.csv",
     65,
     {"separated by semicolons"},
     NULL,
     NULL},
    {"a register that is a web page",
     "$cases/ckan_id.csv --register page.gz",
     65,
     {"is a web page"},
     NULL,
     NULL},
    {"a register in a workbook",
     "$cases/ckan_id.csv --register x.xlsx",
     65,
     {"is an Excel workbook"},
     NULL,
     NULL},
    {"a register below a title",
     "$cases/ckan_id.csv --register list_title.csv",
     65,
     {"title above the header, which is line 2"},
     NULL,
     NULL},
    {"a register with empty rows, its header twice and small letters",
     "$cases/ckan_id.csv --register list_loose.csv",
     0,
     {"2 empty rows: skipped", "1 repeated header lines"},
     NATION_SUMS,
     ONE},
};

static const char make_registers[] =
    "l=$cases/gp-reg-pat-prac-all_small.csv; tr , ';' < $l > list_semi.csv; "
    "{ echo 'List sizes'; cat $l; } > list_title.csv; "
    "{ head -1 $l | tr A-Z a-z; tail -n +2 $l; head -1 $l; echo ,,,,,,,,,; echo ,,,,,,,,,; } "
    "> list_loose.csv; "
    "for c in 00C 01A; do printf '%s,NHS MADE UP CCG,Y54,Q74,,,,,,,20130401,,,,,,,,,,,0,,\\n' $c; "
    "done "
    "> eccg.csv";

Test(cases, other_files_of_the_same_kinds_come_out_right_too)
{
    REQUIRE_SHARED(CASES "/README.md");
    cr_assert(eq(int, in_cases(make), 0), "%s", shell_output());
    cr_assert(eq(int, in_cases(make_registers), 0), "%s", shell_output());
    check_cases(brothers, LENGTH_OF(brothers));
}

/* A subset with the actual cost alone has no NIC: an empty cell, not 0; and the store agrees. */
Test(cases, a_cost_that_is_not_there_is_empty_in_run_and_report)
{
    REQUIRE_SHARED(CASES "/README.md");
    cr_assert(eq(int, in_cases(make), 0), "%s", shell_output());
    cr_expect(
        eq(int,
           in_cases("$canister run --quiet --xlsx no least.csv --out a && $canister add --quiet "
                    "--store store least.csv && $canister report --quiet --xlsx no --store "
                    "store --out b && for f in a/*.csv a/audit.json; do cmp $f b/${f#a/} || "
                    "exit 9; done; head -1 a/prescribing.csv | tr , '\\n' | grep -n nic_gbp | "
                    "cut -d: -f1 > at; awk -F, -v n=$(cat at) 'NR > 1 && $n != \"\" {exit 8}' "
                    "a/prescribing.csv"),
           0),
        "%s", shell_output());
}

/* A spreadsheet writes the apostrophe of ST MARY'S as one byte of Windows-1252. */
Test(cases, names_in_windows_1252_become_the_right_characters)
{
    REQUIRE_SHARED(CASES "/README.md");
    cr_expect(
        eq(int,
           in_cases(
               "sed \"s/ST MARY'S/ST MARY\\x92S \\x80/\" $cases/EPD_202601_ICB_QOP.csv > w.csv && "
               "$canister run --quiet --xlsx no w.csv --out out && "
               "grep -q 'ST MARY\xe2\x80\x99S \xe2\x82\xac' out/measures.csv"),
           0),
        "%s", shell_output());
}

/* A period with months missing says how many, and a row of a practice that has closed alarms
 * nobody. */
Test(cases, missing_months_are_named_where_the_period_is)
{
    REQUIRE_SHARED(CASES "/README.md");
    cr_expect(eq(int,
                 in_cases("sed 's/2026-01/2025-09/' $cases/EPD_202601_ICB_QOP.csv > a.csv && "
                          "$canister run --xlsx no a.csv $cases/EPD_202601_ICB_QOP.csv --out out"),
                 0),
              "%s", shell_output());
    cr_expect(strstr(shell_output(), "5 months from 2025-09, 3 missing") != NULL, "%s",
              shell_output());
}

/* Parts of a month in a store are a month; one of them can be replaced without the other. */
Test(cases, a_store_keeps_the_parts_of_a_month_side_by_side)
{
    REQUIRE_SHARED(CASES "/README.md");
    cr_expect(
        eq(int,
           in_cases(
               "a=\"$canister add --quiet --store store\" && $a $cases/EPD_202601_ICB_QOP.csv && "
               "$a $cases/EPD_202601_ICB_QF7.csv && { $a $cases/ckan_id.csv; test $? = 65; } && "
               "$a --replace $cases/ckan_id.csv && $canister check --store store && "
               "test \"$(sqlite3 store 'select group_concat(state) from part')\" = "
               "replaced,kept,kept && $canister report --quiet --xlsx no --store store --out b && "
               "grep '^inhalers,nation' b/measures.csv | cut -d, -f6 | grep -qx 96"),
           0),
        "%s", shell_output());
}

/* Scotland's board of 2021-22 has codes and names that we did not make: as a month by board it
 * must come to what awk adds. */
static const char board[] =
    "awk -v OFS=, 'BEGIN {FPAT = \"([^,]*)|(\\\"[^\\\"]*\\\")\"} NR == 1 {for (i = 1; i <= NF; "
    "i++) "
    "at[$i] = i; print \"HBT\", \"BNFItemCode\", \"BNFItemDescription\", \"NumberOfPaidItems\", "
    "\"PaidQuantity\", \"GrossIngredientCost\", \"PaidDateMonth\"; next} {print \"S08000020\", "
    "$at[\"bnf_item_code\"], $at[\"bnf_item_description\"], $at[\"total_rx\"], $at[\"total_rx\"], "
    "sprintf(\"%.2f\", $at[\"total_cost\"]), \"202206\"; rows++; items += $at[\"total_rx\"]} "
    "END {print rows, items > \"sums\"}' \"$file\" > board.csv && "
    "$canister run --xlsx no board.csv --out out 2> said; test $? = 0 && "
    "jq -r '.files[0] | \"\\(.rows_read),\\(.items_of_all_rows)\"' out/audit.json > got && "
    "diff sums got && jq -e '.files[0].rows_rejected == 0' out/audit.json";

Test(cases, a_scottish_board_of_2021_22_adds_up_as_awk_adds_it)
{
    char commands[3000];

    REQUIRE_SHARED("data/extracts/scotland_board_2021-22_respiratory.csv");
    if (shell("echo 1,2 | awk 'BEGIN {FPAT = \"[^,]*\"} {exit $2 != 2}'") != 0)
        cr_skip_test("this awk has no FPAT");
    snprintf(commands, sizeof commands, "file='%s' && %s",
             shared("data/extracts/scotland_board_2021-22_respiratory.csv"), board);
    cr_expect(eq(int, in_cases(commands), 0), "%s", shell_output());
}

/* Active GP practices of the older registers, as awk counts them: status and setting without the
 * quotes that fields with commas have. */
Test(cases, the_registers_of_2016_to_2025_count_as_they_are_published)
{
    static const struct {
        const char *file;
        int rows;
        int active;
    } registers[] = {
        {"data/registers/epraccur_2016_02.csv", 12922, 7756},
        {"data/registers/epraccur_2023-11.csv", 15971, 6750},
    };

    REQUIRE_SHARED(CASES "/README.md");
    for (size_t i = 0; i < LENGTH_OF(registers); i++) {
        char commands[1000];

        REQUIRE_SHARED(registers[i].file);
        snprintf(commands, sizeof commands,
                 "rm -rf out && $canister run --quiet --xlsx no $cases/ckan_id.csv --register '%s' "
                 "--out out && jq -r '.. | objects | select(has(\"active_gp_practices\")) | "
                 "\"\\(.rows_read) \\(.active_gp_practices) "
                 "\\(.rows_rejected)\"' out/audit.json",
                 shared(registers[i].file));
        cr_expect(eq(int, in_cases(commands), 0), "%s", shell_output());
        snprintf(commands, sizeof commands, "%d %d 0\n", registers[i].rows, registers[i].active);
        cr_expect(eq(str, (char *)shell_output(), commands), "%s", registers[i].file);
    }
}
