#ifndef EXTRACT_GLANCE_INTERNAL_H
#define EXTRACT_GLANCE_INTERNAL_H

/* Between glance.c and its kernel for AVX-512. */

#include "extract/glance.h"

#if defined(__x86_64__)
glance_kernel glance_avx512;
#endif

/* A field as it stands in the input, its quotes too.  starts  of the record */
static inline struct view glance_field(const char *base, const uint16_t *starts, size_t i)
{
    return (struct view){base + starts[i], (size_t)starts[i + 1] - starts[i] - 1};
}

static inline struct view glance_unquoted(struct view text)
{
    const size_t quote = text.at[0] == '"' && text.length > 0;

    return (struct view){text.at + quote, text.length - 2 * quote};
}

/* True for one good row that is out of scope. */
typedef bool glance_one(const struct glance *glance, const char *base, const uint16_t *starts,
                        int64_t *items, int64_t *actual_cost);

/* What a kernel is around its glance_one, which the compiler puts in the place of the call. */
__attribute__((always_inline)) static inline struct glance_sums
glance_each(const struct glance *glance, const struct sweep_rows *rows, glance_one *one)
{
    struct glance_sums sums = {0};
    size_t first = rows->first;

    for (; sums.rows < rows->count; sums.rows++) {
        const size_t behind = rows->ends[sums.rows];
        struct glance_sums more = sums;
        int64_t items;
        int64_t actual_cost;

        if (behind - first != glance->columns ||
            !one(glance, rows->base, rows->starts + first, &items, &actual_cost) ||
            !exact_add(&more.items, items) || !exact_add(&more.actual_cost, actual_cost))
            break;
        sums = more;
        first = behind;
    }
    return sums;
}

#endif
