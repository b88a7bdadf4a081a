#include "advise/switches_order.h"

#include <stdlib.h>
#include <string.h>

/* The same drug before another one; of each the largest saving first, then what is not evidenced,
 * most inhalers first. */
static int compare_worth(const struct advice *one, const struct advice *other)
{
    int order;

    if (one->changes_drug != other->changes_drug)
        return one->changes_drug ? 1 : -1;
    if (one->evidenced != other->evidenced)
        return one->evidenced ? -1 : 1;
    order = one->evidenced ? ratio_compare(other->saved, other->pair->from_inhalers, one->saved,
                                           one->pair->from_inhalers)
                           : (one->packs < other->packs) - (one->packs > other->packs);
    if (order == 0)
        order = strcmp(one->pair->from->id, other->pair->from->id);
    return order != 0 ? order : strcmp(one->pair->to->id, other->pair->to->id);
}

struct sortable {
    struct view practice_code;
    struct view icb_code;
    struct advice advice;
};

static int compare_practice(const struct sortable *one, const struct sortable *other)
{
    const int order = view_compare(one->practice_code, other->practice_code);

    if (order != 0 || one->advice.month == other->advice.month)
        return order != 0 ? order : view_compare(one->icb_code, other->icb_code);
    return one->advice.month < other->advice.month ? -1 : 1;
}

static int compare_advice(const void *a, const void *b)
{
    const struct sortable *const one = a;
    const struct sortable *const other = b;
    const int order = compare_practice(one, other);

    return order != 0 ? order : compare_worth(&one->advice, &other->advice);
}

enum status advice_rank(struct advice_list *advice, const struct results *results, struct fail *why)
{
    const struct places *const places = &results->classified.cube->places;
    struct sortable *const sorted = calloc(advice->count + 1, sizeof *sorted);

    if (sorted == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < advice->count; i++) {
        sorted[i].advice = advice->list[i];
        sorted[i].practice_code =
            organisation_code(places, LEVEL_PRACTICE, advice->list[i].practice);
        if (advice->list[i].icb != ORGANISATION_NONE)
            sorted[i].icb_code = organisation_code(places, LEVEL_ICB, advice->list[i].icb);
    }
    qsort(sorted, advice->count, sizeof *sorted, compare_advice);
    for (size_t i = 0; i < advice->count; i++) {
        const bool first = i == 0 || compare_practice(&sorted[i - 1], &sorted[i]) != 0;

        advice->list[i] = sorted[i].advice;
        advice->list[i].rank = first ? 1 : advice->list[i - 1].rank + 1;
    }
    free(sorted);
    return STATUS_OK;
}
