/* The monthly routine: what add keeps, report writes, as run would have. */

#include "support/cases.h"
#include "support/paths.h"

#include <string.h>
#include <unistd.h>

#define MONTHS "202412.csv 202501.csv 202502.csv 202503.csv"

/* Four months over both eras of the sample, and in each test's folder a command
 *     same NAME RUN-OPTIONS -- FILES     that fails when run and add + report differ */
static void prepare(void)
{
    write_text(in_scratch("same"),
               "export SOURCE_DATE_EPOCH=1790000000\n"
               "options=; while [ \"$1\" != -- ]; do options=\"$options $1\"; shift; done; shift\n"
               "rm -rf store run rep; $canister run --quiet --out run $options \"$@\" && "
               "$canister add --quiet --store store $options \"$@\" && "
               "$canister report --quiet --store store --out rep $report && diff -r run rep\n");
    cr_assert(eq(int,
                 shell("cd %s && for m in 202412 202501 202502 202503; do "
                       "ln -s %s/build/sample/EPD_SNOMED_$m.csv $m.csv; done",
                       scratch_folder(), root_folder()),
                 0),
              "%s", shell_output());
}

static int in_folder(const char *command)
{
    return shell("cd %s && canister=%s && export canister && s=%s && { %s; }", scratch_folder(),
                 program(), root_folder(), command);
}

struct way {
    const char *name;
    const char *command;
};

/* Some of the months, and other factors than those of the time. */
static const char by_months[] =
    "export SOURCE_DATE_EPOCH=1790000000; $canister add --quiet --store store " MONTHS " && "
    "$canister run --quiet 202501.csv 202502.csv --out run && "
    "$canister report --quiet --store store --from 2025-01 --to 2025-02 --out rep && "
    "for f in run/*.csv; do cmp $f rep/${f#run/} || exit 9; done";
static const char other_factors[] =
    "export SOURCE_DATE_EPOCH=1790000000; $canister add --quiet --store store " MONTHS " && "
    "$canister run --quiet " MONTHS " --factors iif-2022 --out run && "
    "$canister report --quiet --store store --factors iif-2022 --out rep && diff -r run rep";
/* What a report may know besides the extracts. */
static const char places[] =
    "export SOURCE_DATE_EPOCH=1790000000; $canister add --quiet --store store " MONTHS " && "
    "{ echo group_code,group_name,organisation_code; echo G1,North,Z90001; echo G1,North,Z90002; } "
    "> groups.csv && $canister run --quiet " MONTHS " --places now --group groups.csv --out run && "
    "$canister report --quiet --store store --places now --group groups.csv --out rep && "
    "grep -q ,group,G1, run/measures.csv && diff -r run rep";
static const char long_file[] =
    "{ cat 202502.csv; tail -q -n +2 202501.csv 202412.csv; } > long.csv; "
    "sh same -- long.csv 202503.csv";
static const char own_rules[] =
    "mkdir own && sed 's/2026.11.1/of one s own/' $s/rules/version.json > own/version.json; "
    "report='--rules own' sh same --rules own -- 202412.csv";
static const char replaced[] =
    "sed 's/ALDER/OLDER/' 202501.csv > older.csv; sh same --replace -- older.csv " MONTHS;

static const struct way ways[] = {
    {"in order", "sh same -- " MONTHS},
    {"shuffled", "sh same -- 202501.csv 202503.csv 202412.csv 202502.csv"},
    {"an archive", "zip -q all.zip " MONTHS "; sh same -- all.zip"},
    {"gzip", "gzip -c 202501.csv > one.gz; sh same -- 202412.csv one.gz"},
    {"one long file", long_file},
    {"replaced", replaced},
    {"rejected rows", "sh same -- $s/datasets/malformed/bad_among_good.csv 202503.csv"},
    {"other limits",
     "sh same --max-rejects 2 -- $s/datasets/malformed/bad_among_good.csv 202503.csv"},
    {"threads", "sh same --threads 3 -- " MONTHS},
    {"other rules", own_rules},
    {"places and groups", places},
    {"report by months", by_months},
    {"other factors", other_factors},
};

Test(monthly, report_writes_what_run_writes_byte_by_byte)
{
    for (size_t i = 0; i < LENGTH_OF(ways); i++) {
        cr_assert(eq(int, in_folder("rm -rf ./*"), 0), "%s", shell_output());
        prepare();
        cr_expect(eq(int, in_folder(ways[i].command), 0), "%s: %s", ways[i].name, shell_output());
    }
}

