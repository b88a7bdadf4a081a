#include "store/put_internal.h"

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
                              cell->unknown_cost + 2 * cell->unknown_nic};

    if (part == NULL)
        return fail_set(putting->why, STATUS_BUG,
                        "a total is for a month that its file does not have");
    for (size_t i = 0; i < COUNT_OF(values); i++)
        sql_bind_number(totalling->total, (int)i + 1, values[i]);
    return sql_do(putting->store, totalling->total, putting->why);
}

/* Codes of substances stand among the names: they are no products. */
static enum status put_side(struct totalling *totalling, const struct cube *cube)
{
    struct putting *const putting = totalling->putting;
    enum status status;

    putting->cube = cube;
    status = put_numbers(putting, put_name);
    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++)
        status = put_total(totalling, &cube->cells[i]);
    if (status == STATUS_OK)
        status = put_names(putting, totalling->organisation_name, totalling->substance_name,
                           totalling->complete);
    put_numbers_release(putting);
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
