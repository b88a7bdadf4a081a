/* Merging stores: any order, grouping and repetition give the same bytes, which export as one store
 * does; what cannot be put together is refused, and an interruption leaves the old or the new. */

#include "store/store.h"
#include "support/cases.h"
#include "support/dice.h"
#include "support/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int in_folder(const char *command)
{
    return shell("cd %s && export canister=%s s=%s/build/sample && { %s; }", scratch_folder(),
                 program(), root_folder(), command);
}

#define EXPECT_SHELL(command) cr_expect(eq(int, in_folder(command), 0), "%s", shell_output())
#define ASSERT_SHELL(command) cr_assert(eq(int, in_folder(command), 0), "%s", shell_output())

/* A shard for each file; `all` is their merge, `one.csv` the export of one store of the same files. */
static const char *const files[] = {
    "EPD_SNOMED_202412.csv", "EPD_SNOMED_202501.csv",
    "EPD_SNOMED_202506.csv", "scmd_provisional_202603.csv",
    "scmd_final_202603.csv", "scmd_provisional_202604.csv",
    "gas_supply.csv",        "gas_use.csv",
};
#define SHARDS LENGTH_OF(files)

static void make_shards(void)
{
    char command[512];

    for (size_t i = 0; i < SHARDS; i++) {
        snprintf(command, sizeof command,
                 "$canister add --quiet --store shard%zu $s/%s && "
                 "$canister add --quiet --store one $s/%s",
                 i, files[SHARDS - 1 - i], files[i]);
        ASSERT_SHELL(command);
    }
    ASSERT_SHELL("$canister export --store one --out one.csv && "
                 "$canister merge --quiet all shard? && $canister check --store all && "
                 "$canister export --store all --out all.csv && cmp one.csv all.csv");
}

/* A merge of a random list of shards and of earlier merges, appended to *plan; the lists say which
 * shards are in it. */
static unsigned roll_merge(uint64_t *dice, const unsigned *held, size_t count, char *line,
                           size_t size)
{
    unsigned in = 0;
    size_t used = 0;
    const size_t names = 1 + dice_below(dice, 4);

    for (size_t i = 0; i < names; i++) {
        const size_t pick = dice_below(dice, SHARDS + count);

        used +=
            (size_t)(pick < SHARDS ? snprintf(line + used, size - used, " shard%zu", pick)
                                   : snprintf(line + used, size - used, " m%zu", pick - SHARDS));
        in |= pick < SHARDS ? 1U << pick : held[pick - SHARDS];
    }
    return in;
}

#define MERGES 12

/* Twelve merges upon merges, then all of them and what is still missing: commutative, associative
 * and idempotent is that whoever holds all shards holds the same bytes. */
static void check_plan(uint64_t *dice)
{
    unsigned held[MERGES];
    char line[256];
    char command[1024];
    size_t used = (size_t)snprintf(command, sizeof command, "$canister merge --quiet last");

    ASSERT_SHELL("rm -f m? m?? last");
    for (size_t i = 0; i < MERGES; i++) {
        held[i] = roll_merge(dice, held, i, line, sizeof line);
        cr_assert(
            eq(int, shell("cd %s && %s merge --quiet m%zu%s", scratch_folder(), program(), i, line),
               0),
            "%s", shell_output());
        used += (size_t)snprintf(command + used, sizeof command - used, " m%zu", i);
        for (size_t other = 0; other < i; other++)
            if (held[other] == held[i])
                cr_expect(eq(int, shell("cd %s && cmp m%zu m%zu", scratch_folder(), other, i), 0),
                          "the same shards, other bytes: %s", shell_output());
    }
    for (size_t i = SHARDS; i-- > 0;)
        used += (size_t)snprintf(command + used, sizeof command - used, " shard%zu", i);
    snprintf(command + used, sizeof command - used, " && cmp last all");
    EXPECT_SHELL(command);
}

Test(merge, any_order_grouping_and_repetition_give_the_same_bytes)
{
    uint64_t dice = 20;

    alarm(300);
    make_shards();
    for (int round = 0; round < 4; round++)
        check_plan(&dice);
    EXPECT_SHELL("cp all again && $canister merge --quiet again all shard3 && cmp again all");
    EXPECT_SHELL("$canister merge --quiet again all all again && cmp again all");
}