static const char *const real[] = {
    "data/extracts/epd_201709_four_practices.csv",
    "data/extracts/epd_201710_four_practices.csv",
    "data/extracts/T201812PDPI_BNFT_seven_practices.csv",
    "data/extracts/EPD_SNOMED_202601_specimen.csv",
    "data/extracts/PDPI_201410_sample.csv",
};

Test(monthly, report_writes_what_run_writes_of_real_extracts)
{
    REQUIRE_SHARED("data/extracts/epd_201709_four_practices.csv");
    prepare();
    for (size_t i = 0; i < LENGTH_OF(real); i++)
        cr_assert(
            eq(int, shell("ln -s '%s' %s/real%zu.csv", shared(real[i]), scratch_folder(), i), 0),
            "%s", shell_output());
    cr_expect(eq(int, in_folder("sh same -- real*.csv"), 0), "%s", shell_output());
}

/* --- what one does with it -----------------------------------------------------------------------
 */

struct step {
    const char *command;
    int exit_code;
    const char *says;
};

static const struct step routine[] = {
    {"$canister report --store store --out out", 66, "there is no store here"},
    {"$canister status --store store", 66, "there is no store here"},
    {"ls store 2>/dev/null | wc -l", 0, "0"},
    {"$canister add --store store 202412.csv 202501.csv", 0, "202501.csv: English"},
    {"$canister add --store store 202412.csv", 0, "already in the store (identical file)"},
    {"cp 202412.csv other.csv; $canister add --store store other.csv", 0,
     "already in the store (identical file)"},
    {"gzip -kf other.csv; $canister add --store store other.csv.gz", 65,
     "holds 2024-12, which 202412.csv already has"},
    {"$canister add --store store 202503.csv $s/datasets/malformed/cut_row.csv", 65,
     "the file is cut"},
    {"$canister status --store store", 0, "2025-02  missing"},
    {"$canister status --store store", 0, "2024-12"},
    {"$canister add --store store --replace other.csv.gz", 0, ""},
    {"$canister status --store store", 0, "2024-12 of 202412.csv was replaced"},
    {"$canister add --store store 202412.csv", 65, "holds 2024-12, which other.csv.gz"},
    {"$canister remove 2024-12 --store store", 0, "removed: 2024-12 of other.csv.gz"},
    {"$canister remove 2024-12 --store store", 65, "does not hold 2024-12"},
    {"$canister remove 2025-01 2024-12 --store store", 65, "does not hold 2024-12"},
    {"$canister status --store store", 0, "  2025-01  "},
    {"$canister remove soon --store store", 64, "\"soon\" is not a month"},
    {"$canister report --store store --out out --from 2024-12 --to 2024-12", 65,
     "holds no sums of these months"},
    {"$canister report --store store --out out --from 2025-02 --to 2025-01", 64, "is later than"},
    {"$canister report --store store", 64, "--out DIR is missing"},
    {"$canister export --store store --out sums.txt", 64, "ends in .csv or .sqlite"},
    {"$canister add --store store 202501.csv --fail-on tuesdays", 64, "not \"tuesdays\""},
    {"$canister add --store store - < 202502.csv", 0, "standard input"},
    {"printf 'group_code,group_name,organisation_code\nG1,Mine,NOBODY\n' > mine.csv; "
     "$canister report --store store --group mine.csv --out out",
     0, "mine.csv: no organisation of these months has the code NOBODY"},
    {"$canister check --store store", 0, "No damage found"},
    {"CANISTER_STORE=store $canister check", 0, "No damage found"},
    {"XDG_DATA_HOME=$PWD/x CANISTER_STORE= $canister add 202502.csv && ls x/canister", 0,
     "store.sqlite"},
    {"HOME=$PWD/h XDG_DATA_HOME=x CANISTER_STORE= $canister add 202502.csv && ls "
     "h/.local/share/canister",
     0, "store.sqlite"},
};

Test(monthly, each_step_of_the_routine_says_what_it_did)
{
    prepare();
    for (size_t i = 0; i < LENGTH_OF(routine); i++) {
        cr_expect(eq(int, in_folder(routine[i].command), routine[i].exit_code), "%s: %s",
                  routine[i].command, shell_output());
        cr_expect(strstr(shell_output(), routine[i].says) != NULL, "%s should say %s but says: %s",
                  routine[i].command, routine[i].says, shell_output());
    }
}

