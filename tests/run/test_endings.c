/* However a run ends, the result folder holds a whole set or none: killed, on a
 * full disk, out of memory. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A program under the sanitizers has an allocator of its own. */
static bool is_sanitized(void)
{
    return strstr(build_folder(), "sanitize") != NULL;
}

/* old/ and new/: the sets of two months.  out/ begins as old/. */
static void prepare(void)
{
    static const char script[] =
        /* fails unless out/ holds exactly the set $1 */
        "is() { for f in $(ls $1); do cmp -s $1/$f out/$f || return 1; done;"
        " test $(ls out | wc -l) -eq $(ls $1 | wc -l); }\n"
        "reset() { rm -rf out; cp -r old out; }\n"
        "export SOURCE_DATE_EPOCH=1790000000\n";

    write_text(in_scratch("sets.sh"), script);
    cr_assert(eq(int,
                 shell("cd %s && ln -s %s canister && export SOURCE_DATE_EPOCH=1790000000 && "
                       "head -n 300 %s/build/sample/EPD_SNOMED_202607.csv > month.csv && "
                       "head -n 300 %s/build/sample/EPD_SNOMED_202308.csv > older.csv && "
                       "gzip -k month.csv && zstd -q month.csv && ./canister run --quiet older.csv "
                       "--out old && "
                       "./canister run --quiet month.csv --out new && "
                       "./canister run --quiet month.csv.gz --out new.gz && "
                       "./canister run --quiet month.csv.zst --out new.zst && "
                       "{ test %d = 1 || cc -w -O1 -shared -fPIC -o faults.so %s; }",
                       scratch_folder(), program(), root_folder(), root_folder(), is_sanitized(),
                       in_root("tests/run/torture/faults.c")),
                 0),
              "%s", shell_output());
}

/* A shell script in the scratch folder, with the functions above. */
static int in_sets(const char *script)
{
    write_text(in_scratch("script.sh"), script);
    return shell("cd %s && cat sets.sh script.sh > all.sh && sh all.sh", scratch_folder());
}

/* datapackage.json is the seal of a set: it is the last to come and goes before the other tables.
 * With a file of somebody else in the folder, so that the set comes file by file. */
Test(endings, killed_between_two_names_leaves_no_set_that_looks_whole_and_is_not)
{
    if (is_sanitized())
        cr_skip_test("the sanitizers do not go with a preloaded library");
    prepare();
    cr_expect(
        eq(int,
           in_sets(
               "for k in 5 8 15 30 40; do echo own | tee old/note > new/note; reset\n"
               "KILL_AT_RENAME=$k LD_PRELOAD=./faults.so ./canister run --quiet month.csv "
               "--out out; test $? -eq 137 || { echo not killed at $k; exit 9; }\n"
               "test ! -e out/datapackage.json || { echo sealed at $k; exit 9; }\n"
               "test ! -e out/report.html || { echo a page at $k; exit 9; }\n"
               "n=0; o=0; for f in $(ls out); do cmp -s new/$f out/$f || cmp -s old/$f out/$f || "
               "{ echo half a file at $k: $f; exit 9; }\n"
               "cmp -s new/$f old/$f || { cmp -s new/$f out/$f && n=1 || o=1; }; done\n"
               "test $((n + o)) -lt 2 || { echo both at $k; ls out; exit 9; }\n"
               "./canister run --quiet month.csv --out out && is new || "
               "{ echo not mended at $k; exit 9; }\n"
               "test $(ls -A | grep -c '^[.]out') = 0 || { ls -A; exit 9; }\n"
               "done 2>/dev/null"),
           0),
        "%s", shell_output());
}

Test(endings, killed_at_any_moment_leaves_the_old_set_or_the_new)
{
    prepare();
    cr_expect(eq(int,
                 in_sets("killed=0; for i in $(seq 1 20); do reset\n"
                         "ms=$((i * 7919 % 97))\n"
                         "timeout -s KILL 0.0$(printf %03d $((ms + 2))) ./canister run --quiet "
                         "month.csv --out out; test $? -eq 0 || killed=$((killed + 1))\n"
                         "is old || is new || test ! -e out/datapackage.json || "
                         "{ echo mixed after $ms tenths of a ms; ls -l out; exit 9; }\n"
                         "done 2>/dev/null; test $killed -ge 3 || { echo only $killed; exit 9; }"),
                 0),
              "%s", shell_output());
}

