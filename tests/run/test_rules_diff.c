/* The sums of a store under two sets of rules, beside what report makes of it by each. */

#include "support/cases.h"
#include "support/paths.h"

#include <string.h>

static int in_folder(const char *command)
{
    return shell("cd %s && canister=%s && s=%s && { %s; }", scratch_folder(), program(),
                 root_folder(), command);
}

/* A store of two months and hospitals; rules of before with another factor, another size of pack
 * (so that sums are in other fractions), another class and device, a product less, another
 * potential, without patterns of names, and without targets, which must not come from those of now. */
static const char make_rules[] =
    "cp -r $s/rules old && rm -r old/targets && "
    "rm old/products/patterns.json && "
    "sed -i '/\"id\": \"salbutamol-100-inhaler-cfc-free\"/s/\"kg\": \"25.24\"/\"kg\": "
    "\"19.653217\"/' old/factors/canister.json && "
    "sed -i '/\"id\": \"ventolin-200-accuhaler\"/s/\"class\": \"SABA\", \"device\": "
    "\"DPI\"/\"class\": "
    "\"LABA\", \"device\": \"SMI\"/; s/\"units_per_pack\": 30/\"units_per_pack\": 28/; "
    "s/\"codes\": \\[\"0302000AABBAAAA\"/\"codes\": [\"0302000ZZZZZZZZ\"/' "
    "old/products/inhalers.json && "
    "sed -i 's/\"gwp\": 2540/\"gwp\": 2541/' old/factors/gases-nhs-2540.json";
static const char make_store[] =
    "$canister add --quiet --store store $s/build/sample/EPD_SNOMED_20250[12].csv "
    "$s/build/sample/scmd_final_202504.csv";

static void prepare(void)
{
    cr_assert(eq(int, in_folder(make_rules), 0), "%s", shell_output());
    cr_assert(eq(int, in_folder(make_store), 0), "%s", shell_output());
}

/* Each organisation's change is the difference of its reports; figures of reports are rounded by
 * month, so a few millionths may be between. */
static const char beside_reports[] =
    "$canister diff --rules old --store store --out d > words && "
    "$canister report --quiet --store store --rules old --out before && "
    "$canister report --quiet --store store --out after && "
    "! cmp -s before/targets.csv after/targets.csv && test $(wc -l < before/targets.csv) = 1 && "
    "for r in before after; do awk -F'\"?,\"?' '$1 ~ /^\"?(inhaler|gases)_kgco2e$/ "
    "{s[$2 \" \" $3] += $(NF - 6)} END {for (k in s) printf \"%s %.6f\\n\", k, s[k]}' "
    "$r/measures.csv | sort > $r.sums; done; test $(wc -l < after.sums) -gt 90 && "
    "awk -F'\"?,\"?' 'NR > 1 {s[$1 \" \" $2] += $NF} END {for (k in s) printf \"%s %.6f\\n\", k, "
    "s[k]}' "
    "d/diff.csv | sort > d.sums && test $(wc -l < d.sums) -gt 90 && "
    "paste -d ' ' before.sums after.sums | awk 'NR == FNR {d[$1 \" \" $2] = $3; next} "
    "{x = $6 - $3 - d[$1 \" \" $2]; if (x > 0.00002 || x < -0.00002) {print $0, d[$1 \" \" $2], x; "
    "bad = 1}} END {exit bad}' d.sums -";

/* To the milligram: before and after of its rows are what is told of England. */
static const char to_the_milligram[] =
    "awk -F'\"?,\"?' '$1 == \"nation\" {b += sprintf(\"%.0f\", $(NF - 2) * 1e6); "
    "a += sprintf(\"%.0f\", $(NF - 1) * 1e6); c += sprintf(\"%.0f\", $NF * 1e6)} "
    "END {printf \"%.0f\\n\", a - b - c; exit a - b != c}' d/diff.csv && "
    "change=$(awk -F'\"?,\"?' '$1 == \"nation\" {c += sprintf(\"%.0f\", $NF * 1e6)} "
    "END {printf \"%.6f\", c / 1e6}' d/diff.csv) && "
    "sed -n '/E92000001/s/.*, +\\([0-9.]*\\) kgCO2e.*/\\1/p' words | "
    "awk -v c=$change '{exit $1 + 0 != c + 0}'";