/* By the months that the store has, whatever was added, replaced and removed on the way. */
Test(monthly, the_sums_do_not_depend_on_how_the_months_came)
{
    prepare();
    cr_expect(eq(int,
                 in_folder("$canister add --quiet --store one " MONTHS " && "
                           "$canister add --quiet --store two 202503.csv && "
                           "gzip -kc 202501.csv > 1.gz && "
                           "$canister add --quiet --store two 202502.csv 1.gz 202412.csv && "
                           "$canister remove 2025-02 --store two && "
                           "$canister add --quiet --store two --replace 202501.csv 202502.csv && "
                           "for s in one two; do $canister export --store $s --out $s.csv && "
                           "$canister export --store $s --out $s.sqlite && "
                           "sqlite3 $s.sqlite 'select * from prescribing' > $s.txt || exit 9; done "
                           "&& cmp one.csv two.csv && cmp one.txt two.txt"),
                 0),
              "%s", shell_output());
}

/* The same sums by another program, over the extract and over the store. */
static const char by_sqlite[] =
    "$canister add --quiet --store store 202412.csv 202503.csv && "
    "{ echo .mode csv; echo .import 202503.csv t; } | sqlite3 extract && "
    "sqlite3 extract \"select YEAR_MONTH, PRACTICE_CODE, BNF_PRESENTATION_CODE, count(*), "
    "cast(sum(ITEMS) as int), printf('%.4f', sum(ACTUAL_COST)) from t "
    "where substr(BNF_PRESENTATION_CODE, 1, 4) in ('0301', '0302', '0303') "
    "group by 2, 3 order by 2, 3\" | sed 's/^2025[-_]*03/2025-03/' > want && "
    "sqlite3 store \"select month, practice_code, product_code, sum(rows), sum(items), "
    "printf('%.4f', sum(actual_cost_gbp)) from prescribing where month = '2025-03' "
    "group by 2, 3 order by 2, 3\" > got && test $(wc -l < got) -gt 1000 && diff want got";

Test(monthly, the_sums_are_those_of_the_extract)
{
    prepare();
    cr_expect(eq(int, in_folder(by_sqlite), 0), "%s", shell_output());
}

/* --- one organisation among all
 * --------------------------------------------------------------------- */

/* The rows of an ICB are those of the report of all, percentiles and comparators too. */
static const char one_icb[] =
    "$canister add --quiet --store store " MONTHS " && "
    "$canister report --quiet --store store --out all && "
    "$canister report --quiet --store store --out icb --icb QZB && "
    "awk -F, '$3 ~ /^\"?QZB/ || $3 == \"organisation_code\" || $2 == \"nation\"' all/measures.csv "
    "| "
    "sort > want && awk -F, '$2 == \"icb\" || $2 == \"level\" || $2 == \"nation\"' "
    "icb/measures.csv | sort > got && test $(wc -l < want) -gt 40 && cmp want got && "
    "for f in measures prescribing standings deciles opportunities; do sort all/$f.csv > "
    "all.sorted; sort icb/$f.csv > icb.sorted; "
    "test -z \"$(comm -13 all.sorted icb.sorted)\" || { comm -13 all.sorted icb.sorted; exit 9; }; "
    "done; "
    "test $(wc -l < icb/standings.csv) -gt 200 && grep -q ',84,.*,28,' icb/standings.csv && "
    "test $(wc -l < icb/prescribing.csv) -lt $(wc -l < all/prescribing.csv) && "
    "{ head -n 1 all/switches.csv; grep ',QZB,' all/switches.csv; } | cmp - icb/switches.csv && "
    "jq -e '.options.icb == \"QZB\"' icb/audit.json";

/* Items and cost of its products, by another way: the sums in the store. */
static const char its_products[] =
    "awk -F, 'NR > 1 {s += $8} END {print s}' icb/products.csv > got && "
    "sqlite3 store \"select sum(items) from prescribing where icb_code = 'QZB' and product_code in "
    "(select product_code from prescribing)\" > most && "
    "$canister report --quiet --store store --out one --practice Z90001 && "
    "awk -F, 'NR > 1 && $1 == \"practice\" && $2 != \"Z90001\" {exit 9}' one/prescribing.csv && "
    "test $(cat got) -le $(cat most) && test $(cat got) -gt 0";

