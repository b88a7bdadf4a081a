#include "rules/link_factors.h"
#include "rules/load.h"

#include <stdlib.h>

static bool has_both(const struct factor *factor)
{
    return factor->basis == BASIS_whole_life && factor->propellant_only >= 0 &&
           factor->grade <= GRADE_B;
}

static int compare_differences(const void *a, const void *b)
{
    const int64_t one = *(const int64_t *)a;
    const int64_t other = *(const int64_t *)b;

    return (one > other) - (one < other);
}

static enum status find_addition(struct arena *arena, struct factor_set *set, struct faults *faults)
{
    int64_t *const differences = arena_array(arena, set->count + 1, sizeof *differences);
    size_t count = 0;

    if (differences == NULL)
        return fail_nomem(faults->why);
    for (size_t i = 0; i < set->count; i++) {
        const struct factor *const factor = &set->factors[i];

        if (!has_both(factor))
            continue;
        if (factor->kg < factor->propellant_only)
            return fault_at(faults, factor->at, "weighs less than its propellant alone");
        differences[count++] = factor->kg - factor->propellant_only;
    }
    if (count == 0)
        return STATUS_OK;
    qsort(differences, count, sizeof *differences, compare_differences);
    set->addition = (struct addition){
        .kg = (differences[(count - 1) / 2] + differences[count / 2] + 1) / 2,
        .low = differences[0],
        .high = differences[count - 1],
        .products = count,
    };
    return STATUS_OK;
}

static enum status to_whole_life(const struct factor_set *set, struct factor *factor,
                                 struct faults *faults)
{
    struct addition *const addition = &factor->addition;

    if (factor->basis == BASIS_whole_life) {
        *addition = (struct addition){.kg = 0};
        return STATUS_OK;
    }
    if (addition->kg < 0) {
        if (set->addition.products == 0)
            return fault_at(faults, factor->at,
                            "counts the propellant alone, and no factor of the set tells what "
                            "to add: none of grade A or B has propellant_only beside kg");
        *addition = set->addition;
    }
    factor->low = (factor->low < 0 ? factor->kg : factor->low) + addition->low;
    factor->high = (factor->high < 0 ? factor->kg : factor->high) + addition->high;
    factor->kg += addition->kg;
    return STATUS_OK;
}

enum status factors_to_whole_life(struct arena *arena, struct factor_set *set,
                                  struct faults *faults)
{
    enum status status = find_addition(arena, set, faults);

    for (size_t i = 0; i < set->count && status == STATUS_OK; i++)
        status = to_whole_life(set, &set->factors[i], faults);
    for (size_t i = 0; i < set->default_count && status == STATUS_OK; i++)
        status = to_whole_life(set, &set->defaults[i].factor, faults);
    return status;
}
