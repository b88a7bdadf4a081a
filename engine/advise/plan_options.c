#include "advise/plan_internal.h"

#include "base/grow.h"

#include <stdlib.h>

#define HUNDRED INT64_C(100000000) /* per cent, in millionths */

int64_t plan_need(const struct plan_base *base, int64_t value)
{
    if (base->measure->denominator.sum == SUM_NONE)
        return base->numerator - value;
    return base->numerator - (int64_t)((wide_t)value * base->denominator / 1000);
}

static bool begins_with_one(const struct plan_codes *codes, const struct product *product)
{
    for (size_t i = 0; i < codes->count; i++)
        for (size_t c = 0; c < product->codes.count; c++)
            if (strncmp(product->codes.texts[c], codes->list[i], strlen(codes->list[i])) == 0)
                return true;
    return false;
}

/* Characters 10 and 11 of a BNF code are AA for what is prescribed without a brand. */
static bool is_generic(const struct product *product)
{
    const char *const code = product->codes.texts[0];

    return strlen(code) > 10 && code[9] == 'A' && code[10] == 'A';
}

static bool is_excluded(const struct plan_problem *problem, const struct plan_practice *practice)
{
    const struct view code = organisation_code(&problem->base->results->classified.cube->places,
                                               LEVEL_PRACTICE, practice->organisation);

    for (size_t i = 0; i < problem->ask->exclude.count; i++)
        if (view_is(code, problem->ask->exclude.list[i]))
            return true;
    return practice->out;
}

static const struct plan_people *find_people(const struct plan_assumptions *plan,
                                             const struct product *product)
{
    for (size_t i = 0; i < plan->people_count; i++)
        if (strcmp(plan->people[i].therapeutic_class, product->therapeutic_class) == 0)
            return &plan->people[i];
    return NULL;
}

/* The kind as the plan assumes it, which may not be as the rules do. */
static const struct plan_kind *find_kind(const struct plan_ask *ask, const struct switch_rule *rule)
{
    for (size_t i = 0; i < ask->assumptions.kind_count && rule->kind != NULL; i++)
        if (strcmp(ask->assumptions.kinds[i].id, rule->kind->id) == 0 && ask->kinds[i])
            return &ask->assumptions.kinds[i];
    return NULL;
}

/* What one inhaler weighs in the measure: mg above the line, and what it is below. */
static void weigh(const struct plan_base *base, const struct product *product,
                  const struct factor *factor, int64_t *above, int64_t *below)
{
    const struct measure *const measure = base->measure;
    const struct view code = view_of(product->codes.texts[0]);

    *above = factor != NULL && selection_holds(&measure->numerator.where, product, code, true)
                 ? factor->kg
                 : 0;
    *below = measure->denominator.sum != SUM_NONE &&
                     selection_holds(&measure->denominator.where, product, code, factor != NULL) &&
                     (measure->denominator.sum == SUM_packs || !product->refill)
                 ? 1
                 : 0;
}

static void gain_of(const struct plan_problem *problem, struct plan_option *option)
{
    const struct plan_base *const base = problem->base;
    const struct rules *const rules = base->results->classified.rules;
    const struct switch_pair *const pair = option->pair;
    int64_t from_above;
    int64_t from_below;
    int64_t to_above;
    int64_t to_below;

    weigh(base, pair->from, product_factor(rules, base->set, pair->from, base->last), &from_above,
          &from_below);
    weigh(base, pair->to, pair_target_factor(rules, base->set, pair, base->last), &to_above,
          &to_below);
    option->above = pair->from_inhalers * from_above - pair->to_inhalers * to_above;
    option->below = pair->from_inhalers * from_below - pair->to_inhalers * to_below;
    option->gain =
        option->above -
        (problem->base->measure->denominator.sum != SUM_NONE ? problem->value * option->below : 0);
}

/* The average cost of one inhaler to 0.00001 GBP, half up. */
static bool price_of(const struct plan_problem *problem, uint32_t icb,
                     const struct product *product, int64_t *price)
{
    const wide_t unit = inhaler_unit(problem->base->results->classified.rules);
    struct plan_price sums;

    if (!plan_price_of(problem->base, icb, product, &sums))
        return false;
    *price = (int64_t)((2 * sums.cost * unit + sums.packs) / (2 * sums.packs));
    return true;
}

static bool find_pounds(const struct plan_problem *problem, struct plan_option *option)
{
    const uint32_t icb = problem->base->practices[option->practice].icb;
    int64_t from;
    int64_t to;

    if (!price_of(problem, icb, option->pair->from, &from) ||
        !price_of(problem, icb, option->pair->to, &to))
        return false;
    option->pounds = option->pair->to_inhalers * to - option->pair->from_inhalers * from;
    return true;
}

