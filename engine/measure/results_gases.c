#include "measure/results_gases.h"

#include "base/grow.h"

struct audit_key {
    uint32_t trust;
    uint32_t month;
    uint32_t gas;
};

static uint32_t trust_of(const struct results *results, const struct cell *cell)
{
    return cell_organisation(results, cell, LEVEL_TRUST);
}

static struct audit_key audit_key(const struct results *results, const struct cell *cell,
                                  const struct gas *gas)
{
    return (struct audit_key){trust_of(results, cell), (uint32_t)cell->month, gas->number};
}

static struct view key_view(const struct audit_key *key)
{
    return (struct view){(const char *)key, sizeof *key};
}

enum status gases_begin(struct gas_building *building)
{
    const struct results *const results = building->results;
    const struct cube *const cube = results->classified.cube;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++) {
        const struct cell *const cell = &cube->cells[i];
        const struct gas *const gas = results->classified.verdicts[cell->presentation].gas;
        uint32_t number;

        if (gas == NULL ||
            presentation_of(intern_text(&cube->codes, cell->presentation)).origin != ORIGIN_USE)
            continue;
        status = intern_put(&building->audited,
                            key_view(&(struct audit_key){trust_of(results, cell),
                                                         (uint32_t)cell->month, gas->number}),
                            &number, building->why);
    }
    return status;
}

/* Supply outside pharmacy counts where the measure says so, and in what was
 * procured by those whose use is known; use only against that. */
static bool counts(const struct gas_building *building, const struct measure_sum *sum,
                   const struct cell *cell, const struct gas_amounts *amounts)
{
    const struct audit_key key = audit_key(building->results, cell, amounts->gas);

    if (sum->sum == SUM_gas_litres_audited || sum->sum == SUM_gas_litres_wasted)
        return intern_find(&building->audited, key_view(&key)) != INTERN_NONE &&
               (amounts->about.origin != ORIGIN_USE || sum->sum == SUM_gas_litres_wasted);
    return amounts->about.origin == ORIGIN_PHARMACY ||
           (amounts->about.origin == ORIGIN_SUPPLY && sum->where.supply);
}

static bool lists(const struct text_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->texts[i], text) == 0)
            return true;
    return list->count == 0;
}

bool gas_sum_is_about(const struct measure_sum *sum, const struct gas *gas)
{
    if (sum->sum == SUM_NONE || !lists(&sum->where.gases, gas->id))
        return false;
    switch (sum->sum) {
    case SUM_gas_ml:
        return gas->liquid;
    case SUM_gas_bottles:
        return gas->bottle_ml > 0;
    case SUM_gas_kgco2e:
        return true;
    default: /* litres */
        return !gas->liquid;
    }
}

/* What a cell adds to one sum; false if it does not fit. */
static bool sum_of(const struct gas_building *building, const struct measure_sum *sum,
                   const struct cell *cell, const struct gas_amounts *amounts, wide_t *amount,
                   struct sum_marks *marks)
{
    const struct rules *const rules = building->results->classified.rules;
    const struct gas *const gas = amounts->gas;

    if (!gas_sum_is_about(sum, gas) || !counts(building, sum, cell, amounts))
        return true;
    marks->counted = sum->sum == SUM_gas_kgco2e ? amounts->has_carbon : amounts->has_volume;
    marks->left_out = !marks->counted;
    *amount = amounts->volume; /* 0 where there is none */
    switch (sum->sum) {
    case SUM_gas_bottles:
        return wide_multiply(amounts->volume, rules->bottle_multiple / gas->bottle_ml, amount);
    case SUM_nitrous_oxide_litres:
        return wide_multiply(amounts->volume, gas->nitrous_oxide, amount);
    case SUM_gas_kgco2e:
        *amount = amounts->carbon;
        break;
    default:
        if (amounts->about.origin == ORIGIN_USE)
            *amount = -amounts->volume;
    }
    return true;
}

static enum status fail_gas_sum(struct gas_building *building)
{
    return fail_set(building->why, STATUS_LIMIT, "a sum of gases does not fit into 128 bits");
}

