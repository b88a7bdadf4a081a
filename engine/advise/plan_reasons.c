#include "advise/plan_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Something that is asked otherwise, and what a reader calls it. */
struct trial {
    struct plan *plan;
    const struct plan_base *base;
    struct fail *why;
};

/* The cheapest first. */
static void keep(struct plan *plan, const struct plan_reason *reason)
{
    size_t at = plan->reason_count;

    while (at > 0 && plan->reasons[at - 1].minutes > reason->minutes)
        at--;
    if (at >= PLAN_MOST_REASONS)
        return;
    if (plan->reason_count < PLAN_MOST_REASONS)
        plan->reason_count++;
    for (size_t i = plan->reason_count - 1; i > at; i--)
        plan->reasons[i] = plan->reasons[i - 1];
    plan->reasons[at] = *reason;
}

PRINTF_LIKE(3, 4)
static enum status try_ask(const struct trial *trial, const struct plan_ask *ask,
                           const char *format, ...)
{
    struct plan_problem problem;
    struct plan_totals totals = {0};
    struct plan_reason reason;
    enum plan_state state = PLAN_UNREACHABLE;
    int64_t least_pounds;
    int64_t *taken = NULL;
    va_list list;
    enum status status =
        plan_problem_make(&problem, trial->base, ask, trial->plan->ask.value, trial->why);

    if (status == STATUS_OK)
        status = plan_solve(&problem, &taken, &totals, &state, &least_pounds, trial->why);
    if (status == STATUS_OK && state == PLAN_PLANNED) {
        va_start(list, format);
        vsnprintf(reason.text, sizeof reason.text, format, list);
        va_end(list);
        reason.minutes = totals.minutes;
        keep(trial->plan, &reason);
    }
    free(taken);
    plan_problem_release(&problem);
    return status;
}

static bool is_before(const struct rules *rules, size_t rule, size_t pair)
{
    const struct product *const to = rules->switches.list[rule]->pairs[pair].to;

    for (size_t i = 0; i <= rule; i++)
        for (size_t p = 0; p < (i < rule ? rules->switches.list[i]->pair_count : pair); p++)
            if (rules->switches.list[i]->pairs[p].to == to)
                return true;
    return false;
}

/* Each product that something may become. */
static enum status try_products(const struct trial *trial)
{
    const struct rules *const rules = trial->base->results->classified.rules;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->switches.count; i++)
        for (size_t p = 0; p < rules->switches.list[i]->pair_count && status == STATUS_OK; p++) {
            struct plan_ask ask = trial->plan->ask;

            ask.also = rules->switches.list[i]->pairs[p].to;
            if (!is_before(rules, i, p))
                status = try_ask(trial, &ask, "%s in the formulary", ask.also->name);
        }
    return status;
}

static char *percent(int64_t share, char *out)
{
    return decimal_print(share, 6, out);
}

/* The high end of each share of each kind of the plan. */
static enum status try_kinds(const struct trial *trial)
{
    const struct plan_assumptions *const plan = &trial->plan->ask.assumptions;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < plan->kind_count && i < PLAN_MOST_KINDS && status == STATUS_OK; i++) {
        struct plan_kind kinds[PLAN_MOST_KINDS];
        struct plan_ask ask = trial->plan->ask;
        const struct plan_kind *const kind = &plan->kinds[i];
        char high[DECIMAL_TEXT];
        char now[DECIMAL_TEXT];

        if (!ask.kinds[i])
            continue;
        ask.assumptions.kinds = kinds;
        memcpy(kinds, plan->kinds, plan->kind_count * sizeof *kinds);
        kinds[i].eligible = kind->eligible_high;
        status =
            try_ask(trial, &ask, "%s instead of %s %% eligible (%s)",
                    percent(kind->eligible_high, high), percent(kind->eligible, now), kind->label);
        kinds[i].eligible = kind->eligible;
        kinds[i].accept = kind->accept_high;
        if (status == STATUS_OK)
            status =
                try_ask(trial, &ask, "%s instead of %s %% of those reviewed agree (%s)",
                        percent(kind->accept_high, high), percent(kind->accept, now), kind->label);
    }
    return status;
}

static enum status try_others(const struct trial *trial)
{
    struct plan_ask ask = trial->plan->ask;
    enum status status = STATUS_OK;

    if (ask.no_generic) {
        ask.no_generic = false;
        status = try_ask(trial, &ask, "what is prescribed generically");
    }
    ask = trial->plan->ask;
    if (ask.exclude.count > 0 && status == STATUS_OK) {
        ask.exclude.count = 0;
        status = try_ask(trial, &ask, "the practices that are left out");
    }
    ask = trial->plan->ask;
    if (ask.keep.count > 0 && status == STATUS_OK) {
        ask.keep.count = 0;
        status = try_ask(trial, &ask, "the products that are kept");
    }
    return status;
}

static enum status try_all(const struct trial *trial)
{
    struct plan_kind kinds[PLAN_MOST_KINDS];
    struct plan_ask ask = trial->plan->ask;
    struct plan_totals totals;
    enum status status;

    ask.any = true;
    ask.no_generic = false;
    ask.exclude.count = 0;
    ask.keep.count = 0;
    if (ask.assumptions.kind_count <= PLAN_MOST_KINDS) {
        memcpy(kinds, ask.assumptions.kinds, ask.assumptions.kind_count * sizeof *kinds);
        for (size_t i = 0; i < ask.assumptions.kind_count; i++) {
            kinds[i].eligible = kinds[i].eligible_high;
            kinds[i].accept = kinds[i].accept_high;
        }
        ask.assumptions.kinds = kinds;
    }
    status = plan_best(trial->base, &ask, trial->plan->ask.value, &totals, trial->why);
    trial->plan->all_together_reach = totals.reached;
    trial->plan->all_top = totals.value_top;
    trial->plan->all_bottom = totals.value_bottom;
    return status;
}

enum status plan_reasons_make(struct plan *plan, const struct plan_base *base, struct fail *why)
{
    const struct trial trial = {plan, base, why};
    enum status status = try_products(&trial);

    if (status == STATUS_OK)
        status = try_kinds(&trial);
    if (status == STATUS_OK)
        status = try_others(&trial);
    return status == STATUS_OK ? try_all(&trial) : status;
}
