#ifndef ADVISE_TARGETS_INTERNAL_H
#define ADVISE_TARGETS_INTERNAL_H

/* Between targets.c, which answers, and target_reasons.c, which says why there is no answer, and
 * what is missing from one. */

#include "advise/targets.h"
#include "trend/history.h"
#include "measure/within.h"

struct answering {
    const struct results *results;
    struct target_list *targets;
    size_t room;
    struct within within;
    month_t first; /* of the data that the target is about */
    month_t last;
    bool *read; /* by month from `first`: any organisation has a figure of the measure */
    struct fail *why;
};

PRINTF_LIKE(2, 3)
void target_give_up(struct target_answer *answer, const char *format, ...);

/* Room for `read`, for all data. */
MUST_USE
enum status target_begin_months(struct answering *answering);

/* Notes which months the files hold of the measure of a target. */
void target_note_months(struct answering *answering, const struct measure *measure);

/* Why there is no value of the months from `from` to `to`; about "the baseline", say. */
void target_explain_months(const struct answering *answering, const struct history *history,
                           struct target_answer *answer, month_t from, month_t to,
                           const char *about);

/* The reason why no organisation has an answer. */
void target_explain_nobody(const struct answering *answering, struct target_answer *answer);

/* Appends to the reason what hospital data lack in the months of an answer: trusts that sent
 * nothing, quantities that no rule converts. */
void target_tell_gaps(const struct answering *answering, struct target_answer *answer);

#endif
