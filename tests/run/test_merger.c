/* Targets through the merger of the sample (datasets/sample/merger.c), held against sums of awk. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>

static void run_merger(const char *view, const char *files, const char *options)
{
    cr_assert(eq(int,
                 shell("cd %s && %s run --quiet --no-digest --places %s "
                       "%s/build/sample/merger/EPD_SNOMED_%s.csv --targets "
                       "%s/datasets/sample/merger_targets.json %s --out %s",
                       scratch_folder(), program(), view, root_folder(), files, root_folder(),
                       options, view),
                 0),
              "%s", shell_output());
}

/* The row of a target and an organisation is there once, and a cell of it is so. */
static void expect_cell(const char *view, const char *target, const char *level, const char *code,
                        const char *column, const char *wanted)
{
    cr_expect(eq(int,
                 shell("cd %s && cat > cell.py <<'EOF'\n"
                       "import csv,sys\n"
                       "rows=[r for r in csv.DictReader(open(sys.argv[1])) if "
                       "r['target']==sys.argv[2] and r['level']==sys.argv[3] and "
                       "r['organisation_code']==sys.argv[4]]\n"
                       "assert len(rows)==1, (sys.argv, len(rows))\n"
                       "cell=rows[0][sys.argv[5]]\n"
                       "assert sys.argv[6] in cell if sys.argv[5]=='why' else "
                       "cell==sys.argv[6], cell\nEOF\n"
                       "python3 cell.py %s/targets.csv '%s' %s %s %s '%s' 2>&1",
                       scratch_folder(), view, target, level, code, column, wanted),
                 0),
              "%s %s %s %s: %s", view, target, code, column, shell_output());
}

/* The figure of the part is the sum over the sum of its two sub-ICBs, which measures.csv has. */
Test(merger, a_target_goes_on_in_the_part_of_the_successor_that_the_icb_was)
{
    static const char *const views[] = {"then", "now"};

    for (size_t v = 0; v < LENGTH_OF(views); v++) {
        run_merger(views[v], "*", "");
        expect_cell(views[v], "east-saba-12", "icb", "QYA", "why",
                    "since 2026-04 the part of Y1Z1Y that was QYA");
        expect_cell(views[v], "east-saba-12", "icb", "QYA", "latest_month", "2026-07");
        expect_cell(views[v], "east-saba-15", "icb", "QYA", "latest_month", "2026-03");
        expect_cell(views[v], "west-saba-12", "icb", "QYB", "why", "part of Y1Z1Y and Y2Z2Y that");
        expect_cell(views[v], "east-saba-12", "sub_icb", "Y0200", "why",
                    "in the part that was QYA until 2026-03");
        expect_cell(views[v], "east-saba-12", "practice", "Z95010", "latest_month", "2026-07");
        expect_cell(views[v], "west-saba-12", "practice", "Z95011", "status", "off course");
        cr_expect(
            eq(int,
               shell("cd %s && python3 - %s <<'EOF' 2>&1\n"
                     "import csv,sys\n"
                     "folder=sys.argv[1]\n"
                     "m=[r for r in csv.DictReader(open(folder+'/measures.csv')) if "
                     "r['measure']=='saba_kgco2e_per_inhaler' and r['level']=='sub_icb' and "
                     "r['organisation_code'] in ('Y0100','Y0200')]\n"
                     "t={r['target']: float(r['latest_value']) for r in "
                     "csv.DictReader(open(folder+'/targets.csv')) if r['level']=='icb' and "
                     "r['organisation_code']=='QYA' and r['target'].startswith('east-saba')}\n"
                     "for name, month in (('east-saba-15','2026-03'),('east-saba-12','2026-07')):\n"
                     "    rows=[r for r in m if r['month']==month]\n"
                     "    assert len(rows)==2, rows\n"
                     "    value=sum(float(r['numerator']) for r in rows)/sum(float("
                     "r['denominator']) for r in rows)\n"
                     "    assert abs(value-t[name])<2e-6, (name, value, t[name])\nEOF\n",
                     scratch_folder(), views[v]),
               0),
            "%s: %s", views[v], shell_output());
    }
    cr_expect(eq(int,
                 shell("cd %s && for v in then now; do grep '^east\\|^west\\|^coast' "
                       "$v/targets.csv > $v.txt; done; cmp then.txt now.txt",
                       scratch_folder()),
                 0),
              "both views judge the same parts: %s", shell_output());
}

