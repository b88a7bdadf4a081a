#ifndef MEASURE_RESULTS_ACCUMULATOR_H
#define MEASURE_RESULTS_ACCUMULATOR_H

/* Between results.c and its sums: what one place has in a month is piled up first and then
 * added, once, to each of the five or more organisations that it counts to.
 *     accumulator_turn(&accumulator, stay, subject)       cells come place by place
 *     wide_add(&accumulator.values[slot].numerator, ...)  accumulator_use(&accumulator, &use)
 *     accumulator_end(&accumulator)
 * Adding each cell at every level took half of the time of all results. */

#include "measure/results.h"

struct accumulator {
    struct results *results;
    struct fail *why;
    struct intern organisations; /* level, organisation, month, subject */
    struct intern uses;          /* level, organisation, month, device, class */
    size_t organisation_room;
    size_t use_room;
    /* of the place at hand */
    const struct stay *stay; /* NULL: none yet */
    enum subject subject;
    bool sent;
    struct measure_value *values; /* by slot of the subject's measures */
    struct use *own_uses;
    size_t own_use_count;
    uint32_t *own_use_of; /* by device and class: 1 + index, 0 none */
};

MUST_USE
enum status accumulator_begin(struct accumulator *accumulator);

/* What comes next is of this stay and subject. */
MUST_USE
enum status accumulator_turn(struct accumulator *accumulator, const struct stay *stay,
                             enum subject subject);

/* more   by slot of the subject's measures */
MUST_USE
enum status accumulator_values(struct accumulator *accumulator, const struct measure_value *more);

/* more   its level and organisation are not read */
MUST_USE
enum status accumulator_use(struct accumulator *accumulator, const struct use *more);

/* Adds the last place too. */
MUST_USE
enum status accumulator_end(struct accumulator *accumulator);

/* The row of an organisation in a month, new or known. */
MUST_USE
enum status accumulator_organisation(struct accumulator *accumulator, enum subject subject,
                                     struct affiliation member, month_t month,
                                     struct organisation_month **found);

void accumulator_release(struct accumulator *accumulator);

#endif
