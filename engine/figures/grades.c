#include "figures/grades.h"

#include <string.h>

const char *const carbon_grades[CARBON_GRADES] = {"A", "B", "B2", "C", "D", "none"};

/* A factor without a range counts with its own value at both ends. */
static void add_grade(struct grade_sums *sums, const struct product_month *row)
{
    const struct factor *const factor = row->factor;

    sums->items += row->items;
    if (factor == NULL || !row->amounts.counted)
        return;
    sums->packs += row->weighed;
    sums->carbon += row->carbon;
    sums->low += row->weighed * (factor->low >= 0 ? factor->low : factor->kg);
    sums->high += row->weighed * (factor->high >= 0 ? factor->high : factor->kg);
}

void grades_sum(const struct results *results, struct grade_sums *sums)
{
    memset(sums, 0, CARBON_GRADES * sizeof *sums);
    for (size_t i = 0; i < results->product_count; i++) {
        const struct factor *const factor = results->products[i].factor;

        add_grade(&sums[factor != NULL ? (size_t)factor->grade : CARBON_GRADES - 1],
                  &results->products[i]);
    }
}
