#ifndef ADVISE_SOLVER_H
#define ADVISE_SOLVER_H

/* The cheapest way to so much gain, exactly and by sorting: options of sources in practices, each
 * with a ceiling, and a visit for every practice in which anything is taken.
 *     solver_new(&solver, &ask, why)
 *     solver_run(solver, need, SOLVE_LEAST_COST, taken, &outcome)
 *     solver_free(solver)
 *
 * Ceilings of one source are nested: all that is taken by options with a ceiling of at most c is at
 * most c together.  The chain of ceilings c1 < c2 < ... splits into layers of the sizes c1, c2 -
 * c1, ..., in which an option may be used up to its own ceiling; in each the steps from one option
 * to a better one are those of the lower hull of cost over gain.  Taken by cost for gain until the
 * need is met they are the optimum of the linear program.  With visits the same sort over blocks, a
 * practice's cheapest beginning with its visit, gives a lower bound and the practices to go to;
 * these, and sets that differ in the last of them, are tried, and the cheapest is kept.
 *
 * Nothing is rounded: all numbers are whole.  Ties go to the practice from which more can be
 * gained, then to the first practice, source and option. */

#include "base/decimal.h"

struct solve_option {
    uint32_t practice;
    uint32_t source; /* what is changed, in this practice */
    int64_t ceiling; /* units */
    int64_t step;    /* units are taken in whole steps */
    int64_t gain;    /* of a step, above 0 */
    wide_t cost;     /* of a step; below 0: it is taken whatever the need */
};

struct solve_ask {
    const struct solve_option *options; /* those of a practice and of a source together, in order */
    size_t count;
    size_t practice_count;
    wide_t visit; /* cost, once a practice */
};

enum solve_aim {
    SOLVE_LEAST_COST,
    SOLVE_FEWEST_PRACTICES, /* those from which most can be gained, then the least cost in them */
};

struct solve_outcome {
    bool reached; /* false: all that there is was taken */
    wide_t gain;
    wide_t cost;
    size_t practices;
    double bound; /* no plan costs less, in parts of steps too */
};

struct solver;

/* ask and its options are borrowed for the life of the solver. */
MUST_USE
enum status solver_new(struct solver **solver, const struct solve_ask *ask, struct fail *why);

/* taken  units by option */
MUST_USE
enum status solver_run(struct solver *solver, wide_t need, enum solve_aim aim, int64_t *taken,
                       struct solve_outcome *outcome, struct fail *why);

/* All that can be gained. */
wide_t solver_most(const struct solver *solver);

void solver_free(struct solver *solver);

#endif