Test(endings, a_file_that_may_not_grow_leaves_the_old_set)
{
    prepare();
    cr_expect(
        eq(int,
           in_sets("reset; n=0; for blocks in 0 1 8 40; do\n"
                   "(ulimit -f $blocks; exec ./canister run month.csv --out out) > said 2>&1\n"
                   "code=$?; test $code -eq 74 || { echo exit $code; cat said; exit 9; }\n"
                   "grep -q 'canister: out/.*: cannot be written: File too large' said || "
                   "test $blocks -eq 0 || { cat said; exit 9; }\n"
                   "is old || { echo the old set is gone; exit 9; }\n"
                   "test $(ls -A out | wc -l) -eq $(ls old | wc -l) || { ls -A out; exit 9; }\n"
                   "done"),
           0),
        "%s", shell_output());
}

Test(endings, a_full_disk_leaves_the_old_set)
{
    prepare();
    if (shell("cd %s && mkdir disk && mount -t tmpfs -o size=4m none disk && umount disk",
              scratch_folder()) != 0)
        cr_skip_test("a disk cannot be mounted here");
    cr_expect(
        eq(int,
           in_sets("mount -t tmpfs -o size=4m none disk; trap 'umount disk' EXIT\n"
                   "mkdir disk/out; ln -s disk/out out; cp old/* out/\n"
                   "full=0; for left in 1 9 40 90 300; do\n"
                   "room=$(($(df -k --output=avail disk | tail -n 1) - left))\n"
                   "head -c $((room * 1024)) /dev/zero > disk/filler\n"
                   "./canister run month.csv --out out > said 2>&1; code=$?\n"
                   "test $code -eq 74 || test $code -eq 73 || { cat said; exit 9; }\n"
                   "rm disk/filler; is old || { echo the old set is gone; exit 9; }\n"
                   "test $(ls -A out/ | wc -l) -eq $(ls old | wc -l) || { ls -A out/; exit 9; }\n"
                   "done; ./canister run --quiet month.csv --out out && is new"),
           0),
        "%s", shell_output());
}

/* Without the workbook: its library dies of some failed allocations.  The first 12, ever wider
 * steps behind them, and the last 1,000 in steps of 97. */
static const char starve[] =
    "for in in month.csv month.csv.gz month.csv.zst; do new=new${in#month.csv}\n"
    "COUNT_TO=count LD_PRELOAD=./faults.so ./canister run --quiet --xlsx no $in --out out\n"
    "n=$(cat count); rm old*/canister.xlsx new*/canister.xlsx 2>/dev/null\n"
    "test $n -gt 1000 || { echo only $n allocations; exit 9; }\n"
    "reset; failed=0; k=1; while [ $k -le $n ]; do\n"
    "FAIL_ON=$((k % 2)) FAIL_ALLOCATION=$k LD_PRELOAD=./faults.so ./canister run --quiet "
    "--xlsx no $in --out out > said 2>&1; code=$?\n"
    "case $code in\n"
    "71) is old || { echo $in, $k of $n: the old set is gone; exit 9; }; failed=$((failed + 1))\n"
    "  test $(ls -A out | wc -l) -eq $(ls old | wc -l) || { ls -A out; exit 9; };;\n"
    "0) is $new || { echo $in, $k of $n: not the new set; exit 9; }; reset;;\n"
    "*) echo $in, $k of $n: exit $code; cat said; exit 9;;\n"
    "esac\n"
    "if [ $k -lt 12 ]; then k=$((k + 1)); elif [ $k -lt $((n - 1000)) ]; then "
    "k=$((k + k / 4)); test $k -le $((n - 1000)) || k=$((n - 1000)); else k=$((k + 97)); fi\n"
    "done; test $failed -gt 25 || { echo only $failed failed; exit 9; }; done\n";

Test(endings, out_of_memory_anywhere_is_exit_71_and_leaves_the_old_set)
{
    alarm(300);
    if (is_sanitized())
        cr_skip_test("the sanitizers do not go with a preloaded library");
    prepare();
    cr_expect(eq(int, in_sets(starve), 0), "%s", shell_output());
}

/* The library of the workbook dies of some failed allocations and goes on after others without a
 * word: it does so in a process of its own, and what it wrote is read back. */
