/* Places in whole runs, against sums that awk makes. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>

/* A run of the sample into out.VIEW; fails the test when it fails. */
static void run_sample(const char *view)
{
    cr_assert(
        eq(int,
           shell("%s run --quiet --no-digest --places %s %s/build/sample/EPD_SNOMED_2025*.csv "
                 "--out %s/out.%s",
                 program(), view, root_folder(), scratch_folder(), view),
           0),
        "%s", shell_output());
}

/* Z90044 moves from QZB to QZC in August 2025: until then today's view has it in QZC, to
 * the last digit, and nothing else differs. */
Test(real_places, a_practice_that_moves_counts_where_it_was_then_and_where_it_is_now)
{
    static const char compare[] =
        "awk -F, -v OFMT=%.6f '"
        "$1 != \"inhalers\" && $1 != \"inhaler_kgco2e\" || $2 != \"practice\" && $2 != \"icb\" && "
        "$2 != \"nation\" {next} {key = $1 \",\" $2 \",\" $3; sum[FILENAME \",\" key \",\" $5] = "
        "$6;"
        " months[$5]; measures[$1]} END {for (m in months) for (k in measures) {"
        "p = sum[\"out.then/bare.csv,\" k \",practice,Z90044,\" m];"
        "split(\"QZA QZB QZC -\", icbs, \" \");"
        "for (i in icbs) {moved = m >= \"2025-08\" ? 0 : icbs[i] == \"QZB\" ? -p : icbs[i] == "
        "\"QZC\" ?"
        " p : 0; d = sum[\"out.now/bare.csv,\" k \",icb,\" icbs[i] \",\" m] - "
        "sum[\"out.then/bare.csv,\" k \",icb,\" icbs[i] \",\" m] - moved;"
        "if (d > 0.000002 || d < -0.000002) {print m, k, icbs[i], d, p; bad = 1}}"
        "if (sum[\"out.now/bare.csv,\" k \",nation,E92000001,\" m] == \"\" || "
        "sum[\"out.now/bare.csv,\" k \",nation,E92000001,\" m] != "
        "sum[\"out.then/bare.csv,\" k \",nation,E92000001,\" m]) {print m, k, \"nation\"; bad = 1}"
        "n += p > 0} if (n != 24) {print n, \"sums\"; bad = 1} exit bad}' out.then/bare.csv "
        "out.now/bare.csv";

    run_sample("then");
    run_sample("now");
    /* names in quotes hold commas */
    cr_assert(
        eq(int,
           shell("cd %s && for v in then now; do sed 's/\"[^\"]*\"/x/g' out.$v/measures.csv > "
                 "out.$v/bare.csv; done && %s",
                 scratch_folder(), compare),
           0),
        "%s", shell_output());
    cr_expect(eq(int,
                 shell("cd %s && grep -c '^practice,Z90044,.*,2025-01,2025-07,,$' "
                       "out.then/organisations.csv && grep -c '^practice,Z90044,.*Z0500,QZC,YZ1,"
                       "2025-01,2025-12,,$' out.now/organisations.csv",
                       scratch_folder()),
                 0),
              "%s", shell_output());
    cr_expect(
        eq(int,
           shell("cd %s && jq -e '.places.view == \"now\" and .places.today == \"2025-12\" and "
                 ".places.practice_months > .places.practice_months_in_percentiles' "
                 "out.now/audit.json",
                 scratch_folder()),
           0),
        "%s", shell_output());
}

