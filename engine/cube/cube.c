#include "cube/cube.h"

#include "base/grow.h"
#include "base/limits.h"
#include "base/recent.h"

#include <stdlib.h>

struct cube_recent {
    struct recent places;
    struct recent presentations;
};

/* With a part of the key's hash beside it, so that another key is passed over without a look at
 * its cell: cells of a national month fill more than a processor keeps at hand. */
struct cube_slot {
    uint32_t tag;
    uint32_t cell; /* + 1; 0 is free */
};

static uint64_t hash_key(month_t month, uint32_t place, uint32_t presentation)
{
    return hash_number((uint64_t)place << 32 ^ (uint64_t)presentation << 12 ^ (uint64_t)month);
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

/* The slot of a key, or the free one where it belongs. */
static struct cube_slot *find_slot(const struct cube *cube, uint64_t hash, month_t month,
                                   uint32_t place, uint32_t presentation)
{
    const size_t mask = cube->slot_count - 1;
    size_t slot = hash & mask;

    for (; cube->slots[slot].cell != 0; slot = (slot + 1) & mask) {
        const struct cell *const cell = &cube->cells[cube->slots[slot].cell - 1];

        if (cube->slots[slot].tag == tag_of(hash) && cell->presentation == presentation &&
            cell->place == place && cell->month == month)
            break;
    }
    return &cube->slots[slot];
}

/* New slots for all cells. */
static enum status rebuild_slots(struct cube *cube, size_t slot_count, struct fail *why)
{
    struct cube_slot *const slots = calloc(slot_count, sizeof *slots);

    if (slots == NULL)
        return fail_nomem(why);
    free(cube->slots);
    cube->slots = slots;
    cube->slot_count = slot_count;
    for (size_t i = 0; i < cube->count; i++) {
        const struct cell *const cell = &cube->cells[i];
        const uint64_t hash = hash_key(cell->month, cell->place, cell->presentation);

        *find_slot(cube, hash, cell->month, cell->place, cell->presentation) =
            (struct cube_slot){tag_of(hash), (uint32_t)i + 1};
    }
    return STATUS_OK;
}

static enum status find_cell(struct cube *cube, month_t month, uint32_t place,
                             uint32_t presentation, struct cell **cell, struct fail *why)
{
    const uint64_t hash = hash_key(month, place, presentation);
    struct cube_slot *slot;

    if (cube->slot_count < 2 * (cube->count + 1)) {
        const enum status status =
            rebuild_slots(cube, cube->slot_count == 0 ? 1024 : cube->slot_count * 2, why);

        if (status != STATUS_OK)
            return status;
    }
    slot = find_slot(cube, hash, month, place, presentation);
    if (slot->cell == 0) {
        if (cube->count >= UINT32_MAX - 1)
            return fail_set(why, STATUS_LIMIT, "more than 4 billion sums");
        if (!grow(&cube->cells, &cube->room, cube->count + 1, sizeof *cube->cells))
            return fail_nomem(why);
        cube->cells[cube->count] =
            (struct cell){.month = month, .place = place, .presentation = presentation};
        *slot = (struct cube_slot){tag_of(hash), (uint32_t)++cube->count};
    }
    *cell = &cube->cells[slot->cell - 1];
    return STATUS_OK;
}

static enum status add_sums(struct cell *cell, const struct cell *more, struct fail *why)
{
    struct cell sum = *cell; /* all or nothing */

    sum.rows += more->rows;
    sum.unknown_cost = sum.unknown_cost || more->unknown_cost;
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

static struct membership membership_of(const struct row *row, struct view nation_code,
                                       struct view nation_name)
{
    return (struct membership){
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
    const struct membership membership = membership_of(row, nation_code, nation_name);
    enum status status;

    *place = recent_find(&cube->recent->places, row->month, texts, COUNT_OF(texts));
    if (*place != RECENT_NONE)
        return STATUS_OK;
    status = places_put(&cube->places, &membership, place, why);
    if (status == STATUS_OK)
        recent_put(&cube->recent->places, row->month, texts, COUNT_OF(texts), *place);
    return status;
}

static enum status find_presentation(struct cube *cube, const struct row *row,
                                     uint32_t *presentation, struct fail *why)
{
    const struct view texts[] = {row->bnf_code, row->bnf_name};
    enum status status;

    *presentation = recent_find(&cube->recent->presentations, row->month, texts, COUNT_OF(texts));
    if (*presentation != RECENT_NONE)
        return STATUS_OK;
    status = cube_presentation(cube, row->bnf_code, row->bnf_name, row->month, presentation, why);
    if (status == STATUS_OK)
        recent_put(&cube->recent->presentations, row->month, texts, COUNT_OF(texts), *presentation);
    return status;
}

enum status cube_add(struct cube *cube, const struct row *row, struct view nation_code,
                     struct view nation_name, struct fail *why)
{
    const struct cell sums = {
        .rows = 1,
        .unknown_cost = row->unknown_cost,
        .items = row->items,
        .quantity = row->quantity,
        .nic = row->nic,
        .actual_cost = row->actual_cost,
    };
    struct cell *cell = NULL;
    uint32_t place = 0;
    uint32_t presentation = 0;
    enum status status = STATUS_OK;

    if (cube->recent == NULL && (cube->recent = calloc(1, sizeof *cube->recent)) == NULL)
        return fail_nomem(why);
    status = find_place(cube, row, nation_code, nation_name, &place, why);
    if (status == STATUS_OK)
        status = find_presentation(cube, row, &presentation, why);
    if (status == STATUS_OK)
        status = find_cell(cube, row->month, place, presentation, &cell, why);
    return status == STATUS_OK ? add_sums(cell, &sums, why) : status;
}

/* These come by the hundred thousand at most, so nothing is remembered between them. */
enum status cube_add_hospital(struct cube *cube, const struct row *row, struct view nation_code,
                              struct view nation_name, struct fail *why)
{
    const struct cell sums = {
        .rows = 1,
        .unknown_cost = row->unknown_cost,
        .quantity = row->quantity,
        .actual_cost = row->actual_cost,
    };
    struct membership membership = {.month = row->month};
    struct cell *cell = NULL;
    uint32_t place = 0;
    uint32_t presentation = 0;
    enum status status;

    membership.code[LEVEL_TRUST] = row->trust_code;
    membership.code[LEVEL_NATION] = nation_code;
    membership.name[LEVEL_NATION] = nation_name;
    status = places_put(&cube->places, &membership, &place, why);
    if (status == STATUS_OK)
        status =
            cube_presentation(cube, row->bnf_code, row->bnf_name, row->month, &presentation, why);
    if (status == STATUS_OK)
        status = find_cell(cube, row->month, place, presentation, &cell, why);
    return status == STATUS_OK ? add_sums(cell, &sums, why) : status;
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

bool cube_shares(const struct cube *cube, const struct cube *other, const struct cell **shared)
{
    for (size_t i = 0; i < other->count && cube->slot_count > 0; i++) {
        const struct cell *const cell = &other->cells[i];
        const uint32_t place = same_place(cube, other, cell->place);
        const uint32_t presentation =
            intern_find(&cube->codes, intern_text(&other->codes, cell->presentation));

        if (place == INTERN_NONE || presentation == INTERN_NONE ||
            find_slot(cube, hash_key(cell->month, place, presentation), cell->month, place,
                      presentation)
                    ->cell == 0)
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

enum status cube_put(struct cube *cube, const struct cell *sums, struct fail *why)
{
    struct cell *cell = NULL;
    const enum status status =
        find_cell(cube, sums->month, sums->place, sums->presentation, &cell, why);

    return status == STATUS_OK ? add_sums(cell, sums, why) : status;
}

static enum status merge_cells(struct cube *into, const struct cube *from, const uint32_t *places,
                               const uint32_t *presentations, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < from->count && status == STATUS_OK; i++) {
        struct cell sums = from->cells[i];

        sums.place = places[sums.place];
        sums.presentation = presentations[sums.presentation];
        status = cube_put(into, &sums, why);
    }
    return status;
}

enum status cube_merge(struct cube *into, const struct cube *from, struct fail *why)
{
    uint32_t *const places = calloc(places_count(&from->places) + 1, sizeof *places);
    uint32_t *const presentations = calloc(from->codes.count + 1, sizeof *presentations);
    enum status status = places != NULL && presentations != NULL ? STATUS_OK : fail_nomem(why);

    if (status == STATUS_OK)
        status = places_merge(&into->places, &from->places, places, why);
    if (status == STATUS_OK)
        status = merge_presentations(into, from, presentations, why);
    if (status == STATUS_OK)
        status = merge_cells(into, from, places, presentations, why);
    free(places);
    free(presentations);
    return status;
}

enum status cube_drop_month(struct cube *cube, month_t month, struct fail *why)
{
    size_t kept = 0;

    for (size_t i = 0; i < cube->count; i++)
        if (cube->cells[i].month != month)
            cube->cells[kept++] = cube->cells[i];
    cube->count = kept;
    places_forget_month(&cube->places, month);
    dated_names_forget(cube->names, cube->codes.count, month);
    return cube->slot_count == 0 ? STATUS_OK : rebuild_slots(cube, cube->slot_count, why);
}

void cube_release(struct cube *cube)
{
    places_release(&cube->places);
    intern_release(&cube->codes);
    arena_release(&cube->arena);
    free(cube->names);
    free(cube->cells);
    free(cube->slots);
    free(cube->recent);
    *cube = (struct cube){0};
}
