#include "store/put_internal.h"

#include <stdlib.h>

static enum status prepare(struct putting *putting)
{
    const struct {
        sqlite3_stmt **statement;
        const char *text;
    } all[] = {
        {&putting->organisation, "INSERT INTO organisation VALUES (?, ?, ?)"},
        {&putting->membership, "INSERT INTO membership VALUES (?, ?)"},
        {&putting->presentation, "INSERT INTO presentation VALUES (?, ?)"},
        {&putting->name, "INSERT INTO name VALUES (?, ?)"},
        {&putting->organisation_name, "INSERT INTO organisation_name VALUES (?, ?, ?, ?)"},
        {&putting->presentation_name, "INSERT INTO presentation_name VALUES (?, ?, ?, ?)"},
        {&putting->reject, "INSERT INTO reject VALUES (?, ?, ?, ?, ?, ?)"},
        {&putting->cell, "INSERT INTO cell VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
    };
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT_OF(all) && status == STATUS_OK; i++)
        status = sql_prepare(putting->store, all[i].text, all[i].statement, putting->why);
    return status;
}

static void release(struct putting *putting)
{
    sqlite3_finalize(putting->organisation);
    sqlite3_finalize(putting->membership);
    sqlite3_finalize(putting->presentation);
    sqlite3_finalize(putting->name);
    sqlite3_finalize(putting->organisation_name);
    sqlite3_finalize(putting->presentation_name);
    sqlite3_finalize(putting->reject);
    sqlite3_finalize(putting->cell);
}

static enum status put_member_names(struct putting *putting)
{
    enum status status =
        put_names(putting, putting->organisation_name, putting->presentation_name, -1);

    if (status == STATUS_OK)
        status =
            seal_make(putting->store, "organisation_name", putting->file->number, putting->why);
    return status == STATUS_OK
               ? seal_make(putting->store, "presentation_name", putting->file->number, putting->why)
               : status;
}

static enum status put_rejects(struct putting *putting)
{
    const struct rejects *const rejects = &putting->file->summary.rejects;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rejects->count && status == STATUS_OK; i++) {
        const struct reject *const reject = &rejects->list[i];

        sql_bind_number(putting->reject, 1, putting->file->number);
        sql_bind_number(putting->reject, 2, (int64_t)i + 1);
        sql_bind_number(putting->reject, 3, (int64_t)reject->line);
        sql_bind_string(putting->reject, 4, reject_id(reject->reason));
        sql_bind_string(putting->reject, 5, reject->column);
        sqlite3_bind_blob64(putting->reject, 6, reject->text.length > 0 ? reject->text.at : "",
                            reject->text.length, SQLITE_STATIC);
        status = sql_do(putting->store, putting->reject, putting->why);
    }
    return status == STATUS_OK
               ? seal_make(putting->store, "reject", putting->file->number, putting->why)
               : status;
}

/* --- sums -------------------------------------------------------------------------------- */

/* Cells in the order of the table's key: then each goes behind the one before. */
struct sorting {
    int32_t month;
    uint32_t place;
    uint32_t presentation;
    uint32_t cell;
};

static int compare_cells(const void *a, const void *b)
{
    const struct sorting *const one = a;
    const struct sorting *const other = b;

    if (one->month != other->month)
        return one->month < other->month ? -1 : 1;
    if (one->place != other->place)
        return one->place < other->place ? -1 : 1;
    return (one->presentation > other->presentation) - (one->presentation < other->presentation);
}

static struct sorting *sort_cells(const struct putting *putting)
{
    const struct cube *const cube = putting->cube;
    struct sorting *const order = calloc(cube->count + 1, sizeof *order);

    for (size_t i = 0; order != NULL && i < cube->count; i++) {
        const struct cell *const cell = &cube->cells[i];

        order[i] = (struct sorting){cell->month, putting->places[cell->place],
                                    putting->presentations[cell->presentation], (uint32_t)i};
    }
    if (order != NULL)
        qsort(order, cube->count, sizeof *order, compare_cells);
    return order;
}

static enum status write_cell(struct putting *putting, struct sealer *sealer, int64_t part,
                              const struct sorting *at)
{
    const struct cell *const cell = &putting->cube->cells[at->cell];
    const int64_t values[] = {part,
                              (int64_t)at->place + 1,
                              (int64_t)at->presentation + 1,
                              (int64_t)cell->rows,
                              cell->items,
                              cell->quantity,
                              cell->nic,
                              cell->actual_cost,
                              cell->unknown_cost + 2 * cell->unknown_nic};

    for (size_t i = 0; i < COUNT_OF(values); i++) {
        sqlite3_bind_int64(putting->cell, (int)i + 1, values[i]);
        sealer_number(sealer, values[i]);
    }
    return sql_do(putting->store, putting->cell, putting->why);
}

static bool add_control(struct cell *sums, const struct cell *cell)
{
    sums->rows += cell->rows;
    return exact_add(&sums->items, cell->items) && exact_add(&sums->quantity, cell->quantity) &&
           exact_add(&sums->nic, cell->nic) && exact_add(&sums->actual_cost, cell->actual_cost);
}

