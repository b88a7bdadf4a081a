#include "advise/switches.h"
#include "advise/switches_order.h"

#include "base/grow.h"

#include <stdlib.h>

/* Sums of one product in one month: of a practice, an ICB or everybody. */
struct advice_sums {
    wide_t items;
    wide_t packs;
    wide_t cost;
    wide_t version_packs;  /* of them those whose version the extract tells ... */
    wide_t version_carbon; /* ... and what these weigh, by the factor of each */
    bool unknown_cost;     /* of at least one row: there is no average */
};

struct advice_key {
    uint32_t kind; /* whose sums: 0 practice, 1 ICB, 2 everybody */
    uint32_t practice;
    uint32_t icb;
    month_t month;
    const struct product *product;
};

enum { OF_PRACTICE, OF_ICB, OF_ALL };

/* The sums OF_ALL that the last cell of a presentation went to: the next one's are mostly the same.
 */
struct recent_all {
    month_t month;
    uint32_t number; /* one more than it; 0: none yet */
};

struct advising {
    const struct results *results;
    struct intern keys;
    struct advice_sums *sums; /* by key number */
    size_t room;
    bool *icbs;                /* by ICB: a practice that is asked for is in it */
    struct recent_all *recent; /* by presentation */
    struct advice_list *advice;
    struct fail *why;
};

static struct advice_key make_key(uint32_t kind, uint32_t practice, uint32_t icb, month_t month,
                                  const struct product *product)
{
    struct advice_key key;

    memset(&key, 0, sizeof key); /* keys are compared as bytes */
    key.kind = kind;
    key.practice = practice;
    key.icb = icb;
    key.month = month;
    key.product = product;
    return key;
}

static enum status find_number(struct advising *advising, struct advice_key key, uint32_t *number)
{
    const size_t before = advising->keys.count;
    const enum status status = intern_put(
        &advising->keys, (struct view){(const char *)&key, sizeof key}, number, advising->why);

    if (status != STATUS_OK)
        return status;
    if (!grow(&advising->sums, &advising->room, *number + 1, sizeof *advising->sums))
        return fail_nomem(advising->why);
    if (advising->keys.count > before)
        advising->sums[*number] = (struct advice_sums){0};
    return STATUS_OK;
}

static enum status add_to(struct advising *advising, uint32_t number,
                          const struct advice_sums *more)
{
    struct advice_sums *const sums = &advising->sums[number];

    sums->unknown_cost = sums->unknown_cost || more->unknown_cost;
    if (wide_add(&sums->items, more->items) && wide_add(&sums->packs, more->packs) &&
        wide_add(&sums->cost, more->cost) && wide_add(&sums->version_packs, more->version_packs) &&
        wide_add(&sums->version_carbon, more->version_carbon))
        return STATUS_OK;
    return fail_sum(advising->why);
}

static enum status add(struct advising *advising, struct advice_key key,
                       const struct advice_sums *more)
{
    uint32_t number;
    const enum status status = find_number(advising, key, &number);

    return status == STATUS_OK ? add_to(advising, number, more) : status;
}

static enum status add_to_all(struct advising *advising, const struct cell *cell,
                              const struct product *product, const struct advice_sums *more)
{
    struct recent_all *const recent = &advising->recent[cell->presentation];
    uint32_t number = recent->number - 1;
    enum status status = STATUS_OK;

    if (recent->number == 0 || recent->month != cell->month)
        status = find_number(advising, make_key(OF_ALL, 0, 0, cell->month, product), &number);
    if (status != STATUS_OK)
        return status;
    *recent = (struct recent_all){cell->month, number + 1};
    return add_to(advising, number, more);
}

static const struct advice_sums *find(const struct advising *advising, struct advice_key key)
{
    const uint32_t number =
        intern_find(&advising->keys, (struct view){(const char *)&key, sizeof key});

    return number == INTERN_NONE ? NULL : &advising->sums[number];
}

/* What a version weighs whose share need not be assumed. */
static bool weigh_version(const struct advising *advising, const struct cell *cell,
                          struct advice_sums *sums)
{
    const struct factor *const factor =
        classified_factor(&advising->results->classified, advising->results->factors,
                          cell->presentation, cell->month);

    if (factor == NULL)
        return true;
    sums->version_packs = sums->packs;
    return carbon_of(sums->packs, factor, &sums->version_carbon);
}