/* What history a store has: replaced, removed, given way to a better series. */
Test(merge, what_was_replaced_or_removed_stays_on_record)
{
    alarm(120);
    ASSERT_SHELL("sed 's/ALDER/OLDER/' $s/EPD_SNOMED_202501.csv > older.csv && "
                 "$canister add --quiet --store a older.csv && "
                 "$canister add --quiet --store a --replace $s/EPD_SNOMED_202501.csv && "
                 "$canister add --quiet --store b $s/EPD_SNOMED_202412.csv && "
                 "$canister remove 2024-12 --store b > words && "
                 "$canister merge --quiet ab a b && $canister merge --quiet ba b ab a && "
                 "cmp ab ba && $canister check --store ab");
    EXPECT_SHELL("test \"$(sqlite3 ab 'SELECT state, ended IS NULL, replaced_by FROM part')\" = "
                 "\"$(printf 'removed|0|\\nreplaced|0|3\\nkept|1|')\" || "
                 "{ sqlite3 ab 'SELECT state, ended, replaced_by FROM part'; false; }");
    /* a shard that still has the month brings it back */
    EXPECT_SHELL("$canister add --quiet --store c $s/EPD_SNOMED_202412.csv && "
                 "$canister merge --quiet abc a b c && "
                 "test \"$(sqlite3 abc 'SELECT count(*) FROM month')\" = 2");
}

Test(merge, the_same_file_added_by_two_machines_is_kept_once)
{
    alarm(120);
    ASSERT_SHELL("cp $s/EPD_SNOMED_202412.csv other_name.csv && "
                 "SOURCE_DATE_EPOCH=1790000000 $canister add --quiet --store a "
                 "$s/EPD_SNOMED_202412.csv && "
                 "SOURCE_DATE_EPOCH=1790000099 $canister add --quiet --store b other_name.csv");
    EXPECT_SHELL("$canister merge ab a b > words 2>&1 && $canister merge --quiet ba b a && "
                 "cmp ab ba && grep -q '1 file is in more than one of them, kept once' words && "
                 "test \"$(sqlite3 ab 'SELECT count(*), name FROM file')\" = "
                 "\"1|$s/EPD_SNOMED_202412.csv\"");
    /* the sums of all rows, where only one shard has them, are not lost */
    ASSERT_SHELL("$canister add --quiet --totals --store t other_name.csv");
    EXPECT_SHELL("$canister merge --quiet at a t && $canister merge --quiet ta t b a && "
                 "cmp at ta; $canister check --store at && "
                 "test \"$(sqlite3 at 'SELECT count(*) FROM month')\" = 1 && "
                 "test \"$(sqlite3 at 'SELECT count(*) > 0 FROM total')\" = 1");
}

static const struct refusal {
    const char *name;
    const char *make;
    int exit_code;
    const char *says;
} refusals[] = {
    {"two files for a month",
     "sed 's/ALDER/OLDER/' $s/EPD_SNOMED_202501.csv > older.csv; "
     "$canister add --quiet --store a older.csv; "
     "$canister add --quiet --store b $s/EPD_SNOMED_202501.csv",
     65, "holds 2025-01, which"},
    {"a row of gases twice",
     "{ cat $s/gas_use.csv; } > use.csv; tail -n +2 $s/gas_use.csv | head -1 > row; "
     "{ head -1 $s/gas_use.csv; cat row; } > again.csv; "
     "$canister add --quiet --store a use.csv; $canister add --quiet --store b again.csv",
     65, "that another file holds too"},
    {"a store that is missing", "$canister add --quiet --store a $s/EPD_SNOMED_202501.csv", 66,
     "b"},
    {"an empty store", "$canister add --quiet --store a $s/EPD_SNOMED_202501.csv; : > b", 66,
     "empty"},
    {"no store", "$canister add --quiet --store a $s/EPD_SNOMED_202501.csv; echo no > b", 65, "b"},
    {"another database",
     "$canister add --quiet --store a $s/EPD_SNOMED_202501.csv; sqlite3 b 'CREATE TABLE x (y)'", 65,
     "is not a canister store"},
    {"a changed sum",
     "$canister add --quiet --store a $s/EPD_SNOMED_202501.csv; "
     "$canister add --quiet --store b $s/EPD_SNOMED_202412.csv; "
     "sqlite3 b 'UPDATE cell SET items = items + 1'",
     65, "are not those that were written"},
    {"a changed account",
     "$canister add --quiet --store a $s/EPD_SNOMED_202501.csv; "
     "$canister add --quiet --store b $s/EPD_SNOMED_202412.csv; "
     "sqlite3 b 'UPDATE part SET month = month + 1'",
     65, "are not those that were written"},
};

