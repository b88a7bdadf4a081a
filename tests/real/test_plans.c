/* Plans by the command line: on real extracts against figures of another program, and on the
 * sample: laws that hold whatever the data are. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLE "%s plan --quiet %s/build/sample/EPD_SNOMED_202[56]*.csv --out %s/%s "
#define TARGETS "--targets %s/datasets/sample/targets.json "

/* Plans QZB of the sample into a folder; returns the exit code. */
static int plan_into(const char *folder, const char *options)
{
    const int code = shell(SAMPLE TARGETS "--icb QZB %s", program(), root_folder(),
                           scratch_folder(), folder, root_folder(), options);

    cr_assert(code <= 1, "%s", shell_output());
    return code;
}

/* One cell of a table by the name of its column: of the first row whose `where` column is `is`. */
static double cell(const char *file, const char *column, const char *where, const char *is)
{
    cr_assert(eq(int,
                 shell("cd %s && sed 's/\"[^\"]*\"/x/g' %s | awk -F, -v c=%s -v w='%s' -v s='%s' "
                       "'NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i; next} "
                       "w == \"\" || $at[w] == s {print $at[c]; exit}'",
                       scratch_folder(), file, column, where, is),
                 0),
              "%s", shell_output());
    return strtod(shell_output(), NULL);
}

static const char *with_formulary(const char *options)
{
    static char text[2048];

    snprintf(text, sizeof text, "--formulary %s %s", in_root("datasets/sample/formulary.csv"),
             options);
    return text;
}

static double sum(const char *file, const char *column)
{
    cr_assert(eq(int,
                 shell("cd %s && sed 's/\"[^\"]*\"/x/g' %s | awk -F, -v c=%s 'NR == 1 {for (i = 1; "
                       "i <= NF; i++) at[$i] = i; next} {s += $at[c]} END {printf \"%%.6f\", s}'",
                       scratch_folder(), file, column),
                 0),
              "%s", shell_output());
    return strtod(shell_output(), NULL);
}

static void expect_near(double got, double wanted, double within, const char *what)
{
    cr_expect(got > wanted - within && got < wanted + within, "%s: %.6f, not %.6f", what, got,
              wanted);
}

/* QZB from 18.80 to 15: the figures of a prototype in another language. */
Test(real_plans, the_sample_comes_out_as_another_program_has_it)
{
    const char *const plan = "p/plan_summary.csv";

    cr_assert(eq(int, plan_into("p", with_formulary("--target sample-salbutamol-15")), 0));
    expect_near(cell(plan, "reviews", "scenario", "plan"), 3833, 0.5, "reviews");
    expect_near(cell(plan, "hours", "scenario", "plan"), 270.533333, 1e-6, "hours");
    expect_near(cell(plan, "practices", "scenario", "plan"), 15, 0.5, "practices");
    expect_near(cell(plan, "cost_change_gbp_year", "scenario", "plan"), -326, 0.5, "pounds");
    expect_near(cell(plan, "hours", "scenario", "device only"), 2040, 0.6, "by device");
    expect_near(cell("p/plan.csv", "inhalers_changed", "step", "1"), 972, 0.5, "the first step");
    expect_near(cell("p/plan_curve.csv", "reviews", "reach", "12"), 7316, 0.5, "to 12");
    expect_near(cell("p/plan_curve.csv", "hours", "reach", "18"), 52.8, 0.05, "to 18");
}

Test(real_plans, rows_add_up_to_the_totals)
{
    static const char *const columns[] = {
        "reviews",           "inhalers_changed",          "people",
        "kgco2e_saved_year", "measure_kgco2e_saved_year", "cost_change_gbp_year"};

    plan_into("p", with_formulary("--target sample-salbutamol-12"));
    for (size_t i = 0; i < LENGTH_OF(columns); i++)
        expect_near(sum("p/plan.csv", columns[i]),
                    cell("p/plan_summary.csv", columns[i], "scenario", "plan"), 5e-6, columns[i]);
    expect_near(sum("p/plan.csv", "minutes") + sum("p/plan.csv", "visit_minutes"),
                60 * cell("p/plan_summary.csv", "hours", "scenario", "plan"), 1e-4, "minutes");
    /* no row more than its ceiling, and no product of a practice more than it has */
    cr_expect(eq(int,
                 shell("cd %s && sed 's/\"[^\"]*\"/x/g' p/plan.csv | awk -F, 'NR == 1 {for (i = 1; "
                       "i <= NF; i++) at[$i] = i; next} {k = $at[\"practice_code\"] "
                       "$at[\"from_code\"]; n[k] += $at[\"inhalers_changed\"]; "
                       "if ($at[\"inhalers_changed\"] > $at[\"ceiling\"] || n[k] > "
                       "$at[\"inhalers_year\"]) exit 1}'",
                       scratch_folder()),
                 0));
}