static bool find_evidence(const struct plan_problem *problem, struct plan_option *option)
{
    const struct results *const results = problem->base->results;
    const struct rules *const rules = results->classified.rules;
    const month_t month = problem->base->last;
    const struct factor *const from =
        product_factor(rules, results->factors, option->pair->from, month);
    const struct factor *const to =
        pair_target_factor(rules, results->factors, option->pair, month);

    if (from == NULL || to == NULL || !pair_is_on(option->pair, month) ||
        !switch_is_evidenced(option->rule, option->pair, from, to))
        return false;
    option->real = option->pair->from_inhalers * from->kg - option->pair->to_inhalers * to->kg;
    option->grade = from->grade > to->grade ? from->grade : to->grade;
    return true;
}

static int64_t ceiling_of(const struct plan_kind *kind, int64_t volume)
{
    return (int64_t)((wide_t)volume * kind->eligible * kind->accept / HUNDRED / HUNDRED);
}

/* PLAN_LEFTS where the option is in the plan. */
static enum plan_left why_left(struct plan_problem *problem, const struct plan_source *source,
                               struct plan_option *option)
{
    const struct plan_ask *const ask = problem->ask;
    const struct rules *const rules = problem->base->results->classified.rules;

    option->kind = find_kind(ask, option->rule);
    option->people = find_people(&ask->assumptions, source->product);
    if (option->kind == NULL)
        return PLAN_LEFT_KIND;
    if (is_excluded(problem, &problem->base->practices[source->practice]))
        return PLAN_LEFT_PRACTICE;
    if (begins_with_one(&ask->keep, source->product))
        return PLAN_LEFT_KEPT;
    if (ask->no_generic && is_generic(source->product))
        return PLAN_LEFT_GENERIC;
    if (!find_evidence(problem, option))
        return PLAN_LEFT_EVIDENCE;
    gain_of(problem, option);
    if (option->real <= 0 || option->gain <= 0)
        return PLAN_LEFT_GAIN;
    if (!find_pounds(problem, option))
        return PLAN_LEFT_PRICE;
    if (!problem->allowed[plan_product_number(rules, option->pair->to)])
        return PLAN_LEFT_FORMULARY;
    if (option->people == NULL)
        return PLAN_LEFT_PEOPLE;
    option->ceiling = ceiling_of(option->kind, source->volume);
    if ((wide_t)option->ceiling * 1000 <
            (wide_t)ask->assumptions.least_people * option->people->inhalers ||
        option->ceiling < option->pair->from_inhalers)
        return PLAN_LEFT_FEW;
    return PLAN_LEFTS;
}

static enum status add_pair(struct plan_problem *problem, uint32_t number,
                            const struct switch_rule *rule, const struct switch_pair *pair,
                            struct fail *why)
{
    const struct plan_source *const source = &problem->base->sources[number];
    struct plan_option option = {
        .practice = source->practice, .source = number, .rule = rule, .pair = pair};
    const enum plan_left left = why_left(problem, source, &option);

    if (left != PLAN_LEFTS) {
        problem->left[left]++;
        return STATUS_OK;
    }
    if (!grow(&problem->options, &problem->room, problem->count + 1, sizeof *problem->options))
        return fail_nomem(why);
    problem->options[problem->count++] = option;
    return STATUS_OK;
}

/* minutes of one inhaler = minutes 10^8 / (inhalers of a person x accept): all in thousandths and
 * millionths of a per cent. */
static void minutes_of(const struct plan_option *option, int64_t *top, int64_t *bottom)
{
    const wide_t above = (wide_t)option->kind->minutes * HUNDRED;
    const wide_t below = (wide_t)option->people->inhalers * option->kind->accept;
    wide_t a = above;
    wide_t b = below;

    while (b != 0) {
        const wide_t rest = a % b;

        a = b;
        b = rest;
    }
    *top = (int64_t)(above / a);
    *bottom = (int64_t)(below / a);
}

static int64_t divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        const int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static bool widen_scale(struct plan_problem *problem, int64_t bottom)
{
    const int64_t factor = bottom / divisor(problem->scale, bottom);

    if (factor > PLAN_MOST_SCALE / problem->scale)
        return false;
    problem->scale *= factor;
    return true;
}

/* All minutes become whole parts of one. */
static enum status find_scale(struct plan_problem *problem, struct fail *why)
{
    const int64_t visit = problem->ask->assumptions.visit_minutes;
    bool fits;

    problem->scale = 1;
    fits = widen_scale(problem, 1000 / divisor(visit, 1000));
    for (size_t i = 0; i < problem->count && fits; i++) {
        int64_t top;
        int64_t bottom;

        minutes_of(&problem->options[i], &top, &bottom);
        fits = widen_scale(problem, bottom);
    }
    if (!fits)
        return fail_set(why, STATUS_USAGE,
                        "the assumed shares and inhalers per person have no small common "
                        "multiple: give them with fewer decimals");
    problem->visit = (wide_t)visit * problem->scale / 1000;
    for (size_t i = 0; i < problem->count; i++) {
        struct plan_option *const option = &problem->options[i];
        int64_t top;
        int64_t bottom;

        minutes_of(option, &top, &bottom);
        option->minutes = (wide_t)top * (problem->scale / bottom) * option->pair->from_inhalers;
    }
    return STATUS_OK;
}

