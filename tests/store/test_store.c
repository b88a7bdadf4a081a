/* What is put into a store comes back, or an error does: after damage, a kill, another
 * program's work or an older version's. */

#include "store/store_internal.h"
#include "support/cases.h"
#include "support/dice.h"
#include "support/made.h"
#include "support/paths.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- made months -------------------------------------------------------------------------- */

#define PRACTICES 40

/* A month of made practices, some of which move, with as many sums as it takes for a file of
 * many pages. */
static void make_month(struct cube *cube, int number)
{
    static const char *const codes[] = {"0301011R0BEAIAP", "0301011R0AAAPAP", "0302000C0BPABBF"};
    char month[32];
    char practice[32];
    char icb[32];
    char items[32];

    snprintf(month, sizeof month, "%d-%02d", 2025 + (number - 1) / 12, (number - 1) % 12 + 1);
    for (int p = 0; p < PRACTICES; p++) {
        snprintf(practice, sizeof practice, "A%05d", p);
        snprintf(icb, sizeof icb, "Q%02d", (p + (p == 7 ? number : 0)) % 5);
        for (size_t c = 0; c < LENGTH_OF(codes); c++) {
            const struct made row = {month, practice, icb, codes[c], "A name", items, "30", "12.5"};

            snprintf(items, sizeof items, "%d", 1 + (p * 7 + (int)c + number) % 90);
            made_add(cube, &row, 1);
        }
    }
}

static struct store_file account(const struct cube *cube, struct month_rows *months, char *name)
{
    struct store_file file = {
        .name = name, .extract = "epd", .era = "epd-2025", .group = "england", .cube = cube};

    months->month = cube->cells[0].month;
    for (size_t i = 0; i < cube->count; i++)
        months->rows += cube->cells[i].rows;
    file.summary.rows_read = months->rows;
    file.summary.rows_kept = months->rows;
    file.summary.months = months;
    file.summary.month_count = 1;
    return file;
}

/* Puts a month in; the caller commits. */
static enum status put_month(struct store *store, int number, struct fail *why)
{
    const struct store_addition addition = {.sha256 = "00",
                                            .added = "2026-01-01T00:00:00Z",
                                            .program = "0",
                                            .rules = "0",
                                            .rules_sha256 = "0",
                                            .scope = "bnf 0301\nbnf 0302\n"};
    struct month_rows months = {0};
    struct cube cube = {0};
    char name[32];
    struct store_file file;
    enum status status;

    make_month(&cube, number);
    snprintf(name, sizeof name, "month %d", number);
    file = account(&cube, &months, name);
    status = store_put(store, &addition, &file, 1, why);
    cube_release(&cube);
    return status;
}

static enum status add_month(const char *path, int number, struct fail *why)
{
    struct store *store = NULL;
    enum status status = store_open(&store, path, STORE_GROW, why);

    if (status == STATUS_OK)
        status = store_begin(store, why);
    if (status == STATUS_OK)
        status = put_month(store, number, why);
    if (status == STATUS_OK)
        status = store_commit(store, why);
    store_close(store);
    return status;
}

