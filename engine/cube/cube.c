#include "cube/cube.h"

#include "extract/presentation.h"

#include "base/grow.h"
#include "base/limits.h"
#include "base/recent.h"

#include <stdlib.h>
#include <string.h>

struct cube_recent {
    struct recent places;
    struct recent presentations;
};

struct cube_slot {
    uint32_t presentation;
    uint32_t cell; /* + 1; 0 is free */
};

/* Open addressing, a table for each place: rows come in blocks of a few practices, so that a few
 * lines of memory serve a whole block.  One table for all cells of a national month was a
 * miss of every cache for each row. */
struct cube_slots {
    struct cube_slot *slots;
    uint32_t room; /* a power of two, or 0 */
    uint32_t used;
};

/* The slot of a key, or the free one where it belongs. */
static struct cube_slot *find_slot(const struct cube *cube, const struct cube_slots *found,
                                   month_t month, uint32_t presentation)
{
    const size_t mask = found->room - 1;
    size_t slot = hash_number((uint64_t)presentation << 32 | (uint32_t)month) & mask;

    while (found->slots[slot].cell != 0 &&
           (found->slots[slot].presentation != presentation ||
            cube->cells[found->slots[slot].cell - 1].month != month))
        slot = (slot + 1) & mask;
    return &found->slots[slot];
}

/* More room.  In the arena, so that few calls for memory make the tables of all practices; what is
 * left behind there is at most as large as the table. */
static enum status widen(struct cube *cube, struct cube_slots *found, struct fail *why)
{
    struct cube_slots wider = {.room = found->room == 0   ? 16
                                       : found->room < 64 ? 64
                                                          : found->room * 2,
                               .used = found->used};

    wider.slots = arena_array(&cube->arena, wider.room, sizeof *wider.slots);
    if (wider.slots == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < found->room; i++) {
        const struct cube_slot slot = found->slots[i];

        if (slot.cell != 0)
            *find_slot(cube, &wider, cube->cells[slot.cell - 1].month, slot.presentation) = slot;
    }
    *found = wider;
    return STATUS_OK;
}

/* The table of a place, with room for one more. */
static enum status find_table(struct cube *cube, uint32_t place, struct cube_slots **table,
                              struct fail *why)
{
    const size_t before = cube->found_room;

    if (!grow(&cube->found, &cube->found_room, (size_t)place + 1, sizeof *cube->found))
        return fail_nomem(why);
    if (cube->found_room > before)
        memset(cube->found + before, 0, (cube->found_room - before) * sizeof *cube->found);
    *table = &cube->found[place];
    return 2 * ((*table)->used + 1) > (*table)->room ? widen(cube, *table, why) : STATUS_OK;
}

enum status cube_index(struct cube *cube, struct fail *why)
{
    struct cube_slots *table = NULL;
    enum status status = STATUS_OK;

    while (cube->found_count < cube->count && status == STATUS_OK) {
        const struct cell *const cell = &cube->cells[cube->found_count];

        status = find_table(cube, cell->place, &table, why);
        if (status != STATUS_OK)
            break;
        *find_slot(cube, table, cell->month, cell->presentation) =
            (struct cube_slot){cell->presentation, (uint32_t)++cube->found_count};
        table->used++;
    }
    return status;
}

static enum status find_cell(struct cube *cube, month_t month, uint32_t place,
                             uint32_t presentation, struct cell **cell, struct fail *why)
{
    struct cube_slots *table = NULL;
    struct cube_slot *slot;
    enum status status = cube->found_count < cube->count ? cube_index(cube, why) : STATUS_OK;

    if (status == STATUS_OK)
        status = find_table(cube, place, &table, why);
    if (status != STATUS_OK)
        return status;
    slot = find_slot(cube, table, month, presentation);
    if (slot->cell == 0) {
        if (cube->count >= UINT32_MAX - 1)
            return fail_set(why, STATUS_LIMIT, "more than 4 billion sums");
        if (!grow(&cube->cells, &cube->room, cube->count + 1, sizeof *cube->cells))
            return fail_nomem(why);
        cube->cells[cube->count] =
            (struct cell){.month = month, .place = place, .presentation = presentation};
        *slot = (struct cube_slot){presentation, (uint32_t)++cube->count};
        cube->found_count = cube->count;
        table->used++;
    }
    *cell = &cube->cells[slot->cell - 1];
    return STATUS_OK;
}