/* True when `other` saves at least as much of the run's carbon per inhaler, is no harder, and costs
 * no more minutes and pounds; of equals the first id stays. */
static bool is_as_good(const struct plan_option *option, const struct plan_option *other)
{
    const wide_t f = option->pair->from_inhalers;
    const wide_t g = other->pair->from_inhalers;

    if (other->kind->order > option->kind->order || other->ceiling < option->ceiling)
        return false;
    if (other->real * f < option->real * g || other->minutes * f > option->minutes * g ||
        other->pounds * f > option->pounds * g)
        return false;
    return other->real * f > option->real * g || other->minutes * f < option->minutes * g ||
           other->pounds * f < option->pounds * g ||
           strcmp(other->pair->to->id, option->pair->to->id) < 0;
}

/* Leaves out what another does as well for less, so that more inhalers are no way to a ratio. */
static enum status prune(struct plan_problem *problem, struct fail *why)
{
    bool *const worse = calloc(problem->count + 1, sizeof *worse);
    size_t kept = 0;

    if (worse == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < problem->count; i++)
        for (size_t k = i; k-- > 0 && problem->options[k].source == problem->options[i].source;) {
            worse[i] = worse[i] || is_as_good(&problem->options[i], &problem->options[k]);
            worse[k] = worse[k] || is_as_good(&problem->options[k], &problem->options[i]);
        }
    for (size_t i = 0; i < problem->count; i++) {
        problem->left[PLAN_LEFT_WORSE] += worse[i];
        if (!worse[i])
            problem->options[kept++] = problem->options[i];
    }
    problem->count = kept;
    free(worse);
    return STATUS_OK;
}

/* Of one source by the id of what it becomes: hulls and ties look at the place. */
static int compare_options(const void *a, const void *b)
{
    const struct plan_option *const one = a;
    const struct plan_option *const other = b;

    if (one->source != other->source)
        return one->source < other->source ? -1 : 1;
    return strcmp(one->pair->to->id, other->pair->to->id);
}

/* What the formulary allows; without one what half of the practices prescribed in the year. */
static enum status find_allowed(struct plan_problem *problem, struct fail *why)
{
    const struct plan_base *const base = problem->base;
    const struct rules *const rules = base->results->classified.rules;
    const struct formulary *const formulary = problem->ask->formulary;
    size_t *const users = calloc(rules->codes.count + 1, sizeof *users);
    size_t practices = 0;

    problem->allowed = calloc(rules->codes.count + 1, sizeof *problem->allowed);
    if (users == NULL || problem->allowed == NULL) {
        free(users);
        return fail_nomem(why);
    }
    for (size_t i = 0; i < base->practice_count; i++)
        practices += !base->practices[i].out;
    for (size_t i = 0; i < base->source_count && formulary == NULL; i++)
        if (base->sources[i].year > 0 && !base->practices[base->sources[i].practice].out)
            users[plan_product_number(rules, base->sources[i].product)]++;
    for (size_t i = 0; i < rules->products.count; i++) {
        const struct product *const product = rules->products.list[i];
        const size_t number = plan_product_number(rules, product);
        const bool usual = users[number] > 0 && users[number] * 2 >= practices;

        problem->allowed[number] =
            (formulary != NULL ? formulary_has(formulary, product) : usual) || problem->ask->any ||
            product == problem->ask->also;
    }
    free(users);
    return STATUS_OK;
}

static enum status add_pairs(struct plan_problem *problem, struct fail *why)
{
    const struct plan_base *const base = problem->base;
    enum status status = STATUS_OK;

    for (uint32_t s = 0; s < base->source_count; s++) {
        uint32_t next = base->sources[s].base > 0 ? base->first_pairs[base->sources[s].number] : 0;

        for (; next > 0 && status == STATUS_OK; next = base->pairs[next - 1].next)
            status =
                add_pair(problem, s, base->pairs[next - 1].rule, base->pairs[next - 1].pair, why);
    }
    return status;
}

enum status plan_problem_make(struct plan_problem *problem, const struct plan_base *base,
                              const struct plan_ask *ask, int64_t value, struct fail *why)
{
    enum status status;

    *problem = (struct plan_problem){
        .base = base, .ask = ask, .value = value, .need = plan_need(base, value)};
    status = find_allowed(problem, why);
    if (status == STATUS_OK)
        status = add_pairs(problem, why);
    if (status == STATUS_OK)
        status = find_scale(problem, why);
    if (status == STATUS_OK)
        status = prune(problem, why);
    if (status != STATUS_OK)
        return status;
    if (problem->count > 0)
        qsort(problem->options, problem->count, sizeof *problem->options, compare_options);
    problem->solve = calloc(problem->count + 1, sizeof *problem->solve);
    return problem->solve != NULL ? STATUS_OK : fail_nomem(why);
}

void plan_problem_release(struct plan_problem *problem)
{
    free(problem->options);
    free(problem->solve);
    free(problem->allowed);
    *problem = (struct plan_problem){0};
}
