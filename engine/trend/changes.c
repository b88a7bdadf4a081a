#include "trend/drivers.h"

#include "base/grow.h"
#include "trend/history.h"

#include <stdlib.h>

/* Sums of one organisation: a row a BNF code of the rules, for both periods.  By code
 * and not by product, because a code has a factor of its own. */
struct code_sums {
    const struct product *product; /* NULL: none yet */
    wide_t packs[2];
    wide_t carbon[2];
};

struct changing {
    const struct results *results;
    struct change_list *changes;
    size_t room;
    struct code_sums *sums;    /* by item_of, of the organisation at hand */
    struct driver_item *items; /* room for as many */
    uint32_t *order;           /* cells, organisation by organisation */
    size_t order_room;
    size_t *starts; /* first in order, by organisation; one more at the end */
    struct fail *why;
};

static int period_of(const struct driver_periods *periods, month_t month)
{
    for (int t = 1; t >= 0; t--)
        if (month >= periods->from[t] && month <= periods->to[t])
            return t;
    return -1;
}

/* The organisations that a cell counts to. */
static const struct affiliation *members_of(const struct changing *changing, size_t cell,
                                            size_t *count)
{
    const struct results *const results = changing->results;
    const struct cell *const one = &results->classified.cube->cells[cell];

    return stay_members(results->belonging,
                        belonging_stay(results->belonging, one->place, one->month), count);
}

/* Counting sort of the cells by their organisation at a level: those of o stand in
 * order from starts[o] to starts[o + 1]. */
static enum status sort_cells(struct changing *changing, enum level level)
{
    const struct cube *const cube = changing->results->classified.cube;
    const size_t organisations = cube->places.levels[level].codes.count;
    size_t *const starts = changing->starts;

    memset(starts, 0, (organisations + 2) * sizeof *starts);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < cube->count; i++) {
            size_t count;
            const struct affiliation *const members = members_of(changing, i, &count);

            for (size_t m = 0; m < count; m++) {
                if (members[m].level != level)
                    continue;
                if (pass == 0)
                    starts[members[m].organisation + 2]++;
                else
                    changing->order[starts[members[m].organisation + 1]++] = (uint32_t)i;
            }
        }
        for (size_t o = 2; pass == 0 && o < organisations + 2; o++)
            starts[o] += starts[o - 1];
        if (pass == 0 && !grow(&changing->order, &changing->order_room,
                               starts[organisations + 1] + 1, sizeof *changing->order))
            return fail_nomem(changing->why);
    }
    return STATUS_OK;
}

/* Products by their code, versions of one together; behind them those that no rule knows. */
static size_t item_count(const struct classified *classified)
{
    return classified->rules->codes.count + classified->cube->codes.count;
}

static size_t item_of(const struct classified *classified, uint32_t presentation)
{
    const uint32_t code = classified->codes[presentation];

    return code != INTERN_NONE ? code : classified->rules->codes.count + presentation;
}

/* True when it fits. */
static bool add_cell(struct changing *changing, const struct cell *cell)
{
    const struct results *const results = changing->results;
    const struct classified *const classified = &results->classified;
    const int t = period_of(&changing->changes->periods, cell->month);
    const size_t item = item_of(classified, cell->presentation);
    const struct factor *factor;
    struct amounts amounts;
    wide_t carbon;

    if (t < 0 || classified->verdicts[cell->presentation].kind != RULES_INHALER)
        return true;
    factor = classified_factor(classified, results->factors, cell->presentation, cell->month);
    amounts = amounts_of(classified, cell);
    if (factor == NULL || !amounts.counted)
        return true;
    changing->sums[item].product = amounts.product;
    return carbon_of(amounts.packs, factor, &carbon) &&
           wide_add(&changing->sums[item].packs[t], amounts.packs) &&
           wide_add(&changing->sums[item].carbon[t], carbon);
}

