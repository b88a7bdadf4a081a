#include "measure/results_building.h"
#include "measure/results_sums.h"

#include "base/grow.h"

#include <stdlib.h>

/* One sum of a measure that a product belongs to, or would if it had a factor. */
struct share {
    const struct measure *measure;
    const struct measure_sum *sum; /* its numerator or its denominator */
};

/* All of a presentation: which of a hundred sums it is in is asked once, not for each cell. */
struct plan {
    struct share *shares;
    size_t count;
    bool made;
};

struct key {
    uint32_t parts[5];
};

static enum status find_row(struct building *building, struct intern *keys, struct key key,
                            uint32_t *row)
{
    return intern_put(keys, (struct view){(const char *)&key, sizeof key}, row, building->why);
}

static enum status make_plan(struct building *building, const struct cell *cell,
                             const struct product *product)
{
    const struct classified *const classified = &building->results->classified;
    const struct rules *const rules = classified->rules;
    const struct view code = intern_text(&classified->cube->codes, cell->presentation);
    struct plan *const plan = &building->plans[cell->presentation];

    plan->shares =
        arena_array(&building->results->arena, 2 * rules->measures.count + 1, sizeof *plan->shares);
    if (plan->shares == NULL)
        return fail_nomem(building->why);
    for (size_t m = 0; m < rules->measure_counts[SUBJECT_prescribing]; m++) {
        const struct measure *const measure = rules->measures.list[m];
        const struct measure_sum *const sums[] = {&measure->numerator, &measure->denominator};

        for (size_t i = 0; i < COUNT_OF(sums); i++)
            if (sums[i]->sum != SUM_NONE && selection_holds(&sums[i]->where, product, code, true))
                plan->shares[plan->count++] = (struct share){measure, sums[i]};
    }
    plan->made = true;
    return STATUS_OK;
}

/* Adds one cell to one sum of its place. */
static enum status add_share(struct building *building, const struct cell *cell,
                             const struct amounts *amounts, const struct share *share)
{
    const struct results *const results = building->results;
    const struct measure *const measure = share->measure;
    const struct factor_set *const set =
        measure->factor_set != NULL ? measure->factor_set : results->factors;
    const struct factor *const factor =
        classified_factor(&results->classified, set, cell->presentation, cell->month);
    struct measure_value *const value = &building->accumulator.values[measure->slot];
    wide_t *const side =
        share->sum == &measure->numerator ? &value->numerator : &value->denominator;
    wide_t amount;

    if (!amount_of_sum(share->sum, &results->classified, cell, amounts, factor, &amount))
        return fail_sum(building->why);
    /* who has no patients to divide by is not above either */
    if (measure->denominator.sum == SUM_thousand_patients &&
        building->accumulator.stay->patients < 0)
        return STATUS_OK;
    value->unknown = value->unknown || (cell->unknown_cost && share->sum->sum == SUM_actual_cost) ||
                     (cell->unknown_nic && share->sum->sum == SUM_nic);
    return wide_add(side, amount) ? STATUS_OK : fail_sum(building->why);
}

static enum status add_shares(struct building *building, const struct cell *cell,
                              const struct amounts *amounts)
{
    const struct plan *const plan = &building->plans[cell->presentation];
    const struct amounts as_read = amounts_as_read(amounts);
    enum status status = plan->made ? STATUS_OK : make_plan(building, cell, amounts->product);

    for (size_t i = 0; i < plan->count && status == STATUS_OK; i++)
        status = add_share(building, cell, plan->shares[i].measure->as_read ? &as_read : amounts,
                           &plan->shares[i]);
    return status;
}

static const struct factor *todays_factor(const struct results *results,
                                          const struct product *product,
                                          const struct product_version *version, month_t month)
{
    const struct rules *const rules = results->classified.rules;

    return factor_in_use(results->factors, product, version,
                         rules_code(rules, view_of(product->codes.texts[0])), month);
}

