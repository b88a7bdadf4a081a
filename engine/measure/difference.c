#include "measure/difference_internal.h"

#include "base/grow.h"

#include <stdlib.h>

#define MILLIGRAMS_PER_KG 1000000

const char *difference_text(enum difference difference)
{
    static const char *const texts[] = {
#define X(name, text) text,
        DIFFERENCE_LIST(X)
#undef X
    };

    return texts[difference];
}

/* What a cell comes to under one set of rules. */
struct amount {
    bool gas;
    const struct factor *factor; /* of an inhaler; or NULL */
    wide_t inhalers;
    wide_t carbon;
};

static bool in_scope(const struct rules *rules, struct view code)
{
    for (size_t i = 0; i < rules->scope.count; i++)
        if (view_starts(code, rules->scope.prefixes[i]))
            return true;
    return false;
}

static bool amount_of(const struct differences *all, int side, const struct cell *cell,
                      struct amount *amount)
{
    const struct classified *const classified = &all->classified[side];
    const enum rules_kind kind = classified->verdicts[cell->presentation].kind;
    struct gas_amounts gas;
    struct amounts amounts;

    *amount = (struct amount){.gas = kind == RULES_GAS};
    if (kind == RULES_GAS) {
        if (!gas_amounts_of(classified, cell, all->sides[side].gas_factors, &gas))
            return false;
        amount->carbon = gas.has_carbon ? gas.carbon : 0;
    }
    if (kind != RULES_INHALER)
        return true;
    amounts = amounts_of(classified, cell);
    amount->inhalers = amounts.inhalers;
    amount->factor =
        classified_factor(classified, all->sides[side].factors, cell->presentation, cell->month);
    return amount->factor == NULL || !amounts.counted ||
           carbon_of(amounts.packs, amount->factor, &amount->carbon);
}

wide_t milligram_unit(const struct differences *all, int side, bool gas)
{
    return (gas ? gas_sum_unit(all->sides[side].rules, SUM_gas_kgco2e)
                : kilogram_unit(all->sides[side].rules)) /
           MILLIGRAMS_PER_KG;
}

/* --- what is said of a presentation -------------------------------------------------------- */

static const char *status_of(const struct rules *rules, const struct rules_verdict *verdict,
                             struct view key)
{
    if (presentation_of(key).origin == ORIGIN_PRIMARY && !in_scope(rules, key))
        return "out of scope";
    switch (verdict->kind) {
    case RULES_INHALER:
        return verdict->product->refill ? "refill" : "inhaler";
    case RULES_NOT_INHALER:
        return "not an inhaler";
    case RULES_GAS:
        return "gas";
    case RULES_ELSEWHERE:
        return "other medicine";
    case RULES_UNKNOWN:
        break;
    }
    return "unknown";
}

static struct difference_word word_of(const struct differences *all, int side,
                                      uint32_t presentation)
{
    const struct difference_side *const rules = &all->sides[side];
    const struct rules_verdict *const verdict = &all->classified[side].verdicts[presentation];
    struct difference_word word = {
        .status = status_of(rules->rules, verdict, intern_text(&all->cube->codes, presentation)),
        .therapeutic_class = "",
        .device = "",
        .factor = -1,
    };

    if (verdict->kind == RULES_INHALER) {
        word.therapeutic_class = verdict->product->therapeutic_class;
        word.device = device_text(product_device(verdict->product));
    }
    if (verdict->kind == RULES_GAS &&
        !gas_carbon_per_litre(rules->gas_factors, verdict->gas, &word.factor))
        word.factor = -1;
    return word;
}

static void note(unsigned *changed, enum difference what, bool differs)
{
    *changed |= differs ? 1U << what : 0;
}

static void compare_words(unsigned *changed, const struct difference_word *before,
                          const struct difference_word *after)
{
    note(changed, DIFFERENCE_STATUS, strcmp(before->status, after->status) != 0);
    note(changed, DIFFERENCE_CLASS,
         strcmp(before->therapeutic_class, after->therapeutic_class) != 0);
    note(changed, DIFFERENCE_DEVICE, strcmp(before->device, after->device) != 0);
    note(changed, DIFFERENCE_FACTOR, before->factor != after->factor);
}

static bool has_kg(const struct factor *one, const struct factor *other)
{
    return one == NULL || other == NULL ? one == other : one->kg == other->kg;
}

/* Sums of two sets of rules are in fractions of their own. */
static bool are_equal(wide_t one, wide_t one_unit, wide_t other, wide_t other_unit)
{
    return one_unit == other_unit ? one == other
                                  : ratio_compare(one, one_unit, other, other_unit) == 0;
}

