#ifndef MEASURE_REWEIGHED_H
#define MEASURE_REWEIGHED_H

/* How much of a headline is the choice of factors: the inhalers of the last month that a carbon
 * headline counts, weighed again with each factor set of the rules.
 *     reweigh(&list, results, why)
 *     reweighed_release(&list)
 * The inhalers stay the same: those that the measure's own set weighs.  Where another set has no
 * factor for some of them, they are left out of both of its sums; `whole` says of how many.  The
 * ends of the ranges that the factors have are summed too; a factor without a range counts with
 * its own value at both, as in audit.json.  Sums are exact. */

#include "measure/results.h"

struct reweighed {
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
struct reweighed_list {
    struct reweighed *list;
    size_t count;
};

MUST_USE
enum status reweigh(struct reweighed_list *list, const struct results *results, struct fail *why);

void reweighed_release(struct reweighed_list *list);

#endif
