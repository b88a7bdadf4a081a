#include "measure/results_internal.h"

#include "measure/focus.h"
#include "measure/results_building.h"

#include <stdlib.h>

/* The patients of a practice count once in each of its organisations. */
static enum status add_patients_of(struct building *building, const struct stay *stay)
{
    const struct results *const results = building->results;
    const struct rules *const rules = results->classified.rules;
    size_t count;
    const struct affiliation *const members = stay_members(results->belonging, stay, &count);

    for (size_t i = 0; i < count; i++) {
        struct organisation_month *row = NULL;
        const enum status status = accumulator_organisation(
            &building->accumulator, SUBJECT_prescribing, members[i], stay->presence.month, &row);

        if (status != STATUS_OK)
            return status;
        if (!exact_add(&row->patients, stay->patients))
            return fail_sum(building->why);
        for (size_t m = 0; m < rules->measures.count; m++)
            if (rules->measures.list[m]->denominator.sum == SUM_thousand_patients)
                row->values[rules->measures.list[m]->slot].denominator = row->patients;
    }
    return STATUS_OK;
}

static enum status add_patients(struct building *building)
{
    const struct belonging *const belonging = building->results->belonging;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < belonging_count(belonging) && status == STATUS_OK; i++) {
        const struct stay *const stay = belonging_at(belonging, i);

        if (stay->home && stay->patients >= 0)
            status = add_patients_of(building, stay);
    }
    return status;
}

/* Every row of the cube that is asked for stands in exactly one of the lists. */
static enum status check_rows(const struct results *results, struct fail *why)
{
    const struct cube *const cube = results->classified.cube;
    uint64_t in = 0;
    uint64_t out = 0;

    for (size_t i = 0; i < cube->count; i++)
        if (results_have(results, &cube->cells[i]))
            in += cube->cells[i].rows;
    for (size_t i = 0; i < results->product_count; i++)
        out += results->products[i].rows;
    for (size_t i = 0; i < results->excluded_count; i++)
        out += results->excluded[i].rows;
    for (size_t i = 0; i < results->unclassified_count; i++)
        if (results->classified.verdicts[results->unclassified[i].presentation].kind ==
            RULES_UNKNOWN)
            out += results->unclassified[i].rows;
    for (size_t i = 0; i < results->gas_count; i++)
        out += results->gases[i].rows;
    out += results->rows_elsewhere;
    return in == out ? STATUS_OK
                     : fail_set(why, STATUS_BUG, "rows were lost between cube and results");
}

static enum status list_exclusions(struct results *results, struct fail *why)
{
    const struct rules *const rules = results->classified.rules;

    results->excluded_count = rules->exclusions.count;
    results->excluded =
        arena_array(&results->arena, results->excluded_count + 1, sizeof *results->excluded);
    if (results->excluded == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < results->excluded_count; i++)
        results->excluded[i].exclusion = rules->exclusions.list[i];
    return STATUS_OK;
}

enum status results_new(struct results **results, const struct focus *focus,
                        const struct rules *rules, struct cube *cube,
                        const struct factor_set *factors, const struct gas_factor_set *gas_factors,
                        const struct placing *placing, struct fail *why)
{
    struct results *const made = calloc(1, sizeof *made);
    struct building building = {
        .results = made,
        .why = why,
        .accumulator = {.results = made, .why = why},
        .gases = {.results = made, .why = why},
    };
    enum status status;

    if (made == NULL)
        return fail_nomem(why);
    made->factors = factors;
    made->gas_factors = gas_factors;
    made->focus = focus;
    status = classify(&made->classified, rules, cube, why);
    if (status == STATUS_OK)
        status = results_find_places(made, cube, placing, why);
    if (status == STATUS_OK)
        status = focus_choose(made, why);
    if (status == STATUS_OK)
        status = focus_find_wanted(made, why);
    if (status == STATUS_OK)
        status = list_exclusions(made, why);
    if (status == STATUS_OK)
        status = gases_begin(&building.gases);
    if (status == STATUS_OK)
        status = building_add_cells(&building);
    if (status == STATUS_OK)
        status = add_patients(&building);
    if (status == STATUS_OK)
        status = check_rows(made, why);
    if (status == STATUS_OK)
        status = results_find_periods(made, why);
    if (status == STATUS_OK)
        status = results_sort(made, why);
    if (status == STATUS_OK)
        status = gases_find(&building.gases);
    if (status == STATUS_OK)
        status = results_sort_findings(made, why);
    if (status == STATUS_OK)
        status = results_rank(made, why);
    building_release(&building);
    if (status != STATUS_OK) {
        results_free(made);
        return status;
    }
    *results = made;
    return STATUS_OK;
}

void results_free(struct results *results)
{
    if (results == NULL)
        return;
    classified_release(&results->classified);
    belonging_free(results->belonging);
    arena_release(&results->arena);
    free(results->chosen);
    intern_release(&results->wanted);
    free(results->organisations);
    free(results->periods);
    free(results->uses);
    free(results->products);
    free(results->unclassified);
    free(results->gases);
    free(results->gas_findings);
    free(results);
}
