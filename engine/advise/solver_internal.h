#ifndef ADVISE_SOLVER_INTERNAL_H
#define ADVISE_SOLVER_INTERNAL_H

/* Between solver_hull.c, which makes the increments, solver.c, which takes them, and
 * solver_trials.c, which tries other practices. */

#include "advise/solver.h"

#define NO_OPTION UINT32_MAX

/* From one option of a layer, or none, to a better one: in the whole of the layer. */
struct increment {
    uint32_t practice;
    uint32_t source;
    uint32_t from; /* option, or NO_OPTION */
    uint32_t to;
    int64_t size; /* of the layer */
    wide_t gain;  /* above 0 */
    wide_t cost;
};

struct increments {
    struct increment *list;
    size_t count;
    size_t room;
    wide_t *most; /* by practice: all that can be gained */
};

/* In the order of practice, source, layer and hull. */
MUST_USE
enum status solver_increments(struct increments *increments, const struct solve_ask *ask,
                              struct fail *why);

/* Units of an option that fit into so many. */
static inline int64_t whole_steps(const struct solve_option *option, int64_t units)
{
    return units / option->step;
}

/* Orders cost a for gain b against cost c for gain d, both gains above 0. */
static inline int compare_prices(wide_t a, wide_t b, wide_t c, wide_t d)
{
    wide_t left;
    wide_t right;

    if (__builtin_mul_overflow(a, d, &left) || __builtin_mul_overflow(c, b, &right))
        return ratio_compare(a, b, c, d);
    return (left > right) - (left < right);
}

/* A practice's beginning with its visit, or one increment beyond it. */
struct entry {
    const struct increment *first; /* of the practice in its own order, or the increment */
    bool opens;                    /* with the visit */
    wide_t gain;
    wide_t cost;
};

struct solver {
    const struct solve_ask *ask;
    struct increments increments;
    const struct increment **order; /* by cost for gain */
    struct entry *entries;          /* by cost for gain */
    size_t entry_count;
    uint32_t *by_most; /* practices, those from which most can be gained first */
    bool *open;        /* by practice: it may be gone to */
    uint32_t *used;    /* by practice: the trial in which it was */
    uint32_t trial;
    wide_t most;
};

/* What a trial comes to. */
struct walked {
    bool reached;
    wide_t gain;
    wide_t cost;
    size_t practices;
    size_t count;       /* of solver->order, looked at */
    int64_t last_steps; /* of the last one's option; -1: all */
};

/* Takes the increments of open practices by price until the need is met; what saves is taken
 * anyway. */
struct walked solver_walk(struct solver *solver, wide_t need);

/* Opens the practices with which the need is met at least cost, of the sets that are tried.
 * last  the entry by which the sorted blocks opened their last practice */
void solver_try(struct solver *solver, wide_t need, size_t last);

/* Those from which most can be gained, as few as meet the need. */
void solver_open_fewest(struct solver *solver, wide_t need);

#endif