Test(endings, out_of_memory_in_the_workbook_is_exit_71_and_leaves_the_old_set)
{
    alarm(300);
    if (is_sanitized())
        cr_skip_test("the sanitizers do not go with a preloaded library");
    prepare();
    cr_expect(
        eq(int,
           in_sets("run() { LD_PRELOAD=./faults.so ./canister run --quiet month.csv \"$@\"; }\n"
                   "COUNT_TO=bare run --xlsx no --out out; reset; from=$(cat bare); failed=0\n"
                   "for i in $(seq 0 150); do\n"
                   "FAIL_ALLOCATION=$((from - 100 + 19 * i)) run --out out > said 2>&1; code=$?\n"
                   "if [ $code -eq 0 ]; then is new || { echo $i: not new; exit 9; }; reset\n"
                   "else test $code -eq 71 || { echo $i: exit $code; cat said; exit 9; }\n"
                   "is old || { echo $i: the old set is gone; exit 9; }\n"
                   "test $(ls -A . out | grep -c '[.]tmp') = 0 || { ls -A . out; exit 9; }\n"
                   "failed=$((failed + 1)); fi\n"
                   "done 2>/dev/null; test $failed -gt 60 || { echo only $failed; exit 9; }"),
           0),
        "%s", shell_output());
}

/* A write that fails once, as on a failing disk: the library does not look at its temporary files. */
Test(endings, a_write_that_fails_under_the_workbook_leaves_the_old_set)
{
    alarm(300);
    if (is_sanitized() || shell("command -v strace") != 0)
        cr_skip_test("strace is needed");
    prepare();
    cr_expect(eq(int,
                 in_sets("failed=0; for k in $(seq 1 12 200); do reset\n"
                         "strace -f -qq -o log -e trace=write -e inject=write:error=EIO:when=$k "
                         "./canister run month.csv --out out > said 2>&1; code=$?\n"
                         "if [ $code -eq 0 ]; then is new || { echo $k: not new; exit 9; }\n"
                         "else test $code -eq 74 || { echo $k: exit $code; cat said; exit 9; }\n"
                         "is old || { echo $k: not old; exit 9; }; failed=$((failed + 1)); fi\n"
                         "done; test $failed -gt 5 || { echo only $failed; exit 9; }"),
                 0),
              "%s", shell_output());
}

/* What a person stops goes away at once; what was stopped without notice, with the next run. */
Test(endings, an_interrupted_run_leaves_the_old_set_and_nothing_else)
{
    alarm(300);
    prepare();
    cr_expect(
        eq(int,
           in_sets("stopped=0; for i in $(seq 1 30); do for s in INT TERM HUP; do reset\n"
                   "timeout -s $s 0.0$(printf %03d $((i * 3))) ./canister run --quiet "
                   "--packs month.csv --out out; code=$?\n"
                   "test $code -ne 124 || stopped=$((stopped + 1))\n"
                   "test $(ls -A . out | grep -c '[.]tmp') = 0 || "
                   "{ echo left by $s: ; ls -A . out; exit 9; }\n"
                   "is old || test -e out/packs || { echo neither old nor new; ls out; exit 9; }\n"
                   "done; done 2>/dev/null; test $stopped -gt 10 || { echo $stopped; exit 9; }"),
           0),
        "%s", shell_output());
}

/* February without packs leaves none of January's under its seal, and none of a practice that has
 * closed. */
Test(endings, packs_are_those_of_the_run_and_no_others)
{
    prepare();
    cr_expect(
        eq(int,
           in_sets(
               "./canister run --quiet month.csv --packs --out out || exit 9\n"
               "head -n 150 month.csv > fewer.csv; ls out/packs > all\n"
               "./canister run --quiet fewer.csv --packs --out out || exit 8\n"
               "./canister run --quiet fewer.csv --packs --out other || exit 7\n"
               "diff -r out other && test $(ls out/packs | wc -l) -lt $(wc -l < all) || exit 6\n"
               "./canister run --quiet month.csv --out out && is new || exit 5\n"
               "./canister run --quiet month.csv --packs --out out && echo x > out/packs/x.txt\n"
               "./canister run --quiet fewer.csv --packs --out out && rm out/packs/x.txt && "
               "diff -r out other || exit 4\n"),
           0),
        "%s", shell_output());
}
