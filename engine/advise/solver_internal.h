#ifndef ADVISE_SOLVER_INTERNAL_H
#define ADVISE_SOLVER_INTERNAL_H

/* Between solver_hull.c, which makes the increments, and solver.c, which takes them. */

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

#endif