static enum status add_product(struct building *building, const struct cell *cell,
                               const struct amounts *amounts, const struct use *use)
{
    struct results *const results = building->results;
    const struct product_version *const version = results->classified.versions[cell->presentation];
    struct key key = {{0}};
    struct product_month *row;
    uint32_t number;
    enum status status;

    memcpy(key.parts, &amounts->product, sizeof amounts->product);
    memcpy(key.parts + 2, &version, sizeof version);
    key.parts[4] = (uint32_t)cell->month;
    status = find_row(building, &building->products, key, &number);
    if (status != STATUS_OK)
        return status;
    if (!grow(&results->products, &building->product_room, number + 1, sizeof *results->products))
        return fail_nomem(building->why);
    row = &results->products[number];
    if (number == results->product_count) {
        *row = (struct product_month){
            .product = amounts->product,
            .month = cell->month,
            .version = version,
            .amounts = {.product = amounts->product, .counted = amounts->counted},
            .factor = todays_factor(results, amounts->product, version, cell->month),
        };
        results->product_count++;
    }
    row->rows += cell->rows;
    row->unknown_cost = row->unknown_cost || cell->unknown_cost;
    if (wide_add(&row->items, cell->items) && wide_add(&row->quantity, cell->quantity) &&
        wide_add(&row->amounts.packs, amounts->packs) &&
        wide_add(&row->amounts.inhalers, amounts->inhalers) &&
        wide_add(&row->weighed, use->has_carbon ? amounts->packs : 0) &&
        wide_add(&row->carbon, use->carbon) && wide_add(&row->actual_cost, cell->actual_cost))
        return STATUS_OK;
    return fail_sum(building->why);
}

static enum status add_unclassified(struct building *building, const struct cell *cell,
                                    const char *reason)
{
    struct results *const results = building->results;
    const struct key key = {{cell->presentation, (uint32_t)cell->month, 0, 0, 0}};
    struct unclassified *row;
    uint32_t number;
    const enum status status = find_row(building, &building->unclassified, key, &number);

    if (status != STATUS_OK)
        return status;
    if (!grow(&results->unclassified, &building->unclassified_room, number + 1,
              sizeof *results->unclassified))
        return fail_nomem(building->why);
    row = &results->unclassified[number];
    if (number == results->unclassified_count) {
        *row = (struct unclassified){
            .presentation = cell->presentation, .month = cell->month, .reason = reason};
        results->unclassified_count++;
    }
    row->rows += cell->rows;
    row->unknown_cost = row->unknown_cost || cell->unknown_cost;
    if (wide_add(&row->items, cell->items) && wide_add(&row->quantity, cell->quantity) &&
        wide_add(&row->actual_cost, cell->actual_cost))
        return STATUS_OK;
    return fail_sum(building->why);
}

static enum status add_excluded(struct building *building, const struct cell *cell,
                                const struct exclusion *exclusion)
{
    struct results *const results = building->results;
    struct excluded *row = results->excluded;

    while (row->exclusion != exclusion)
        row++;
    row->rows += cell->rows;
    row->unknown_cost = row->unknown_cost || cell->unknown_cost;
    if (wide_add(&row->items, cell->items) && wide_add(&row->actual_cost, cell->actual_cost))
        return STATUS_OK;
    return fail_sum(building->why);
}

/* Why an inhaler that is known still stands among what is not classified. */
static const char *uncounted_reason(const struct amounts *amounts)
{
    if (amounts->product->provisional)
        return amounts->product->note;
    if (!amounts->counted)
        return "a known product, but the number of units in one inhaler is not available: its "
               "inhalers and carbon are not counted";
    if (amounts->product->device_of_kind == DEVICE_UNKNOWN)
        return "a known product, but its device is not identified";
    return NULL;
}

static enum status add_inhaler(struct building *building, const struct cell *cell)
{
    const struct classified *const classified = &building->results->classified;
    const struct amounts amounts = amounts_of(classified, cell);
    const struct factor *const factor =
        classified_factor(classified, building->results->factors, cell->presentation, cell->month);
    const char *const reason = uncounted_reason(&amounts);
    struct use use = {
        .month = cell->month,
        .device = product_device(amounts.product),
        .class_number = amounts.product->class_number,
        .items = cell->items,
        .inhalers = amounts.inhalers,
        .counted = amounts.counted,
        .has_carbon = factor != NULL && amounts.counted,
        .nic = cell->nic,
        .actual_cost = cell->actual_cost,
        .unknown_cost = cell->unknown_cost,
        .unknown_nic = cell->unknown_nic,
    };
    enum status status;

    if (use.has_carbon && !carbon_of(amounts.packs, factor, &use.carbon))
        return fail_sum(building->why);
    status = add_shares(building, cell, &amounts);
    if (status == STATUS_OK)
        status = accumulator_use(&building->accumulator, &use);
    if (status != STATUS_OK || !results_have(building->results, cell))
        return status;
    status = add_product(building, cell, &amounts, &use);
    if (status == STATUS_OK && reason != NULL)
        status = add_unclassified(building, cell, reason);
    return status;
}

