#ifndef ADVISE_OPPORTUNITIES_H
#define ADVISE_OPPORTUNITIES_H

/* What an organisation would save at the level of its peers.
 *
 * Peers are all organisations of the same level in the files that take part in
 * percentiles and whose denominator over the period is not small.  The period is the latest twelve
 * months, or as many as the files hold.  At a peer's value v an organisation with d below the line
 * would have v x d above it: the saving is what it has, less that.  Only measures that count carbon
 * or pounds above the line, and have a denominator, can be given in tonnes or pounds. */

#include "measure/results.h"

enum benchmark { BENCHMARK_MEDIAN, BENCHMARK_QUARTILE, BENCHMARK_DECILE, BENCHMARKS };

/* All organisations of a level, for a measure. */
struct peer_group {
    size_t measure;
    enum level level;
    size_t peers;
    double marks[BENCHMARKS]; /* median, best quarter, best tenth; in the measure's unit */
    size_t first;             /* of its opportunities */
    size_t count;
};

struct opportunity {
    uint32_t organisation;
    uint32_t rank; /* within the group, largest saving at the best tenth first */
    bool small;    /* its own denominator is: it is no peer */
    size_t months; /* of the period, with rows of it */
    double value;
    double savings[BENCHMARKS]; /* of the numerator: tonnes, or pounds; 0 where it is better */
};

struct opportunity_list {
    month_t from;
    month_t to;
    struct peer_group *groups;
    size_t group_count;
    struct opportunity *list;
    size_t count;
};

MUST_USE
enum status advise_opportunities(struct opportunity_list *opportunities,
                                 const struct results *results, struct fail *why);

void opportunities_release(struct opportunity_list *opportunities);

#endif
