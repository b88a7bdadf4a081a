#include "store/load_internal.h"

#include <stdlib.h>

#define UNKNOWN UINT32_MAX

static enum status find_place(struct store_loading *loading, uint32_t place, struct fail *why)
{
    const struct dictionary *const dictionary = &loading->store->dictionary;
    struct row_organisations row = {.month = loading->part->month};
    uint32_t tuple[LEVELS];

    memcpy(tuple, intern_text(&dictionary->places, place).at, sizeof tuple);
    for (int level = 0; level < LEVELS; level++) {
        struct view key;

        if (tuple[level] == ORGANISATION_NONE)
            continue;
        key = intern_text(&dictionary->organisations, tuple[level]);
        row.code[level] = (struct view){key.at + 1, key.length - 1};
    }
    return places_put(&loading->cube->places, &row, &loading->places[place], why);
}

static enum status find_numbers(struct store_loading *loading, int64_t place, int64_t presentation,
                                struct cell *cell, struct fail *why)
{
    const struct dictionary *const dictionary = &loading->store->dictionary;
    const uint32_t at = (uint32_t)(place - 1);
    const uint32_t what = (uint32_t)(presentation - 1);
    enum status status = STATUS_OK;

    if (place < 1 || place > (int64_t)dictionary->places.count || presentation < 1 ||
        presentation > (int64_t)loading->codes->count)
        return sql_damaged(loading->store, "a sum has a place or product that is not there", why);
    if (loading->places[at] == UNKNOWN)
        status = find_place(loading, at, why);
    if (status == STATUS_OK && loading->presentations[what] == UNKNOWN)
        status = cube_presentation(loading->cube, intern_text(loading->codes, what), view_none(),
                                   MONTH_NONE, &loading->presentations[what], why);
    cell->place = loading->places[at];
    cell->presentation = loading->presentations[what];
    return status;
}

enum status load_cell(struct store_loading *loading, const int64_t *numbers, struct fail *why)
{
    struct cell *const sums = &loading->sums;
    struct cell cell = {
        .month = loading->part->month,
        .rows = (uint64_t)numbers[2],
        .items = numbers[3],
        .quantity = numbers[4],
        .nic = numbers[5],
        .actual_cost = numbers[6],
        .unknown_cost = (numbers[7] & 1) != 0,
        .unknown_nic = (numbers[7] & 2) != 0,
    };
    const enum status status = find_numbers(loading, numbers[0], numbers[1], &cell, why);

    if (status != STATUS_OK)
        return status;
    loading->cells++;
    sums->rows += cell.rows;
    if (!exact_add(&sums->items, cell.items) || !exact_add(&sums->quantity, cell.quantity) ||
        !exact_add(&sums->nic, cell.nic) || !exact_add(&sums->actual_cost, cell.actual_cost))
        return sql_damaged(loading->store, "the sums of a month are too large", why);
    return cube_append(loading->cube, &cell, why);
}

/* Behind its part. */
static enum status load_scope_cell(void *context, const int64_t *numbers, struct fail *why)
{
    return load_cell(context, numbers + 1, why);
}

static enum status compare_control(const struct store_loading *loading, struct fail *why)
{
    const struct cell *const is = &loading->sums;
    const struct cell *const was = &loading->part->sums;

    if (loading->cells == loading->part->cells && is->rows == was->rows &&
        is->items == was->items && is->quantity == was->quantity && is->nic == was->nic &&
        is->actual_cost == was->actual_cost)
        return STATUS_OK;
    return sql_damaged(loading->store, "the sums of a month do not match its file", why);
}

static uint32_t *unknown_numbers(size_t count)
{
    uint32_t *const numbers = malloc((count + 1) * sizeof *numbers);

    for (size_t i = 0; numbers != NULL && i < count; i++)
        numbers[i] = UNKNOWN;
    return numbers;
}

enum status loading_begin(struct store_loading *loading, struct store *store,
                          const struct store_part *part, struct cube *cube,
                          const struct intern *codes, struct fail *why)
{
    *loading = (struct store_loading){
        .store = store,
        .part = part,
        .cube = cube,
        .codes = codes,
        .places = unknown_numbers(store->dictionary.places.count),
        .presentations = unknown_numbers(codes->count),
    };
    return loading->places != NULL && loading->presentations != NULL ? STATUS_OK : fail_nomem(why);
}

