#include "advise/plan_internal.h"

#include <stdlib.h>

/* How often the best is looked for at the value it came to. */
#define BEST_ROUNDS 3
#define POINTS 20

/* Solves with another ask on the same base. */
static enum status ask_again(const struct plan_base *base, const struct plan_ask *ask,
                             int64_t value, struct plan_totals *totals, struct fail *why)
{
    struct plan_problem problem;
    enum plan_state state;
    int64_t least_pounds;
    int64_t *taken = NULL;
    enum status status = plan_problem_make(&problem, base, ask, value, why);

    if (status == STATUS_OK)
        status = plan_solve(&problem, &taken, totals, &state, &least_pounds, why);
    free(taken);
    plan_problem_release(&problem);
    return status;
}

static int64_t value_of(wide_t top, wide_t bottom)
{
    return bottom > 0 ? (int64_t)(top / bottom) : 0;
}

static enum status take_all(const struct plan_base *base, const struct plan_ask *ask, int64_t value,
                            struct plan_totals *totals, struct fail *why)
{
    struct plan_problem problem;
    struct solve_ask solve;
    struct solver *solver = NULL;
    struct solve_outcome outcome;
    int64_t *taken = NULL;
    enum status status = plan_problem_make(&problem, base, ask, value, why);

    if (status == STATUS_OK) {
        taken = calloc(problem.count + 1, sizeof *taken);
        status = taken != NULL ? STATUS_OK : fail_nomem(why);
    }
    if (status == STATUS_OK) {
        plan_cost_work(&problem, &solve);
        status = solver_new(&solver, &solve, why);
    }
    if (status == STATUS_OK)
        status =
            solver_run(solver, solver_most(solver) + 1, SOLVE_LEAST_COST, taken, &outcome, why);
    if (status == STATUS_OK)
        status = plan_totals_make(&problem, taken, totals, why);
    solver_free(solver);
    free(taken);
    plan_problem_release(&problem);
    return status;
}

enum status plan_best(const struct plan_base *base, const struct plan_ask *ask, int64_t value,
                      struct plan_totals *totals, struct fail *why)
{
    enum status status = STATUS_OK;
    int64_t at = value;

    for (int round = 0; round < BEST_ROUNDS && status == STATUS_OK; round++) {
        status = take_all(base, ask, at, totals, why);
        at = value_of(totals->value_top, totals->value_bottom);
    }
    totals->reached = at <= value;
    return status;
}

static void use_ends(struct plan_assumptions *plan, struct plan_kind *kinds, bool high)
{
    for (size_t i = 0; i < plan->kind_count; i++) {
        kinds[i] = plan->kinds[i];
        kinds[i].eligible = high ? kinds[i].eligible_high : kinds[i].eligible_low;
        kinds[i].accept = high ? kinds[i].accept_high : kinds[i].accept_low;
    }
    plan->kinds = kinds;
}

static bool only_kind(struct plan_ask *ask, const char *id)
{
    bool found = false;

    for (size_t i = 0; i < ask->assumptions.kind_count && i < PLAN_MOST_KINDS; i++) {
        ask->kinds[i] = strcmp(ask->assumptions.kinds[i].id, id) == 0;
        found = found || ask->kinds[i];
    }
    return found;
}

/* The ask of a scenario; false where there is none.  kinds is room for its own. */
static bool change_ask(struct plan_ask *ask, enum plan_scenario scenario, struct plan_kind *kinds)
{
    switch (scenario) {
    case PLAN_SCENARIO_LOW:
    case PLAN_SCENARIO_HIGH:
        if (ask->assumptions.kind_count > PLAN_MOST_KINDS)
            return false;
        use_ends(&ask->assumptions, kinds, scenario == PLAN_SCENARIO_HIGH);
        return true;
    case PLAN_SCENARIO_MONEY:
        ask->aim = PLAN_LEAST_MONEY;
        return !ask->has_hours;
    case PLAN_SCENARIO_BRAND:
        return only_kind(ask, "brand");
    case PLAN_SCENARIO_DEVICE:
        return only_kind(ask, "device");
    case PLAN_SCENARIO_NO_GENERIC:
        ask->no_generic = true;
        return true;
    default:
        return false;
    }
}

enum status plan_scenarios_make(struct plan *plan, const struct plan_base *base, struct fail *why)
{
    enum status status = STATUS_OK;

