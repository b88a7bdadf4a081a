#include "advise/plan_internal.h"

#include "base/grow.h"
#include "trend/history.h"

#include <stdlib.h>

/* A product in a practice, or its price in an ICB (or everywhere). */
struct base_key {
    const void *product;
    uint32_t organisation;
    uint32_t nothing;
};

struct base_building {
    struct plan_base *base;
    struct intern practice_keys; /* of organisation numbers */
    size_t practice_room;
    struct intern source_keys;
    size_t source_room;
    bool months[13]; /* of the year, the last at 0 */
    struct fail *why;
};

static struct view key_of(const struct base_key *key)
{
    return (struct view){(const char *)key, sizeof *key};
}

static struct base_key make_key(const struct product *product, uint32_t organisation)
{
    return (struct base_key){product, organisation, 0};
}

static bool belongs(const struct plan_base *base, const struct cell *cell)
{
    const struct belonging *const belonging = base->results->belonging;
    size_t count;
    const struct affiliation *const members =
        stay_members(belonging, belonging_stay(belonging, cell->place, cell->month), &count);

    for (size_t i = 0; i < count; i++)
        if (members[i].level == base->level && members[i].organisation == base->organisation)
            return true;
    return false;
}

static enum status add_price(struct base_building *building, uint32_t icb, const struct cell *cell,
                             const struct amounts *amounts)
{
    struct plan_base *const base = building->base;
    const struct base_key key = make_key(amounts->product, icb);
    const size_t before = base->price_keys.count;
    uint32_t number;
    const enum status status = intern_put(&base->price_keys, key_of(&key), &number, building->why);

    if (status != STATUS_OK)
        return status;
    if (!grow(&base->prices, &base->price_room, (size_t)number + 1, sizeof *base->prices))
        return fail_nomem(building->why);
    if (base->price_keys.count > before)
        base->prices[number] = (struct plan_price){0};
    base->prices[number].unknown = base->prices[number].unknown || cell->unknown_cost;
    return wide_add(&base->prices[number].cost, cell->actual_cost) &&
                   wide_add(&base->prices[number].packs, amounts->packs)
               ? STATUS_OK
               : fail_sum(building->why);
}

static enum status find_practice(struct base_building *building, uint32_t organisation,
                                 uint32_t *number)
{
    struct plan_base *const base = building->base;
    const enum status status = intern_put(
        &building->practice_keys, (struct view){(const char *)&organisation, sizeof organisation},
        number, building->why);

    if (status != STATUS_OK || *number < base->practice_count)
        return status;
    if (!grow(&base->practices, &building->practice_room, (size_t)*number + 1,
              sizeof *base->practices))
        return fail_nomem(building->why);
    base->practices[base->practice_count++] =
        (struct plan_practice){.organisation = organisation, .last = MONTH_NONE};
    return STATUS_OK;
}

static enum status add_source(struct base_building *building, const struct cell *cell,
                              uint32_t organisation, const struct amounts *amounts)
{
    struct plan_base *const base = building->base;
    struct base_key key;
    uint32_t practice;
    uint32_t number;
    enum status status = find_practice(building, organisation, &practice);

    if (status != STATUS_OK)
        return status;
    if (base->practices[practice].last == MONTH_NONE ||
        cell->month > base->practices[practice].last) {
        base->practices[practice].last = cell->month;
        base->practices[practice].icb = cell_organisation(base->results, cell, LEVEL_ICB);
    }
    key = make_key(amounts->product, practice);
    status = intern_put(&building->source_keys, key_of(&key), &number, building->why);
    if (status != STATUS_OK)
        return status;
    if (!grow(&base->sources, &building->source_room, (size_t)number + 1, sizeof *base->sources))
        return fail_nomem(building->why);
    if (number == base->source_count)
        base->sources[base->source_count++] =
            (struct plan_source){.practice = practice, .product = amounts->product};
    return wide_add(&base->sources[number].year, amounts->packs) &&
                   wide_add(&base->sources[number].base,
                            cell->month >= base->first ? amounts->packs : 0)
               ? STATUS_OK
               : fail_sum(building->why);
}

/* What the cell adds above and below the line of the measure. */
static enum status add_measure(struct base_building *building, const struct cell *cell,
                               const struct amounts *read)
{
    struct plan_base *const base = building->base;
    const struct classified *const classified = &base->results->classified;
    const struct measure *const measure = base->measure;
    const struct amounts amounts = measure->as_read ? amounts_as_read(read) : *read;
    const struct view code = intern_text(&classified->cube->codes, cell->presentation);
    const struct factor *const factor =
        classified_factor(classified, base->set, cell->presentation, cell->month);
    const bool has_factor = factor != NULL && amounts.counted;
    struct plan_class *const sums = &base->classes[amounts.product->class_number];
    wide_t carbon = 0;
    wide_t below = 0;

    if (selection_holds(&measure->numerator.where, amounts.product, code, has_factor) &&
        has_factor && !carbon_of(amounts.packs, factor, &carbon))
        return fail_sum(building->why);
    if (measure->denominator.sum != SUM_NONE &&
        selection_holds(&measure->denominator.where, amounts.product, code, has_factor))
        below = measure->denominator.sum == SUM_packs ? amounts.packs : amounts.inhalers;
    return wide_add(&sums->numerator, carbon) && wide_add(&sums->denominator, below)
               ? STATUS_OK
               : fail_sum(building->why);
}

