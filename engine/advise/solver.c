#include "advise/solver_internal.h"

#include <stdlib.h>
#include <string.h>

static int compare_numbers(size_t one, size_t other)
{
    return (one > other) - (one < other);
}

static int compare_places(const struct increments *all, const struct increment *one,
                          const struct increment *other)
{
    const wide_t most = all->most[one->practice];
    const wide_t other_most = all->most[other->practice];

    if (most != other_most)
        return most > other_most ? -1 : 1;
    return compare_numbers((size_t)(one - all->list), (size_t)(other - all->list));
}

/* qsort has no context: what is compared carries its increments. */
struct sortable {
    const struct increments *all;
    struct entry entry;
};

static int compare_entries(const void *a, const void *b)
{
    const struct sortable *const one = a;
    const struct sortable *const other = b;
    const int order =
        compare_prices(one->entry.cost, one->entry.gain, other->entry.cost, other->entry.gain);

    return order != 0 ? order : compare_places(one->all, one->entry.first, other->entry.first);
}

static struct sortable single(const struct increments *all, const struct increment *increment)
{
    return (struct sortable){all, {increment, false, increment->gain, increment->cost}};
}

static enum status sort_increments(struct solver *solver, struct sortable *sorted)
{
    const struct increments *const all = &solver->increments;

    for (size_t i = 0; i < all->count; i++)
        sorted[i] = single(all, &all->list[i]);
    if (all->count > 0)
        qsort(sorted, all->count, sizeof *sorted, compare_entries);
    for (size_t i = 0; i < all->count; i++)
        solver->order[i] = sorted[i].entry.first;
    return STATUS_OK;
}

/* The increments of a practice by price: its block is the beginning that costs least for what it
 * gains, the visit included; the others stay single. */
static size_t make_entries(const struct solver *solver, struct sortable *own, size_t count)
{
    struct entry sum = {own[0].entry.first, true, 0, solver->ask->visit};
    struct entry best = {0};
    size_t best_count = 0;
    size_t left = 1;

    if (count > 1)
        qsort(own, count, sizeof *own, compare_entries);
    sum.first = own[0].entry.first;
    for (size_t i = 0; i < count; i++) {
        sum.gain += own[i].entry.gain;
        sum.cost += own[i].entry.cost;
        if (best_count == 0 || compare_prices(sum.cost, sum.gain, best.cost, best.gain) < 0) {
            best = sum;
            best_count = i + 1;
        }
    }
    own[0].entry = best;
    for (size_t i = best_count; i < count; i++)
        own[left++] = own[i];
    return left;
}

static void sort_entries(struct solver *solver, struct sortable *sorted)
{
    const struct increments *const all = &solver->increments;
    size_t end;

    for (size_t i = 0; i < all->count; i = end) {
        struct sortable *const own = sorted + solver->entry_count;

        for (end = i; end < all->count && all->list[end].practice == all->list[i].practice; end++)
            own[end - i] = single(all, &all->list[end]);
        solver->entry_count += make_entries(solver, own, end - i);
    }
    if (solver->entry_count > 0)
        qsort(sorted, solver->entry_count, sizeof *sorted, compare_entries);
    for (size_t i = 0; i < solver->entry_count; i++)
        solver->entries[i] = sorted[i].entry;
}

/* A few thousand at most, and nearly always in order of nothing: by hand, without a context. */
static void sift(const wide_t *most, uint32_t *heap, size_t at, size_t count)
{
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        const uint32_t moved = heap[at];

        if (child + 1 < count &&
            (most[heap[child + 1]] < most[heap[child]] ||
             (most[heap[child + 1]] == most[heap[child]] && heap[child + 1] > heap[child])))
            child++;
        if (most[moved] < most[heap[child]] ||
            (most[moved] == most[heap[child]] && moved > heap[child]))
            return;
        heap[at] = heap[child];
        heap[child] = moved;
    }
}