/* Refused in either order, with nothing left behind; and what was at the result is as it was. */
Test(merge, what_cannot_be_put_together_is_refused)
{
    char command[1024];

    alarm(120);
    for (size_t i = 0; i < LENGTH_OF(refusals); i++) {
        const struct refusal *const row = &refusals[i];

        ASSERT_SHELL("rm -rf ./*; $canister add --quiet --store old $s/EPD_SNOMED_202506.csv && "
                     "cp old was");
        snprintf(command, sizeof command, "%s; true", row->make);
        ASSERT_SHELL(command);
        cr_expect(eq(int, in_folder("$canister merge new a b"), row->exit_code), "%s: %s",
                  row->name, shell_output());
        cr_expect(strstr(shell_output(), row->says) != NULL, "%s: %s", row->name, shell_output());
        cr_expect(eq(int, in_folder("$canister merge new b a"), row->exit_code), "%s: %s",
                  row->name, shell_output());
        cr_expect(eq(int, in_folder("$canister merge old a b"), row->exit_code), "%s: %s",
                  row->name, shell_output());
        cr_expect(eq(int, in_folder("cmp old was && test ! -e new && ! ls | grep merging"), 0),
                  "%s: %s", row->name, shell_output());
    }
}

/* Killed at moments over all of its time. */
Test(merge, a_kill_leaves_the_old_or_the_new)
{
    alarm(300);
    make_shards();
    ASSERT_SHELL("$canister merge --quiet before shard0 shard7 && "
                 "b=$(date +%s%N); $canister merge --quiet timed shard?; "
                 "echo $((($(date +%s%N) - b) / 1000000)) > took");
    EXPECT_SHELL("n=0; old=0; new=0; while [ $n -lt 30 ]; do n=$((n + 1)); "
                 "cp before out; $canister merge --quiet out shard? & pid=$!; "
                 "sleep $(awk -v t=$(cat took) -v n=$n 'BEGIN { print t * 1.3 * n / 30 / 1000 }'); "
                 "kill -9 $pid 2> /dev/null; wait $pid 2> /dev/null; "
                 "if cmp -s out before; then old=$((old + 1)); "
                 "elif cmp -s out all; then new=$((new + 1)); else echo neither after kill $n; "
                 "exit 1; fi; rm -f out.merging-*; done; "
                 "$canister merge --quiet out shard? && cmp out all && test $old -gt 0");
}

/* An add that waits for a merge adds to the new file, not to the one that is gone. */
Test(merge, a_store_that_was_replaced_is_opened_again)
{
    struct store *store = NULL;
    struct fail why = {0};
    size_t count = 0;

    alarm(120);
    ASSERT_SHELL("$canister add --quiet --store a $s/EPD_SNOMED_202501.csv && "
                 "$canister add --quiet --store b $s/EPD_SNOMED_202412.csv");
    cr_assert(eq(int, store_open(&store, in_scratch("a"), STORE_CHANGE, &why), STATUS_OK));
    ASSERT_SHELL("$canister merge --quiet a b");
    cr_assert(eq(int, store_begin(store, &why), STATUS_OK), "%s", why.text);
    store_files(store, &count);
    cr_expect(eq(sz, count, 2), "the old file was read: %zu", count);
    store_close(store);
    EXPECT_SHELL("for i in 1 2 3 4 5 6; do $canister add --quiet --store c "
                 "$s/EPD_SNOMED_20250$i.csv & $canister merge --quiet c a & done; wait; "
                 "test \"$(sqlite3 c 'SELECT count(*) FROM month')\" = 7");
}