static enum status add_gas(struct building *building, const struct cell *cell)
{
    struct measure_value *const weights = building->weights;
    enum status status;

    memset(weights, 0,
           building->results->classified.rules->measure_counts[SUBJECT_hospital] * sizeof *weights);
    status = gases_add(&building->gases, cell, weights);
    return status == STATUS_OK ? accumulator_values(&building->accumulator, weights) : status;
}

/* The organisation has been seen this month; what it has is something else, or nothing
 * that can be measured. */
static enum status add_other(struct building *building, const struct cell *cell, enum origin origin)
{
    struct results *const results = building->results;
    const struct rules_verdict verdict = results->classified.verdicts[cell->presentation];

    building->accumulator.sent =
        building->accumulator.sent || origin == ORIGIN_PHARMACY || origin == ORIGIN_ELSEWHERE;
    if (verdict.kind != RULES_ELSEWHERE && origin != ORIGIN_PRIMARY)
        return add_gas(building, cell);
    if (!results_have(results, cell))
        return STATUS_OK;
    results->rows_elsewhere += verdict.kind == RULES_ELSEWHERE ? cell->rows : 0;
    if (verdict.kind == RULES_ELSEWHERE)
        return STATUS_OK;
    if (verdict.kind == RULES_NOT_INHALER)
        return add_excluded(building, cell, verdict.exclusion);
    return add_unclassified(building, cell, "no rule covers this code");
}

static enum status add_cell(struct building *building, const struct cell *cell)
{
    const struct results *const results = building->results;
    const struct stay *const stay = belonging_stay(results->belonging, cell->place, cell->month);
    const enum origin origin = building->origins[cell->presentation];
    const enum status status =
        accumulator_turn(&building->accumulator, stay,
                         origin == ORIGIN_PRIMARY ? SUBJECT_prescribing : SUBJECT_hospital);

    if (status != STATUS_OK)
        return status;
    return results->classified.verdicts[cell->presentation].kind == RULES_INHALER
               ? add_inhaler(building, cell)
               : add_other(building, cell, origin);
}

/* Numbers of the cells, those of a place and month together. */
static enum status order_cells(const struct results *results, uint32_t **order, struct fail *why)
{
    const struct cube *const cube = results->classified.cube;
    const struct belonging *const belonging = results->belonging;
    const size_t stays = belonging_count(belonging);
    size_t *const ends = calloc(stays + 2, sizeof *ends);

    *order = calloc(cube->count + 1, sizeof **order);
    if (ends == NULL || *order == NULL) {
        free(ends);
        return fail_nomem(why);
    }
    for (size_t i = 0; i < cube->count; i++)
        ends[belonging_stay(belonging, cube->cells[i].place, cube->cells[i].month) -
             belonging_at(belonging, 0) + 1]++;
    for (size_t i = 0; i < stays; i++)
        ends[i + 1] += ends[i];
    for (size_t i = 0; i < cube->count; i++)
        (*order)[ends[belonging_stay(belonging, cube->cells[i].place, cube->cells[i].month) -
                      belonging_at(belonging, 0)]++] = (uint32_t)i;
    free(ends);
    return STATUS_OK;
}

enum status building_add_cells(struct building *building)
{
    struct results *const results = building->results;
    const struct cube *const cube = results->classified.cube;
    uint32_t *order = NULL;
    enum status status = accumulator_begin(&building->accumulator);

    building->plans = calloc(cube->codes.count + 1, sizeof *building->plans);
    building->weights =
        calloc(results->classified.rules->measures.count + 1, sizeof *building->weights);
    building->origins = calloc(cube->codes.count + 1, sizeof *building->origins);
    if (status == STATUS_OK &&
        (building->plans == NULL || building->weights == NULL || building->origins == NULL))
        status = fail_nomem(building->why);
    for (uint32_t i = 0; i < cube->codes.count && status == STATUS_OK; i++)
        building->origins[i] = presentation_of(intern_text(&cube->codes, i)).origin;
    if (status == STATUS_OK)
        status = order_cells(results, &order, building->why);
    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++) {
        __builtin_prefetch(&cube->cells[order[i + 8 < cube->count ? i + 8 : i]]);
        status = add_cell(building, &cube->cells[order[i]]);
    }
    free(order);
    return status == STATUS_OK ? accumulator_end(&building->accumulator) : status;
}

void building_release(struct building *building)
{
    gas_building_release(&building->gases);
    accumulator_release(&building->accumulator);
    free(building->plans);
    free(building->origins);
    free(building->weights);
    intern_release(&building->products);
    intern_release(&building->unclassified);
}