static void sort_practices(struct solver *solver)
{
    const size_t count = solver->ask->practice_count;
    uint32_t *const heap = solver->by_most;

    for (size_t i = 0; i < count; i++)
        heap[i] = (uint32_t)i;
    for (size_t i = count / 2; i > 0; i--)
        sift(solver->increments.most, heap, i - 1, count);
    for (size_t end = count; end > 1; end--) {
        const uint32_t least = heap[0];

        heap[0] = heap[end - 1];
        heap[end - 1] = least;
        sift(solver->increments.most, heap, 0, end - 1);
    }
}

static enum status prepare(struct solver *solver, struct fail *why)
{
    const size_t practices = solver->ask->practice_count + 1;
    enum status status = solver_increments(&solver->increments, solver->ask, why);
    const size_t count = solver->increments.count + 1;
    struct sortable *const sorted = calloc(count, sizeof *sorted);

    solver->order = calloc(count, sizeof *solver->order);
    solver->entries = calloc(count, sizeof *solver->entries);
    solver->by_most = calloc(practices, sizeof *solver->by_most);
    solver->open = calloc(practices, sizeof *solver->open);
    solver->used = calloc(practices, sizeof *solver->used);
    if (status == STATUS_OK &&
        (sorted == NULL || solver->order == NULL || solver->entries == NULL ||
         solver->by_most == NULL || solver->open == NULL || solver->used == NULL))
        status = fail_nomem(why);
    if (status == STATUS_OK)
        status = sort_increments(solver, sorted);
    if (status == STATUS_OK) {
        sort_entries(solver, sorted);
        sort_practices(solver);
        for (size_t i = 0; i < solver->ask->practice_count; i++)
            solver->most += solver->increments.most[i];
    }
    free(sorted);
    return status;
}

enum status solver_new(struct solver **solver, const struct solve_ask *ask, struct fail *why)
{
    struct solver *const made = calloc(1, sizeof *made);
    enum status status;

    if (made == NULL)
        return fail_nomem(why);
    made->ask = ask;
    status = prepare(made, why);
    if (status != STATUS_OK) {
        solver_free(made);
        return status;
    }
    *solver = made;
    return STATUS_OK;
}

wide_t solver_most(const struct solver *solver)
{
    return solver->most;
}

/* What so many steps of the better option gain, the rest of the layer staying as it was. */
static struct entry partly(const struct solver *solver, const struct increment *increment,
                           int64_t steps)
{
    const struct solve_option *const to = &solver->ask->options[increment->to];
    struct entry sum = {increment, false, (wide_t)steps * to->gain, steps * to->cost};

    if (increment->from != NO_OPTION) {
        const struct solve_option *const from = &solver->ask->options[increment->from];
        const int64_t all = whole_steps(from, increment->size);
        const int64_t kept = whole_steps(from, increment->size - steps * to->step);

        sum.gain -= (wide_t)(all - kept) * from->gain;
        sum.cost -= (all - kept) * from->cost;
    }
    return sum;
}

/* The fewest steps with which the need is met. */
static int64_t fewest_steps(const struct solver *solver, const struct increment *increment,
                            wide_t need)
{
    const int64_t all = whole_steps(&solver->ask->options[increment->to], increment->size);
    int64_t steps = (int64_t)(need * all / increment->gain) - 1;

    for (steps = steps < 1 ? 1 : steps; steps < all; steps++)
        if (partly(solver, increment, steps).gain >= need)
            return steps;
    return all;
}

static void visit(struct solver *solver, struct walked *walked, uint32_t practice)
{
    if (solver->used[practice] == solver->trial)
        return;
    solver->used[practice] = solver->trial;
    walked->practices++;
    walked->cost += solver->ask->visit;
}

/* Takes the increments of open practices by price until the need is met; what saves is taken
 * anyway. */
struct walked solver_walk(struct solver *solver, wide_t need)
{
    struct walked walked = {.last_steps = -1};