static enum status insert_part(struct putting *putting, const struct store_part *part)
{
    const int64_t values[] = {
        part->number,         putting->file->number,    part->month,      (int64_t)part->rows_read,
        (int64_t)part->cells, (int64_t)part->sums.rows, part->sums.items, part->sums.quantity,
        part->sums.nic,       part->sums.actual_cost};
    sqlite3_stmt *statement = NULL;
    enum status status =
        sql_prepare(putting->store,
                    "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'kept', NULL, NULL)",
                    &statement, putting->why);

    for (size_t i = 0; i < COUNT_OF(values) && status == STATUS_OK; i++)
        sql_bind_number(statement, (int)i + 1, values[i]);
    if (status == STATUS_OK)
        status = sql_do(putting->store, statement, putting->why);
    sqlite3_finalize(statement);
    return status;
}

static enum status write_cells(struct putting *putting, const struct store_part *part,
                               const struct sorting *order)
{
    struct sealer *const sealer = malloc(sizeof *sealer);
    char sha256[SHA256_TEXT];
    enum status status =
        sealer != NULL ? sealer_begin(sealer, putting->why) : fail_nomem(putting->why);
    enum status end;

    if (status != STATUS_OK) {
        free(sealer);
        return status;
    }
    for (size_t i = 0; i < part->cells && status == STATUS_OK; i++)
        status = write_cell(putting, sealer, part->number, &order[i]);
    end = sealer_end(sealer, sha256, status == STATUS_OK ? putting->why : &sealer->why);
    free(sealer);
    if (status == STATUS_OK)
        status = end;
    return status == STATUS_OK
               ? seal_keep(putting->store, "cell", part->number, sha256, putting->why)
               : status;
}

/* The part of a month: its cells stand together in the order. */
static enum status put_part(struct putting *putting, struct month_rows month,
                            const struct sorting *order, size_t count, struct store_part *put)
{
    struct store_part part = {
        .number = (int64_t)++putting->store->part_count,
        .month = month.month,
        .rows_read = month.rows,
    };
    enum status status;

    for (; part.cells < count && order[part.cells].month == month.month; part.cells++)
        if (!add_control(&part.sums, &putting->cube->cells[order[part.cells].cell]))
            return fail_set(putting->why, STATUS_LIMIT, "the sums of a month are too large");
    status = insert_part(putting, &part);
    *put = part;
    return status == STATUS_OK ? write_cells(putting, &part, order) : status;
}

static enum status put_parts(struct putting *putting)
{
    const struct extract_summary *const summary = &putting->file->summary;
    struct sorting *const order = sort_cells(putting);
    const size_t count = putting->cube->count;
    size_t from = 0;
    enum status status = order != NULL ? STATUS_OK : fail_nomem(putting->why);

    for (size_t i = 0; i < summary->month_count && status == STATUS_OK; i++) {
        status = put_part(putting, summary->months[i], order + from, count - from,
                          &putting->file->parts[i]);
        while (from < count && order[from].month == summary->months[i].month)
            from++;
    }
    free(order);
    if (status == STATUS_OK && from < count)
        status =
            fail_set(putting->why, STATUS_BUG, "a sum is for a month that its file does not have");
    return status;
}

static enum status put_cube(struct putting *putting)
{
    enum status status = put_numbers(putting, put_presentation);

    putting->file->parts = arena_array(
        &putting->store->arena, putting->file->summary.month_count + 1, sizeof(struct store_part));
    if (status == STATUS_OK && putting->file->parts == NULL)
        status = fail_nomem(putting->why);
    if (status == STATUS_OK)
        status = put_parts(putting);
    if (status == STATUS_OK)
        status = put_member_names(putting);
    put_numbers_release(putting);
    return status;
}

static enum status put_member(struct putting *putting, int64_t addition, struct store_file *file)
{
    enum status status = account_insert_file(putting->store, addition, file, putting->why);

    putting->file = file;
    putting->cube = file->cube;
    if (status == STATUS_OK)
        status = put_rejects(putting);
    if (status == STATUS_OK && file->cube != NULL)
        status = put_cube(putting);
    return status == STATUS_OK && file->totals != NULL ? put_totals(putting) : status;
}

enum status store_put(struct store *store, const struct store_addition *addition,
                      struct store_file *members, size_t count, struct fail *why)
{
    struct putting putting = {.store = store, .why = why};
    const int64_t number =
        store->addition_count > 0 ? store->additions[store->addition_count - 1].number + 1 : 1;
    const int64_t last = store->file_count > 0 ? store->files[store->file_count - 1].number : 0;
    int64_t scope = 0;
    enum status status = account_put_scope(store, addition->scope, &scope, why);

    if (status == STATUS_OK)
        status = account_insert_addition(store, number, scope, addition, why);
    if (status == STATUS_OK)
        status = prepare(&putting);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        members[i].number = last + (int64_t)i + 1;
        status = put_member(&putting, number, &members[i]);
    }
    release(&putting);
    return status;
}