    for (int i = PLAN_SCENARIO_LOW; i < PLAN_SCENARIO_BEST && status == STATUS_OK; i++) {
        struct plan_kind kinds[PLAN_MOST_KINDS];
        struct plan_ask ask = plan->ask;

        ask.has_limit = false; /* what it costs stands beside */
        plan->has_scenario[i] = change_ask(&ask, (enum plan_scenario)i, kinds);
        if (plan->has_scenario[i])
            status = ask_again(base, &ask, plan->ask.value, &plan->scenarios[i], why);
    }
    if (status == STATUS_OK)
        status =
            plan_best(base, &plan->ask, plan->ask.value, &plan->scenarios[PLAN_SCENARIO_BEST], why);
    plan->has_scenario[PLAN_SCENARIO_BEST] = status == STATUS_OK;
    return status;
}

/* 1, 2 or 5 times a power of ten, so that at most POINTS of them are in the span. */
static int64_t round_step(int64_t span)
{
    static const int64_t parts[] = {1, 2, 5};
    int64_t power = 1;

    for (;; power *= 10)
        for (size_t i = 0; i < 3; i++)
            if (span / (parts[i] * power) <= POINTS)
                return parts[i] * power;
}

static enum status add_point(struct plan *plan, const struct plan_base *base, int64_t value,
                             struct fail *why)
{
    struct plan_point *const point = &plan->points[plan->point_count];
    struct plan_ask ask = plan->ask;
    enum status status;

    ask.has_hours = false;
    ask.has_limit = false;
    status = ask_again(base, &ask, value, &point->totals, why);
    point->reach = value;
    plan->point_count += status == STATUS_OK && point->totals.reached;
    return status;
}

/* The target among round values from today's to the best. */
enum status plan_points_make(struct plan *plan, const struct plan_base *base, struct fail *why)
{
    const struct plan_totals *const best = &plan->scenarios[PLAN_SCENARIO_BEST];
    const int64_t start = base->measure->denominator.sum == SUM_NONE
                              ? base->numerator
                              : (int64_t)((wide_t)base->numerator * 1000 / base->denominator);
    const int64_t low = value_of(best->value_top, best->value_bottom);
    const int64_t step = round_step(start - low > 0 ? start - low : 1);
    const int64_t target = plan->ask.value;
    enum status status = STATUS_OK;

    for (int64_t at = (start - 1) / step * step;
         at >= low && status == STATUS_OK && plan->point_count + 2 < PLAN_MOST_POINTS; at -= step) {
        if (target > at && target < at + step && target < start)
            status = add_point(plan, base, target, why);
        if (status == STATUS_OK)
            status = add_point(plan, base, at, why);
    }
    return status;
}

/* What is above and below the line when so many minutes are done, a row in part too. */
static void value_at(const struct plan *plan, const struct plan_base *base, int64_t minutes,
                     wide_t *top, wide_t *bottom)
{
    const bool total = base->measure->denominator.sum == SUM_NONE;
    wide_t above = 0;
    wide_t below = 0;

    for (size_t i = 0; i < plan->rows.count; i++) {
        const struct plan_row *const row = &plan->rows.list[i];
        const int64_t left = minutes - (row->minutes_so_far - row->minutes);
        const int64_t all = row->changed / row->pair->from_inhalers;
        const int64_t steps = left >= row->minutes ? all
                              : left <= 0          ? 0
                                                   : (int64_t)((wide_t)all * left / row->minutes);

        above += (wide_t)(row->above / all) * steps;
        below += (wide_t)(row->below / all) * steps;
    }
    *top = (total ? 1 : 1000) * (base->numerator - above);
    *bottom = total ? 1 : base->denominator - 1000 * below;
}

/* A month's work shows lag_months later. */
void plan_path_make(struct plan *plan, const struct plan_base *base)
{
    const int64_t a_month = plan->ask.hours_per_month * 60;
    const int64_t all =
        plan->rows.count > 0 ? plan->rows.list[plan->rows.count - 1].minutes_so_far : 0;
    const int64_t lag = plan->ask.assumptions.lag_months;

    if (a_month <= 0 || all == 0)
        return;
    for (int64_t i = 0; plan->path_count < PLAN_MOST_PATH; i++) {
        struct plan_month *const month = &plan->path[plan->path_count++];
        const int64_t shown = i < lag ? 0 : (i - lag + 1) * a_month;

        month->month = plan->ask.start + (month_t)i;
        month->minutes = (i + 1) * a_month < all ? (i + 1) * a_month : all;
        value_at(plan, base, shown, &month->value_top, &month->value_bottom);
        if (shown >= all)
            break;
    }
}
