#include "advise/solver_internal.h"

#include <string.h>

/* How many practices besides are tried in the place of the last. */
#define TRIALS 30

/* So few practices that one visit more or less is much: every pair of them is tried. */
#define FEW 32
#define FEWEST 8 /* and of so few every set */

/* Keeps the cheaper of two trials that reach. */
static bool is_better(const struct walked *one, const struct walked *other)
{
    if (one->reached != other->reached)
        return one->reached;
    return one->cost < other->cost;
}

/* Without the last practice that the blocks opened, and with one of the next in its place; leaves
 * the best set open. */
static void try_others(struct solver *solver, wide_t need, size_t last)
{
    const uint32_t practice = solver->entries[last].first->practice;
    struct walked best = solver_walk(solver, need);
    uint32_t instead = practice;
    size_t tried = 0;

    solver->open[practice] = false;
    for (size_t i = last + 1; i <= solver->entry_count && tried <= TRIALS; i++) {
        const bool none = i == solver->entry_count || tried == TRIALS;
        const uint32_t other = none ? practice : solver->entries[i].first->practice;
        struct walked trial;

        if (!none && !solver->entries[i].opens)
            continue;
        solver->open[other] = !none;
        trial = solver_walk(solver, need);
        solver->open[other] = false;
        tried++;
        if (is_better(&trial, &best)) {
            best = trial;
            instead = none ? UINT32_MAX : other;
        }
        if (none)
            break;
    }
    if (instead != UINT32_MAX)
        solver->open[instead] = true;
}

/* Opens or closes a practice, or two, if that is cheaper; true when it was. */
static bool improve(struct solver *solver, wide_t need)
{
    const size_t count = solver->ask->practice_count;
    struct walked best = solver_walk(solver, need);
    size_t one = count;
    size_t other = count;

    for (size_t i = 0; i < count; i++) {
        solver->open[i] = !solver->open[i];
        for (size_t k = i; k < count; k++) {
            struct walked trial;

            if (k > i)
                solver->open[k] = !solver->open[k];
            trial = solver_walk(solver, need);
            if (k > i)
                solver->open[k] = !solver->open[k];
            if (is_better(&trial, &best)) {
                best = trial;
                one = i;
                other = k;
            }
        }
        solver->open[i] = !solver->open[i];
    }
    if (one == count)
        return false;
    solver->open[one] = !solver->open[one];
    if (other != one)
        solver->open[other] = !solver->open[other];
    return true;
}

/* All sets of a handful of practices. */
static void try_all(struct solver *solver, wide_t need)
{
    const size_t count = solver->ask->practice_count;
    struct walked best = solver_walk(solver, need);
    bool found[FEWEST];

    memcpy(found, solver->open, count * sizeof *found);
    for (uint32_t set = 1; set < 1U << count; set++) {
        struct walked trial;

        for (size_t i = 0; i < count; i++)
            solver->open[i] = (set >> i & 1) != 0;
        trial = solver_walk(solver, need);
        if (is_better(&trial, &best)) {
            best = trial;
            memcpy(found, solver->open, count * sizeof *found);
        }
    }
    memcpy(solver->open, found, count * sizeof *found);
}

/* Where one visit more or less is much of the work, more sets are tried. */
static void try_harder(struct solver *solver, wide_t need)
{
    if (solver->ask->visit == 0)
        return;
    if (solver->ask->practice_count <= FEWEST)
        try_all(solver, need);
    else
        while (solver->ask->practice_count <= FEW && improve(solver, need))
            ;
}

void solver_try(struct solver *solver, wide_t need, size_t last)
{
    try_others(solver, need, last);
    try_harder(solver, need);
}

void solver_open_fewest(struct solver *solver, wide_t need)
{
    wide_t gain = 0;

    memset(solver->open, 0, solver->ask->practice_count * sizeof *solver->open);
    for (size_t i = 0; i < solver->ask->practice_count && gain < need; i++) {
        solver->open[solver->by_most[i]] = true;
        gain += solver->increments.most[solver->by_most[i]];
    }
}