/* More who agree, a wider formulary, a nearer target: never more hours, never less reached. */
Test(real_plans, more_uptake_and_a_wider_formulary_never_make_it_harder)
{
    char options[4200];
    double hours[3];

    plan_into("a", with_formulary("--target sample-salbutamol-12"));
    plan_into("b", with_formulary("--target sample-salbutamol-12 "
                                  "--assume brand.accept_percent=98 "
                                  "--assume device.accept_percent=60"));
    plan_into("c", with_formulary("--target sample-salbutamol-15"));
    cr_assert(eq(int,
                 shell("cd %s && cat %s > wide.csv && sed -i 's/,no,/,yes,/' wide.csv",
                       scratch_folder(), in_root("datasets/sample/formulary.csv")),
                 0));
    for (int i = 0; i < 3; i++) {
        static const char *const files[] = {"a/plan_summary.csv", "b/plan_summary.csv",
                                            "c/plan_summary.csv"};

        hours[i] = cell(files[i], "hours", "scenario", "plan");
    }
    cr_expect(hours[1] <= hours[0] && hours[2] <= hours[0], "%f %f %f", hours[0], hours[1],
              hours[2]);
    cr_expect(cell("c/plan_summary.csv", "kgco2e_saved_year", "scenario", "plan") <=
              cell("a/plan_summary.csv", "kgco2e_saved_year", "scenario", "plan"));
    snprintf(options, sizeof options, "--target sample-salbutamol-12 --formulary %s",
             in_scratch("wide.csv"));
    plan_into("d", options);
    cr_expect(cell("d/plan_summary.csv", "value", "scenario", "best") <=
              cell("a/plan_summary.csv", "value", "scenario", "best"));
}

Test(real_plans, are_the_same_bytes_whatever_the_order_of_files_and_the_places)
{
    plan_into("a", with_formulary("--target sample-salbutamol-12"));
    cr_assert(eq(int,
                 shell("%s plan --quiet $(ls -r %s/build/sample/EPD_SNOMED_202[56]*.csv) --out "
                       "%s/b " TARGETS "--icb Mid %s",
                       program(), root_folder(), scratch_folder(), root_folder(),
                       with_formulary("--target sample-salbutamol-12")),
                 0),
              "%s", shell_output());
    cr_expect(eq(int, shell("cd %s && diff -r a b", scratch_folder()), 0), "%s", shell_output());
}

/* A plan within a limit of pounds costs no more than it, and no fewer hours than without. */
Test(real_plans, a_limit_of_pounds_is_kept)
{
    plan_into("a", with_formulary("--target sample-salbutamol-12"));
    cr_expect(eq(int,
                 plan_into("b", with_formulary("--target sample-salbutamol-12 "
                                               "--cost-at-most 1932")),
                 0));
    cr_expect(cell("b/plan_summary.csv", "cost_change_gbp_year", "scenario", "plan") <= 1932.0);
    cr_expect(cell("b/plan_summary.csv", "hours", "scenario", "plan") >=
              cell("a/plan_summary.csv", "hours", "scenario", "plan"));
    cr_expect(eq(int,
                 plan_into("c", with_formulary("--target sample-salbutamol-12 "
                                               "--cost-at-most 0")),
                 1));
}

/* What is said of a plan that cannot be made, on standard error or output. */
static const struct {
    const char *options;
    int code;
    const char *said;
} cases[] = {
    {"--icb QZB --target sample-mdi-share", 64, "with kgCO2e above the line"},
    {"--icb QZB --target nothing", 64, "there is no target \"nothing\""},
    {"--icb QZB --measure salbutamol_kgco2e_per_inhaler --reach 30", 0, "Nothing is planned"},
    {"--icb QZB --measure salbutamol_kgco2e_per_inhaler --reach 1", 1,
     "1 cannot be reached with these ceilings: best is"},
    {"--icb QZB --measure salbutamol_kgco2e_per_inhaler --reach 15 --by 2026-03", 0,
     "due in 2026-03, which has passed: this is what is missing now"},
    {"--icb QZB --target sample-salbutamol-12 --cost-at-most 0", 1, "cannot be reached at GBP 0"},
    {"--icb QZB --target sample-salbutamol-15 --assume device.accept_percent=350", 64,
     "above 100 per cent"},
    {"--icb QZB --target sample-salbutamol-15 --assume nobody=3", 64, "say NAME=VALUE"},
    {"--icb QZB --target sample-salbutamol-15 --kinds brand,magic", 64,
     "there is no kind of change \"magic\""},
    {"--icb QZB --target sample-salbutamol-15 --formulary unknown.csv", 65,
     "no inhaler has a BNF code"},
    {"--icb QZB --practice Z90022 --target sample-salbutamol-15", 64, "one organisation"},
    {"--target sample-salbutamol-15", 64, "one organisation"},
    {"--icb QZB", 64, "give --target, or --measure"},
    {"--icb QZB --target sample-salbutamol-15 --base-months 4", 64, "1, 2, 3, 6 or 12"},
};