static enum status add_sums(struct cell *cell, const struct cell *more, struct fail *why)
{
    struct cell sum = *cell; /* all or nothing */

    sum.rows += more->rows;
    sum.unknown_cost = sum.unknown_cost || more->unknown_cost;
    sum.unknown_nic = sum.unknown_nic || more->unknown_nic;
    if (!exact_add(&sum.items, more->items) || !exact_add(&sum.quantity, more->quantity) ||
        !exact_add(&sum.nic, more->nic) || !exact_add(&sum.actual_cost, more->actual_cost))
        return fail_set(why, STATUS_LIMIT, "a sum of one practice and presentation is too large");
    *cell = sum;
    return STATUS_OK;
}

enum status cube_presentation(struct cube *cube, struct view code, struct view name, month_t month,
                              uint32_t *presentation, struct fail *why)
{
    const size_t before = cube->codes.count;
    const enum status status = intern_put(&cube->codes, code, presentation, why);

    if (status != STATUS_OK)
        return status;
    if (*presentation >= LIMIT_PRESENTATIONS)
        return fail_set(why, STATUS_LIMIT, "more than %u presentations", LIMIT_PRESENTATIONS);
    if (!grow(&cube->names, &cube->name_room, cube->codes.count, sizeof *cube->names))
        return fail_nomem(why);
    if (cube->codes.count > before)
        cube->names[*presentation] = (struct dated_name){0};
    return dated_name_offer(&cube->names[*presentation], name, month, &cube->arena, why);
}

static struct row_organisations row_organisations_of(const struct row *row, struct view nation_code,
                                                     struct view nation_name)
{
    return (struct row_organisations){
        .code = {[LEVEL_PRACTICE] = row->practice_code,
                 [LEVEL_SUB_ICB] = row->sub_icb_code,
                 [LEVEL_ICB] = row->icb_code,
                 [LEVEL_REGION] = row->region_code,
                 [LEVEL_NATION] = nation_code},
        .name = {[LEVEL_PRACTICE] = row->practice_name,
                 [LEVEL_SUB_ICB] = row->sub_icb_name,
                 [LEVEL_ICB] = row->icb_name,
                 [LEVEL_REGION] = row->region_name,
                 [LEVEL_NATION] = nation_name},
        .month = row->month,
    };
}

/* The same texts in the same month change nothing but the sums. */
static enum status find_place(struct cube *cube, const struct row *row, struct view nation_code,
                              struct view nation_name, uint32_t *place, struct fail *why)
{
    const struct view texts[] = {
        row->practice_code, row->practice_name, row->sub_icb_code, row->sub_icb_name, row->icb_code,
        row->icb_name,      row->region_code,   row->region_name,  nation_code,       nation_name};
    const struct row_organisations named = row_organisations_of(row, nation_code, nation_name);
    enum status status;

    *place = recent_find(&cube->recent->places, row->month, texts, COUNT_OF(texts));
    if (*place != RECENT_NONE)
        return STATUS_OK;
    status = places_put(&cube->places, &named, place, why);
    if (status == STATUS_OK)
        recent_put(&cube->recent->places, row->month, texts, COUNT_OF(texts), *place);
    return status;
}

static enum status find_presentation(struct cube *cube, const struct row *row,
                                     uint32_t *presentation, struct fail *why)
{
    char key[PRESENTATION_KEY];
    const struct presentation about = {.code = row->bnf_code, .unit_code = row->dmd};
    const struct view code = presentation_key(&about, key);
    const struct view texts[] = {code, row->bnf_name};
    enum status status;

    *presentation = recent_find(&cube->recent->presentations, row->month, texts, COUNT_OF(texts));
    if (*presentation != RECENT_NONE)
        return STATUS_OK;
    status = cube_presentation(cube, code, row->bnf_name, row->month, presentation, why);
    if (status == STATUS_OK)
        recent_put(&cube->recent->presentations, row->month, texts, COUNT_OF(texts), *presentation);
    return status;
}

