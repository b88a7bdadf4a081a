#include "advise/plan_internal.h"

#include "trend/history.h"

#include <math.h>
#include <stdlib.h>

/* Months after the last of the data until they are out and work on them can begin. */
#define UNTIL_OUT 3

const char *plan_left_text(enum plan_left left)
{
    static const char *const texts[] = {
#define X(name, text) text,
        PLAN_LEFT_LIST(X)
#undef X
    };

    return texts[left];
}

const char *plan_scenario_text(enum plan_scenario scenario)
{
    static const char *const texts[] = {
#define X(name, text) text,
        PLAN_SCENARIO_LIST(X)
#undef X
    };

    return texts[scenario];
}

double plan_value(const struct plan *plan, wide_t top, wide_t bottom)
{
    (void)plan;
    return bottom > 0 ? (double)top / (double)bottom / 1e6 : (double)NAN;
}

void plan_ask_begin(struct plan_ask *ask, const struct results *results)
{
    const struct plan_assumptions *const plan = results->classified.rules->plan;

    *ask = (struct plan_ask){
        .results = results,
        .organisation = ORGANISATION_NONE,
        .target_id = "",
        .due = MONTH_NONE,
        .start = MONTH_NONE,
        .last = MONTH_NONE,
        .base_months = 3,
        .expected = (double)NAN,
    };
    if (plan == NULL)
        return;
    ask->assumptions = *plan;
    for (size_t i = 0; i < plan->kind_count && i < PLAN_MOST_KINDS; i++)
        ask->kinds[i] = plan->kinds[i].by_default;
}

enum status plan_check_measure(const struct measure *measure, struct fail *why)
{
    const enum sum below = measure->denominator.sum;

    if (measure->numerator.sum != SUM_kgco2e)
        return fail_set(why, STATUS_USAGE,
                        "a plan needs a target of at most on a measure with kgCO2e above the "
                        "line; %s has none",
                        measure->id);
    if (below != SUM_NONE && below != SUM_inhalers && below != SUM_packs)
        return fail_set(why, STATUS_USAGE,
                        "a plan needs a measure with inhalers below the line, or nothing; %s has "
                        "something else there",
                        measure->id);
    return STATUS_OK;
}

static enum status check(const struct plan_ask *ask, const struct plan_base *base, struct fail *why)
{
    if (base->months == 0)
        return fail_set(why, STATUS_DATA,
                        "it has no inhalers in the last %d months of the files: nothing can be "
                        "planned",
                        ask->base_months);
    if (base->numerator == 0 ||
        (ask->measure->denominator.sum != SUM_NONE && base->denominator == 0))
        return fail_set(why, STATUS_DATA,
                        "it has nothing of the measure %s in the last %d months: nothing can be "
                        "planned",
                        ask->measure->id, ask->base_months);
    return STATUS_OK;
}

/* What of each product a year is, and what it will be. */
static enum status make_products(struct plan *plan, const struct plan_base *base, struct fail *why)
{
    const struct rules *const rules = base->results->classified.rules;
    struct plan_product *const products = calloc(rules->codes.count + 1, sizeof *products);

    plan->products = calloc(rules->products.count + 1, sizeof *plan->products);
    if (products == NULL || plan->products == NULL) {
        free(products);
        return fail_nomem(why);
    }
    for (size_t i = 0; i < base->source_count; i++) {
        products[base->sources[i].number].now += base->sources[i].volume;
        products[base->sources[i].number].after += base->sources[i].volume;
    }
    for (size_t i = 0; i < plan->rows.count; i++) {
        const struct plan_row *const row = &plan->rows.list[i];

        products[plan_product_number(rules, row->pair->from)].after -= row->changed;
        products[plan_product_number(rules, row->pair->to)].after += row->added;
    }
    for (size_t i = 0; i < rules->products.count; i++) {
        struct plan_product *const product =
            &products[plan_product_number(rules, rules->products.list[i])];

        product->product = rules->products.list[i];
        if (product->now != product->after)
            plan->products[plan->product_count++] = *product;
    }
    free(products);
    return STATUS_OK;
}

static enum status solve(struct plan *plan, const struct plan_base *base, struct fail *why)
{
    struct plan_problem problem;
    int64_t *taken = NULL;
    enum status status = plan_problem_make(&problem, base, &plan->ask, plan->ask.value, why);

    if (status == STATUS_OK)
        status = plan_solve(&problem, &taken, &plan->scenarios[PLAN_SCENARIO_PLAN], &plan->state,
                            &plan->least_pounds, why);
    plan->has_scenario[PLAN_SCENARIO_PLAN] = status == STATUS_OK;
    if (status == STATUS_OK)
        status = plan_rows_make(&problem, taken, &plan->rows, why);
    memcpy(plan->left, problem.left, sizeof plan->left);
    free(taken);
    plan_problem_release(&problem);
    return status;
}

static void take_base(struct plan *plan, const struct plan_base *base)
{
    plan->base_first = base->first_there;
    plan->base_last = base->last;
    plan->whole_year = base->whole_year;
    plan->numerator = base->numerator;
    plan->denominator = base->denominator;
    plan->base_numerator = base->base_numerator;
    plan->base_denominator = base->base_denominator;
    for (size_t i = 0; i < base->practice_count; i++)
        plan->practice_count += !base->practices[i].out;
    plan->need = plan_need(base, plan->ask.value);
    if (plan->ask.start == MONTH_NONE)
        plan->ask.start = base->last + UNTIL_OUT;
}

static enum status look_around(struct plan *plan, const struct plan_base *base, struct fail *why)
{
    enum status status = plan_scenarios_make(plan, base, why);

    if (status == STATUS_OK)
        status = plan_points_make(plan, base, why);
    if (status == STATUS_OK && plan->state == PLAN_UNREACHABLE)
        status = plan_reasons_make(plan, base, why);
    plan_path_make(plan, base);
    return status;
}

enum status plan_make(struct plan *plan, const struct plan_ask *ask, struct fail *why)
{
    struct plan_base base = {0};
    enum status status = plan_check_measure(ask->measure, why);

    *plan = (struct plan){.ask = *ask};
    if (status == STATUS_OK && ask->results->classified.rules->plan == NULL)
        status = fail_set(why, STATUS_USAGE, "these rules have no plan/ folder of assumptions");
    if (status == STATUS_OK)
        status = plan_base_make(&base, ask, why);
    if (status == STATUS_OK)
        status = check(ask, &base, why);
    if (status == STATUS_OK) {
        take_base(plan, &base);
        if (plan->need <= 0 && !ask->has_hours)
            plan->state = PLAN_REACHED;
        else
            status = solve(plan, &base, why);
    }
    if (status == STATUS_OK)
        status = make_products(plan, &base, why);
    if (status == STATUS_OK && plan->state != PLAN_REACHED && !ask->alone)
        status = look_around(plan, &base, why);
    plan_base_release(&base);
    return status;
}

enum status plan_today(const struct plan_ask *ask, int64_t *value, struct fail *why)
{
    struct plan_base base = {0};
    enum status status = plan_check_measure(ask->measure, why);

    if (status == STATUS_OK)
        status = plan_base_make(&base, ask, why);
    if (status == STATUS_OK)
        status = check(ask, &base, why);
    if (status == STATUS_OK)
        *value = base.denominator > 0 ? (int64_t)((wide_t)base.numerator * 1000 / base.denominator)
                                      : base.numerator;
    plan_base_release(&base);
    return status;
}

void plan_release(struct plan *plan)
{
    free(plan->rows.list);
    free(plan->products);
    *plan = (struct plan){0};
}
