#include "measure/within.h"

#include <stdlib.h>

enum status within_new(struct within *within, const struct results *results, struct fail *why)
{
    const struct places *const places = &results->classified.cube->places;

    *within = (struct within){.results = results};
    for (int level = 0; level < LEVELS; level++) {
        within->periods[level] =
            calloc(places->levels[level].codes.count + 1, sizeof *within->periods[level]);
        if (within->periods[level] == NULL) {
            within_release(within);
            return fail_nomem(why);
        }
    }
    for (size_t i = 0; i < results->period_count; i++) {
        const struct organisation_period *const period = &results->periods[i];
        const struct organisation_period **const last =
            &within->periods[period->level][period->organisation];

        if (*last == NULL || period->to >= (*last)->to)
            *last = period;
    }
    return STATUS_OK;
}

void within_release(struct within *within)
{
    for (int level = 0; level < LEVELS; level++)
        free(within->periods[level]);
    *within = (struct within){0};
}

uint32_t within_organisation(const struct within *within, enum level of, uint32_t organisation,
                             enum level level)
{
    const struct organisation_period *const period = within->periods[of][organisation];

    if (of == level)
        return organisation;
    for (size_t i = 0; i < PERIOD_PARENTS && period != NULL; i++)
        if (period_parents[i] == level)
            return period->parents[i];
    return ORGANISATION_NONE;
}
