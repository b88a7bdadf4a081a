#ifndef ADVISE_PLAN_FOLLOW_H
#define ADVISE_PLAN_FOLLOW_H

/* Months later: what a plan.csv said, and what happened.  Of each practice and product the volume
 * that the plan began with is held against a year of today; what those practices of the same
 * organisation did that the plan left alone with the product is what would have happened anyway.
 *     realised = before * (others' after / others' before) - after
 * Realised inhalers of a product are shared among its steps as they were planned.  What fell more
 * than it was planned is told as it is; what rose is below 0. */

#include "advise/plan.h"

struct follow_step {
    int64_t step;
    const struct product *from;
    const struct product *to;
    uint32_t practice; /* organisation number, ORGANISATION_NONE: it is not in the files */
    const char *practice_code;
    size_t kind;    /* of the assumptions; their count for one that is not there */
    int64_t before; /* inhalers a year, as the plan had them */
    int64_t planned;
    int64_t saved;  /* mg a year, planned */
    int64_t pounds; /* 0.00001 GBP a year, planned */
    bool known;     /* the practice has rows today */
    int64_t after;
    int64_t expected; /* what would be without the plan */
    int64_t realised;
    int64_t realised_saved;
    int64_t realised_pounds;
};

struct follow_kind {
    int64_t planned;
    int64_t realised;
};

struct plan_follow {
    struct arena arena;
    struct follow_step *steps;
    size_t count;
    size_t room;
    month_t planned_from; /* last month of the data that the plan was made of */
    month_t last;
    struct follow_kind kinds[PLAN_MOST_KINDS];
    size_t alone; /* steps without any practice beside: nothing says what would have happened */
};

/* fails STATUS_DATA   it is no plan.csv, or the files do not hold the months it was made of
 *       STATUS_USAGE  it is another organisation's or measure's */
MUST_USE
enum status plan_follow_make(struct plan_follow *follow, const struct plan_ask *ask,
                             const char *path, struct fail *why);

/* At least a tenth of what was planned has happened. */
bool plan_follow_has_begun(const struct follow_kind *kind);

/* The shares of those who agree become what was realised, for what is left; of a kind that has not
 * begun they stay as they are. */
MUST_USE
enum status plan_follow_assume(const struct plan_follow *follow, struct plan_ask *ask,
                               struct plan_own *own, struct fail *why);

void plan_follow_release(struct plan_follow *follow);

#endif