Test(real_places, a_group_of_ones_own_is_the_sum_of_its_practices)
{
    write_text(in_scratch("groups.csv"), "group_code,group_name,organisation_code\n"
                                         "LOC,\"A locality, made up\",Z90001\n"
                                         "LOC,\"A locality, made up\",Z90002\n"
                                         "FED,All of the North,QZA\nFED,All of the North,Z90001\n");
    cr_assert(eq(int,
                 shell("cd %s && %s run --quiet --no-digest --group groups.csv "
                       "%s/build/sample/EPD_SNOMED_202501.csv --out out && "
                       "sed 's/\"[^\"]*\"/x/g' out/measures.csv | awk -F, '$1 == \"inhalers\" {"
                       "if ($3 == \"Z90001\" || $3 == \"Z90002\") two += $6;"
                       "if ($3 == \"LOC\") loc = $6; if ($3 == \"QZA\") icb = $6;"
                       "if ($3 == \"FED\") fed = $6}"
                       "END {print two, loc, icb, fed; exit !(two > 0 && two == loc && icb > 0 && "
                       "icb == fed)}'",
                       scratch_folder(), program(), root_folder()),
                 0),
              "%s", shell_output());
}

#define REAL "data/registers/"

Test(real_places, real_list_sizes_give_real_figures_per_thousand_patients)
{
    REQUIRE_SHARED(REAL "gp-reg-pat-prac-quin-age_sample.csv");
    const char *const list = shared(REAL "gp-reg-pat-prac-quin-age_sample.csv");
    char path[4096];

    snprintf(path, sizeof path, "%s", list);
    cr_assert(
        eq(int,
           shell("cd %s && %s run --quiet --register %s %s --out out && "
                 "awk -F, 'FNR == NR {if ($7 == \"ALL\" && $8 == \"ALL\") size[$4] = $9; next}"
                 "$2 == \"practice\" && $1 == \"inhalers\" {inhalers[$3] = $6}"
                 "$2 == \"practice\" && $1 == \"inhalers_per_1000_patients\" {n++;"
                 "d = $8 - inhalers[$3] / size[$3] * 1000; if (d * d > 1e-11) bad = 1}"
                 "$2 == \"nation\" && $1 == \"inhalers_per_1000_patients\" "
                 "{nation = $7} END {exit bad || n != 4 || nation != 28.281}' "
                 "%s out/measures.csv",
                 scratch_folder(), program(), path,
                 shared("data/extracts/epd_201709_four_practices.csv"), path),
           0),
        "%s", shell_output());
}

/* Seven practices of December 2018, whose layout has neither ICB nor region nor PCN. */
Test(real_places, real_registers_place_an_extract_that_tells_no_icb)
{
    static const char *const registers[] = {REAL "epraccur_2025-11.csv", REAL "ePCN_PCNDetails.csv",
                                            REAL "ePCN_PCN_Core_Partner_Details.csv",
                                            REAL "gp-reg-pat-prac-all_2021-01.csv",
                                            REAL "gp-reg-pat-prac-map_2022.csv"};
    char options[8192] = "";

    for (size_t i = 0; i < LENGTH_OF(registers); i++) {
        REQUIRE_SHARED(registers[i]);
        strcat(strcat(options, " --register "), shared(registers[i]));
    }
    for (int now = 0; now < 2; now++)
        cr_assert(eq(int,
                     shell("%s run --quiet --places %s %s %s --out %s/out.%s", program(),
                           now ? "now" : "then", options,
                           shared("data/extracts/T201812PDPI_BNFT_seven_practices.csv"),
                           scratch_folder(), now ? "now" : "then"),
                     0),
                  "%s", shell_output());
    cr_expect(
        eq(int,
           shell("cd %s && test $(grep -c '^inhalers,pcn,U' out.now/measures.csv) -eq 5 && "
                 "grep -q '^inhalers,icb,QYG,Cheshire and Merseyside,2018-12,' "
                 "out.now/measures.csv && ! grep -q ',icb,' out.then/measures.csv && "
                 "grep ,nation, out.now/measures.csv > now && "
                 "grep ,nation, out.then/measures.csv > then && cmp now then && "
                 "jq -e '.places.registers | length == 5 and .[0].active_gp_practices == 6618 "
                 "and .[3].patients == 60606345 and .[1].rows_read == 1366 and "
                 ".[2].rows_read == 7705 and all(.rows_read == .rows_used + "
                 ".rows_passed_over + .rows_rejected) and (.[0].sha256 | length == 64)' "
                 "out.now/audit.json",
                 scratch_folder()),
           0),
        "%s", shell_output());
}
