#include "measure/rank.h"

#include <stdlib.h>

static int compare_values(const void *a, const void *b)
{
    const struct measure_value *const one = *(const struct measure_value *const *)a;
    const struct measure_value *const other = *(const struct measure_value *const *)b;

    return ratio_compare(one->numerator, one->denominator, other->numerator, other->denominator);
}

void rank_values(struct measure_value **values, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (values[i]->denominator > 0 && !values[i]->unknown)
            values[kept++] = values[i];
    if (kept < 2)
        return;
    qsort(values, kept, sizeof *values, compare_values);
    for (size_t i = 0; i < kept; i++) {
        const bool tie = i > 0 && compare_values(&values[i - 1], &values[i]) == 0;

        values[i]->rank = tie ? values[i - 1]->rank : (uint32_t)i + 1;
        values[i]->ranked = (uint32_t)kept;
    }
}

char *percentile_print(const struct measure_value *value, char *out)
{
    if (value->rank == 0) {
        out[0] = '\0';
        return out;
    }
    return ratio_print(value->rank - 1, value->ranked - 1, 6, out);
}