static enum status add_cell(struct advising *advising, const struct cell *cell)
{
    const struct classified *const classified = &advising->results->classified;
    const struct amounts amounts = amounts_of(classified, cell);
    const uint32_t practice = cell_organisation(advising->results, cell, LEVEL_PRACTICE);
    const uint32_t icb = cell_organisation(advising->results, cell, LEVEL_ICB);
    struct advice_sums more = {
        .items = cell->items,
        .packs = amounts.packs,
        .cost = cell->actual_cost,
        .unknown_cost = cell->unknown_cost,
    };
    enum status status = STATUS_OK;

    if (classified->versions[cell->presentation] != NULL && !weigh_version(advising, cell, &more))
        return fail_sum(advising->why);
    if (practice != ORGANISATION_NONE && results_have(advising->results, cell))
        status = add(advising, make_key(OF_PRACTICE, practice, icb, cell->month, amounts.product),
                     &more);

    if (status == STATUS_OK && icb != ORGANISATION_NONE && advising->icbs[icb])
        status = add(advising, make_key(OF_ICB, 0, icb, cell->month, amounts.product), &more);
    if (status == STATUS_OK)
        status = add_to_all(advising, cell, amounts.product, &more);
    return status;
}

static enum status add_cells(struct advising *advising)
{
    const struct classified *const classified = &advising->results->classified;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < classified->cube->count && status == STATUS_OK; i++) {
        const struct cell *const cell = &classified->cube->cells[i];

        if (classified->verdicts[cell->presentation].kind == RULES_INHALER)
            status = add_cell(advising, cell);
    }
    return status;
}

/* Prices of other ICBs are not looked for: those of a nation are many. */
static enum status find_icbs(struct advising *advising)
{
    const struct results *const results = advising->results;
    const struct cube *const cube = results->classified.cube;

    advising->icbs = calloc(cube->places.levels[LEVEL_ICB].codes.count + 1, sizeof *advising->icbs);
    advising->recent = calloc(cube->codes.count + 1, sizeof *advising->recent);
    if (advising->icbs == NULL || advising->recent == NULL)
        return fail_nomem(advising->why);
    for (size_t i = 0; i < cube->count; i++) {
        const uint32_t icb = cell_organisation(results, &cube->cells[i], LEVEL_ICB);

        if (icb != ORGANISATION_NONE && !advising->icbs[icb])
            advising->icbs[icb] = results_have(results, &cube->cells[i]);
    }
    return STATUS_OK;
}

/* The sums whose average a cost is taken from, NULL when nobody prescribed it. */
static const struct advice_sums *price_sums(const struct advising *advising, struct advice_key at,
                                            const struct product *product)
{
    const struct advice_sums *sums = NULL;

    if (at.icb != ORGANISATION_NONE)
        sums = find(advising, make_key(OF_ICB, 0, at.icb, at.month, product));
    if (sums == NULL || sums->packs <= 0)
        sums = find(advising, make_key(OF_ALL, 0, 0, at.month, product));
    return sums != NULL && sums->packs > 0 && !sums->unknown_cost ? sums : NULL;
}

/* With n = packs of this practice, c and p the cost and packs behind the average of each
 * product, and f inhalers of `from` holding the doses of t of `to`:
 *     change = n (t c_to / (f p_to) - c_from / p_from)
 *            = n (t c_to p_from - f c_from p_to) / (f p_to p_from)
 * in 0.00001 GBP, as packs stand above and below alike. */
static void price(const struct advising *advising, struct advice_key at, struct advice *advice)
{
    const struct switch_pair *const pair = advice->pair;
    const struct advice_sums *const from = price_sums(advising, at, pair->from);
    const struct advice_sums *const to = price_sums(advising, at, pair->to);
    wide_t gained;
    wide_t spared;
    wide_t bottom;

    advice->has_cost = false;
    if (from == NULL || to == NULL)
        return;
    if (!wide_multiply(to->cost, from->packs, &gained) ||
        !wide_multiply(gained, pair->to_inhalers, &gained) ||
        !wide_multiply(from->cost, to->packs, &spared) ||
        !wide_multiply(spared, pair->from_inhalers, &spared) || !wide_add(&gained, -spared) ||
        !wide_multiply(gained, advice->packs, &advice->cost_top) ||
        !wide_multiply(to->packs, from->packs, &bottom) ||
        !wide_multiply(bottom, pair->from_inhalers * 100000, &advice->cost_bottom))
        return;
    advice->has_cost = true;
}