enum status cube_put(struct cube *cube, const struct cell *sums, struct fail *why)
{
    struct cell *cell = NULL;
    const enum status status =
        find_cell(cube, sums->month, sums->place, sums->presentation, &cell, why);

    return status == STATUS_OK ? add_sums(cell, sums, why) : status;
}

enum status cube_add(struct cube *cube, const struct row *row, struct view nation_code,
                     struct view nation_name, struct fail *why)
{
    struct cell sums = {
        .month = row->month,
        .rows = 1,
        .unknown_cost = row->unknown_cost,
        .unknown_nic = row->unknown_nic,
        .items = row->items,
        .quantity = row->quantity,
        .nic = row->nic,
        .actual_cost = row->actual_cost,
    };
    enum status status = STATUS_OK;

    if (cube->recent == NULL && (cube->recent = calloc(1, sizeof *cube->recent)) == NULL)
        return fail_nomem(why);
    recent_foresee(&cube->recent->presentations, row->bnf_code);
    status = find_place(cube, row, nation_code, nation_name, &sums.place, why);
    if (status == STATUS_OK)
        status = find_presentation(cube, row, &sums.presentation, why);
    return status == STATUS_OK ? cube_put(cube, &sums, why) : status;
}

/* These come by the hundred thousand at most, so nothing is remembered between them. */
enum status cube_add_hospital(struct cube *cube, const struct row *row, struct view nation_code,
                              struct view nation_name, struct fail *why)
{
    struct cell sums = {
        .month = row->month,
        .rows = 1,
        .unknown_cost = row->unknown_cost,
        .quantity = row->quantity,
        .actual_cost = row->actual_cost,
    };
    struct row_organisations named = {.month = row->month};
    enum status status;

    named.code[LEVEL_TRUST] = row->trust_code;
    named.code[LEVEL_NATION] = nation_code;
    named.name[LEVEL_NATION] = nation_name;
    status = places_put(&cube->places, &named, &sums.place, why);
    if (status == STATUS_OK)
        status = cube_presentation(cube, row->bnf_code, row->bnf_name, row->month,
                                   &sums.presentation, why);
    return status == STATUS_OK ? cube_put(cube, &sums, why) : status;
}

/* The number in `into` of what `from` calls `place`, INTERN_NONE if it is not there. */
static uint32_t same_place(const struct cube *into, const struct cube *from, uint32_t place)
{
    uint32_t tuple[LEVELS];

    for (int at = 0; at < LEVELS; at++) {
        const uint32_t number = place_organisation(&from->places, place, (enum level)at);

        tuple[at] = ORGANISATION_NONE;
        if (number == ORGANISATION_NONE)
            continue;
        tuple[at] = intern_find(&into->places.levels[at].codes,
                                organisation_code(&from->places, (enum level)at, number));
        if (tuple[at] == INTERN_NONE)
            return INTERN_NONE;
    }
    return intern_find(&into->places.tuples, (struct view){(const char *)tuple, sizeof tuple});
}

static bool has_cell(const struct cube *cube, month_t month, uint32_t place, uint32_t presentation)
{
    const struct cube_slots *const table = place < cube->found_room ? &cube->found[place] : NULL;

    return table != NULL && table->used > 0 &&
           find_slot(cube, table, month, presentation)->cell != 0;
}

bool cube_shares(const struct cube *cube, const struct cube *other, const struct cell **shared)
{
    for (size_t i = 0; i < other->count && cube->count > 0; i++) {
        const struct cell *const cell = &other->cells[i];
        const uint32_t place = same_place(cube, other, cell->place);
        const uint32_t presentation =
            intern_find(&cube->codes, intern_text(&other->codes, cell->presentation));

        if (place == INTERN_NONE || presentation == INTERN_NONE ||
            !has_cell(cube, cell->month, place, presentation))
            continue;
        *shared = cell;
        return true;
    }
    return false;
}

