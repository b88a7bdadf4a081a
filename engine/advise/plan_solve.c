#include "advise/plan_internal.h"

#include <stdlib.h>
#include <string.h>

/* Weights of pounds against minutes are tried up to this many pounds-worth. */
#define WEIGHT_STEPS 100
#define MINUTE_UNITS ((wide_t)1 << 20)

static void begin_costs(struct plan_problem *problem, struct solve_ask *ask)
{
    for (size_t i = 0; i < problem->count; i++) {
        const struct plan_option *const option = &problem->options[i];

        problem->solve[i] = (struct solve_option){
            .practice = option->practice,
            .source = option->source,
            .ceiling = option->ceiling,
            .step = option->pair->from_inhalers,
            .gain = option->gain,
        };
    }
    *ask = (struct solve_ask){
        .options = problem->solve,
        .count = problem->count,
        .practice_count = problem->base->practice_count,
    };
}

void plan_cost_work(struct plan_problem *problem, struct solve_ask *ask)
{
    begin_costs(problem, ask);
    for (size_t i = 0; i < problem->count; i++)
        problem->solve[i].cost = problem->options[i].minutes;
    ask->visit = problem->visit;
}

static int64_t wage_of(const struct plan_ask *ask, const char *who)
{
    for (size_t i = 0; i < ask->assumptions.wage_count; i++)
        if (strcmp(ask->assumptions.wages[i].who, who) == 0)
            return ask->assumptions.wages[i].pounds;
    return 0;
}

/* In 0.00001 GBP / (60 scale); a visit at the highest wage. */
void plan_cost_money(struct plan_problem *problem, struct solve_ask *ask)
{
    int64_t highest = 0;

    begin_costs(problem, ask);
    for (size_t i = 0; i < problem->ask->assumptions.wage_count; i++)
        if (problem->ask->assumptions.wages[i].pounds > highest)
            highest = problem->ask->assumptions.wages[i].pounds;
    for (size_t i = 0; i < problem->count; i++) {
        const struct plan_option *const option = &problem->options[i];

        problem->solve[i].cost = (wide_t)option->pounds * 60 * problem->scale +
                                 option->minutes * wage_of(problem->ask, option->kind->who);
    }
    ask->visit = problem->visit * highest;
}

void plan_cost_both(struct plan_problem *problem, struct solve_ask *ask, wide_t weight)
{
    plan_cost_work(problem, ask);
    for (size_t i = 0; i < problem->count; i++)
        problem->solve[i].cost =
            problem->solve[i].cost * MINUTE_UNITS + weight * problem->options[i].pounds;
    ask->visit *= MINUTE_UNITS;
}

/* Drugs only. */
static void cost_pounds(struct plan_problem *problem, struct solve_ask *ask)
{
    begin_costs(problem, ask);
    for (size_t i = 0; i < problem->count; i++)
        problem->solve[i].cost = problem->options[i].pounds;
}

static enum status solve_once(struct plan_problem *problem, const struct solve_ask *ask,
                              wide_t need, enum solve_aim aim, int64_t *taken,
                              struct plan_totals *totals, struct fail *why)
{
    struct solver *solver = NULL;
    struct solve_outcome outcome = {0};
    enum status status = solver_new(&solver, ask, why);

    if (status == STATUS_OK)
        status = solver_run(solver, need, aim, taken, &outcome, why);
    if (status == STATUS_OK)
        status = plan_totals_make(problem, taken, totals, why);
    totals->reached = outcome.reached;
    totals->bound = outcome.bound / (double)problem->scale * 1000;
    solver_free(solver);
    return status;
}