static void note_factor(struct difference_word *word, const struct factor *factor, month_t month)
{
    if (factor == NULL || month < word->factor_month)
        return;
    word->factor = factor->kg;
    word->factor_month = month;
}

static bool compare_cell(struct differences *all, const struct cell *cell)
{
    unsigned *const changed = &all->changed[cell->presentation];
    struct amount amounts[2];

    for (int side = 0; side < 2; side++) {
        if (!amount_of(all, side, cell, &amounts[side]))
            return false;
        note_factor(&all->words[side][cell->presentation], amounts[side].factor, cell->month);
    }
    note(changed, DIFFERENCE_FACTOR, !has_kg(amounts[0].factor, amounts[1].factor));
    note(changed, DIFFERENCE_INHALERS,
         !are_equal(amounts[0].inhalers, inhaler_unit(all->sides[0].rules), amounts[1].inhalers,
                    inhaler_unit(all->sides[1].rules)));
    note(changed, DIFFERENCE_CARBON,
         !are_equal(amounts[0].carbon, milligram_unit(all, 0, amounts[0].gas), amounts[1].carbon,
                    milligram_unit(all, 1, amounts[1].gas)));
    return true;
}

static enum status find_changed(struct differences *all, const bool *wanted, struct fail *why)
{
    const struct cube *const cube = all->cube;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++)
        if ((wanted == NULL || wanted[cube->cells[i].place]) && !compare_cell(all, &cube->cells[i]))
            status = fail_sum(why);
    for (uint32_t i = 0; i < cube->codes.count && status == STATUS_OK; i++)
        compare_words(&all->changed[i], &all->words[0][i], &all->words[1][i]);
    return status;
}

/* --- what it does to organisations ----------------------------------------------------------- */

struct summing {
    struct differences *all;
    struct intern rows;              /* level, organisation, presentation */
    struct intern organisations;     /* level, organisation */
    struct difference_total *places; /* what did not change, by place */
    struct fail *why;
};

static enum status find_total(struct summing *summing, enum level level, uint32_t organisation,
                              struct difference_total **total)
{
    struct differences *const all = summing->all;
    const uint32_t key[] = {(uint32_t)level, organisation};
    uint32_t number = 0;
    const enum status status =
        intern_put(&summing->organisations, (struct view){(const char *)key, sizeof key}, &number,
                   summing->why);

    if (status != STATUS_OK)
        return status;
    if (!grow(&all->totals, &all->total_room, number + 1, sizeof *all->totals))
        return fail_nomem(summing->why);
    if (number == all->total_count)
        all->totals[all->total_count++] =
            (struct difference_total){.level = level, .organisation = organisation};
    *total = &all->totals[number];
    return STATUS_OK;
}

static enum status add_row(struct summing *summing, const struct difference_row *more)
{
    struct differences *const all = summing->all;
    const uint32_t key[] = {(uint32_t)more->level, more->organisation, more->presentation};
    struct difference_row *row;
    uint32_t number = 0;
    bool fits;
    const enum status status = intern_put(
        &summing->rows, (struct view){(const char *)key, sizeof key}, &number, summing->why);

    if (status != STATUS_OK)
        return status;
    if (!grow(&all->rows, &all->row_room, number + 1, sizeof *all->rows))
        return fail_nomem(summing->why);
    row = &all->rows[number];
    if (number == all->row_count) {
        all->row_count++;
        *row = *more;
        return STATUS_OK;
    }
    fits = wide_add(&row->items, more->items);
    for (int side = 0; side < 2; side++)
        fits = fits && wide_add(&row->inhalers[side], more->inhalers[side]) &&
               wide_add(&row->carbon[side], more->carbon[side]);
    return fits ? STATUS_OK : fail_sum(summing->why);
}

/* ORGANISATION_NONE also where its figures would be a part only. */
static uint32_t organisation_at(const struct differences *all, uint32_t place, enum level level)
{
    return all->some && (level == LEVEL_REGION || level == LEVEL_NATION)
               ? ORGANISATION_NONE
               : place_organisation(&all->cube->places, place, level);
}

enum level differences_top(const struct differences *all)
{
    return all->some ? LEVEL_ICB : LEVEL_NATION;
}

/* A cell of a presentation that changed counts in each of its organisations. */
static enum status add_changed(struct summing *summing, const struct cell *cell)
{
    struct differences *const all = summing->all;
    struct difference_row row = {.presentation = cell->presentation, .items = cell->items};
    enum status status = STATUS_OK;