static enum status add_cell(struct base_building *building, const struct cell *cell)
{
    struct plan_base *const base = building->base;
    const struct amounts amounts = amounts_of(&base->results->classified, cell);
    const uint32_t practice = cell_organisation(base->results, cell, LEVEL_PRACTICE);
    const uint32_t icb = cell_organisation(base->results, cell, LEVEL_ICB);
    const bool in_base = cell->month >= base->first;
    struct plan_class *const sums = &base->classes[amounts.product->class_number];
    enum status status = STATUS_OK;

    if (in_base && icb != ORGANISATION_NONE)
        status = add_price(building, icb, cell, &amounts);
    if (in_base && status == STATUS_OK)
        status = add_price(building, ORGANISATION_NONE, cell, &amounts);
    if (status != STATUS_OK || !belongs(base, cell))
        return status;
    building->months[base->last - cell->month] = true;
    if (!wide_add(&sums->year, amounts.packs) ||
        !wide_add(&sums->base, in_base ? amounts.packs : 0))
        return fail_sum(building->why);
    if (in_base)
        status = add_measure(building, cell, &amounts);
    if (status == STATUS_OK && practice != ORGANISATION_NONE)
        status = add_source(building, cell, practice, &amounts);
    return status;
}

static enum status add_cells(struct base_building *building)
{
    const struct plan_base *const base = building->base;
    const struct classified *const classified = &base->results->classified;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < classified->cube->count && status == STATUS_OK; i++) {
        const struct cell *const cell = &classified->cube->cells[i];

        if (cell->month >= base->year_first && cell->month <= base->last &&
            classified->verdicts[cell->presentation].kind == RULES_INHALER)
            status = add_cell(building, cell);
    }
    return status;
}

struct practice_sort {
    struct view code;
    uint32_t before;
    struct plan_practice practice;
};

static int compare_practices(const void *a, const void *b)
{
    const struct practice_sort *const one = a;
    const struct practice_sort *const other = b;

    return view_compare(one->code, other->code);
}

static int compare_sources(const void *a, const void *b)
{
    const struct plan_source *const one = a;
    const struct plan_source *const other = b;

    if (one->practice != other->practice)
        return one->practice < other->practice ? -1 : 1;
    return strcmp(one->product->id, other->product->id);
}

static bool is_out(const struct plan_base *base, const struct plan_practice *practice)
{
    const char *const standing =
        belonging_standing(base->results->belonging, LEVEL_PRACTICE, practice->organisation);

    return practice->last < base->last || strcmp(standing, "unidentified") == 0 ||
           strcmp(standing, "closed") == 0;
}

/* The order of files and rows is gone. */
static enum status sort_all(struct base_building *building)
{
    struct plan_base *const base = building->base;
    const struct places *const places = &base->results->classified.cube->places;
    struct practice_sort *const sorted = calloc(base->practice_count + 1, sizeof *sorted);
    uint32_t *const now = calloc(base->practice_count + 1, sizeof *now);

    for (size_t i = 0; i < base->practice_count && sorted != NULL && now != NULL; i++)
        sorted[i] = (struct practice_sort){
            organisation_code(places, LEVEL_PRACTICE, base->practices[i].organisation), (uint32_t)i,
            base->practices[i]};
    if (sorted != NULL && now != NULL && base->practice_count > 0) {
        qsort(sorted, base->practice_count, sizeof *sorted, compare_practices);
        for (size_t i = 0; i < base->practice_count; i++) {
            base->practices[i] = sorted[i].practice;
            base->practices[i].out = is_out(base, &base->practices[i]);
            now[sorted[i].before] = (uint32_t)i;
        }
        for (size_t i = 0; i < base->source_count; i++)
            base->sources[i].practice = now[base->sources[i].practice];
        if (base->source_count > 0)
            qsort(base->sources, base->source_count, sizeof *base->sources, compare_sources);
    }
    free(sorted);
    free(now);
    return sorted != NULL && now != NULL ? STATUS_OK : fail_nomem(building->why);
}

