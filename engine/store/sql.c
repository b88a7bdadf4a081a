#include "store/store_internal.h"

#include <stdio.h>

/* SQLite's word for it stands behind ours, for whoever wants to look it up. */
static enum status tell(const struct store *store, enum status status, const char *what,
                        struct fail *why)
{
    fail_set(why, status, "%s (%s)", what, sqlite3_errmsg(store->base));
    return fail_in(why, store->path, 0);
}

enum status sql_damaged(const struct store *store, const char *what, struct fail *why)
{
    fail_set(why, STATUS_DATA,
             "the store is damaged: %s. Nothing of it is used; canister check lists the damage",
             what);
    return fail_in(why, store->path, 0);
}

enum status sql_fail(const struct store *store, struct fail *why)
{
    switch (sqlite3_errcode(store->base) & 0xff) {
    case SQLITE_NOMEM:
        return fail_nomem(why);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return tell(store, STATUS_IO, "the store is in use by another program; nothing was changed",
                    why);
    case SQLITE_FULL:
        return tell(store, STATUS_IO, "the disk is full; nothing was changed", why);
    case SQLITE_IOERR:
        return tell(store, STATUS_IO, "the store cannot be read or written; nothing was changed",
                    why);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return tell(store, STATUS_CANT_CREATE, "the store cannot be written", why);
    case SQLITE_CANTOPEN:
        return store->mode == STORE_GROW
                   ? tell(store, STATUS_CANT_CREATE, "the store cannot be opened", why)
                   : tell(store, STATUS_NO_INPUT, "there is no store here, or it cannot be opened",
                          why);
    case SQLITE_NOTADB:
        return tell(store, STATUS_DATA, "is not a canister store", why);
    case SQLITE_CORRUPT:
    case SQLITE_CONSTRAINT:
    case SQLITE_SCHEMA:
        return sql_damaged(store, sqlite3_errmsg(store->base), why);
    default:
        /* a table that is not there, or is another than the version says */
        return sql_damaged(store, sqlite3_errmsg(store->base), why);
    }
}

enum status sql_run(struct store *store, const char *text, struct fail *why)
{
    return sqlite3_exec(store->base, text, NULL, NULL, NULL) == SQLITE_OK ? STATUS_OK
                                                                          : sql_fail(store, why);
}

enum status sql_prepare(struct store *store, const char *text, sqlite3_stmt **statement,
                        struct fail *why)
{
    return sqlite3_prepare_v2(store->base, text, -1, statement, NULL) == SQLITE_OK
               ? STATUS_OK
               : sql_fail(store, why);
}

enum status sql_step(struct store *store, sqlite3_stmt *statement, bool *more, struct fail *why)
{
    const int code = sqlite3_step(statement);

    *more = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? STATUS_OK : sql_fail(store, why);
}

enum status sql_do(struct store *store, sqlite3_stmt *statement, struct fail *why)
{
    bool more = true;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && more)
        status = sql_step(store, statement, &more, why);
    sqlite3_reset(statement);
    return status;
}

enum status sql_number(struct store *store, const char *text, int64_t *number, struct fail *why)
{
    sqlite3_stmt *statement = NULL;
    bool more = false;
    enum status status = sql_prepare(store, text, &statement, why);

    if (status == STATUS_OK)
        status = sql_step(store, statement, &more, why);
    if (status == STATUS_OK)
        *number = more ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return status;
}

/* The text lives until the statement has run. */
void sql_bind_text(sqlite3_stmt *statement, int at, struct view text)
{
    sqlite3_bind_text64(statement, at, text.at != NULL ? text.at : "", text.length, SQLITE_STATIC,
                        SQLITE_UTF8);
}

void sql_bind_string(sqlite3_stmt *statement, int at, const char *text)
{
    sql_bind_text(statement, at, view_of(text));
}

void sql_bind_number(sqlite3_stmt *statement, int at, int64_t number)
{
    sqlite3_bind_int64(statement, at, number);
}

struct view sql_text(sqlite3_stmt *statement, int column)
{
    const void *const at = sqlite3_column_blob(statement, column);

    return (struct view){at != NULL ? at : "", (size_t)sqlite3_column_bytes(statement, column)};
}

const char *sql_copy(struct store *store, sqlite3_stmt *statement, int column)
{
    return arena_copy(&store->arena, sql_text(statement, column));
}

const char *store_library_version(void)
{
    return sqlite3_libversion();
}
