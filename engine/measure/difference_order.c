#include "measure/difference_internal.h"

#include <stdlib.h>

/* qsort has no context: what is compared goes along. */
struct sortable {
    enum level level;
    struct view organisation;
    struct view presentation;
    size_t index;
};

static int compare(const void *a, const void *b)
{
    const struct sortable *const one = a;
    const struct sortable *const other = b;
    int order;

    if (one->level != other->level)
        return one->level < other->level ? -1 : 1;
    order = view_compare(one->organisation, other->organisation);
    return order != 0 ? order : view_compare(one->presentation, other->presentation);
}

/* A copy of the list in that order, which is freed; NULL when memory is out. */
static void *take_in_order(struct sortable *order, const void *list, size_t count, size_t size)
{
    char *const copy = order != NULL ? calloc(count + 1, size) : NULL;

    if (copy != NULL)
        qsort(order, count, sizeof *order, compare);
    for (size_t i = 0; i < count && copy != NULL; i++)
        memcpy(copy + i * size, (const char *)list + order[i].index * size, size);
    free(order);
    return copy;
}

static enum status sort_rows(struct differences *all, struct fail *why)
{
    const struct cube *const cube = all->cube;
    struct sortable *const order = calloc(all->row_count + 1, sizeof *order);
    struct difference_row *rows;

    for (size_t i = 0; i < all->row_count && order != NULL; i++) {
        const struct difference_row *const row = &all->rows[i];

        order[i] = (struct sortable){
            row->level, organisation_code(&cube->places, row->level, row->organisation),
            intern_text(&cube->codes, row->presentation), i};
    }
    rows = take_in_order(order, all->rows, all->row_count, sizeof *rows);
    if (rows == NULL)
        return fail_nomem(why);
    free(all->rows);
    all->rows = rows;
    return STATUS_OK;
}

static enum status sort_totals(struct differences *all, struct fail *why)
{
    const struct cube *const cube = all->cube;
    struct sortable *const order = calloc(all->total_count + 1, sizeof *order);
    struct difference_total *totals;

    for (size_t i = 0; i < all->total_count && order != NULL; i++) {
        const struct difference_total *const total = &all->totals[i];

        order[i] = (struct sortable){
            total->level, organisation_code(&cube->places, total->level, total->organisation),
            view_none(), i};
    }
    totals = take_in_order(order, all->totals, all->total_count, sizeof *totals);
    if (totals == NULL)
        return fail_nomem(why);
    free(all->totals);
    all->totals = totals;
    return STATUS_OK;
}

/* Half away from zero, as printed. */
static wide_t rounded(wide_t sum, wide_t unit)
{
    const wide_t whole = sum / unit;
    const wide_t rest = sum % unit;

    return whole + (2 * rest >= unit) - (2 * rest <= -unit);
}

/* Rows and totals are in the same order, so one pass does. */
static enum status round_all(struct differences *all, struct fail *why)
{
    size_t at = 0;

    for (size_t i = 0; i < all->total_count; i++) {
        struct difference_total *const total = &all->totals[i];
        wide_t sums[2][2] = {{0, 0}, {0, 0}}; /* by side, and whether of a gas */

        for (int side = 0; side < 2; side++)
            total->milligrams[side] = rounded(total->same_inhalers, milligram_unit(all, 1, false)) +
                                      rounded(total->same_gases, milligram_unit(all, 1, true));
        for (; at < all->row_count && all->rows[at].level == total->level &&
               all->rows[at].organisation == total->organisation;
             at++) {
            struct difference_row *const row = &all->rows[at];

            for (int side = 0; side < 2; side++) {
                const bool gas =
                    all->classified[side].verdicts[row->presentation].kind == RULES_GAS;
                const wide_t unit = milligram_unit(all, side, gas);
                const wide_t before = rounded(sums[side][gas], unit);

                if (!wide_add(&sums[side][gas], row->carbon[side]))
                    return fail_sum(why);
                row->milligrams[side] = rounded(sums[side][gas], unit) - before;
                total->milligrams[side] += row->milligrams[side];
            }
        }
    }
    return STATUS_OK;
}

enum status differences_settle(struct differences *all, struct fail *why)
{
    enum status status = sort_rows(all, why);

    if (status == STATUS_OK)
        status = sort_totals(all, why);
    return status == STATUS_OK ? round_all(all, why) : status;
}
