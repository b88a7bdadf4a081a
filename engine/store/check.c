#include "store/store_internal.h"

#include <stdio.h>

struct checking {
    struct store *store;
    void (*tell)(void *context, const char *finding);
    void *context;
    bool sound;
    struct fail *why;
};

static void found(struct checking *checking, const char *finding)
{
    checking->sound = false;
    checking->tell(checking->context, finding);
}

/* What is damaged is a finding; what cannot be read at all ends the check. */
static enum status pass_over(struct checking *checking, enum status status)
{
    if (status != STATUS_DATA)
        return status;
    found(checking, checking->why->text);
    return STATUS_OK;
}

static enum status each_row(struct checking *checking, const char *text,
                            void (*each)(struct checking *checking, sqlite3_stmt *statement))
{
    sqlite3_stmt *statement = NULL;
    bool more = true;
    enum status status = sql_prepare(checking->store, text, &statement, checking->why);

    while (status == STATUS_OK && more) {
        status = sql_step(checking->store, statement, &more, checking->why);
        if (status == STATUS_OK && more)
            each(checking, statement);
    }
    sqlite3_finalize(statement);
    return pass_over(checking, status);
}

static void tell_page(struct checking *checking, sqlite3_stmt *statement)
{
    char text[400];
    const struct view told = sql_text(statement, 0);

    if (view_is(told, "ok"))
        return;
    snprintf(text, sizeof text, "the file's structure: %.*s", (int)told.length, told.at);
    found(checking, text);
}

static void tell_reference(struct checking *checking, sqlite3_stmt *statement)
{
    char text[200];
    const struct view from = sql_text(statement, 0);
    const struct view to = sql_text(statement, 2);

    snprintf(text, sizeof text, "a row of the table %.*s refers to a row of %.*s that is not there",
             (int)from.length, from.at, (int)to.length, to.at);
    found(checking, text);
}

/* True when the store has the object with the same text. */
static bool has_object(struct checking *checking, struct view name, struct view text)
{
    sqlite3_stmt *statement = NULL;
    bool more = false;
    bool same = false;
    struct fail ignored;

    if (sql_prepare(checking->store, "SELECT sql FROM sqlite_schema WHERE name = ?", &statement,
                    &ignored) == STATUS_OK) {
        sql_bind_text(statement, 1, name);
        same = sql_step(checking->store, statement, &more, &ignored) == STATUS_OK && more &&
               view_equal(sql_text(statement, 0), text);
    }
    sqlite3_finalize(statement);
    return same;
}

static enum status compare_objects(struct checking *checking, struct store *fresh)
{
    sqlite3_stmt *statement = NULL;
    char text[200];
    bool more = true;
    enum status status = schema_make(fresh, 0, checking->why);

    if (status == STATUS_OK)
        status = sql_prepare(fresh, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL",
                             &statement, checking->why);
    while (status == STATUS_OK && more) {
        status = sql_step(fresh, statement, &more, checking->why);
        if (status != STATUS_OK || !more ||
            has_object(checking, sql_text(statement, 0), sql_text(statement, 1)))
            continue;
        snprintf(text, sizeof text, "the table or view %s is not as this version makes it",
                 (const char *)sqlite3_column_text(statement, 0));
        found(checking, text);
    }
    sqlite3_finalize(statement);
    return status;
}

/* Tables and views as in a new store: a changed view would show wrong figures. */
static enum status check_schema(struct checking *checking)
{
    struct store fresh = {.path = checking->store->path};
    enum status status = fail_nomem(checking->why);

    if (sqlite3_open(":memory:", &fresh.base) == SQLITE_OK)
        status = compare_objects(checking, &fresh);
    sqlite3_close(fresh.base);
    return status;
}

static enum status check_seals(struct checking *checking)
{
    struct store *const store = checking->store;
    static const char *const by_file[] = {"reject", "organisation_name", "presentation_name",
                                          "total_organisation_name", "total_substance_name"};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < sealed_table_count && status == STATUS_OK; i++)
        status = pass_over(checking, seal_check(store, sealed_tables[i], 0, checking->why));
    for (size_t i = 0; i < store->file_count; i++)
        for (size_t t = 0; t < COUNT_OF(by_file) && status == STATUS_OK; t++)
            if (t == 0 || (t < 3 && !store->files[i].companion) || store->files[i].has_totals)
                status = pass_over(
                    checking, seal_check(store, by_file[t], store->files[i].number, checking->why));
    return status;
}

