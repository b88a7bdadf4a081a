#include "store/store_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Plain tables: an older SQLite, as in many a program's driver, knows neither STRICT nor
 * the functions of the views. */
static const char copying[] =
    "CREATE TABLE copy.prescribing AS SELECT * FROM main.prescribing"
    "    ORDER BY month, extract, practice_code, sub_icb_code, product_code;"
    "CREATE TABLE copy.hospital AS SELECT * FROM main.hospital"
    "    ORDER BY month, extract, trust_code, product_code, origin, unit, unit_code, site,"
    "        quantity;"
    "CREATE TABLE copy.month AS SELECT * FROM main.month;"
    "CREATE TABLE copy.practice AS SELECT code, name FROM main.practice ORDER BY code;"
    "CREATE TABLE copy.product AS SELECT code, name FROM main.product ORDER BY code;";

/* A damaged store is not copied: its copy would have no seals that tell. */
static enum status check_all(struct store *store, struct fail *why)
{
    enum status status = accounts_read(store, why);

    for (size_t i = 0; i < store->file_count; i++) {
        const struct store_file *const file = &store->files[i];

        for (size_t m = 0; m < file->summary.month_count && status == STATUS_OK; m++)
            if (file->parts[m].state == PART_KEPT)
                status = seal_check(store, "cell", file->parts[m].number, why);
    }
    return status;
}

static enum status fail_copy(const char *path, struct fail *why)
{
    fail_set(why, STATUS_CANT_CREATE, "the copy cannot be made: %s", strerror(errno));
    return fail_in(why, path, 0);
}

/* SQLite attaches only what is there; an empty file is an empty database. */
static enum status attach(struct store *store, const char *path, struct fail *why)
{
    sqlite3_stmt *statement = NULL;
    FILE *const made = fopen(path, "wb");
    enum status status;

    if (made == NULL)
        return fail_copy(path, why);
    fclose(made);
    status = sql_run(store, "PRAGMA query_only = OFF", why);
    if (status == STATUS_OK)
        status = sql_prepare(store, "ATTACH ? AS copy", &statement, why);
    if (status == STATUS_OK) {
        sql_bind_string(statement, 1, path);
        status = sql_do(store, statement, why);
    }
    sqlite3_finalize(statement);
    return status;
}

static enum status write_copy(struct store *store, const char *path, struct fail *why)
{
    enum status status = attach(store, path, why);

    if (status != STATUS_OK)
        return status;
    status = sql_run(store, "BEGIN", why);
    store->begun = status == STATUS_OK;
    if (status == STATUS_OK)
        status = check_all(store, why);
    if (status == STATUS_OK)
        status = sql_run(store, copying, why);
    if (status == STATUS_OK)
        status = sql_run(store, "COMMIT", why);
    store->begun = store->begun && status != STATUS_OK;
    store_rollback(store);
    sqlite3_exec(store->base, "DETACH copy", NULL, NULL, NULL);
    return status;
}

enum status store_copy(struct store *store, const char *path, struct fail *why)
{
    return write_copy(store, path, why);
}
