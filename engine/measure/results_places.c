#include "measure/results_internal.h"

#include "base/grow.h"

#include <stdlib.h>

/* The places and months of the cube, with their rows.  Sums of a place in a month mostly stand
 * together, so a key is looked up only when it changes. */
static enum status list_presence(const struct cube *cube, struct intern *keys,
                                 struct presence **list, struct fail *why)
{
    size_t room = 0;
    struct presence *last = NULL;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++) {
        const struct cell *const cell = &cube->cells[i];
        const uint32_t key[] = {cell->place, (uint32_t)cell->month};
        const size_t before = keys->count;
        uint32_t number;

        if (last != NULL && last->place == cell->place && last->month == cell->month) {
            last->rows += cell->rows;
            continue;
        }
        status = intern_put(keys, (struct view){(const char *)key, sizeof key}, &number, why);
        if (status == STATUS_OK && !grow(list, &room, keys->count, sizeof **list))
            return fail_nomem(why);
        if (status == STATUS_OK && keys->count > before)
            (*list)[number] = (struct presence){cell->place, cell->month, 0};
        if (status != STATUS_OK)
            break;
        last = &(*list)[number];
        last->rows += cell->rows;
    }
    return status;
}

enum status results_find_places(struct results *results, struct cube *cube,
                                const struct placing *placing, struct fail *why)
{
    static const struct placing plain = {.view = PLACES_THEN};
    struct intern keys = {0};
    struct presence *list = NULL;
    enum status status = list_presence(cube, &keys, &list, why);

    if (status == STATUS_OK)
        status = belonging_new(&results->belonging, &cube->places, results->classified.rules,
                               placing != NULL ? placing : &plain, list, keys.count, why);
    intern_release(&keys);
    free(list);
    return status;
}

uint32_t cell_organisation(const struct results *results, const struct cell *cell, enum level level)
{
    return stay_organisation(results->belonging,
                             belonging_stay(results->belonging, cell->place, cell->month), level);
}
