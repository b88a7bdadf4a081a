#include "store/put_internal.h"

#include <stdlib.h>

/* One of the two cubes of totals on its way into the store. */
struct totalling {
    struct putting *putting;
    int64_t complete;
    sqlite3_stmt *total;
    sqlite3_stmt *organisation_name;
    sqlite3_stmt *substance_name;
};

/* The part of the file that has a month; NULL when there is none. */
static const struct store_part *part_of(const struct store_file *file, month_t month)
{
    for (size_t i = 0; i < file->summary.month_count; i++)
        if (file->parts[i].month == month)
            return &file->parts[i];
    return NULL;
}

static enum status put_total(struct totalling *totalling, const struct cell *cell)
{
    const struct putting *const putting = totalling->putting;
    const struct store_part *const part = part_of(putting->file, cell->month);
    const int64_t values[] = {part != NULL ? part->number : 0,
                              totalling->complete,
                              (int64_t)putting->places[cell->place] + 1,
                              (int64_t)putting->presentations[cell->presentation] + 1,
                              (int64_t)cell->rows,
                              cell->items,
                              cell->quantity,
                              cell->nic,
                              cell->actual_cost,
                              cell->unknown_cost};

    if (part == NULL)
        return fail_set(putting->why, STATUS_BUG, "a total is of a month that its file has not");
    for (size_t i = 0; i < COUNT_OF(values); i++)
        sql_bind_number(totalling->total, (int)i + 1, values[i]);
    return sql_do(putting->store, totalling->total, putting->why);
}

static enum status put_dated(struct totalling *totalling, sqlite3_stmt *statement, uint32_t number,
                             const struct dated_name *name)
{
    struct putting *const putting = totalling->putting;
    uint32_t text = 0;
    enum status status;

    if (name->text.length == 0)
        return STATUS_OK;
    status = put_name(putting, name->text, &text);
    if (status != STATUS_OK)
        return status;
    sql_bind_number(statement, 1, putting->file->number);
    sql_bind_number(statement, 2, totalling->complete);
    sql_bind_number(statement, 3, (int64_t)number + 1);
    sql_bind_number(statement, 4, (int64_t)text + 1);
    sql_bind_number(statement, 5, name->month);
    return sql_do(putting->store, statement, putting->why);
}

static enum status put_total_names(struct totalling *totalling)
{
    struct putting *const putting = totalling->putting;
    const struct cube *const cube = putting->cube;
    enum status status = STATUS_OK;

    for (int at = 0; at < LEVELS; at++) {
        const struct organisations *const all = &cube->places.levels[at];

        for (uint32_t i = 0; i < all->codes.count && status == STATUS_OK; i++) {
            uint32_t number = 0;

            status =
                put_organisation(putting, (enum level)at, intern_text(&all->codes, i), &number);
            if (status == STATUS_OK)
                status = put_dated(totalling, totalling->organisation_name, number, &all->names[i]);
        }
    }
    for (uint32_t i = 0; i < cube->codes.count && status == STATUS_OK; i++)
        status = put_dated(totalling, totalling->substance_name, putting->presentations[i],
                           &cube->names[i]);
    return status;
}

/* Codes of substances stand among the names: they are no products. */
static enum status put_side(struct totalling *totalling, const struct cube *cube)
{
    struct putting *const putting = totalling->putting;
    enum status status = STATUS_OK;

    putting->cube = cube;
    putting->places = calloc(places_count(&cube->places) + 1, sizeof *putting->places);
    putting->presentations = calloc(cube->codes.count + 1, sizeof *putting->presentations);
    if (putting->places == NULL || putting->presentations == NULL)
        status = fail_nomem(putting->why);
    for (uint32_t i = 0; i < places_count(&cube->places) && status == STATUS_OK; i++)
        status = put_place(putting, i);
    for (uint32_t i = 0; i < cube->codes.count && status == STATUS_OK; i++)
        status = put_name(putting, intern_text(&cube->codes, i), &putting->presentations[i]);
    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++)
        status = put_total(totalling, &cube->cells[i]);
    if (status == STATUS_OK)
        status = put_total_names(totalling);
    free(putting->places);
    free(putting->presentations);
    return status;
}

static enum status seal_totals(const struct putting *putting)
{
    const struct store_file *const file = putting->file;
    enum status status =
        seal_make(putting->store, "total_organisation_name", file->number, putting->why);

    if (status == STATUS_OK)
        status = seal_make(putting->store, "total_substance_name", file->number, putting->why);
    for (size_t i = 0; i < file->summary.month_count && status == STATUS_OK; i++)
        status = seal_make(putting->store, "total", file->parts[i].number, putting->why);
    return status;
}

enum status put_totals(struct putting *putting)
{
    const struct totals *const totals = putting->file->totals;
    struct totalling totalling = {.putting = putting};
    struct store *const store = putting->store;
    enum status status =
        sql_prepare(store, "INSERT INTO total VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    &totalling.total, putting->why);

    if (status == STATUS_OK)
        status = sql_prepare(store, "INSERT INTO total_organisation_name VALUES (?, ?, ?, ?, ?)",
                             &totalling.organisation_name, putting->why);
    if (status == STATUS_OK)
        status = sql_prepare(store, "INSERT INTO total_substance_name VALUES (?, ?, ?, ?, ?)",
                             &totalling.substance_name, putting->why);
    if (status == STATUS_OK)
        status = put_side(&totalling, &totals->partial);
    totalling.complete = 1;
    if (status == STATUS_OK)
        status = put_side(&totalling, &totals->complete);
    sqlite3_finalize(totalling.total);
    sqlite3_finalize(totalling.organisation_name);
    sqlite3_finalize(totalling.substance_name);
    return status == STATUS_OK ? seal_totals(putting) : status;
}
