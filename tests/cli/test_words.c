/* What a person reads: explain, rules check, version, and the terminal. */

#include "support/cases.h"
#include "support/paths.h"

#include <string.h>

struct saying {
    const char *arguments;
    int exit_code;
    const char *says[10];
};

static void check_sayings(const struct saying *sayings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct saying *const row = &sayings[i];

        cr_expect(eq(int, shell("cd %s && %s %s", root_folder(), program(), row->arguments),
                     row->exit_code),
                  "canister %s: %s", row->arguments, shell_output());
        for (size_t s = 0; s < LENGTH_OF(row->says) && row->says[s] != NULL; s++)
            cr_expect(strstr(shell_output(), row->says[s]) != NULL,
                      "canister %s should say \"%s\" but says: %s", row->arguments, row->says[s],
                      shell_output());
    }
}

static const struct saying explanations[] = {
    {"explain 0301011R0BEAIAP",
     0,
     {"ventolin-100-evohaler (products/inhalers.json: /products/", "pMDI, propellant HFA134a",
      "factor iif-2022: 28.26 kgCO2e, grade A", "factors/iif-2022.json: /factors/",
      "measure salbutamol_kgco2e_per_inhaler: numerator and denominator",
      "measure inhalers_per_1000_patients: numerator\n", "checked 2026-",
      "16.31 kgCO2e less for each inhaler (grades A and A)", "each counted as one inhaler",
      "england-doses-as-inhalers in E92000001: reported, above 9; above it divided by 200 doses"}},
    {"explain ventolin-100-evohaler", 0, {"0301011R0BEAIAP", "code today"}},
    {"explain 0302000Z0BBAAAA",
     0,
     {"older codes   0302000V0BCAAA0", "factor iif-2022: none for this code"}},
    {"explain 0301011X0AAAAAA",
     0,
     {"divided by 30 for one inhaler", "device        DPI", "capsules"}},
    {"explain 0301011R0BLABAK",
     0,
     {"(no device)", "a refill carries no device and adds no inhaler"}},
    {"explain 0301011R0AAAXAX",
     0,
     {"not an inhaler", "nebuliser-liquids-by-code (products/not_inhalers.json: /rules/"}},
    {"explain desflurane",
     0,
     {"39708611000001100", "GWP 2540 x 1465 g/l = 3.7211 kgCO2e a ml, 893.064 a bottle",
      "labels swapped", "desflurane_share_of_volatile_volume"}},
    {"explain 4176711000001108",
     0,
     {"nitrous-oxide-oxygen", "2000 litres each", "0.279077 kgCO2e a litre",
      "twice the right figure"}},
    {"explain ml cylinder 3314211000001106 nhs-2540",
     0,
     {"dm+d 258773002", "becomes       1 ml each", "give the contents",
      "listed in gases.csv and excluded", "sulbaek-2012"}},
    {"explain nitrous_oxide_waste_share", 0, {"a value outside cannot be calculated", "--gas-use"}},
    {"explain 0302000ZZBBAAAA",
     0,
     {"no rule covers this code", "section 0302", "unclassified.csv"}},
    {"explain 0403010B0AAAGAG", 0, {"out of scope: only BNF sections 0301 0302 0303 are read"}},
    {"explain 0301011R0BEAIAP nonsense 0403010B0AAAGAG",
     64,
     {"canister: \"nonsense\" is no BNF code, and not the id of a product", "out of scope",
      "ventolin-100-evohaler"}},
};

Test(words, explain_tells_what_was_decided_and_by_which_rule)
{
    check_sayings(explanations, LENGTH_OF(explanations));
}

static const struct saying checks[] = {
    {"rules check",
     0,
     {"8 extracts with 18 header eras", "inferred of wales-gpdata: ", " BNF codes", "56 measures",
      "5 registers with 10 layouts, 47 successors of organisations",
      "factor set canister: ", "factor set iif-2022: 9 factors, grade A 9, B 0"}},
    {"rules check build/sample/EPD_SNOMED_202607.csv",
     0,
     {"coverage by the factor set canister", "inhalers, factor of grade A", "codes without a rule",
      "all rows kept", "100%"}},
    {"rules check --factors iif-2022 build/sample/EPD_SNOMED_202607.csv",
     0,
     {"coverage by the factor set iif-2022", "inhalers without a factor"}},
    {"rules check datasets/malformed/cut_row.csv", 65, {"cut_row.csv:4: "}},
    {"rules check --strict datasets/malformed/bad_month.csv", 65, {"bad_month.csv"}},
    {"version",
     0,
     {"canister 0.", "libcsv 3.", "cJSON 1.", "isa-l ", "libarchive ", "libzstd 1.", "rules 20",
      "SHA-256 ", "factor sets: canister iif-2022"}},
};

Test(words, explain_tells_where_a_practice_belongs_and_from_which_register)
{
#define REGISTERS "--register ../shared/data/registers/"
    static const struct saying places[] = {
        {"explain " REGISTERS "epraccur_2025-11.csv " REGISTERS
         "ePCN_PCN_Core_Partner_Details.csv " REGISTERS "gp-reg-pat-prac-all_2021-01.csv P82001",
         0,
         {"P82001 THE DUNSTAN PARTNERSHIP", "epraccur_2025-11.csv, of 2025-11-01", "active",
          "4, a GP practice", "opened        1974-04-01",
          "U79938 BREIGHTMET & LITTLE LEVER PCN, from 2019-10-01;", "00T, from 2013-04-01;",
          "10,388 in 2021-01"}},
        {"explain " REGISTERS "etr.csv RW6 QOP",
         0,
         {"RW6 PENNINE ACUTE HOSPITALS NHS TRUST", "successor     RW6 to RM3 on 2021-10-01",
          "members       11 of level trust"}},
    };

    REQUIRE_SHARED("data/registers/epraccur_2025-11.csv");
    check_sayings(places, LENGTH_OF(places));
}