static enum status check_part(struct checking *checking, const struct store_part *part,
                              uint64_t *rows)
{
    struct cube cube = {0};
    enum status status;

    *rows += part->sums.rows;
    if (part->state != PART_KEPT)
        return STATUS_OK;
    status = store_load(checking->store, part, &cube, checking->why);
    cube_release(&cube);
    return pass_over(checking, status);
}

/* They came from the same rows as the account of the file. */
static enum status check_totals(struct checking *checking, const struct store_file *file)
{
    struct totals totals = {.complete = {.count = 0}};
    const struct cube *const cubes[] = {&totals.complete, &totals.partial};
    bool whole = file->has_totals;
    wide_t items = 0;
    wide_t cost = 0;
    char text[400];
    enum status status = STATUS_OK;

    for (size_t i = 0; i < file->summary.month_count && file->has_totals && status == STATUS_OK;
         i++) {
        whole = whole && file->parts[i].state == PART_KEPT;
        if (file->parts[i].state == PART_KEPT)
            status = store_load_totals(checking->store, &file->parts[i], &totals, checking->why);
    }
    for (size_t c = 0; c < COUNT_OF(cubes); c++)
        for (size_t i = 0; i < cubes[c]->count; i++) {
            items += cubes[c]->cells[i].items;
            cost += cubes[c]->cells[i].actual_cost;
        }
    totals_release(&totals);
    if (status == STATUS_OK && whole &&
        (items != file->summary.items || cost != file->summary.actual_cost)) {
        snprintf(text, sizeof text, "%.200s: the sums of all its rows do not match its account",
                 file->name);
        found(checking, text);
    }
    return pass_over(checking, status);
}

static enum status check_file(struct checking *checking, const struct store_file *file)
{
    const struct extract_summary *const summary = &file->summary;
    uint64_t rows = 0;
    uint64_t in_scope_or_not = 0;
    char text[400];
    enum status status = STATUS_OK;

    for (size_t i = 0; i < summary->month_count && status == STATUS_OK; i++) {
        status = check_part(checking, &file->parts[i], &rows);
        in_scope_or_not += file->parts[i].rows_read;
    }
    /* of hospital extracts the rows out of scope are summed too, all medicines together: that a
     * trust has sent something must be known */
    if ((rows != summary->rows_kept && rows != summary->rows_kept + summary->rows_out_of_scope) ||
        in_scope_or_not != summary->rows_kept + summary->rows_out_of_scope ||
        summary->rows_read != in_scope_or_not + summary->rejects.count) {
        snprintf(text, sizeof text, "%.200s: its months do not add up to its rows", file->name);
        found(checking, text);
    }
    return status == STATUS_OK ? check_totals(checking, file) : status;
}

static enum status check_accounts(struct checking *checking)
{
    struct store *const store = checking->store;
    enum status status = accounts_read(store, checking->why);

    if (status != STATUS_OK)
        return pass_over(checking, status);
    status = check_seals(checking);
    for (size_t i = 0; i < store->file_count && status == STATUS_OK; i++)
        status = check_file(checking, &store->files[i]);
    return status;
}

enum status store_check(struct store *store, void (*tell)(void *context, const char *finding),
                        void *context, bool *sound, struct fail *why)
{
    struct checking checking = {store, tell, context, true, why};
    enum status status = sql_run(store, "BEGIN", why);

    store->begun = status == STATUS_OK;
    if (status == STATUS_OK)
        status = each_row(&checking, "PRAGMA integrity_check", tell_page);
    if (status == STATUS_OK)
        status = each_row(&checking, "PRAGMA foreign_key_check", tell_reference);
    if (status == STATUS_OK)
        status = check_schema(&checking);
    if (status == STATUS_OK)
        status = check_accounts(&checking);
    store_rollback(store);
    *sound = checking.sound;
    return status;
}
