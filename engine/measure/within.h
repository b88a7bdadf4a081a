#ifndef MEASURE_WITHIN_H
#define MEASURE_WITHIN_H

/* In which PCN, sub-ICB, ICB and region an organisation was in its last month, or in another. */

#include "measure/results.h"

struct within {
    const struct results *results;
    const struct organisation_period **periods[LEVELS]; /* by organisation: its last; or NULL */
    const struct organisation_period **firsts[LEVELS];  /* likewise; the others follow */
};

MUST_USE
enum status within_new(struct within *within, const struct results *results, struct fail *why);

void within_release(struct within *within);

/* The organisation of `level` that it is, or was in; ORGANISATION_NONE if none. */
uint32_t within_organisation(const struct within *within, enum level of, uint32_t organisation,
                             enum level level);

/* The same in a month, before the first or after the last that it is known of the nearest one. */
uint32_t within_organisation_at(const struct within *within, enum level of, uint32_t organisation,
                                enum level level, month_t month);

#endif