    solver->trial++;
    for (; walked.count < solver->increments.count && walked.last_steps < 0; walked.count++) {
        const struct increment *const next = solver->order[walked.count];
        struct entry taken = {next, false, next->gain, next->cost};

        if (!solver->open[next->practice])
            continue;
        if (walked.gain >= need && next->cost >= 0)
            break;
        if (next->cost >= 0 && walked.gain + next->gain >= need) {
            walked.last_steps = fewest_steps(solver, next, need - walked.gain);
            taken = partly(solver, next, walked.last_steps);
        }
        visit(solver, &walked, next->practice);
        walked.gain += taken.gain;
        walked.cost += taken.cost;
    }
    walked.reached = walked.gain >= need;
    return walked;
}

/* Writes what a walk has taken. */
static void write_taken(const struct solver *solver, const struct walked *walked, int64_t *taken)
{
    memset(taken, 0, solver->ask->count * sizeof *taken);
    for (size_t i = 0; i < walked->count; i++) {
        const struct increment *const increment = solver->order[i];
        const struct solve_option *const to = &solver->ask->options[increment->to];
        const bool partial = walked->last_steps >= 0 && i + 1 == walked->count;
        const int64_t steps = partial ? walked->last_steps : whole_steps(to, increment->size);

        if (!solver->open[increment->practice])
            continue;
        taken[increment->to] += steps * to->step;
        if (increment->from != NO_OPTION) {
            const struct solve_option *const from = &solver->ask->options[increment->from];
            const int64_t left = partial ? increment->size - steps * to->step : 0;

            taken[increment->from] -=
                (whole_steps(from, increment->size) - whole_steps(from, left)) * from->step;
        }
    }
}

/* By the sorted blocks: the bound, and the practices in which they are; *last is the entry that
 * meets the need. */
static double open_by_blocks(struct solver *solver, wide_t need, size_t *last)
{
    double bound = 0;
    wide_t gain = 0;

    memset(solver->open, 0, solver->ask->practice_count * sizeof *solver->open);
    *last = solver->entry_count;
    for (size_t i = 0; i < solver->entry_count; i++) {
        const struct entry *const entry = &solver->entries[i];

        if (gain >= need && entry->cost >= 0)
            break;
        if (entry->opens) {
            solver->open[entry->first->practice] = true;
            *last = i;
        }
        bound += entry->cost >= 0 && gain + entry->gain > need
                     ? (double)entry->cost * ((double)(need - gain) / (double)entry->gain)
                     : (double)entry->cost;
        gain += entry->gain;
    }
    return bound;
}

enum status solver_run(struct solver *solver, wide_t need, enum solve_aim aim, int64_t *taken,
                       struct solve_outcome *outcome, struct fail *why)
{
    struct walked walked;
    size_t last;

    if (need > solver->most)
        need = solver->most + 1; /* so that all is taken, and the products below stay small */
    if (need > (wide_t)INT64_MAX || need < -(wide_t)INT64_MAX)
        return fail_set(why, STATUS_LIMIT, "a plan's carbon does not fit into 64 bits");
    outcome->bound = open_by_blocks(solver, need, &last);
    if (need > solver->most)
        memset(solver->open, 1, solver->ask->practice_count * sizeof *solver->open);
    else if (aim == SOLVE_FEWEST_PRACTICES)
        solver_open_fewest(solver, need);
    else if (last < solver->entry_count) {
        solver_try(solver, need, last);
    }
    walked = solver_walk(solver, need);
    write_taken(solver, &walked, taken);
    outcome->reached = walked.reached;
    outcome->gain = walked.gain;
    outcome->cost = walked.cost;
    outcome->practices = walked.practices;
    return STATUS_OK;
}

void solver_free(struct solver *solver)
{
    if (solver == NULL)
        return;
    free(solver->increments.list);
    free(solver->increments.most);
    free(solver->order);
    free(solver->entries);
    free(solver->by_most);
    free(solver->open);
    free(solver->used);
    free(solver);
}