/* floor(amount * top / bottom / unit), without the product where it may not fit. */
static bool scale(wide_t amount, wide_t top, wide_t bottom, wide_t unit, int64_t *scaled)
{
    wide_t whole;
    wide_t rest;

    if (amount <= 0 || bottom <= 0) {
        *scaled = 0;
        return true;
    }
    if (!wide_multiply(amount / bottom, top, &whole) ||
        !wide_multiply(amount % bottom, top, &rest) || !wide_add(&whole, rest / bottom) ||
        whole / unit > INT64_MAX / 4096)
        return false;
    *scaled = (int64_t)(whole / unit);
    return true;
}

/* How many times the base of a class is a year of it. */
static void year_of(const struct plan_base *base, uint32_t class_number, wide_t *top,
                    wide_t *bottom)
{
    const struct plan_class *const sums = &base->classes[class_number];

    *top = base->whole_year ? sums->year : 12;
    *bottom = base->whole_year ? sums->base : (wide_t)base->months;
}

static enum status make_years(struct base_building *building)
{
    struct plan_base *const base = building->base;
    const struct rules *const rules = base->results->classified.rules;
    const wide_t milligram = kilogram_unit(rules) / 1000000;
    const wide_t thousandth = inhaler_unit(rules) / 1000;
    wide_t top;
    wide_t bottom;

    for (uint32_t c = 0; c < rules->class_count; c++) {
        int64_t numerator;
        int64_t denominator;

        year_of(base, c, &top, &bottom);
        if (!scale(base->classes[c].numerator, top, bottom, milligram, &numerator) ||
            !scale(base->classes[c].denominator, top, bottom, thousandth, &denominator) ||
            !exact_add(&base->numerator, numerator) ||
            !exact_add(&base->denominator, denominator) ||
            !wide_add(&base->base_numerator, base->classes[c].numerator) ||
            !wide_add(&base->base_denominator, base->classes[c].denominator))
            return fail_sum(building->why);
    }
    for (size_t i = 0; i < base->source_count; i++) {
        struct plan_source *const source = &base->sources[i];

        year_of(base, source->product->class_number, &top, &bottom);
        if (!scale(source->base, top, bottom, inhaler_unit(rules), &source->volume))
            return fail_sum(building->why);
    }
    return STATUS_OK;
}

static void count_months(struct base_building *building)
{
    struct plan_base *const base = building->base;

    base->whole_year = true;
    for (month_t month = base->year_first; month <= base->last; month++) {
        const bool there = building->months[base->last - month];

        if (there && month >= base->first && base->months++ == 0)
            base->first_there = month;
        base->whole_year = base->whole_year && there;
    }
}

enum status plan_base_make(struct plan_base *base, const struct plan_ask *ask, struct fail *why)
{
    struct base_building building = {.base = base, .why = why};
    month_t first;
    enum status status;

    *base = (struct plan_base){
        .results = ask->results,
        .level = ask->level,
        .organisation = ask->organisation,
        .measure = ask->measure,
        .set = ask->measure->factor_set != NULL ? ask->measure->factor_set : ask->results->factors,
    };
    results_months(ask->results, SUBJECT_prescribing, &first, &base->last);
    if (ask->last != MONTH_NONE)
        base->last = ask->last;
    base->first = base->last - (month_t)ask->base_months + 1;
    base->year_first = base->last - 11;
    base->classes = calloc(ask->results->classified.rules->class_count + 1, sizeof *base->classes);
    status = base->classes != NULL ? add_cells(&building) : fail_nomem(why);
    if (status == STATUS_OK) {
        count_months(&building);
        status = sort_all(&building);
    }
    if (status == STATUS_OK)
        status = make_years(&building);
    if (status == STATUS_OK)
        status = plan_pairs_list(base, why);
    intern_release(&building.practice_keys);
    intern_release(&building.source_keys);
    return status;
}

static const struct plan_price *find_price(const struct plan_base *base, uint32_t icb,
                                           const struct product *product)
{
    const struct base_key key = make_key(product, icb);
    const uint32_t number = intern_find(&base->price_keys, key_of(&key));

    return number == INTERN_NONE ? NULL : &base->prices[number];
}

bool plan_price_of(const struct plan_base *base, uint32_t icb, const struct product *product,
                   struct plan_price *price)
{
    const struct plan_price *found = NULL;

    if (icb != ORGANISATION_NONE)
        found = find_price(base, icb, product);
    if (found == NULL || found->packs <= 0)
        found = find_price(base, ORGANISATION_NONE, product);
    if (found == NULL || found->packs <= 0 || found->unknown)
        return false;
    *price = *found;
    return true;
}

void plan_base_release(struct plan_base *base)
{
    free(base->practices);
    free(base->sources);
    free(base->classes);
    free(base->first_pairs);
    free(base->pairs);
    free(base->prices);
    intern_release(&base->price_keys);
    *base = (struct plan_base){0};
}
