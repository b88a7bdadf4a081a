#ifndef MEASURE_WITHIN_H
#define MEASURE_WITHIN_H

/* In which ICB, region and nation an organisation was in its last month. */

#include "measure/results.h"

struct within {
    const struct results *results;
    uint32_t *places[LEVELS]; /* by organisation: a place of its last month + 1, 0 none */
};

MUST_USE
enum status within_new(struct within *within, const struct results *results, struct fail *why);

void within_release(struct within *within);

/* The organisation of `level` that it is, or was in; ORGANISATION_NONE if none. */
uint32_t within_organisation(const struct within *within, enum level of, uint32_t organisation,
                             enum level level);

#endif