Test(rules_diff, the_change_of_each_organisation_is_that_of_its_reports)
{
    prepare();
    cr_expect(eq(int, in_folder(beside_reports), 0), "%s", shell_output());
    cr_expect(eq(int, in_folder(to_the_milligram), 0), "%s", shell_output());
}

static const struct {
    const char *command;
    int exit_code;
    const char *says;
} steps[] = {
    {"cat words", 0, "(factor carbon): inhaler; SABA; pMDI; 19.653217 -> 25.24; "},
    {"cat words", 0, "(class device): inhaler; LABA -> SABA; SMI -> DPI; 0.58; "},
    {"cat words", 0, "unknown -> inhaler"},
    {"cat words", 0, "Desflurane volatile liquid (factor carbon): gas; 3722.565 -> 3721.1; "},
    {"cat words", 0, "icb: 4 of 4 change"},
    {"cat words", 0, "trust: "},
    {"awk 'NR > 4 && /kgCO2e/ && /^  03/' words | head -n 1", 0, "0302000AABBAAAA"},
    {"$canister diff --store store --rules $s/rules", 0, "presentations that change: 0 of"},
    {"$canister diff --store store --rules old --against old", 0,
     "presentations that change: 0 of"},
    {"$canister diff --store store --rules old --icb QZB --out one | sed -n 2,3p", 0,
     "icb\n  QZB NHS SAMPLE MID"},
    {"cut -d, -f1 one/diff.csv | sort -u | tr '\\n' ' '", 0, "icb level practice sub_icb "},
    {"head -n 1 d/diff.csv > head; grep '^icb,QZB,' d/diff.csv > a; grep '^icb,' one/diff.csv | "
     "diff a - && "
     "echo same",
     0, "same"},
    {"$canister diff --store store --rules old --from 2025-02 --to 2025-02 | sed -n 3p", 0,
     "E92000001 England"},
    {"$canister diff --store store", 64, "--rules DIR is missing"},
    {"$canister diff --store store --rules old --icb nowhere", 64, "there is no ICB"},
    {"$canister diff --store store --rules nowhere", 66, "cannot be read"},
    {"$canister diff --store store --rules old --from 2030-01", 65, "no sums of these months"},
    {"cp -r old wide; sed -i 's/{\"prefix\": \"0301\"/{\"prefix\": \"0304\", \"name\": \"More\"}, "
     "&/' "
     "wide/products/inhalers.json; $canister diff --store store --rules wide",
     78, "the rules need \"bnf 0304\""},
};

Test(rules_diff, it_says_what_is_told_otherwise)
{
    prepare();
    cr_assert(eq(int, in_folder("$canister diff --rules old --store store --out d > words"), 0),
              "%s", shell_output());
    for (size_t i = 0; i < LENGTH_OF(steps); i++) {
        cr_expect(eq(int, in_folder(steps[i].command), steps[i].exit_code), "%s: %s",
                  steps[i].command, shell_output());
        cr_expect(strstr(shell_output(), steps[i].says) != NULL, "%s should say %s but says: %s",
                  steps[i].command, steps[i].says, shell_output());
    }
}

/* A store that was filled by the rules of now, read by those of before, as run reads extracts. */
Test(rules_diff, report_by_older_rules_writes_what_run_wrote_by_them)
{
    prepare();
    cr_expect(eq(int,
                 in_folder("export SOURCE_DATE_EPOCH=1790000000; "
                           "$canister run --quiet --rules old --out run "
                           "$s/build/sample/EPD_SNOMED_20250[12].csv "
                           "$s/build/sample/scmd_final_202504.csv && "
                           "$canister report --quiet --store store --rules old --out rep && "
                           "diff -r run rep"),
                 0),
              "%s", shell_output());
}