/* The targets of everybody, the successor's own, and one of the command line. */
Test(merger, every_icb_has_the_default_pair_and_what_the_command_line_asks)
{
    run_merger("now", "*", "--target 'salbutamol_kgco2e_per_inhaler=14@2027-03' --icb Y1Z1Y");
    expect_cell("now", "default-salbutamol-12-2028-03", "icb", "Y1Z1Y", "latest_month", "2026-07");
    expect_cell("now", "default-saba-15-2026-03", "icb", "Y2Z2Y", "latest_month", "2026-03");
    expect_cell("now", "default-saba-12-2028-03", "practice", "Z95001", "target_value", "12");
    expect_cell("now", "salbutamol_kgco2e_per_inhaler=14@2027-03", "icb", "Y1Z1Y", "due_month",
                "2027-03");
    cr_expect(eq(int,
                 shell("cd %s && grep -o 'At most [0-9.]* by [A-Z][a-z]* [0-9]*' now/report.html "
                       "| sort -u > cards && printf 'At most 12.00 by March 2028\nAt most 14.00 by "
                       "March 2027\n' | cmp - cards && grep -c 'NHS SAMPLE EAST (MADE UP) "
                       "INTEGRATED CARE BOARD</span>' now/report.html",
                       scratch_folder()),
                 0),
              "the page has cards of what is open, and East's targets in its table: %s",
              shell_output());
}

/* Whoever is asked for, the part is whole: that of West lies in two ICBs. */
Test(merger, a_part_is_the_same_whichever_icb_or_practice_is_asked_for)
{
    static const char *const asked[] = {"--icb Y1Z1Y", "--icb Y2Z2Y", "--practice Z95002"};
    static const char *const others[] = {"Z95005", "Z95002", "Z95005"}; /* not asked for */

    run_merger("now", "*", "");
    cr_assert(eq(int,
                 shell("cd %s && %s add --quiet --store s %s/build/sample/merger/*.csv && grep "
                       "'^west-saba-12,.*,icb,QYB,' now/targets.csv > whole && test -s whole",
                       scratch_folder(), program(), root_folder()),
                 0),
              "%s", shell_output());
    for (size_t i = 0; i < LENGTH_OF(asked); i++)
        cr_expect(eq(int,
                     shell("cd %s && rm -rf part && %s report --quiet --store s %s --places now "
                           "--targets %s/datasets/sample/merger_targets.json --out part && grep "
                           "'^west-saba-12,.*,icb,QYB,' part/targets.csv | cmp - whole && ! grep "
                           "'^west-saba-12,.*,practice,%s,' part/targets.csv",
                           scratch_folder(), program(), asked[i], root_folder(), others[i]),
                     0),
                  "%s: %s", asked[i], shell_output());
}

/* In April 2026 and later Bedfordshire's targets are those of M1J4Y, with or without the months
 * before: the sample's East gets the codes of England. */
Test(merger, targets_of_a_plan_are_found_in_months_after_the_merger_alone)
{
    cr_assert(eq(int,
                 shell("cd %s && sed 's/Y1Z1Y/S1Y5D/g; s/NHS SAMPLE EAST AND WEST (MADE UP)/NHS "
                       "CENTRAL EAST/; s/Y0100/M1J4Y/; s/Y0300/06H00/' "
                       "%s/build/sample/merger/EPD_SNOMED_202607.csv > after.csv && "
                       "%s run --quiet --no-digest after.csv --out then",
                       scratch_folder(), root_folder(), program()),
                 0),
              "%s", shell_output());
    expect_cell("then", "blmk-saba-2028-03", "sub_icb", "M1J4Y", "latest_month", "2026-07");
    expect_cell("then", "blmk-saba-2028-03", "practice", "Z95001", "latest_month", "2026-07");
    expect_cell("then", "blmk-saba-2028-03", "icb", "QHG", "why", "the part of S1Y5D that was QHG");
    expect_cell("then", "blmk-saba-2026-03", "icb", "QHG", "why",
                "when it was due, 2026-03: none of its months was read");
    cr_expect(eq(int,
                 shell("cd %s && ! grep '^blmk.*,practice,Z95002,' then/targets.csv && ! grep "
                       "'^blmk.*,icb,S1Y5D,' then/targets.csv",
                       scratch_folder()),
                 0),
              "nobody else: %s", shell_output());
}