/* The most carbon in so many minutes: the need is halved in until the rows just fit. */
static enum status solve_hours(struct plan_problem *problem, const struct solve_ask *ask,
                               int64_t *taken, struct plan_totals *totals, struct fail *why)
{
    const int64_t minutes = problem->ask->hours * 60;
    struct solver *solver = NULL;
    struct solve_outcome outcome;
    enum status status = solver_new(&solver, ask, why);
    wide_t low = 0;
    wide_t high = status == STATUS_OK ? solver_most(solver) + 1 : 0;

    while (status == STATUS_OK && high - low > 1) {
        const wide_t middle = low + (high - low) / 2;

        status = solver_run(solver, middle, SOLVE_LEAST_COST, taken, &outcome, why);
        if (status == STATUS_OK)
            status = plan_totals_make(problem, taken, totals, why);
        if (totals->minutes <= minutes)
            low = middle;
        else
            high = middle;
    }
    if (status == STATUS_OK)
        status = solver_run(solver, low, SOLVE_LEAST_COST, taken, &outcome, why);
    if (status == STATUS_OK)
        status = plan_totals_make(problem, taken, totals, why);
    totals->reached = totals->gain >= problem->need;
    solver_free(solver);
    return status;
}

/* Pounds at most: the least weight of pounds against minutes with which the plan is cheap enough. */
static enum status solve_limit(struct plan_problem *problem, int64_t *taken,
                               struct plan_totals *totals, enum plan_state *state,
                               int64_t *least_pounds, struct fail *why)
{
    const int64_t limit = problem->ask->limit;
    struct solve_ask ask;
    wide_t low = 0;
    wide_t high = 1;
    enum status status;

    cost_pounds(problem, &ask);
    status = solve_once(problem, &ask, problem->need, SOLVE_LEAST_COST, taken, totals, why);
    *least_pounds = totals->pounds;
    if (status != STATUS_OK || totals->pounds > limit || !totals->reached) {
        *state = totals->reached ? PLAN_TOO_DEAR : PLAN_UNREACHABLE;
        return status;
    }
    do {
        high *= 2;
        plan_cost_both(problem, &ask, high);
        status = solve_once(problem, &ask, problem->need, SOLVE_LEAST_COST, taken, totals, why);
    } while (status == STATUS_OK && totals->pounds > limit && high < (wide_t)1 << 60);
    while (status == STATUS_OK && high - low > 1) {
        const wide_t middle = low + (high - low) / 2;

        plan_cost_both(problem, &ask, middle);
        status = solve_once(problem, &ask, problem->need, SOLVE_LEAST_COST, taken, totals, why);
        if (totals->pounds > limit)
            low = middle;
        else
            high = middle;
    }
    plan_cost_both(problem, &ask, high);
    if (status == STATUS_OK)
        status = solve_once(problem, &ask, problem->need, SOLVE_LEAST_COST, taken, totals, why);
    return status;
}

enum status plan_solve(struct plan_problem *problem, int64_t **taken, struct plan_totals *totals,
                       enum plan_state *state, int64_t *least_pounds, struct fail *why)
{
    const enum solve_aim aim =
        problem->ask->aim == PLAN_LEAST_PRACTICES ? SOLVE_FEWEST_PRACTICES : SOLVE_LEAST_COST;
    struct solve_ask ask;
    enum status status;

    *totals = (struct plan_totals){0};
    *state = PLAN_PLANNED;
    *taken = calloc(problem->count + 1, sizeof **taken);
    if (*taken == NULL)
        return fail_nomem(why);
    plan_cost_work(problem, &ask);
    if (problem->ask->aim == PLAN_LEAST_MONEY)
        plan_cost_money(problem, &ask);
    if (problem->ask->has_hours)
        return solve_hours(problem, &ask, *taken, totals, why);
    status = solve_once(problem, &ask, problem->need, aim, *taken, totals, why);
    if (status == STATUS_OK && !totals->reached)
        *state = PLAN_UNREACHABLE;
    else if (status == STATUS_OK && problem->ask->has_limit && totals->pounds > problem->ask->limit)
        status = solve_limit(problem, *taken, totals, state, least_pounds, why);
    return status;
}