static enum status merge_presentations(struct cube *into, const struct cube *from,
                                       uint32_t *numbers, struct fail *why)
{
    enum status status = STATUS_OK;

    for (uint32_t i = 0; i < from->codes.count && status == STATUS_OK; i++)
        status = cube_presentation(into, intern_text(&from->codes, i), from->names[i].text,
                                   from->names[i].month, &numbers[i], why);
    return status;
}

enum status cube_append(struct cube *cube, const struct cell *sums, struct fail *why)
{
    if (cube->count >= UINT32_MAX - 1)
        return fail_set(why, STATUS_LIMIT, "more than 4 billion sums");
    if (!grow(&cube->cells, &cube->room, cube->count + 1, sizeof *cube->cells))
        return fail_nomem(why);
    cube->cells[cube->count++] = *sums;
    return STATUS_OK;
}

typedef enum status cell_taker(struct cube *cube, const struct cell *sums, struct fail *why);

static enum status merge_cells(struct cube *into, const struct cube *from, const uint32_t *places,
                               const uint32_t *presentations, cell_taker *take, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < from->count && status == STATUS_OK; i++) {
        struct cell sums = from->cells[i];

        sums.place = places[sums.place];
        sums.presentation = presentations[sums.presentation];
        status = take(into, &sums, why);
    }
    return status;
}

static enum status merge_all(struct cube *into, const struct cube *from, cell_taker *take,
                             struct fail *why)
{
    uint32_t *const places = calloc(places_count(&from->places) + 1, sizeof *places);
    uint32_t *const presentations = calloc(from->codes.count + 1, sizeof *presentations);
    enum status status = places != NULL && presentations != NULL ? STATUS_OK : fail_nomem(why);

    if (status == STATUS_OK)
        status = places_merge(&into->places, &from->places, places, why);
    if (status == STATUS_OK)
        status = merge_presentations(into, from, presentations, why);
    if (status == STATUS_OK)
        status = merge_cells(into, from, places, presentations, take, why);
    free(places);
    free(presentations);
    return status;
}

enum status cube_merge(struct cube *into, const struct cube *from, struct fail *why)
{
    return merge_all(into, from, cube_put, why);
}

enum status cube_join(struct cube *into, const struct cube *from, struct fail *why)
{
    return merge_all(into, from, cube_append, why);
}

/* All tables again, of the cells that are left: there is room for them. */
static void find_again(struct cube *cube)
{
    for (size_t i = 0; i < cube->found_room; i++) {
        struct cube_slots *const table = &cube->found[i];

        if (table->used > 0)
            memset(table->slots, 0, table->room * sizeof *table->slots);
        table->used = 0;
    }
    for (size_t i = 0; i < cube->found_count; i++) {
        const struct cell *const cell = &cube->cells[i];
        struct cube_slots *const table = &cube->found[cell->place];

        *find_slot(cube, table, cell->month, cell->presentation) =
            (struct cube_slot){cell->presentation, (uint32_t)i + 1};
        table->used++;
    }
}

void cube_drop_month(struct cube *cube, month_t month)
{
    size_t kept = 0;
    size_t found = 0;

    for (size_t i = 0; i < cube->count; i++) {
        if (cube->cells[i].month == month)
            continue;
        found += i < cube->found_count;
        cube->cells[kept++] = cube->cells[i];
    }
    cube->count = kept;
    cube->found_count = found;
    places_forget_month(&cube->places, month);
    dated_names_forget(cube->names, cube->codes.count, month);
    find_again(cube);
}

void cube_release(struct cube *cube)
{
    places_release(&cube->places);
    intern_release(&cube->codes);
    arena_release(&cube->arena);
    free(cube->names);
    free(cube->cells);
    free(cube->found);
    free(cube->recent);
    *cube = (struct cube){0};
}
