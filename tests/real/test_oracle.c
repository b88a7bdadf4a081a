/* measures.csv and prescribing.csv against oracle.sql, which computes them a
 * second time in SQLite: every byte, on real extracts and on the sample. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>

/* The columns of an extract's eras, in the order of extract_row. */
#define EPD_COLUMNS(icb, code)                                                                   \
    "YEAR_MONTH, PRACTICE_CODE, PRACTICE_NAME, PCO_CODE, PCO_NAME, " icb "_CODE, " icb "_NAME, " \
    "REGIONAL_OFFICE_CODE, REGIONAL_OFFICE_NAME, " code                                          \
    ", ITEMS, TOTAL_QUANTITY, NIC, ACTUAL_COST"

static const char area_team[] = EPD_COLUMNS("AREA_TEAM", "BNF_CODE");
static const char icb[] = EPD_COLUMNS("ICB", "BNF_CODE");
static const char renamed[] = EPD_COLUMNS("ICB", "BNF_PRESENTATION_CODE");
static const char pdpi[] = "PERIOD, PRACTICE, NULL, PCT, NULL, NULL, NULL, NULL, NULL, "
                           "\"BNF CODE\", ITEMS, QUANTITY, NIC, \"ACT COST\"";

struct input {
    const char *columns;
    const char *path; /* absolute, or under ../shared where it is real, or in the checkout */
};

struct run {
    struct input inputs[2];
    bool real;
};

static const struct run runs[] = {
    {{{area_team, "data/extracts/epd_201709_four_practices.csv"}}, true},
    {{{area_team, "data/extracts/epd_201710_four_practices.csv"}}, true},
    {{{pdpi, "data/extracts/T201812PDPI_BNFT_seven_practices.csv"}}, true},
    {{{area_team, "data/extracts/epd_201710_four_practices.csv"},
      {area_team, "data/extracts/epd_201709_four_practices.csv"}},
     true},
    {{{area_team, "data/extracts/epd_201709_four_practices.csv"},
      {pdpi, "data/extracts/T201812PDPI_BNFT_seven_practices.csv"}},
     true},
    {{{icb, "build/sample/EPD_SNOMED_202308.csv"}}, false},
    {{{renamed, "build/sample/EPD_SNOMED_202607.csv"}}, false},
    {{{icb, "build/sample/EPD_SNOMED_202412.csv"}, {icb, "build/sample/EPD_SNOMED_202501.csv"}},
     false},
    {{{icb, "build/sample/EPD_SNOMED_202502.csv"}, {renamed, "build/sample/EPD_SNOMED_202601.csv"}},
     false},
};

static const char create[] =
    "CREATE TABLE extract_row(month, practice_code, practice_name, sub_icb_code, sub_icb_name,"
    " icb_code, icb_name, region_code, region_name, bnf_code, items, quantity, nic, cost);\n";

static const char *path_of(const struct run *run, const char *path)
{
    if (path[0] == '/')
        return path;
    return run->real ? shared(path) : in_root(path);
}

/* The script that imports the extracts, computes and writes both files. */
static void write_script(const struct run *run, const char *script)
{
    FILE *const file = fopen(script, "w");

    cr_assert(file != NULL, "%s cannot be written", script);
    fputs(create, file);
    for (size_t i = 0; i < 2 && run->inputs[i].path != NULL; i++)
        fprintf(file,
                ".import --csv '%s' extract\nINSERT INTO extract_row SELECT %s FROM extract;\n"
                "DROP TABLE extract;\n",
                path_of(run, run->inputs[i].path), run->inputs[i].columns);
    fprintf(file,
            ".cd '%s'\n.read tests/real/oracle.sql\n"
            ".once '%s'\nSELECT line FROM measures_csv;\n"
            ".once '%s'\nSELECT line FROM prescribing_csv;\n",
            root_folder(), in_scratch("measures.csv"), in_scratch("prescribing.csv"));
    fclose(file);
}

static void check_run(const struct run *run, size_t number)
{
    char inputs[2][4096] = {"", ""};

    for (size_t i = 0; i < 2 && run->inputs[i].path != NULL; i++)
        snprintf(inputs[i], sizeof inputs[i], "'%s'", path_of(run, run->inputs[i].path));
    write_script(run, in_scratch("script.sql"));
    cr_assert(eq(int, shell("sqlite3 -batch -bail :memory: < %s", in_scratch("script.sql")), 0),
              "run %zu: %s", number, shell_output());
    cr_assert(eq(int,
                 shell("rm -rf %s/out && %s run --quiet %s %s --out %s/out", scratch_folder(),
                       program(), inputs[0], inputs[1], scratch_folder()),
                 0),
              "run %zu: %s", number, shell_output());
    for (int file = 0; file < 2; file++) {
        const char *const name = file == 0 ? "measures.csv" : "prescribing.csv";

        cr_expect(eq(int,
                     shell("cd %s && test $(wc -l < %s) -gt 20 && diff %s out/%s | head -n 20; "
                           "cmp %s out/%s",
                           scratch_folder(), name, name, name, name, name),
                     0),
                  "run %zu, %s (< oracle, > canister):\n%s", number, name, shell_output());
    }
}

Test(oracle, equals_measures_and_prescribing_of_real_extracts_to_the_last_digit)
{
    REQUIRE_SHARED("data/extracts");
    for (size_t i = 0; i < LENGTH_OF(runs); i++)
        if (runs[i].real)
            check_run(&runs[i], i);
}

Test(oracle, equals_measures_and_prescribing_of_the_sample_in_both_its_eras)
{
    for (size_t i = 0; i < LENGTH_OF(runs); i++)
        if (!runs[i].real)
            check_run(&runs[i], i);
}

/* Practices without relievers and one with tablets alone have no denominator; some had another
 * name before, and some have one that a spreadsheet would take for a formula. */
Test(oracle, equals_where_denominators_are_missing_and_names_change)
{
    const struct run run = {{{icb, in_scratch("names.csv")}, {renamed, in_scratch("gaps.csv")}},
                            false};

    cr_assert(
        eq(int,
           shell("cd %s/build/sample && sed 's/ FIELD / YARD /' EPD_SNOMED_202502.csv > %s && "
                 "sed 's/\"\\([A-Z]*\\) HILL SURGERY\"/\"=\\1 HILL \"\"SURGERY\"\"\"/' "
                 "EPD_SNOMED_202607.csv | awk '!(/\"Z9000[1245]\"/ && /\"0301/) && "
                 "!(/\"Z90003\"/ && !/\"0303020/)' > %s && grep -c '\"Z90003\"' %s && "
                 "grep -c '\"=' %s",
                 root_folder(), in_scratch("names.csv"), in_scratch("gaps.csv"),
                 in_scratch("gaps.csv"), in_scratch("gaps.csv")),
           0),
        "%s", shell_output());
    check_run(&run, 0);
}
