#ifndef RUN_RULES_DIFF_H
#define RUN_RULES_DIFF_H

/* The sums of a store under two sets of rules. */

#include "measure/difference.h"
#include "run/session.h"
#include "store/store.h"

struct rules_diff_options {
    struct rules_place before;
    struct rules_place after;
    const char *factor_set;     /* of both; NULL for "canister" */
    const char *gas_factor_set; /* NULL for "nhs-2540" */
    const char *icb;            /* only this one, its code or a part of its name; NULL for all */
    struct session_months months;
};

struct rules_diff;

/* fails  STATUS_RULE   one of the two is wrong, or needs more than was kept
 *        STATUS_DATA   there is nothing in these months, or the store is damaged
 *        STATUS_USAGE  there is no such ICB or set of factors */
MUST_USE
enum status rules_diff_new(struct rules_diff **diff, struct store *store,
                           const struct rules_diff_options *options, struct fail *why);

const struct differences *rules_diff_of(const struct rules_diff *diff);

/* Writes diff.csv. */
MUST_USE
enum status rules_diff_write(const struct rules_diff *diff, const char *folder, struct fail *why);

void rules_diff_free(struct rules_diff *diff);

#endif
