#include "store/store_internal.h"

enum status account_insert_file(struct store *store, int64_t addition,
                                const struct store_file *file, struct fail *why)
{
    const struct extract_summary *const summary = &file->summary;
    const char *const texts[] = {file->extract, file->era, file->group};
    const int64_t values[] = {(int64_t)summary->rows_read,
                              (int64_t)summary->rows_kept,
                              (int64_t)summary->rows_out_of_scope,
                              summary->items,
                              summary->actual_cost,
                              (int64_t)summary->unknown_costs,
                              summary->last_line_open};
    const char *const series = file->series != NULL ? file->series : "";
    char notes[NOTES_TEXT];
    sqlite3_stmt *statement = NULL;
    enum status status = sql_prepare(
        store, "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &statement, why);

    if (status == STATUS_OK) {
        sql_bind_number(statement, 1, file->number);
        sql_bind_number(statement, 2, addition);
        sql_bind_string(statement, 3, file->name);
        sql_bind_number(statement, 4, file->companion);
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            sql_bind_string(statement, (int)i + 5, texts[i]);
        for (size_t i = 0; i < COUNT_OF(values); i++)
            sql_bind_number(statement, (int)i + 8, values[i]);
        sql_bind_string(statement, 15, series);
        sql_bind_number(statement, 16, (int64_t)summary->returns);
        sql_bind_number(statement, 17, file->totals != NULL || file->has_totals);
        notes_write(&summary->notes, notes);
        sql_bind_string(statement, 18, notes);
        status = sql_do(store, statement, why);
    }
    sqlite3_finalize(statement);
    return status;
}

enum status account_put_scope(struct store *store, const char *text, int64_t *number,
                              struct fail *why)
{
    sqlite3_stmt *statement = NULL;
    bool more = false;
    enum status status = sql_prepare(
        store, "INSERT INTO scope (text) VALUES (?) ON CONFLICT DO NOTHING", &statement, why);

    if (status == STATUS_OK) {
        sql_bind_string(statement, 1, text);
        status = sql_do(store, statement, why);
    }
    sqlite3_finalize(statement);
    statement = NULL;
    if (status == STATUS_OK)
        status = sql_prepare(store, "SELECT scope FROM scope WHERE text = ?", &statement, why);
    if (status == STATUS_OK) {
        sql_bind_string(statement, 1, text);
        status = sql_step(store, statement, &more, why);
        *number = more ? sqlite3_column_int64(statement, 0) : 0;
    }
    sqlite3_finalize(statement);
    return status;
}

enum status account_insert_addition(struct store *store, int64_t number, int64_t scope,
                                    const struct store_addition *addition, struct fail *why)
{
    const char *const texts[] = {addition->added, addition->program, addition->rules,
                                 addition->rules_sha256};
    const int64_t values[] = {scope, (int64_t)addition->reject_limit.least,
                              (int64_t)addition->reject_limit.per_million, addition->replace,
                              addition->keep_going};
    sqlite3_stmt *statement = NULL;
    enum status status = sql_prepare(
        store, "INSERT INTO addition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", &statement, why);

    if (status == STATUS_OK) {
        sql_bind_number(statement, 1, number);
        sql_bind_string(statement, 2, addition->sha256);
        sql_bind_number(statement, 3, (int64_t)addition->bytes);
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            sql_bind_string(statement, (int)i + 4, texts[i]);
        for (size_t i = 0; i < COUNT_OF(values); i++)
            sql_bind_number(statement, (int)i + 8, values[i]);
        status = sql_do(store, statement, why);
    }
    sqlite3_finalize(statement);
    return status;
}

/* --- months that go out again --------------------------------------------------------------- */

static enum status do_with(struct store *store, const char *text, int64_t first, int64_t second,
                           struct fail *why)
{
    sqlite3_stmt *statement = NULL;
    enum status status = sql_prepare(store, text, &statement, why);

    if (status == STATUS_OK) {
        sql_bind_number(statement, 1, first);
        if (second != 0)
            sql_bind_number(statement, 2, second);
        status = sql_do(store, statement, why);
    }
    sqlite3_finalize(statement);
    return status;
}

enum status store_drop(struct store *store, struct store_part *part, int64_t replaced_by,
                       struct fail *why)
{
    enum status status = do_with(store, "DELETE FROM cell WHERE part = ?", part->number, 0, why);

    if (status == STATUS_OK)
        status = seal_drop(store, "cell", part->number, why);
    if (status == STATUS_OK)
        status = do_with(store, "DELETE FROM total WHERE part = ?", part->number, 0, why);
    if (status == STATUS_OK)
        status = seal_drop(store, "total", part->number, why);
    if (status == STATUS_OK)
        status = do_with(store,
                         replaced_by != 0
                             ? "UPDATE part SET state = 'replaced', replaced_by = ?2, ended = "
                               "strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE part = ?1"
                             : "UPDATE part SET state = 'removed', ended = "
                               "strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE part = ?1",
                         part->number, replaced_by, why);
    part->state = replaced_by != 0 ? PART_REPLACED : PART_REMOVED;
    part->replaced_by = replaced_by;
    return status;
}
