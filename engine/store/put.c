#include "store/put_internal.h"

#include "base/grow.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>

static enum status prepare(struct putting *putting)
{
    const struct {
        sqlite3_stmt **statement;
        const char *text;
    } all[] = {
        {&putting->organisation,      "INSERT INTO organisation VALUES (?, ?, ?)"          },
        {&putting->membership,        "INSERT INTO membership VALUES (?, ?)"               },
        {&putting->presentation,      "INSERT INTO presentation VALUES (?, ?)"             },
        {&putting->name,              "INSERT INTO name VALUES (?, ?)"                     },
        {&putting->organisation_name, "INSERT INTO organisation_name VALUES (?, ?, ?, ?)"  },
        {&putting->presentation_name, "INSERT INTO presentation_name VALUES (?, ?, ?, ?)"  },
        {&putting->reject,            "INSERT INTO reject VALUES (?, ?, ?, ?, ?, ?)"       },
        {&putting->cell,              "INSERT INTO cell VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
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

/* The number of a text in its dictionary; *is_new when it must be written. */
static enum status number_of(struct intern *dictionary, struct view text, uint32_t *number,
                             bool *is_new, struct fail *why)
{
    const size_t before = dictionary->count;
    const enum status status = intern_put(dictionary, text, number, why);

    *is_new = dictionary->count > before;
    return status;
}

enum status put_organisation(struct putting *putting, enum level level, struct view code,
                             uint32_t *number)
{
    char key[LIMIT_CODE_BYTES + 2];
    bool is_new = false;
    const enum status status =
        number_of(&putting->store->dictionary.organisations,
                  organisation_key(level, code, key, sizeof key), number, &is_new, putting->why);

    if (status != STATUS_OK || !is_new)
        return status;
    sql_bind_number(putting->organisation, 1, (int64_t)*number + 1);
    sql_bind_string(putting->organisation, 2, level_text(level));
    sql_bind_text(putting->organisation, 3, code);
    return sql_do(putting->store, putting->organisation, putting->why);
}

static enum status write_membership(struct putting *putting, const uint32_t *tuple, uint32_t place)
{
    enum status status = STATUS_OK;

    for (int level = 0; level < LEVELS && status == STATUS_OK; level++) {
        if (tuple[level] == ORGANISATION_NONE)
            continue;
        sql_bind_number(putting->membership, 1, (int64_t)place + 1);
        sql_bind_number(putting->membership, 2, (int64_t)tuple[level] + 1);
        status = sql_do(putting->store, putting->membership, putting->why);
    }
    return status;
}

enum status put_place(struct putting *putting, uint32_t place)
{
    const struct places *const places = &putting->cube->places;
    uint32_t tuple[LEVELS];
    bool is_new = false;
    enum status status = STATUS_OK;

    for (int at = 0; at < LEVELS && status == STATUS_OK; at++) {
        const enum level level = (enum level)at;
        const uint32_t number = place_organisation(places, place, level);

        tuple[at] = ORGANISATION_NONE;
        if (number != ORGANISATION_NONE)
            status = put_organisation(putting, level, organisation_code(places, level, number),
                                      &tuple[at]);
    }
    if (status == STATUS_OK)
        status = number_of(&putting->store->dictionary.places,
                           (struct view){(const char *)tuple, sizeof tuple},
                           &putting->places[place], &is_new, putting->why);
    return status == STATUS_OK && is_new ? write_membership(putting, tuple, putting->places[place])
                                         : status;
}

static enum status put_presentation(struct putting *putting, uint32_t presentation)
{
    const struct view code = intern_text(&putting->cube->codes, presentation);
    uint32_t *const number = &putting->presentations[presentation];
    bool is_new = false;
    const enum status status =
        number_of(&putting->store->dictionary.presentations, code, number, &is_new, putting->why);

    if (status != STATUS_OK || !is_new)
        return status;
    sql_bind_number(putting->presentation, 1, (int64_t)*number + 1);
    sql_bind_text(putting->presentation, 2, code);
    return sql_do(putting->store, putting->presentation, putting->why);
}

struct growing_text {
    char *at;
    size_t length;
    size_t room;
    bool failed;
};

static void append(void *context, const char *bytes, size_t length)
{
    struct growing_text *const text = context;

    if (text->failed || !grow(&text->at, &text->room, text->length + length, 1)) {
        text->failed = true;
        return;
    }
    memcpy(text->at + text->length, bytes, length);
    text->length += length;
}

/* Names of the older extracts are Latin-1; what opens the store expects UTF-8, which is
 * also what outputs make of them. */
enum status put_name(struct putting *putting, struct view text, uint32_t *number)
{
    struct growing_text whole = {0};
    bool is_new = false;
    enum status status;

    utf8_write(text, append, &whole);
    status = whole.failed
                 ? fail_nomem(putting->why)
                 : number_of(&putting->store->dictionary.names,
                             (struct view){whole.at, whole.length}, number, &is_new, putting->why);
    if (status == STATUS_OK && is_new) {
        sql_bind_number(putting->name, 1, (int64_t)*number + 1);
        sql_bind_text(putting->name, 2, (struct view){whole.at, whole.length});
        status = sql_do(putting->store, putting->name, putting->why);
    }
    free(whole.at);
    return status;
}

static enum status put_dated_name(struct putting *putting, sqlite3_stmt *statement, uint32_t number,
                                  const struct dated_name *name)
{
    uint32_t text = 0;
    enum status status;

    if (name->text.length == 0)
        return STATUS_OK;
    status = put_name(putting, name->text, &text);
    if (status != STATUS_OK)
        return status;
    sql_bind_number(statement, 1, putting->file->number);
    sql_bind_number(statement, 2, (int64_t)number + 1);
    sql_bind_number(statement, 3, (int64_t)text + 1);
    sql_bind_number(statement, 4, name->month);
    return sql_do(putting->store, statement, putting->why);
}

static enum status put_names(struct putting *putting)
{
    const struct cube *const cube = putting->cube;
    enum status status = STATUS_OK;

    for (int at = 0; at < LEVELS; at++) {
        const struct organisations *const all = &cube->places.levels[at];

        for (uint32_t i = 0; i < all->codes.count && status == STATUS_OK; i++) {
            uint32_t number = 0;

            status =
                put_organisation(putting, (enum level)at, intern_text(&all->codes, i), &number);
            if (status == STATUS_OK)
                status =
                    put_dated_name(putting, putting->organisation_name, number, &all->names[i]);
        }
    }
    for (uint32_t i = 0; i < cube->codes.count && status == STATUS_OK; i++)
        status = put_dated_name(putting, putting->presentation_name, putting->presentations[i],
                                &cube->names[i]);
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
                              cell->unknown_cost};

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
    char sha256[DIGEST_TEXT];
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
        status = fail_set(putting->why, STATUS_BUG, "a sum is of a month that its file has not");
    return status;
}

static enum status put_cube(struct putting *putting)
{
    const struct cube *const cube = putting->cube;
    enum status status = STATUS_OK;

    putting->file->parts = arena_array(
        &putting->store->arena, putting->file->summary.month_count + 1, sizeof(struct store_part));
    putting->places = calloc(places_count(&cube->places) + 1, sizeof *putting->places);
    putting->presentations = calloc(cube->codes.count + 1, sizeof *putting->presentations);
    if (putting->file->parts == NULL || putting->places == NULL || putting->presentations == NULL)
        status = fail_nomem(putting->why);
    for (uint32_t i = 0; i < places_count(&cube->places) && status == STATUS_OK; i++)
        status = put_place(putting, i);
    for (uint32_t i = 0; i < cube->codes.count && status == STATUS_OK; i++)
        status = put_presentation(putting, i);
    if (status == STATUS_OK)
        status = put_parts(putting);
    if (status == STATUS_OK)
        status = put_names(putting);
    free(putting->places);
    free(putting->presentations);
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
