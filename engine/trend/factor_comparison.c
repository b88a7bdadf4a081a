#include "trend/factor_comparison.h"

#include "trend/history.h"
#include "measure/results_accumulator.h"

#include <stdlib.h>

/* One measure at a time: sums of every organisation and set. */
struct weighing {
    const struct results *results;
    const struct measure *measure;
    const struct factor_set *own;
    month_t month;
    size_t sets;
    size_t bases[LEVELS]; /* sums of a level begin here, `sets` for each organisation */
    struct factor_comparison *sums;
    struct fail *why;
};

static bool is_weighed(const struct measure *measure)
{
    return measure->subject == SUBJECT_prescribing && measure->headline &&
           measure->numerator.sum == SUM_kgco2e &&
           (measure->denominator.sum == SUM_packs || measure->denominator.sum == SUM_inhalers);
}

static size_t count_sums(struct weighing *weighing)
{
    const struct places *const places = &weighing->results->classified.cube->places;
    size_t count = 0;

    for (int level = 0; level < LEVELS; level++) {
        weighing->bases[level] = count;
        count += places->levels[level].codes.count * weighing->sets;
    }
    return count;
}

static bool add_packs(struct factor_comparison *sum, wide_t packs, const struct factor *factor)
{
    struct factor end = *factor;
    wide_t carbon, low, high;

    end.kg = factor->low >= 0 ? factor->low : factor->kg;
    if (!carbon_of(packs, factor, &carbon) || !carbon_of(packs, &end, &low))
        return false;
    end.kg = factor->high >= 0 ? factor->high : factor->kg;
    return carbon_of(packs, &end, &high) && wide_add(&sum->carbon, carbon) &&
           wide_add(&sum->low, low) && wide_add(&sum->high, high);
}

/* One cell to the sums of one organisation. */
static enum status add_to(struct weighing *weighing, struct factor_comparison *sums,
                          const struct cell *cell, const struct amounts *amounts)
{
    const struct classified *const classified = &weighing->results->classified;
    const struct rules *const rules = classified->rules;
    const struct view text = intern_text(&classified->cube->codes, cell->presentation);
    const struct measure *const measure = weighing->measure;
    const bool above = selection_holds(&measure->numerator.where, amounts->product, text, true);
    const bool below = selection_holds(&measure->denominator.where, amounts->product, text, true);
    const wide_t counted =
        measure->denominator.sum == SUM_inhalers ? amounts->inhalers : amounts->packs;

    for (size_t i = 0; i < weighing->sets; i++) {
        const struct factor *const factor = classified_factor(
            classified, rules->factor_sets.list[i], cell->presentation, cell->month);

        if (below && !wide_add(&sums[i].whole, counted))
            return fail_sum(weighing->why);
        if (factor == NULL)
            continue;
        if ((below && !wide_add(&sums[i].packs, counted)) ||
            (above && !add_packs(&sums[i], amounts->packs, factor)))
            return fail_sum(weighing->why);
    }
    return STATUS_OK;
}

static enum status add_cell(struct weighing *weighing, const struct cell *cell)
{
    const struct results *const results = weighing->results;
    const struct classified *const classified = &results->classified;
    const struct stay *const stay = belonging_stay(results->belonging, cell->place, cell->month);
    size_t count;
    const struct affiliation *const members = stay_members(results->belonging, stay, &count);
    struct amounts amounts = amounts_of(classified, cell);
    enum status status = STATUS_OK;

    if (!amounts.counted)
        return STATUS_OK;
    if (weighing->measure->as_read)
        amounts = amounts_as_read(&amounts);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_to(weighing,
                        weighing->sums + weighing->bases[members[i].level] +
                            members[i].organisation * weighing->sets,
                        cell, &amounts);
    return status;
}

static bool is_counted(const struct weighing *weighing, const struct cell *cell)
{
    const struct classified *const classified = &weighing->results->classified;

    return cell->month == weighing->month &&
           classified->verdicts[cell->presentation].kind == RULES_INHALER &&
           classified_factor(classified, weighing->own, cell->presentation, cell->month) != NULL;
}

static bool is_row(const struct organisation_month *row, month_t month)
{
    return row->month == month && row->subject == SUBJECT_prescribing;
}

/* Rows of the last month, in the order of the results. */
static void list_sums(struct weighing *weighing, size_t measure,
                      struct factor_comparison_list *list)
{
    const struct results *const results = weighing->results;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (!is_row(row, weighing->month))
            continue;
        for (size_t s = 0; s < weighing->sets; s++) {
            struct factor_comparison *const one = &list->list[list->count++];

            *one = weighing
                       ->sums[weighing->bases[row->level] + row->organisation * weighing->sets + s];
            one->measure = measure;
            one->row = row;
            one->set = results->classified.rules->factor_sets.list[s];
            one->own = one->set == weighing->own;
        }
    }
}

static enum status weigh_measure(struct factor_comparison_list *list, const struct results *results,
                                 size_t number, month_t month, struct fail *why)
{
    const struct rules *const rules = results->classified.rules;
    const struct cube *const cube = results->classified.cube;
    struct weighing weighing = {
        .results = results,
        .measure = rules->measures.list[number],
        .own = results->factors,
        .month = month,
        .sets = rules->factor_sets.count,
        .why = why,
    };
    enum status status;

    if (weighing.measure->factor_set != NULL)
        weighing.own = weighing.measure->factor_set;
    weighing.sums = calloc(count_sums(&weighing) + 1, sizeof *weighing.sums);
    status = weighing.sums != NULL ? STATUS_OK : fail_nomem(why);
    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++)
        if (is_counted(&weighing, &cube->cells[i]))
            status = add_cell(&weighing, &cube->cells[i]);
    if (status == STATUS_OK)
        list_sums(&weighing, number, list);
    free(weighing.sums);
    return status;
}

static size_t count_rows(const struct results *results, month_t month)
{
    size_t count = 0;

    for (size_t i = 0; i < results->organisation_count; i++)
        count += is_row(&results->organisations[i], month);
    return count;
}

enum status factor_comparisons_find(struct factor_comparison_list *list,
                                    const struct results *results, struct fail *why)
{
    const struct rules *const rules = results->classified.rules;
    month_t first;
    month_t last;
    size_t rows;
    enum status status = STATUS_OK;

    *list = (struct factor_comparison_list){0};
    results_months(results, SUBJECT_prescribing, &first, &last);
    rows = count_rows(results, last) * rules->factor_sets.count;
    for (size_t m = 0; m < rules->measures.count; m++)
        list->count += is_weighed(rules->measures.list[m]) ? rows : 0;
    list->list = calloc(list->count + 1, sizeof *list->list);
    if (list->list == NULL)
        return fail_nomem(why);
    list->count = 0;
    for (size_t m = 0; m < rules->measures.count && rows > 0 && status == STATUS_OK; m++)
        if (is_weighed(rules->measures.list[m]))
            status = weigh_measure(list, results, m, last, why);
    return status;
}

void factor_comparisons_release(struct factor_comparison_list *list)
{
    free(list->list);
    *list = (struct factor_comparison_list){0};
}
