#include "advise/plan_internal.h"

#include <stdlib.h>

#define HUNDRED INT64_C(100000000) /* per cent, in millionths */

static bool is_generic_code(const char *code)
{
    return strlen(code) > 10 && code[9] == 'A' && code[10] == 'A';
}

static int64_t divide_up(wide_t top, wide_t bottom)
{
    return (int64_t)((top + bottom - 1) / bottom);
}

/* What so many inhalers of an option come to. */
static void fill_row(const struct plan_problem *problem, const struct plan_option *option,
                     int64_t taken, struct plan_row *row)
{
    const struct plan_practice *const practice = &problem->base->practices[option->practice];
    const int64_t steps = taken / option->pair->from_inhalers;
    const wide_t per_review = (wide_t)option->people->inhalers * option->kind->accept;

    *row = (struct plan_row){
        .practice = practice->organisation,
        .icb = practice->icb,
        .rule = option->rule,
        .pair = option->pair,
        .kind = option->kind,
        .year = problem->base->sources[option->source].volume,
        .ceiling = option->ceiling,
        .changed = taken,
        .added = steps * option->pair->to_inhalers,
        .people = divide_up((wide_t)taken * 1000, option->people->inhalers),
        .reviews = divide_up((wide_t)taken * 1000 * HUNDRED, per_review),
        .real = steps * option->real,
        .gain = steps * option->gain,
        .above = steps * option->above,
        .below = steps * option->below,
        .pounds = steps * option->pounds,
        .rate_top = (wide_t)option->gain * problem->scale,
        .rate_bottom = option->minutes,
        .work_month = MONTH_NONE,
        .grade = option->grade,
        .generic = is_generic_code(option->pair->from->codes.texts[0]),
    };
    row->minutes = row->reviews * option->kind->minutes;
}

/* The value when so much is gone above and below the line. */
static void value_after(const struct plan_base *base, wide_t above, wide_t below, wide_t *top,
                        wide_t *bottom)
{
    const bool total = base->measure->denominator.sum == SUM_NONE;

    *top = (total ? 1 : 1000) * (base->numerator - above);
    *bottom = total ? 1 : base->denominator - 1000 * below;
}

static size_t wage_number(const struct plan_ask *ask, const char *who)
{
    size_t number = 0;

    while (number + 1 < ask->assumptions.wage_count &&
           strcmp(ask->assumptions.wages[number].who, who) != 0)
        number++;
    return number;
}

static bool add_row(const struct plan_problem *problem, struct plan_totals *totals,
                    const struct plan_row *row)
{
    const size_t wage = wage_number(problem->ask, row->kind->who);
    const int64_t more = row->below < 0 ? -row->below : 0;
    int64_t bought;

    return exact_add(&totals->changed, row->changed) && exact_add(&totals->people, row->people) &&
           exact_add(&totals->reviews, row->reviews) && exact_add(&totals->minutes, row->minutes) &&
           exact_add(&totals->by_wage[wage], row->minutes) && exact_add(&totals->real, row->real) &&
           exact_add(&totals->gain, row->gain) && exact_add(&totals->pounds, row->pounds) &&
           !__builtin_mul_overflow(more, problem->value, &bought) &&
           exact_add(&totals->more_inhalers, bought);
}

enum status plan_totals_make(const struct plan_problem *problem, const int64_t *taken,
                             struct plan_totals *totals, struct fail *why)
{
    int64_t above = 0;
    int64_t below = 0;
    uint32_t last = UINT32_MAX;
    struct plan_row row;
    bool fits = true;

    *totals = (struct plan_totals){0};
    for (size_t i = 0; i < problem->count && fits; i++) {
        if (taken[i] == 0)
            continue;
        fill_row(problem, &problem->options[i], taken[i], &row);
        totals->practices += problem->options[i].practice != last;
        last = problem->options[i].practice;
        fits = add_row(problem, totals, &row) && exact_add(&above, row.above) &&
               exact_add(&below, row.below);
    }
    totals->visits = totals->practices * problem->ask->assumptions.visit_minutes;
    if (!fits || !exact_add(&totals->minutes, totals->visits))
        return fail_sum(why);
    value_after(problem->base, above, below, &totals->value_top, &totals->value_bottom);
    return STATUS_OK;
}

/* Rows of one practice and kind: they are done together. */
struct block {
    size_t first; /* of the rows in the order of options */
    size_t count;
    uint32_t practice;
    int64_t order; /* of the kind */
    wide_t gain;
    wide_t minutes; /* with the visit, where it is the practice's first */
    bool visit;
    size_t nth; /* in the practice */
};

struct rows_order {
    struct plan_row *rows;
    size_t count;
    struct block *blocks;
    size_t block_count;
};

static int compare_rates(wide_t gain, wide_t minutes, wide_t other_gain, wide_t other_minutes)
{
    const wide_t left = gain * other_minutes;
    const wide_t right = other_gain * minutes;

    return (left < right) - (left > right);
}

/* A row and the practice it is in, to be sorted into blocks. */
struct placed_row {
    uint32_t practice;
    struct plan_row row;
};