/* Carbon now and carbon saved; false when a number does not fit. */
static bool weigh(const struct advising *advising, const struct advice_sums *sums,
                  struct advice *advice)
{
    const struct switch_pair *const pair = advice->pair;
    const struct rules *const rules = advising->results->classified.rules;
    const struct factor_set *const set = advising->results->factors;
    const struct factor *const from = product_factor(rules, set, pair->from, advice->month);
    const struct factor *const to = pair_target_factor(rules, set, pair, advice->month);
    wide_t spent;

    advice->has_carbon = from != NULL;
    if (from == NULL)
        return true;
    if (!carbon_of(sums->packs - sums->version_packs, from, &advice->carbon) ||
        !wide_add(&advice->carbon, sums->version_carbon))
        return false;
    if (to == NULL)
        return true;
    advice->grade = grade_text(from->grade > to->grade ? from->grade : to->grade);
    advice->evidenced = switch_is_evidenced(advice->rule, pair, from, to);
    return !advice->evidenced ||
           (wide_multiply(advice->carbon, pair->from_inhalers, &advice->saved) &&
            wide_multiply(advice->packs, to->kg * pair->to_inhalers, &spent) &&
            wide_add(&advice->saved, -spent));
}

static enum status advise_pair(struct advising *advising, struct advice_key at,
                               const struct switch_rule *rule, const struct switch_pair *pair)
{
    const struct advice_sums *const sums =
        find(advising, make_key(OF_PRACTICE, at.practice, at.icb, at.month, pair->from));
    struct advice advice = {
        .month = at.month,
        .practice = at.practice,
        .icb = at.icb,
        .rule = rule,
        .pair = pair,
        .grade = "",
        .changes_drug = pair_changes_drug(pair),
    };

    if (sums == NULL || sums->packs <= 0 || !pair_is_on(pair, at.month))
        return STATUS_OK;
    advice.items = sums->items;
    advice.packs = sums->packs;
    if (!weigh(advising, sums, &advice))
        return fail_set(advising->why, STATUS_LIMIT, "a saving does not fit into 128 bits");
    if (advice.evidenced && advice.saved <= 0)
        return STATUS_OK; /* nothing to gain */
    price(advising, at, &advice);
    if (!grow(&advising->advice->list, &advising->advice->room, advising->advice->count + 1,
              sizeof *advising->advice->list))
        return fail_nomem(advising->why);
    advising->advice->list[advising->advice->count++] = advice;
    return STATUS_OK;
}

/* Goes from the product that a practice used to the pairs that begin with it. */
static enum status advise_key(struct advising *advising, struct advice_key at)
{
    const struct rules *const rules = advising->results->classified.rules;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->switches.count; i++) {
        const struct switch_rule *const rule = rules->switches.list[i];

        for (size_t p = 0; p < rule->pair_count && status == STATUS_OK; p++)
            if (rule->pairs[p].from == at.product)
                status = advise_pair(advising, at, rule, &rule->pairs[p]);
    }
    return status;
}

static enum status advise_all(struct advising *advising)
{
    enum status status = STATUS_OK;

    for (uint32_t i = 0; i < advising->keys.count && status == STATUS_OK; i++) {
        struct advice_key key;

        memcpy(&key, intern_text(&advising->keys, i).at, sizeof key);
        if (key.kind == OF_PRACTICE)
            status = advise_key(advising, key);
    }
    return status;
}

enum status advise_switches(struct advice_list *advice, const struct results *results,
                            struct fail *why)
{
    struct advising advising = {.results = results, .advice = advice, .why = why};
    enum status status;

    *advice = (struct advice_list){0};
    status = find_icbs(&advising);
    if (status == STATUS_OK)
        status = add_cells(&advising);
    if (status == STATUS_OK)
        status = advise_all(&advising);
    if (status == STATUS_OK)
        status = advice_rank(advice, results, why);
    intern_release(&advising.keys);
    free(advising.sums);
    free(advising.icbs);
    free(advising.recent);
    if (status != STATUS_OK)
        advice_release(advice);
    return status;
}

void advice_release(struct advice_list *advice)
{
    free(advice->list);
    *advice = (struct advice_list){0};
}