/* With the factors of the run, or with those of the measure. */
static bool weigh_measure(const struct gas_building *building, const struct cell *cell,
                          const struct measure *measure, const struct gas_amounts *amounts,
                          struct measure_value *weight)
{
    struct gas_amounts own = *amounts;

    if (measure->gas_factor_set != NULL &&
        !gas_amounts_of(&building->results->classified, cell, measure->gas_factor_set, &own))
        return false;
    return sum_of(building, &measure->numerator, cell, &own, &weight->numerator, &weight->top) &&
           sum_of(building, &measure->denominator, cell, &own, &weight->denominator,
                  &weight->bottom);
}

static enum status weigh(struct gas_building *building, const struct cell *cell,
                         const struct gas_amounts *amounts, struct measure_value *weights)
{
    const struct rules *const rules = building->results->classified.rules;

    for (size_t m = 0; m < rules->measures.count; m++) {
        const struct measure *const measure = rules->measures.list[m];

        if (measure->subject == SUBJECT_hospital &&
            !weigh_measure(building, cell, measure, amounts, &weights[measure->slot]))
            return fail_gas_sum(building);
    }
    return STATUS_OK;
}

/* The row of a cell: returns and rows without a cost stand with the others. */
static enum status find_row(struct gas_building *building, const struct cell *cell,
                            const struct gas_amounts *amounts, struct gas_row **row)
{
    struct results *const results = building->results;
    struct presentation about = amounts->about;
    const uint32_t ids[] = {trust_of(results, cell), (uint32_t)cell->month};
    char key[sizeof ids + PRESENTATION_KEY];
    struct view text;
    uint32_t number;
    enum status status;

    about.returned = false;
    about.unknown_cost = false;
    memcpy(key, ids, sizeof ids);
    text = presentation_key(&about, key + sizeof ids);
    status = intern_put(&building->rows, (struct view){key, sizeof ids + text.length}, &number,
                        building->why);
    if (status != STATUS_OK)
        return status;
    if (!grow(&results->gases, &building->row_room, number + 1, sizeof *results->gases))
        return fail_nomem(building->why);
    *row = &results->gases[number];
    if (number == results->gas_count) {
        **row = (struct gas_row){.trust = ids[0], .month = cell->month, .amounts = *amounts};
        (*row)->amounts.about = about;
        (*row)->amounts.volume = 0;
        (*row)->amounts.carbon = 0;
        (*row)->name = results->classified.cube->names[cell->presentation].text;
        results->gas_count++;
    }
    return STATUS_OK;
}

static enum status add_row(struct gas_building *building, const struct cell *cell,
                           const struct gas_amounts *amounts)
{
    struct gas_row *row = NULL;
    const enum status status = find_row(building, cell, amounts, &row);

    if (status != STATUS_OK)
        return status;
    row->rows += cell->rows;
    row->rows_without_cost += amounts->about.unknown_cost ? cell->rows : 0;
    if (wide_add(&row->quantity, cell->quantity) &&
        wide_add(&row->returned, amounts->about.returned ? cell->quantity : 0) &&
        wide_add(&row->cost, cell->actual_cost) &&
        wide_add(&row->amounts.volume, amounts->volume) &&
        wide_add(&row->amounts.carbon, amounts->carbon))
        return STATUS_OK;
    return fail_gas_sum(building);
}

enum status gases_add(struct gas_building *building, const struct cell *cell,
                      struct measure_value *weights)
{
    struct results *const results = building->results;
    struct gas_amounts amounts;
    enum status status = STATUS_OK;

    if (!gas_amounts_of(&results->classified, cell, results->gas_factors, &amounts))
        return fail_gas_sum(building);
    if (results_have(results, cell)) /* the others are weighed: ranks are among all */
        status = add_row(building, cell, &amounts);
    return status == STATUS_OK && amounts.gas != NULL ? weigh(building, cell, &amounts, weights)
                                                      : status;
}

void gas_building_release(struct gas_building *building)
{
    intern_release(&building->audited);
    intern_release(&building->rows);
}