Test(monthly, a_report_of_one_icb_is_its_part_of_the_report_of_all)
{
    prepare();
    cr_expect(eq(int, in_folder(one_icb), 0), "%s", shell_output());
    cr_expect(eq(int, in_folder(its_products), 0), "%s", shell_output());
    cr_expect(eq(int, in_folder("$canister report --store store --out x --icb nowhere"), 64), "%s",
              shell_output());
    cr_expect(strstr(shell_output(), "there is no ICB \"nowhere\"") != NULL, "%s", shell_output());
    cr_expect(eq(int, in_folder("$canister report --store store --out x --icb a"), 64), "%s",
              shell_output());
    cr_expect(strstr(shell_output(), "may be more than one ICB: QZ") != NULL, "%s", shell_output());
}

/* --- what is new, and rules that change
 * ------------------------------------------------------------ */

Test(monthly, status_tells_what_is_new_in_the_latest_month)
{
    prepare();
    cr_expect(eq(int,
                 in_folder("grep -v 'Z90003' 202502.csv | sed 's/Z90005/Z99999/g; "
                           "s/0301011R0BEAIAP/0301011R0BEZZZZ/g' > last.csv && "
                           "$canister add --quiet --store store 202501.csv last.csv && "
                           "$canister status --store store > words && "
                           "grep -q 'new codes without a rule in 2025-02 .*0301011R0BEZZZZ' "
                           "words && grep -q 'practices new in 2025-02 (1): Z99999' words && "
                           "grep -q 'practices missing since 2025-02 (2): Z90003 Z90005' words || "
                           "{ cat words; exit 9; }"),
                 0),
              "%s", shell_output());
}

/* A section more in the rules: what was read without it lacks it, what was read with it has more
 * than the shipped rules want. */
Test(monthly, rules_that_need_what_was_not_kept_are_told)
{
    prepare();
    cr_assert(eq(int,
                 in_folder("cp -r $s/rules wide && sed -i 's/{\"prefix\": \"0301\"/"
                           "{\"prefix\": \"0304\", \"name\": \"More\"}, &/' "
                           "wide/products/inhalers.json && $canister add --quiet --store store "
                           "202412.csv"),
                 0),
              "%s", shell_output());
    cr_expect(
        eq(int, in_folder("CANISTER_RULES=wide $canister report --store store --out out"), 78),
        "%s", shell_output());
    cr_expect(strstr(shell_output(), "202412.csv: the rules need \"bnf 0304\"") != NULL, "%s",
              shell_output());
    cr_expect(eq(int,
                 in_folder("CANISTER_RULES=wide $canister add --quiet --store store --replace "
                           "202412.csv && CANISTER_RULES=wide $canister report --quiet --store "
                           "store --out out && $canister report --quiet --store store --out out && "
                           "$canister run --quiet 202412.csv --out run && "
                           "for f in run/*.csv; do cmp $f out/${f#run/} || exit 9; done"),
                 0),
              "%s", shell_output());
}

/* --- where it cannot be written
 * ---------------------------------------------------------------------- */

/* Files that may grow to so many blocks of 512 bytes: each addition fails at another write of it,
 * and what was there stays as it was. */
static const char growing[] =
    "$canister add --quiet --store before 202412.csv && "
    "$canister export --store before --out before.csv && failed=0 && "
    "for k in 4 32 64 120 200 260 280 300 320 340 360 380 400 420 440 480 600; do "
    "cp before store; rm -f store-journal; "
    "if (ulimit -f $k; $canister add --quiet --store store 202501.csv) 2> words; "
    "then continue; fi; failed=$((failed + 1)); "
    "grep -q 'nothing was changed' words || { echo $k; cat words; exit 9; }; "
    "$canister check --store store > /dev/null && $canister export --store store --out after.csv "
    "&& "
    "cmp before.csv after.csv || { echo $k; exit 8; }; done; echo $failed; test $failed -gt 3";

Test(monthly, a_full_disk_leaves_the_store_as_it_was)
{
    alarm(300);
    prepare();
    cr_expect(eq(int, in_folder(growing), 0), "%s", shell_output());
}

static bool can_mount(void)
{
    return geteuid() == 0 &&
           in_folder("mkdir -p disk && mount -t tmpfs -o size=1m tmpfs disk") == 0;
}