static const struct saying rules_of_places[] = {
    {"explain QM7", 0, {"of it the sub-ICBs 06K 06N (places/england.json: /successions/", "07H"}},
    {"explain QNQ", 0, {"to others: see the note, on 2026-04-01", "Split three ways by practice"}},
    {"explain 00T998", 0, {"prescribers that are not identified", "rule unidentified-sub-icb"}},
    {"explain -- -", 0, {"rule unidentified-national"}},
};

Test(words, explain_knows_the_rules_of_places_without_a_register)
{
    check_sayings(rules_of_places, LENGTH_OF(rules_of_places));
}

Test(words, rules_check_and_version_tell_what_they_promise)
{
    check_sayings(checks, LENGTH_OF(checks));
}

/* The last line of the coverage is the sum of the others, and what the run keeps. */
Test(words, coverage_adds_up_to_the_rows_kept)
{
    cr_expect(eq(int,
                 shell("cd %s && %s rules check build/sample/EPD_SNOMED_202607.csv | awk '"
                       "/^coverage/ {on = 1; next} on {for (i = 1; i < NF; i++) if ($(i + 1) == "
                       "\"rows\") n = $i; if (/all rows kept/) exit n != sum || n == 0; sum += n}'",
                       root_folder(), program()),
                 0),
              "%s", shell_output());
}

Test(words, a_wrong_rule_is_told_with_its_file_and_path)
{
    cr_expect(eq(int,
                 shell("cd %s && mkdir -p mine/measures && echo '{\"measures\": [{\"id\": 1}]}' > "
                       "mine/measures/mine.json && %s rules check --rules mine",
                       scratch_folder(), program()),
                 78),
              "%s", shell_output());
    cr_expect(strstr(shell_output(), "measures/mine.json:1: /measures/0") != NULL, "%s",
              shell_output());
}

/* Our own file in its place would be a silent answer from other rules. */
Test(words, a_file_of_ones_own_rules_that_cannot_be_opened_is_not_passed_over)
{
    cr_expect(eq(int,
                 shell("cd %s && mkdir mine && ln -s version.json mine/version.json && "
                       "%s rules check --rules mine",
                       scratch_folder(), program()),
                 66),
              "%s", shell_output());
    cr_expect(strstr(shell_output(), "mine/version.json: the folder of rules cannot be read") !=
                  NULL,
              "%s", shell_output());
}

/* A month that comes in two halves with a pause between them. */
#define SLOW_MONTH                                                     \
    "{ head -c 600000 build/sample/EPD_SNOMED_202607.csv; sleep 0.6; " \
    "tail -c +600001 build/sample/EPD_SNOMED_202607.csv; }"

/* A container may have no pseudo-terminals to give. */
#define REQUIRE_TERMINAL()                                                     \
    do {                                                                       \
        if (shell("script -qec true /dev/null < /dev/null") != 0)              \
            cr_skip_test("no pseudo-terminal here: a terminal is not tested"); \
    } while (0)

Test(words, progress_is_shown_on_a_terminal_and_cleared_away)
{
    REQUIRE_TERMINAL();
    cr_assert(eq(int,
                 shell("cd %s && printf '%%s' '" SLOW_MONTH " | %s run - --out %s/out' > %s && "
                       "script -qec 'sh %s' /dev/null < /dev/null > %s",
                       root_folder(), program(), scratch_folder(), in_scratch("slow"),
                       in_scratch("slow"), in_scratch("seen")),
                 0),
              "%s", shell_output());
    cr_expect(eq(int, shell("grep -q 'B, .*rows, .*rows/s' %s", in_scratch("seen")), 0),
              "a line with bytes, rows and rows a second");
    cr_expect(eq(int, shell("tail -n 1 %s | grep -q 'results: '", in_scratch("seen")), 0),
              "the words of the run come behind it");
    cr_expect(eq(int,
                 shell("tr '\\r' '\\n' < %s | grep -A 1 rows/s | tail -n 1 | "
                       "grep -q \"^$(printf '\\033')\\[K\"",
                       in_scratch("seen")),
                 0),
              "the line is wiped before anything else is said");
}

Test(words, nothing_is_drawn_where_no_terminal_is)
{
    shell("cd %s && " SLOW_MONTH " | %s run - --out %s 2> %s", root_folder(), program(),
          in_scratch("out"), in_scratch("seen"));
    cr_expect(eq(int, shell("grep -q 'results: ' %s", in_scratch("seen")), 0), "the run is told");
    cr_expect(eq(int, shell("grep -c \"$(printf '[\\r\\033]')\" %s", in_scratch("seen")), 1),
              "control characters in a file: %s", shell_output());
}

Test(words, a_quiet_run_draws_nothing_on_a_terminal)
{
    REQUIRE_TERMINAL();
    cr_expect(eq(int,
                 shell("cd %s && printf '%%s' '" SLOW_MONTH " | %s run --quiet - --out %s/out' > %s"
                       " && script -qec 'sh %s' /dev/null < /dev/null | wc -c",
                       root_folder(), program(), scratch_folder(), in_scratch("slow"),
                       in_scratch("slow")),
                 0),
              "%s", shell_output());
    cr_expect(eq(str, (char *)shell_output(), "0\n"), "a quiet run writes nothing to a terminal");
}