    for (int side = 0; side < 2; side++) {
        struct amount amount;

        if (!amount_of(all, side, cell, &amount))
            return fail_sum(summing->why);
        row.inhalers[side] = amount.inhalers;
        row.carbon[side] = amount.carbon;
    }
    for (int level = 0; level < LEVELS && status == STATUS_OK; level++) {
        row.level = (enum level)level;
        row.organisation = organisation_at(all, cell->place, row.level);
        if (row.organisation != ORGANISATION_NONE)
            status = add_row(summing, &row);
    }
    return status;
}

static enum status add_same(struct summing *summing, const struct cell *cell)
{
    struct difference_total *const place = &summing->places[cell->place];
    struct amount amount;

    if (!amount_of(summing->all, 1, cell, &amount) ||
        !wide_add(amount.gas ? &place->same_gases : &place->same_inhalers, amount.carbon))
        return fail_sum(summing->why);
    return STATUS_OK;
}

static enum status add_places(struct summing *summing, const bool *wanted)
{
    const struct places *const places = &summing->all->cube->places;
    enum status status = STATUS_OK;

    for (uint32_t place = 0; place < places_count(places); place++) {
        const struct difference_total *const sums = &summing->places[place];

        for (int level = 0; level < LEVELS && status == STATUS_OK; level++) {
            const uint32_t number = organisation_at(summing->all, place, (enum level)level);
            struct difference_total *total = NULL;

            if (number == ORGANISATION_NONE || (wanted != NULL && !wanted[place]))
                continue;
            status = find_total(summing, (enum level)level, number, &total);
            if (status == STATUS_OK && (!wide_add(&total->same_gases, sums->same_gases) ||
                                        !wide_add(&total->same_inhalers, sums->same_inhalers)))
                status = fail_sum(summing->why);
        }
    }
    return status;
}

static enum status sum_up(struct summing *summing, const bool *wanted)
{
    const struct differences *const all = summing->all;
    const struct cube *const cube = all->cube;
    enum status status = STATUS_OK;

    summing->places = calloc(places_count(&cube->places) + 1, sizeof *summing->places);
    if (summing->places == NULL)
        return fail_nomem(summing->why);
    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++) {
        const struct cell *const cell = &cube->cells[i];

        if (wanted == NULL || wanted[cell->place])
            status = all->changed[cell->presentation] != 0 ? add_changed(summing, cell)
                                                           : add_same(summing, cell);
    }
    return status == STATUS_OK ? add_places(summing, wanted) : status;
}

static enum status prepare(struct differences *all, struct fail *why)
{
    const struct cube *const cube = all->cube;
    enum status status = STATUS_OK;

    all->changed = calloc(cube->codes.count + 1, sizeof *all->changed);
    if (all->changed == NULL)
        return fail_nomem(why);
    for (int side = 0; side < 2 && status == STATUS_OK; side++) {
        status = classify(&all->classified[side], all->sides[side].rules, cube, why);
        all->words[side] = calloc(cube->codes.count + 1, sizeof *all->words[side]);
        if (status == STATUS_OK && all->words[side] == NULL)
            return fail_nomem(why);
        for (uint32_t i = 0; i < cube->codes.count && status == STATUS_OK; i++)
            all->words[side][i] = word_of(all, side, i);
    }
    return status;
}

enum status differences_make(struct differences *all, const struct cube *cube,
                             const struct difference_side sides[2], const bool *wanted,
                             struct fail *why)
{
    struct summing summing = {.all = all, .why = why};
    enum status status;

    *all = (struct differences){
        .sides = {sides[0], sides[1]},
        .cube = cube,
        .some = wanted != NULL,
    };
    status = prepare(all, why);
    if (status == STATUS_OK)
        status = find_changed(all, wanted, why);
    if (status == STATUS_OK)
        status = sum_up(&summing, wanted);
    if (status == STATUS_OK)
        status = differences_settle(all, why);
    intern_release(&summing.rows);
    intern_release(&summing.organisations);
    free(summing.places);
    if (status != STATUS_OK)
        differences_release(all);
    return status;
}

void differences_release(struct differences *all)
{
    for (int side = 0; side < 2; side++) {
        classified_release(&all->classified[side]);
        free(all->words[side]);
    }
    free(all->changed);
    free(all->rows);
    free(all->totals);
    *all = (struct differences){.cube = NULL};
}
