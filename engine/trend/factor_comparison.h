#ifndef TREND_FACTOR_COMPARISON_H
#define TREND_FACTOR_COMPARISON_H

/* How much of a headline is the choice of factors: the inhalers of the last month that a carbon
 * headline counts, weighed again with each factor set of the rules.
 *     factor_comparisons_find(&list, results, why)
 *     factor_comparisons_release(&list)
 * The inhalers stay the same: those that the measure's own set weighs.  Where another set has no
 * factor for some of them, they are left out of both of its sums; `whole` says of how many.  The
 * ends of the ranges that the factors have are summed too; a factor without a range counts with
 * its own value at both, as in audit.json.  Sums are exact. */

#include "measure/results.h"

struct factor_comparison {
    size_t measure; /* its number in the rules */
    const struct organisation_month *row;
    const struct factor_set *set;
    bool own;     /* the set of the measure itself: carbon and packs are those of measures.csv */
    wide_t whole; /* below the line of the measure */
    wide_t packs; /* what the set weighs of it */
    wide_t carbon;
    wide_t low;
    wide_t high;
};

/* By measure, then as the rows of the results, then by set in the order of the rules. */
struct factor_comparison_list {
    struct factor_comparison *list;
    size_t count;
};

MUST_USE
enum status factor_comparisons_find(struct factor_comparison_list *list,
                                    const struct results *results, struct fail *why);

void factor_comparisons_release(struct factor_comparison_list *list);

#endif