Test(real_plans, say_in_a_sentence_what_is_wrong_or_missing)
{
    write_text(in_scratch("unknown.csv"), "code,use\n9999999,yes\n");
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        const int code = shell("cd %s && %s plan %s/build/sample/EPD_SNOMED_20260*.csv " TARGETS
                               "--formulary %s %s",
                               scratch_folder(), program(), root_folder(), root_folder(),
                               in_root("datasets/sample/formulary.csv"), cases[i].options);

        cr_expect(code == cases[i].code && strstr(shell_output(), cases[i].said) != NULL,
                  "%s: exit %d, not %d, with \"%s\": %s", cases[i].options, code, cases[i].code,
                  cases[i].said, shell_output());
    }
}

static void plan_real(const char *file, const char *codes, const char *reach)
{
    cr_assert(eq(int,
                 shell("cd %s && echo group_code,group_name,organisation_code > g.csv && for c in "
                       "%s; do echo G,All,$c; done >> g.csv && %s plan --quiet %s --group g.csv "
                       "--group-code G --measure salbutamol_kgco2e_per_inhaler --reach %s %s "
                       "--out real",
                       scratch_folder(), codes, program(), shared(file), reach, with_formulary("")),
                 0),
              "%s", shell_output());
}

#define EPD "data/extracts/epd_201709_four_practices.csv"
#define PDPI "data/extracts/T201812PDPI_BNFT_seven_practices.csv"

Test(real_plans, september_2017_of_four_practices)
{
    static const char *const codes = "B85010 B85054 L84018 L84073";

    REQUIRE_SHARED(EPD);
    plan_real(EPD, codes, "18");
    expect_near(cell("real/plan_summary.csv", "value", "scenario", "plan"), 17.999494, 1e-9, "18");
    expect_near(cell("real/plan_summary.csv", "cost_change_gbp_year", "scenario", "plan"), -217,
                0.5, "pounds to 18");
    expect_near(cell("real/plan_summary.csv", "hours", "scenario", "plan"), 107, 0.5, "hours");
    expect_near(sum("real/plan.csv", "inhalers_changed"), 954 + 502 + 492 + 3984, 0.5, "inhalers");
    expect_near(sum("real/plan.csv", "kgco2e_saved_year"), 84719.24, 1e-6, "kg");
    cr_expect(eq(int, shell("grep -c B85010 %s", in_scratch("real/plan.csv")), 1));
    plan_real(EPD, codes, "15");
    expect_near(cell("real/plan_summary.csv", "hours", "scenario", "plan"), 166, 0.5, "hours");
    plan_real(EPD, codes, "12");
    expect_near(cell("real/plan_summary.csv", "hours", "scenario", "plan"), 591, 0.5, "hours");
}

Test(real_plans, december_2018_of_seven_practices)
{
    static const char *const codes = "N81002 N81013 N81021 N81022 N81026 N81027 N81029";
    static const struct {
        const char *reach;
        double hours;
        double pounds;
    } wanted[] = {{"18", 236, -514}, {"15", 344, -762}, {"12", 1272, 6034}};

    REQUIRE_SHARED(PDPI);
    for (size_t i = 0; i < LENGTH_OF(wanted); i++) {
        plan_real(PDPI, codes, wanted[i].reach);
        expect_near(cell("real/plan_summary.csv", "hours", "scenario", "plan"), wanted[i].hours,
                    0.5, wanted[i].reach);
        expect_near(cell("real/plan_summary.csv", "cost_change_gbp_year", "scenario", "plan"),
                    wanted[i].pounds, 0.5, wanted[i].reach);
    }
}