/* All kept sums; the number of kept months, or -1 when something is wrong. */
static int load_all(const char *path, struct cube *cube, struct fail *why)
{
    struct store *store = NULL;
    size_t count = 0;
    int months = 0;
    struct store_file *files = NULL;
    enum status status = store_open(&store, path, STORE_READ, why);

    if (status == STATUS_OK)
        status = store_begin(store, why);
    if (status == STATUS_OK)
        files = store_files(store, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        for (size_t m = 0; m < files[i].summary.month_count && status == STATUS_OK; m++) {
            if (files[i].parts[m].state != PART_KEPT)
                continue;
            status = store_load(store, &files[i].parts[m], cube, why);
            if (status == STATUS_OK)
                status = store_load_names(store, &files[i], cube, why);
            months++;
        }
    store_close(store);
    return status == STATUS_OK ? months : -1;
}

static struct view code_at(const struct cube *cube, const struct cell *cell, enum level level)
{
    const uint32_t number = place_organisation(&cube->places, cell->place, level);

    return number == ORGANISATION_NONE ? view_none()
                                       : organisation_code(&cube->places, level, number);
}

/* A number that is the same for the same sums, codes and names, whatever their order. */
static uint64_t fingerprint(const struct cube *cube)
{
    uint64_t sum = cube->count;

    for (size_t i = 0; i < cube->count; i++) {
        const struct cell *const cell = &cube->cells[i];
        const struct view code = intern_text(&cube->codes, cell->presentation);
        const struct view name = cube->names[cell->presentation].text;
        uint64_t hash = hash_number((uint64_t)cell->month) ^ hash_bytes(code.at, code.length) ^
                        hash_bytes(name.at, name.length) * 3;

        for (int level = 0; level < LEVELS; level++) {
            const struct view at = code_at(cube, cell, (enum level)level);

            hash = hash_number(hash ^ hash_bytes(at.at != NULL ? at.at : "~", at.length));
        }
        hash = hash_number(hash ^ cell->rows);
        hash = hash_number(hash ^ (uint64_t)cell->items);
        hash = hash_number(hash ^ (uint64_t)cell->quantity);
        hash = hash_number(hash ^ (uint64_t)cell->nic);
        sum += hash_number(hash ^ (uint64_t)cell->actual_cost);
    }
    return sum;
}

static uint64_t fingerprint_of(const char *path, int *months)
{
    struct cube cube = {0};
    struct fail why = {0};
    uint64_t number;

    *months = load_all(path, &cube, &why);
    cr_assert(le(int, 0, *months), "%s", why.text);
    number = fingerprint(&cube);
    cube_release(&cube);
    return number;
}

/* Of months 1 to count, without any store. */
static uint64_t expected(int count)
{
    struct cube cube = {0};
    uint64_t number;

    for (int i = 1; i <= count; i++)
        make_month(&cube, i);
    number = fingerprint(&cube);
    cube_release(&cube);
    return number;
}

static void make_store(const char *path, int months)
{
    struct fail why = {0};

    for (int i = 1; i <= months; i++)
        cr_assert(eq(int, add_month(path, i, &why), STATUS_OK), "%s", why.text);
}

static bool is_sound(const char *path)
{
    return shell("%s check --store %s", program(), path) == 0;
}

/* --- tests --------------------------------------------------------------------------------- */

Test(store, what_was_put_comes_back)
{
    int months;

    make_store(in_scratch("store"), 5);
    cr_expect(eq(u64, fingerprint_of(in_scratch("store"), &months), expected(5)), "sums differ");
    cr_expect(eq(int, months, 5), "months");
    cr_expect(is_sound(in_scratch("store")), "%s", shell_output());
}

Test(store, what_is_not_committed_was_never_there)
{
    struct store *store;
    struct fail why = {0};
    size_t length;
    size_t after;
    char *before;
    char *bytes;

    make_store(in_scratch("store"), 2);
    before = read_whole(in_scratch("store"), &length);
    cr_assert(eq(int, store_open(&store, in_scratch("store"), STORE_CHANGE, &why), STATUS_OK), "%s",
              why.text);
    cr_assert(eq(int, store_begin(store, &why), STATUS_OK), "%s", why.text);
    cr_assert(eq(int, put_month(store, 3, &why), STATUS_OK), "%s", why.text);
    store_close(store);
    bytes = read_whole(in_scratch("store"), &after);
    cr_expect(length == after && memcmp(before, bytes, length) == 0, "the file has changed");
    free(before);
    free(bytes);
}

Test(store, a_dropped_month_is_gone_and_stays_on_record)
{
    struct store *store;
    struct fail why = {0};
    struct store_file *files;
    size_t count;
    int months;

    make_store(in_scratch("store"), 3);
    cr_assert(eq(int, store_open(&store, in_scratch("store"), STORE_CHANGE, &why), STATUS_OK), "%s",
              why.text);
    cr_assert(eq(int, store_begin(store, &why), STATUS_OK), "%s", why.text);
    files = store_files(store, &count);
    cr_assert(eq(sz, count, 3), "files");
    cr_assert(eq(int, store_drop(store, &files[2].parts[0], 0, &why), STATUS_OK), "%s", why.text);
    cr_assert(eq(int, store_commit(store, &why), STATUS_OK), "%s", why.text);
    cr_assert(eq(int, store_begin(store, &why), STATUS_OK), "%s", why.text);
    files = store_files(store, &count);
    cr_expect(eq(sz, count, 3), "the account stays");
    cr_expect(eq(int, files[2].parts[0].state, PART_REMOVED), "and tells what became of it");
    store_close(store);
    cr_expect(eq(u64, fingerprint_of(in_scratch("store"), &months), expected(2)), "sums differ");
    cr_expect(is_sound(in_scratch("store")), "%s", shell_output());
}

/* --- files that are no stores, or not of this version ---------------------------------------- */

struct strange {
    const char *name;
    const char *make; /* a shell command; $s is the file */
    const char *says;
};

static const struct strange strange[] = {
    {"a text", "echo hello, this is a text of more than sixteen bytes > $s",
     "not a canister store"},
    {"another's", "sqlite3 $s 'create table t (x)'", "not a canister store"},
    {"another's, too", "sqlite3 $s 'create table t (x); pragma user_version = 2'",
     "not a canister store"},
    {"empty", ": > $s", "add a month with canister add"},
    {"newer", "cp store $s; sqlite3 $s 'pragma user_version = 99'", "made by a newer canister"},
    {"no table", "cp store $s; sqlite3 $s 'drop table cell'", "damaged"},
    {"a sum changed", "cp store $s; sqlite3 $s 'update cell set items = items + 1'",
     "damaged: the rows of the table cell"},
    {"a code changed",
     "cp store $s; sqlite3 $s \"update presentation set code = '0301011R0BEAIAQ' where "
     "presentation = 1\"",
     "damaged: the rows of the table presentat"},
    {"a sum removed", "cp store $s; sqlite3 $s 'delete from cell where place = 3'",
     "damaged: the rows of the table cell"},
    {"a part moved", "cp store $s; sqlite3 $s 'update part set month = month + 1'",
     "damaged: the rows of the table part"},
    {"no seals", "cp store $s; sqlite3 $s 'delete from seal'", "damaged: the rows of the table"},
    {"a folder", "mkdir $s", "cannot be opened"},
};

Test(store, what_is_no_store_of_this_version_is_refused_with_a_sentence)
{
    make_store(in_scratch("store"), 2);
    for (size_t i = 0; i < LENGTH_OF(strange); i++) {
        struct cube cube = {0};
        struct fail why = {0};

        cr_assert(
            eq(int, shell("cd %s && s=strange%zu && %s", scratch_folder(), i, strange[i].make), 0),
            "%s", shell_output());
        shell("echo %s/strange%zu | tr -d '\\n'", scratch_folder(), i);
        cr_expect(eq(int, load_all(shell_output(), &cube, &why), -1), "%s was read",
                  strange[i].name);
        cr_expect(strstr(why.text, strange[i].says) != NULL, "%s: %s", strange[i].name, why.text);
        cube_release(&cube);
        if (i > 0)
            cr_expect(
                ne(int, shell("%s check --store %s/strange%zu", program(), scratch_folder(), i), 0),
                "check found nothing: %s", strange[i].name);
    }
}

/* What versions 2 and 3 of the schema brought. */
static const char later[] =
    "DROP VIEW hospital; DROP VIEW medicine; DROP VIEW prescribing; DROP VIEW month;"
    "DROP VIEW place; DROP VIEW product; DROP VIEW practice;"
    "DROP TABLE total; DROP TABLE total_organisation_name; DROP TABLE total_substance_name;"
    "ALTER TABLE file DROP COLUMN series; ALTER TABLE file DROP COLUMN returns;"
    "ALTER TABLE file DROP COLUMN totals; ALTER TABLE file DROP COLUMN notes; PRAGMA user_version "
    "= 1;";

/* A store as the first version made it, with the seals of its tables. */
static void make_first_version(const char *path)
{
    struct store *store;
    struct fail why = {0};

    make_store(path, 3);
    cr_assert(eq(int, store_open(&store, path, STORE_CHANGE, &why), STATUS_OK), "%s", why.text);
    cr_assert(eq(int, store_begin(store, &why), STATUS_OK), "%s", why.text);
    cr_assert(eq(int, sql_run(store, later, &why), STATUS_OK), "%s", why.text);
    cr_assert(eq(int, store_commit(store, &why), STATUS_OK), "%s", why.text);
    store_close(store);
}

static void expect_answer(const char *query, const char *answer)
{
    cr_expect(eq(int, shell("cd %s && sqlite3 store '%s'", scratch_folder(), query), 0), "%s",
              shell_output());
    cr_expect(strcmp(shell_output(), answer) == 0, "%s: %s", query, shell_output());
}

Test(store, a_store_of_the_first_version_is_brought_up_to_date)
{
    int months;

    make_first_version(in_scratch("store"));
    expect_answer("pragma user_version", "1\n");
    expect_answer("select count(*) from pragma_table_info(\"file\") where name = \"series\"",
                  "0\n");
    cr_expect(eq(u64, fingerprint_of(in_scratch("store"), &months), expected(3)), "sums differ");
    expect_answer("pragma user_version", "4\n");
    expect_answer("select count(*) from prescribing", "360\n");
    expect_answer("select count(*) from hospital", "0\n");
    expect_answer("select distinct series, returns, totals from file", "|0|0\n");
    cr_expect(is_sound(in_scratch("store")), "%s", shell_output());
}

/* Seals are made anew only over what fits the old ones. */
Test(store, a_damaged_store_of_an_older_version_is_not_brought_up_to_date)
{
    struct cube cube = {0};
    struct fail why = {0};

    make_first_version(in_scratch("store"));
    expect_answer("update file set rows_kept = rows_kept + 1", "");
    cr_expect(eq(int, load_all(in_scratch("store"), &cube, &why), -1), "it was read");
    cr_expect(strstr(why.text, "damaged: the rows of the table file") != NULL, "%s", why.text);
    cube_release(&cube);
    expect_answer("pragma user_version", "1\n");
}

/* --- damage ------------------------------------------------------------------------------------
 */

#define FLIPS 400

Test(store, a_flipped_bit_is_told_or_changes_nothing)
{
    const char *const path = in_scratch("flipped");
    uint64_t state = 20261122;
    uint64_t right;
    size_t length;
    char *bytes;
    int told = 0;

    make_store(in_scratch("store"), 3);
    right = expected(3);
    bytes = read_whole(in_scratch("store"), &length);
    for (int i = 0; i < FLIPS; i++) {
        const size_t at = i < 100 ? (size_t)i : dice_below(&state, length);
        const char bit = (char)(1 << dice_below(&state, 8));
        struct cube cube = {0};
        struct fail why = {0};
        int months;

        bytes[at] ^= bit;
        write_whole(path, bytes, length);
        months = load_all(path, &cube, &why);
        told += months < 0;
        cr_expect(months < 0 || (months == 3 && fingerprint(&cube) == right),
                  "byte %zu, bit %d: wrong sums and no word of it", at, bit);
        cr_expect(months >= 0 || why.text[0] != '\0', "byte %zu: no sentence", at);
        cube_release(&cube);
        bytes[at] ^= bit;
    }
    /* the others fell into room that is not used, indexes and the texts of views */
    cr_expect(lt(int, FLIPS / 10, told), "only %d of %d were told", told, FLIPS);
    free(bytes);
}

/* --- kills -------------------------------------------------------------------------------------
 */

#define KILLS 240

/* A child adds a month and is killed at a random moment of it; the next one adds the next. */
Test(store, a_kill_at_any_moment_leaves_the_old_state_or_the_new)
{
    alarm(300);
    const char *const path = in_scratch("store");
    uint64_t state = 7;
    unsigned longest = 3000; /* microseconds; adapts so that half of the kills come in time */
    int months = 0;
    int killed = 0;

    make_store(path, 1);
    months = 1;
    for (int i = 0; i < KILLS; i++) {
        const pid_t child = fork();
        int ended = 0;
        int after;
        uint64_t print;

        if (child == 0) {
            struct fail why = {0};

            _exit(add_month(path, months + 1, &why) == STATUS_OK ? 0 : 1);
        }
        usleep((useconds_t)dice_below(&state, longest));
        kill(child, SIGKILL);
        cr_assert(waitpid(child, &ended, 0) == child, "wait");
        killed += WIFSIGNALED(ended);
        longest = WIFSIGNALED(ended) ? longest + longest / 20 + 1 : longest - longest / 20;
        print = fingerprint_of(path, &after);
        cr_assert(after == months || after == months + 1, "kill %d: %d months, then %d", i, months,
                  after);
        cr_assert(print == expected(after), "kill %d: the sums are wrong", i);
        cr_assert(after == months + 1 || WIFSIGNALED(ended),
                  "kill %d: a month that went in is lost", i);
        months = after;
        if (months == 12) { /* begin anew, so that the file stays small */
            cr_assert(is_sound(path), "%s", shell_output());
            unlink(path);
            make_store(path, 1);
            months = 1;
        }
    }
    cr_expect(lt(int, KILLS / 4, killed), "only %d of %d came in time", killed, KILLS);
    cr_expect(is_sound(path), "%s", shell_output());
}

/* --- others at the same time
 * ---------------------------------------------------------------------- */

#define WRITERS 4
#define MONTHS_EACH 5

Test(store, writers_queue_and_readers_see_whole_months_only)
{
    alarm(300);
    const char *const path = in_scratch("store");
    pid_t writers[WRITERS];
    int months = 0;
    int running = WRITERS;

    make_store(path, 1);
    for (int w = 0; w < WRITERS; w++) {
        writers[w] = fork();
        if (writers[w] == 0) {
            struct fail why = {0};
            enum status status = STATUS_OK;

            for (int m = 0; m < MONTHS_EACH && status == STATUS_OK; m++)
                status = add_month(path, 2 + w * MONTHS_EACH + m, &why);
            _exit((int)status);
        }
    }
    while (running > 0) {
        struct cube cube = {0};
        struct fail why = {0};
        int ended = 0;
        const int now = load_all(path, &cube, &why);

        cr_assert(le(int, months, now), "%d months, then %d: %s", months, now, why.text);
        cr_assert(cube.count == (size_t)now * PRACTICES * 3, "half a month was seen");
        months = now;
        cube_release(&cube);
        while (running > 0 && waitpid(-1, &ended, WNOHANG) > 0) {
            cr_expect(ended == 0, "a writer failed");
            running--;
        }
    }
    cr_expect(eq(u64, fingerprint_of(path, &months), expected(1 + WRITERS * MONTHS_EACH)),
              "sums differ");
    cr_expect(is_sound(path), "%s", shell_output());
}