Test(monthly, a_full_file_system_leaves_the_store_as_it_was)
{
    alarm(300);
    int added;

    prepare();
    if (!can_mount())
        cr_skip_test("no file system can be mounted here");
    added = in_folder(
        "n=0; for f in $s/build/sample/EPD_SNOMED_*.csv; do "
        "$canister add --quiet --store disk/store $f 2> words || break; "
        "n=$((n + 1)); done; grep -q 'disk is full' words || { cat words; exit 9; }; "
        "$canister check --store disk/store && "
        "$canister add --quiet --store fresh $(ls $s/build/sample/EPD*.csv | head -n $n) && "
        "$canister export --store fresh --out fresh.csv && "
        "$canister export --store disk/store --out full.csv && cmp fresh.csv full.csv");
    cr_expect(eq(int, added, 0), "%s", shell_output());
    in_folder("umount disk");
}

/* Root may write anywhere, so another user tries. */
Test(monthly, a_folder_that_cannot_be_written_is_told_and_can_be_read)
{
    prepare();
    if (geteuid() == 0 && in_folder("setpriv --reuid 65534 --clear-groups true") != 0)
        cr_skip_test("no other user can be taken here");
    cr_expect(eq(int,
                 in_folder("chmod 755 .; mkdir -m 755 closed && $canister add --quiet --store "
                           "closed/store 202412.csv && chmod 444 closed/store && chmod 555 closed; "
                           "as=; test $(id -u) = 0 && as='setpriv --reuid 65534 --clear-groups'; "
                           "$as $canister status --store closed/store && "
                           "$as $canister add --store closed/store 202501.csv; test $? = 73 && "
                           "$as $canister add --store closed/new 202501.csv; test $? = 73; e=$?; "
                           "chmod 755 closed; exit $e"),
                 0),
              "%s", shell_output());
    cr_expect(strstr(shell_output(), "cannot be written") != NULL, "%s", shell_output());
    cr_expect(strstr(shell_output(), "cannot be opened") != NULL, "%s", shell_output());
}

/* tests/run/kills.sh, in short; `make kills` does many more. */
Test(monthly, the_program_can_be_killed_at_any_moment)
{
    alarm(300);
    prepare();
    cr_expect(eq(int, in_folder("sh $s/tests/run/kills.sh $canister $s/build/sample . 25"), 0),
              "%s", shell_output());
}

/* Four programs and one store. */
Test(monthly, programs_at_the_same_time_add_all_their_months)
{
    alarm(300);
    prepare();
    cr_expect(eq(int,
                 in_folder("for m in 202412 202501 202502 202503; do "
                           "$canister add --quiet --store store $m.csv & done; wait; "
                           "$canister check --store store && "
                           "$canister add --quiet --store fresh " MONTHS " && "
                           "for s in fresh store; do "
                           "$canister export --store $s --out $s.csv || exit 9; done; "
                           "cmp fresh.csv store.csv"),
                 0),
              "%s", shell_output());
}

/* A report reads by several connections: a writer that waits for the first of them must not keep
 * the others waiting, or each would wait for the other. */
Test(monthly, reports_go_on_while_months_are_added)
{
    alarm(300);
    prepare();
    cr_expect(eq(int,
                 in_folder("$canister add --quiet --store store " MONTHS " || exit 7; "
                           "(while ! test -e enough; do for m in 202401 202402 202403; do "
                           "$canister add --quiet --store store $s/build/sample/EPD_SNOMED_$m.csv "
                           "&& $canister remove --store store ${m%??}-${m#????} || exit 9; "
                           "done; done) & "
                           "n=0; while test $n -lt 3; do "
                           "$canister report --quiet --store store --to 2025-03 "
                           "--from 2024-12 --out rep || { : > enough; exit 8; }; n=$((n + 1)); "
                           "done; : > enough; wait $! && $canister check --store store"),
                 0),
              "%s", shell_output());
}

/* The examples of the README, over a store of the months they name. */
Test(monthly, the_examples_of_the_readme_work)
{
    prepare();
    cr_expect(eq(int,
                 in_folder("$canister add --quiet --store store.sqlite "
                           "$s/build/sample/EPD_SNOMED_202607.csv "
                           "$s/build/sample/scmd_final_202504.csv && n=0 && "
                           "sed -n 's/^    \\(sqlite3 .*\\)/\\1/p' $s/README.md > examples && "
                           "while read -r line; do n=$((n + 1)); sh -c \"$line\" > told && "
                           "test -s told || { echo \"$line\"; exit 9; }; done < examples && "
                           "test $n -ge 4"),
                 0),
              "%s", shell_output());
}
