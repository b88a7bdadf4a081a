#ifndef MEASURE_RESULTS_PILE_H
#define MEASURE_RESULTS_PILE_H

/* Between results.c and its sums: what one place has in a month is piled up first and then
 * added, once, to each of the five or more organisations that it counts to.
 *     pile_turn(&pile, stay, subject)       cells come place by place
 *     wide_add(&pile.values[slot].numerator, ...)  pile_use(&pile, &use)
 *     pile_end(&pile)
 * Adding each cell at every level took half of the time of all results. */

#include "measure/results.h"

struct pile {
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
enum status pile_begin(struct pile *pile);

/* What comes next is of this stay and subject. */
MUST_USE
enum status pile_turn(struct pile *pile, const struct stay *stay, enum subject subject);

/* more   by slot of the subject's measures */
MUST_USE
enum status pile_values(struct pile *pile, const struct measure_value *more);

/* more   its level and organisation are not read */
MUST_USE
enum status pile_use(struct pile *pile, const struct use *more);

/* Adds the last place too. */
MUST_USE
enum status pile_end(struct pile *pile);

/* The row of an organisation in a month, new or known. */
MUST_USE
enum status pile_organisation(struct pile *pile, enum subject subject, struct affiliation member,
                              month_t month, struct organisation_month **found);

void pile_release(struct pile *pile);

#endif