void loading_release(struct store_loading *loading)
{
    free(loading->places);
    free(loading->presentations);
}

enum status store_load(struct store *store, const struct store_part *part, struct cube *cube,
                       struct fail *why)
{
    struct store_loading loading;
    enum status status =
        loading_begin(&loading, store, part, cube, &store->dictionary.presentations, why);

    if (status == STATUS_OK)
        status = seal_read_numbers(store, "cell", part->number, load_scope_cell, &loading, why);
    if (status == STATUS_OK)
        status = compare_control(&loading, why);
    loading_release(&loading);
    return status;
}

/* --- names ----------------------------------------------------------------------------------- */

/* A name of a month that is not in force gives way to any other. */
static month_t month_in_force(const struct store_file *file, month_t month)
{
    for (size_t i = 0; i < file->summary.month_count; i++)
        if (file->parts[i].month == month && file->parts[i].state == PART_KEPT)
            return month;
    return MONTH_NONE;
}

/* The name and its month: two columns. */
static enum status read_name(struct naming *naming, sqlite3_stmt *statement, int at,
                             struct view *name, month_t *month, struct fail *why)
{
    const struct intern *const names = &naming->store->dictionary.names;
    const int64_t number = sqlite3_column_int64(statement, at);

    if (number < 1 || number > (int64_t)names->count)
        return sql_damaged(naming->store, "a name is not there", why);
    *name = intern_text(names, (uint32_t)number - 1);
    *month = month_in_force(naming->file, (month_t)sqlite3_column_int64(statement, at + 1));
    return STATUS_OK;
}

enum status load_organisation_name(struct naming *naming, sqlite3_stmt *statement, int first,
                                   struct fail *why)
{
    const struct intern *const all = &naming->store->dictionary.organisations;
    const int64_t number = sqlite3_column_int64(statement, first);
    struct view name;
    struct view key;
    month_t month;
    uint32_t ignored;
    enum level level;
    enum status status = read_name(naming, statement, first + 1, &name, &month, why);

    if (status != STATUS_OK)
        return status;
    if (number < 1 || number > (int64_t)all->count)
        return sql_damaged(naming->store, "a name is of an organisation that is not there", why);
    key = intern_text(all, (uint32_t)number - 1);
    level = (enum level)(key.at[0] - '0');
    key = (struct view){key.at + 1, key.length - 1};
    /* of a month that was not asked for: not in the cube */
    if (intern_find(&naming->cube->places.levels[level].codes, key) == INTERN_NONE)
        return STATUS_OK;
    return places_name(&naming->cube->places, level, key, name, month, &ignored, why);
}

enum status load_code_name(struct naming *naming, const struct intern *codes,
                           sqlite3_stmt *statement, int first, struct fail *why)
{
    const int64_t number = sqlite3_column_int64(statement, first);
    struct view name;
    struct view code;
    month_t month;
    uint32_t ignored;
    enum status status = read_name(naming, statement, first + 1, &name, &month, why);

    if (status != STATUS_OK)
        return status;
    if (number < 1 || number > (int64_t)codes->count)
        return sql_damaged(naming->store, "a name is of a product that is not there", why);
    code = intern_text(codes, (uint32_t)number - 1);
    if (intern_find(&naming->cube->codes, code) == INTERN_NONE)
        return STATUS_OK;
    return cube_presentation(naming->cube, code, name, month, &ignored, why);
}

static enum status name_organisation(void *context, sqlite3_stmt *statement, struct fail *why)
{
    return load_organisation_name(context, statement, 1, why);
}

static enum status name_presentation(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct naming *const naming = context;

    return load_code_name(naming, &naming->store->dictionary.presentations, statement, 1, why);
}

enum status store_load_names(struct store *store, const struct store_file *file, struct cube *cube,
                             struct fail *why)
{
    struct naming naming = {store, file, cube};
    const enum status status =
        seal_read(store, "organisation_name", file->number, name_organisation, &naming, why);

    return status == STATUS_OK ? seal_read(store, "presentation_name", file->number,
                                           name_presentation, &naming, why)
                               : status;
}