/* By practice and kind, then by gain a minute; ties by what is changed and what it becomes. */
static int compare_rows(const void *a, const void *b)
{
    const struct placed_row *const one = a;
    const struct placed_row *const other = b;
    int order;

    if (one->practice != other->practice)
        return one->practice < other->practice ? -1 : 1;
    if (one->row.kind->order != other->row.kind->order)
        return one->row.kind->order < other->row.kind->order ? -1 : 1;
    order = compare_rates(one->row.rate_top, one->row.rate_bottom, other->row.rate_top,
                          other->row.rate_bottom);
    if (order == 0)
        order = strcmp(one->row.pair->from->id, other->row.pair->from->id);
    return order != 0 ? order : strcmp(one->row.pair->to->id, other->row.pair->to->id);
}

/* In a practice the block that gives most a minute is first, and has the visit; a later one is not
 * taken for better than the one before it. */
static int compare_blocks(const void *a, const void *b)
{
    const struct block *const one = a;
    const struct block *const other = b;
    int order = compare_rates(one->gain, one->minutes, other->gain, other->minutes);

    if (order == 0 && one->practice != other->practice)
        return one->practice < other->practice ? -1 : 1;
    if (order == 0)
        order = (one->nth > other->nth) - (one->nth < other->nth);
    return order != 0 ? order : (one->order > other->order) - (one->order < other->order);
}

static size_t find_blocks(const struct placed_row *rows, size_t count, struct block *blocks)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        struct block *block = found > 0 ? &blocks[found - 1] : NULL;

        if (block == NULL || block->practice != rows[i].practice ||
            block->order != rows[i].row.kind->order) {
            block = &blocks[found++];
            *block = (struct block){
                .first = i, .practice = rows[i].practice, .order = rows[i].row.kind->order};
        }
        block->count++;
        block->gain += rows[i].row.gain;
        block->minutes += rows[i].row.minutes;
    }
    return found;
}

static void order_practice(const struct plan_problem *problem, struct block *blocks, size_t count)
{
    qsort(blocks, count, sizeof *blocks, compare_blocks);
    blocks[0].visit = true;
    blocks[0].minutes += problem->ask->assumptions.visit_minutes;
    for (size_t i = 1; i < count; i++) {
        blocks[i].nth = i;
        if (compare_rates(blocks[i].gain, blocks[i].minutes, blocks[i - 1].gain,
                          blocks[i - 1].minutes) < 0) {
            blocks[i].gain = blocks[i - 1].gain;
            blocks[i].minutes = blocks[i - 1].minutes;
        }
    }
}

static void order_blocks(const struct plan_problem *problem, struct block *blocks, size_t count)
{
    size_t end;

    for (size_t i = 0; i < count; i = end) {
        for (end = i; end < count && blocks[end].practice == blocks[i].practice; end++)
            ;
        order_practice(problem, blocks + i, end - i);
    }
    if (count > 0)
        qsort(blocks, count, sizeof *blocks, compare_blocks);
}

/* Sums up to and with each row. */
static void add_up(const struct plan_problem *problem, struct plan_rows *rows)
{
    int64_t minutes = 0;
    wide_t above = 0;
    wide_t below = 0;

    for (size_t i = 0; i < rows->count; i++) {
        struct plan_row *const row = &rows->list[i];

        minutes += row->minutes + row->visit;
        above += row->above;
        below += row->below;
        row->minutes_so_far = minutes;
        value_after(problem->base, above, below, &row->value_top, &row->value_bottom);
        if (problem->ask->hours_per_month > 0)
            row->work_month = problem->ask->start +
                              (month_t)((minutes - 1) / (problem->ask->hours_per_month * 60));
    }
}

enum status plan_rows_make(const struct plan_problem *problem, const int64_t *taken,
                           struct plan_rows *rows, struct fail *why)
{
    struct placed_row *const placed = calloc(problem->count + 1, sizeof *placed);
    struct block *const blocks = calloc(problem->count + 1, sizeof *blocks);
    size_t count = 0;
    size_t block_count;

    *rows = (struct plan_rows){.list = calloc(problem->count + 1, sizeof *rows->list)};
    if (placed == NULL || blocks == NULL || rows->list == NULL) {
        free(placed);
        free(blocks);
        return fail_nomem(why);
    }
    for (size_t i = 0; i < problem->count; i++)
        if (taken[i] > 0) {
            placed[count].practice = problem->options[i].practice;
            fill_row(problem, &problem->options[i], taken[i], &placed[count++].row);
        }
    if (count > 0)
        qsort(placed, count, sizeof *placed, compare_rows);
    block_count = find_blocks(placed, count, blocks);
    order_blocks(problem, blocks, block_count);
    for (size_t b = 0; b < block_count; b++)
        for (size_t i = 0; i < blocks[b].count; i++) {
            rows->list[rows->count] = placed[blocks[b].first + i].row;
            if (i == 0 && blocks[b].visit)
                rows->list[rows->count].visit = problem->ask->assumptions.visit_minutes;
            rows->count++;
        }
    add_up(problem, rows);
    free(placed);
    free(blocks);
    return STATUS_OK;
}
