#include "measure/within.h"

#include <stdlib.h>

enum status within_new(struct within *within, const struct results *results, struct fail *why)
{
    const struct places *const places = &results->classified.cube->places;

    *within = (struct within){.results = results};
    for (int level = 0; level < LEVELS; level++) {
        within->periods[level] =
            calloc(places->levels[level].codes.count + 1, sizeof *within->periods[level]);
        within->firsts[level] =
            calloc(places->levels[level].codes.count + 1, sizeof *within->firsts[level]);
        if (within->periods[level] == NULL || within->firsts[level] == NULL) {
            within_release(within);
            return fail_nomem(why);
        }
    }
    for (size_t i = 0; i < results->period_count; i++) {
        const struct organisation_period *const period = &results->periods[i];
        const struct organisation_period **const last =
            &within->periods[period->level][period->organisation];

        if (*last == NULL)
            within->firsts[period->level][period->organisation] = period;
        if (*last == NULL || period->to >= (*last)->to)
            *last = period;
    }
    return STATUS_OK;
}

void within_release(struct within *within)
{
    for (int level = 0; level < LEVELS; level++) {
        free(within->periods[level]);
        free(within->firsts[level]);
    }
    *within = (struct within){0};
}

static uint32_t parent_in(const struct organisation_period *period, enum level level)
{
    for (size_t i = 0; i < PERIOD_PARENTS && period != NULL; i++)
        if (period_parents[i] == level)
            return period->parents[i];
    return ORGANISATION_NONE;
}

uint32_t within_organisation(const struct within *within, enum level of, uint32_t organisation,
                             enum level level)
{
    return of == level ? organisation : parent_in(within->periods[of][organisation], level);
}

/* Of those that have the month the one that began last; else the last that began before it. */
uint32_t within_organisation_at(const struct within *within, enum level of, uint32_t organisation,
                                enum level level, month_t month)
{
    const struct results *const results = within->results;
    const struct organisation_period *const end = results->periods + results->period_count;
    const struct organisation_period *const first = within->firsts[of][organisation];
    const struct organisation_period *best = first;

    if (of == level)
        return organisation;
    for (const struct organisation_period *period = first;
         period != NULL && period < end && period->level == of &&
         period->organisation == organisation && period->from <= month;
         period++)
        if (period->to >= month || best->to < month)
            best = period;
    return parent_in(best, level);
}
