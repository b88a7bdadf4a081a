#include "store/store_internal.h"

#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>

/* How long one waits for another: a writer holds the file only while it writes a month
 * that it has read, a second or two; the worst is a slow network drive. */
#define WAIT_MILLISECONDS 120000

/* Pages of the largest month stay in memory until the commit, so that readers go on until then. */
#define CACHE_KIB 262144

/* How often a store may be replaced under a program that waits for it. */
#define MOVES 20

static enum status open_file(struct store *store, const char *path, struct fail *why)
{
    /* also to read: what an interrupted program left in its journal must be undone first; a file
     * that may not be written is opened to read by the same flag */
    const int flags = SQLITE_OPEN_READWRITE | (store->mode == STORE_GROW ? SQLITE_OPEN_CREATE : 0);

    if (sqlite3_open_v2(path, &store->base, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return store->base != NULL ? sql_fail(store, why) : fail_nomem(why);
    sqlite3_extended_result_codes(store->base, 1);
    sqlite3_busy_timeout(store->base, store->mode == STORE_ALONG ? 0 : WAIT_MILLISECONDS);
    /* a store comes from anywhere: nothing in its schema is trusted */
    sqlite3_db_config(store->base, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(store->base, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return STATUS_OK;
}

/* A rollback journal and no write-ahead log: a store lies on network drives, where the
 * log's shared memory does not work, is read from folders that cannot be written, and is one file
 * that can be copied whenever nobody writes.  Changes stay in memory until the commit. */
static enum status set_up(struct store *store, struct fail *why)
{
    char text[256];

    snprintf(text, sizeof text,
             "PRAGMA cell_size_check = ON; PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON;"
             "PRAGMA cache_size = -%d; PRAGMA cache_spill = OFF;",
             CACHE_KIB);
    return sql_run(store, text, why);
}

static enum status fail_version(const struct store *store, int64_t version, struct fail *why)
{
    if (version > (int64_t)schema_version)
        fail_set(why, STATUS_DATA,
                 "the store has version %lld, made by a newer canister; this one reads up to "
                 "version %zu: use the newer program",
                 (long long)version, schema_version);
    else
        fail_set(why, STATUS_DATA,
                 "the store has version %lld and must be upgraded to version %zu, but cannot be "
                 "written here",
                 (long long)version, schema_version);
    return fail_in(why, store->path, 0);
}

static enum status fail_foreign(const struct store *store, struct fail *why)
{
    fail_set(why, STATUS_DATA, "is not a canister store");
    return fail_in(why, store->path, 0);
}

static enum status fail_empty(const struct store *store, struct fail *why)
{
    fail_set(why, STATUS_NO_INPUT, "the store is empty: add a month with canister add");
    return fail_in(why, store->path, 0);
}

/* An empty file is a store that is not made yet: its making was interrupted. */
static enum status read_version(struct store *store, int64_t *version, struct fail *why)
{
    int64_t application = 0;
    int64_t objects = 0;
    enum status status = sql_number(store, "PRAGMA application_id", &application, why);

    if (status == STATUS_OK)
        status = sql_number(store, "PRAGMA user_version", version, why);
    if (status == STATUS_OK)
        status = sql_number(store, "SELECT count(*) FROM sqlite_schema", &objects, why);
    if (status != STATUS_OK)
        return status;
    if (application == SCHEMA_APPLICATION && *version > 0)
        return STATUS_OK;
    if (application != 0 || *version != 0 || objects != 0)
        return fail_foreign(store, why);
    return store->mode == STORE_GROW ? STATUS_OK : fail_empty(store, why);
}

enum status schema_make(struct store *store, size_t from, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = from; i < schema_version; i++)
        for (size_t t = 0; t < COUNT_OF(schema_steps[i].texts) && status == STATUS_OK; t++)
            if (schema_steps[i].texts[t] != NULL)
                status = sql_run(store, schema_steps[i].texts[t], why);
    return status;
}

/* Steps change tables, so these get new seals: only what still fits the old ones may. */
static enum status check_before_steps(struct store *store, size_t from, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < sealed_table_count && from > 0 && status == STATUS_OK; i++)
        status = seal_check(store, sealed_tables[i], 0, why);
    return status;
}

static enum status take_steps(struct store *store, size_t from, struct fail *why)
{
    char text[96];
    enum status status;

    status = check_before_steps(store, from, why);
    if (status == STATUS_OK)
        status = schema_make(store, from, why);
    snprintf(text, sizeof text, "PRAGMA application_id = %d; PRAGMA user_version = %zu;",
             SCHEMA_APPLICATION, schema_version);
    if (status == STATUS_OK)
        status = sql_run(store, text, why);
    for (size_t i = 0; i < sealed_table_count && status == STATUS_OK; i++)
        status = seal_make(store, sealed_tables[i], 0, why);
    return status;
}

/* Brings the file to today's version, all steps or none. */
static enum status update(struct store *store, struct fail *why)
{
    int64_t version = 0;
    enum status status = sql_run(store, "BEGIN IMMEDIATE", why);

    if (status != STATUS_OK)
        return status;
    status = read_version(store, &version, why); /* another may have done it meanwhile */
    if (status == STATUS_OK && version > (int64_t)schema_version)
        status = fail_version(store, version, why);
    if (status == STATUS_OK)
        status = take_steps(store, (size_t)version, why);
    if (status == STATUS_OK)
        status = sql_run(store, "COMMIT", why);
    if (status != STATUS_OK)
        sqlite3_exec(store->base, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

static enum status bring_up_to_date(struct store *store, int64_t version, struct fail *why)
{
    if (version > (int64_t)schema_version || sqlite3_db_readonly(store->base, "main") == 1)
        return fail_version(store, version, why);
    return update(store, why);
}

/* What would write more than we write, whenever we do; canister has no triggers. */
static enum status refuse_triggers(struct store *store, struct fail *why)
{
    sqlite3_stmt *statement = NULL;
    bool more = false;
    enum status status = sql_prepare(store, "SELECT name FROM sqlite_schema WHERE type = 'trigger'",
                                     &statement, why);

    if (status == STATUS_OK)
        status = sql_step(store, statement, &more, why);
    if (status == STATUS_OK && more) {
        const struct view name = sql_text(statement, 0);

        fail_set(why, STATUS_DATA,
                 "the store holds a trigger, \"%.*s\", that canister did not make: it would change "
                 "what is written; drop it or take another store; nothing was changed",
                 (int)(name.length < 80 ? name.length : 80), name.at);
        status = fail_in(why, store->path, 0);
    }
    sqlite3_finalize(statement);
    return status;
}

static enum status make_ready(struct store *store, const char *path, struct fail *why)
{
    int64_t version = 0;
    enum status status = open_file(store, path, why);

    if (status == STATUS_OK)
        status = set_up(store, why);
    if (status == STATUS_OK)
        status = read_version(store, &version, why);
    if (status == STATUS_OK && store->mode > STORE_ALONG)
        status = refuse_triggers(store, why);
    if (status == STATUS_OK && version != (int64_t)schema_version)
        status = bring_up_to_date(store, version, why);
    if (status == STATUS_OK && store->mode <= STORE_ALONG)
        status = sql_run(store, "PRAGMA query_only = ON", why);
    return status;
}

/* Another program may have put a new file in the place of this one (store_merge does): what is
 * open is then a file without a name, and what was written into it would be lost. */
static bool has_moved(const struct store *store)
{
    int moved = 0;

    return store->base != NULL &&
           sqlite3_file_control(store->base, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
           moved != 0;
}

static enum status reopen(struct store *store, struct fail *why)
{
    sqlite3_exec(store->base, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(store->base);
    store->base = NULL;
    return make_ready(store, store->path, why);
}

enum status store_open(struct store **store, const char *path, enum store_mode mode,
                       struct fail *why)
{
    struct store *const made = calloc(1, sizeof *made);
    enum status status;

    if (made == NULL || (made->path = strdup(path)) == NULL) {
        free(made);
        return fail_nomem(why);
    }
    made->mode = mode;
    status = make_ready(made, path, why);
    for (int tries = 0; status != STATUS_OK && tries < MOVES && has_moved(made); tries++)
        status = reopen(made, why);
    if (status != STATUS_OK) {
        store_close(made);
        return status;
    }
    *store = made;
    return STATUS_OK;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    store_rollback(store);
    accounts_release(store);
    sqlite3_close(store->base);
    free(store->path);
    free(store);
}

static enum status begin(struct store *store, struct fail *why)
{
    const char *const text = store->mode <= STORE_ALONG ? "BEGIN" : "BEGIN IMMEDIATE";
    enum status status = sql_run(store, text, why);

    for (int tries = 0; tries < MOVES && has_moved(store); tries++) {
        status = reopen(store, why);
        if (status == STATUS_OK)
            status = sql_run(store, text, why);
    }
    if (status != STATUS_OK || !has_moved(store))
        return status;
    sqlite3_exec(store->base, "ROLLBACK", NULL, NULL, NULL);
    fail_set(why, STATUS_IO, "the store was replaced again and again: try once more");
    return fail_in(why, store->path, 0);
}

enum status store_begin(struct store *store, struct fail *why)
{
    enum status status = begin(store, why);

    if (status != STATUS_OK)
        return status;
    store->begun = true;
    status = accounts_read(store, why);
    if (status != STATUS_OK)
        store_rollback(store);
    return status;
}

/* One text over all seals of whole tables: it changes with each commit that changes anything. */
static enum status read_seals(struct store *store, char out[SHA256_TEXT], struct fail *why)
{
    struct sha256 *const sha256 = sha256_new();
    sqlite3_stmt *statement = NULL;
    bool more = true;
    enum status status = sha256 != NULL ? sql_prepare(store,
                                                      "SELECT sha256 FROM seal ORDER BY "
                                                      "\"table\", owner",
                                                      &statement, why)
                                        : fail_nomem(why);

    while (status == STATUS_OK && more) {
        status = sql_step(store, statement, &more, why);
        if (status == STATUS_OK && more)
            status =
                sha256_add(sha256, sql_text(statement, 0).at, sql_text(statement, 0).length, why);
    }
    if (status == STATUS_OK)
        status = sha256_end(sha256, out, why);
    sqlite3_finalize(statement);
    sha256_free(sha256);
    return status;
}

/* A commit is done once the journal is gone; when the disk then does not confirm it, SQLite calls
 * it failed all the same, and the store has the new sums. */
static enum status commit(struct store *store, struct fail *why)
{
    char before[SHA256_TEXT] = "";
    char after[SHA256_TEXT] = "";
    struct fail ignored;
    enum status status = read_seals(store, before, why);

    if (status == STATUS_OK)
        status = sql_run(store, "COMMIT", why);
    if (status == STATUS_OK)
        return STATUS_OK;
    store_rollback(store);
    if (before[0] != '\0' && read_seals(store, after, &ignored) == STATUS_OK &&
        strcmp(before, after) == 0) {
        fail_set(why, STATUS_IO,
                 "the store was changed as asked, but the disk did not confirm it: run canister "
                 "check, and look at the disk");
        fail_in(why, store->path, 0);
    }
    return status;
}

enum status store_commit(struct store *store, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < sealed_table_count && status == STATUS_OK; i++)
        status = seal_make(store, sealed_tables[i], 0, why);
    if (status == STATUS_OK)
        status = commit(store, why);
    if (status == STATUS_OK)
        store->begun = false;
    else
        store_rollback(store);
    return status;
}

void store_rollback(struct store *store)
{
    if (store->begun)
        sqlite3_exec(store->base, "ROLLBACK", NULL, NULL, NULL);
    store->begun = false;
}

struct store_file *store_files(const struct store *store, size_t *count)
{
    *count = store->file_count;
    return store->files;
}

const struct store_addition *store_additions(const struct store *store, size_t *count)
{
    *count = store->addition_count;
    return store->additions;
}

const char *store_path(const struct store *store)
{
    return store->path;
}

enum status store_bytes(struct store *store, uint64_t *bytes, struct fail *why)
{
    int64_t pages = 0;
    int64_t page = 0;
    enum status status = sql_number(store, "PRAGMA page_count", &pages, why);

    if (status == STATUS_OK)
        status = sql_number(store, "PRAGMA page_size", &page, why);
    *bytes = (uint64_t)(pages * page);
    return status;
}