static size_t list_items(struct changing *changing, wide_t totals[2])
{
    const size_t codes = item_count(&changing->results->classified);
    size_t count = 0;

    totals[0] = totals[1] = 0;
    for (size_t c = 0; c < codes; c++) {
        const struct code_sums *const sums = &changing->sums[c];

        if (sums->product == NULL)
            continue;
        changing->items[count++] = (struct driver_item){
            .class_number = sums->product->class_number,
            .device = (int)product_device(sums->product),
            .packs = {(double)sums->packs[0], (double)sums->packs[1]},
            .carbon = {(double)sums->carbon[0], (double)sums->carbon[1]},
        };
        for (int t = 0; t < 2; t++)
            totals[t] += sums->carbon[t]; /* parts of sums that fitted in results */
    }
    return count;
}

/* To the nearest milligram; both sums are >= 0 but for returns. */
static int64_t to_milligrams(wide_t carbon, wide_t unit)
{
    return (int64_t)((carbon < 0 ? carbon - unit / 2 : carbon + unit / 2) / unit);
}

static enum status add_change(struct changing *changing, enum level level, uint32_t organisation)
{
    const wide_t unit = inhaler_unit(changing->results->classified.rules);
    struct change_list *const changes = changing->changes;
    struct organisation_change change = {.level = level, .organisation = organisation};
    double parts[DRIVERS];
    wide_t totals[2];
    const size_t count = list_items(changing, totals);

    if (count == 0)
        return STATUS_OK;
    drivers_split(changing->items, count, parts);
    for (int d = 0; d < DRIVERS; d++)
        parts[d] /= (double)unit;
    for (int t = 0; t < 2; t++)
        change.milligrams[t] = to_milligrams(totals[t], unit);
    drivers_round(parts, change.milligrams[1] - change.milligrams[0], change.parts);
    if (!grow(&changes->list, &changing->room, changes->count + 1, sizeof *changes->list))
        return fail_nomem(changing->why);
    changes->list[changes->count++] = change;
    return STATUS_OK;
}

static enum status change_organisation(struct changing *changing, enum level level,
                                       uint32_t organisation)
{
    const struct cube *const cube = changing->results->classified.cube;
    const size_t codes = item_count(&changing->results->classified);
    const size_t *const starts = &changing->starts[organisation];

    memset(changing->sums, 0, codes * sizeof *changing->sums);
    for (size_t i = starts[0]; i < starts[1]; i++)
        if (!add_cell(changing, &cube->cells[changing->order[i]]))
            return fail_sum(changing->why);
    return add_change(changing, level, organisation);
}

/* In the order of the results, so that the list is in that of the other outputs. */
static enum status change_all(struct changing *changing)
{
    enum level sorted = LEVELS;
    struct history history;
    enum status status = STATUS_OK;

    for (size_t at = 0; status == STATUS_OK && history_next(changing->results, &at, &history);) {
        if (history.rows[0].subject != SUBJECT_prescribing)
            continue;
        if (history.rows[0].level != sorted)
            status = sort_cells(changing, history.rows[0].level);
        sorted = history.rows[0].level;
        if (status == STATUS_OK)
            status = change_organisation(changing, sorted, history.rows[0].organisation);
    }
    return status;
}

static size_t most_organisations(const struct places *places)
{
    size_t most = 0;

    for (int level = 0; level < LEVELS; level++)
        most = places->levels[level].codes.count > most ? places->levels[level].codes.count : most;
    return most;
}

enum status changes_make(struct change_list *changes, const struct results *results,
                         struct fail *why)
{
    const struct cube *const cube = results->classified.cube;
    const size_t codes = item_count(&results->classified);
    struct changing changing = {.results = results, .changes = changes, .why = why};
    month_t first;
    month_t last;
    enum status status = STATUS_OK;

    *changes = (struct change_list){0};
    results_months(results, SUBJECT_prescribing, &first, &last);
    if (!drivers_periods(first, last, &changes->periods))
        return STATUS_OK;
    changing.sums = calloc(codes + 1, sizeof *changing.sums);
    changing.items = calloc(codes + 1, sizeof *changing.items);
    changing.starts = calloc(most_organisations(&cube->places) + 3, sizeof *changing.starts);
    if (changing.sums == NULL || changing.items == NULL || changing.starts == NULL)
        status = fail_nomem(why);
    if (status == STATUS_OK)
        status = change_all(&changing);
    free(changing.sums);
    free(changing.items);
    free(changing.order);
    free(changing.starts);
    return status;
}

void changes_release(struct change_list *changes)
{
    free(changes->list);
    *changes = (struct change_list){0};
}
