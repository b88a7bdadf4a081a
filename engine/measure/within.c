#include "measure/within.h"

#include <stdlib.h>

static void note_cells(const struct cube *cube, month_t *months, enum level level, uint32_t *places)
{
    for (size_t i = 0; i < cube->count; i++) {
        const struct cell *const cell = &cube->cells[i];
        const uint32_t organisation = place_organisation(&cube->places, cell->place, level);

        /* of two places in a month the one that was seen first, whatever the cells' order */
        if (organisation == ORGANISATION_NONE || cell->month < months[organisation] ||
            (cell->month == months[organisation] && cell->place + 1 >= places[organisation]))
            continue;
        months[organisation] = cell->month;
        places[organisation] = cell->place + 1;
    }
}

enum status within_new(struct within *within, const struct results *results, struct fail *why)
{
    const struct cube *const cube = results->classified.cube;

    *within = (struct within){.results = results};
    for (int level = 0; level < LEVELS; level++) {
        const size_t count = cube->places.levels[level].codes.count;
        month_t *const months = calloc(count + 1, sizeof *months);

        within->places[level] = calloc(count + 1, sizeof *within->places[level]);
        if (months == NULL || within->places[level] == NULL) {
            free(months);
            within_release(within);
            return fail_nomem(why);
        }
        note_cells(cube, months, (enum level)level, within->places[level]);
        free(months);
    }
    return STATUS_OK;
}

void within_release(struct within *within)
{
    for (int level = 0; level < LEVELS; level++)
        free(within->places[level]);
    *within = (struct within){0};
}

/* What stands above a level in a place, by the order of levels. */
uint32_t within_organisation(const struct within *within, enum level of, uint32_t organisation,
                             enum level level)
{
    const uint32_t place = within->places[of][organisation];

    if (of == level)
        return organisation;
    if (place == 0 || level < of)
        return ORGANISATION_NONE;
    return place_organisation(&within->results->classified.cube->places, place - 1, level);
}
