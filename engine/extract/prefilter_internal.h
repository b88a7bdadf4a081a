#ifndef EXTRACT_PREFILTER_INTERNAL_H
#define EXTRACT_PREFILTER_INTERNAL_H

/* Between prefilter.c and its kernel for AVX-512. */

#include "extract/prefilter.h"

#if defined(__x86_64__)
prefilter_kernel prefilter_avx512;
#endif

/* A field as in the input, with its quotes.  starts  of the record */
static inline struct view prefilter_field(const char *base, const uint16_t *starts, size_t i)
{
    return (struct view){base + starts[i], (size_t)starts[i + 1] - starts[i] - 1};
}

static inline struct view prefilter_unquoted(struct view text)
{
    const size_t quote = text.at[0] == '"' && text.length > 0;

    return (struct view){text.at + quote, text.length - 2 * quote};
}

/* True for one good row that is out of scope. */
typedef bool prefilter_one(const struct prefilter *prefilter, const char *base,
                           const uint16_t *starts, int64_t *items, int64_t *actual_cost);

/* What a kernel is around its prefilter_one, which the compiler puts in the place of the call. */
__attribute__((always_inline)) static inline struct prefilter_sums
prefilter_each(const struct prefilter *prefilter, const struct sweep_rows *rows, prefilter_one *one)
{
    struct prefilter_sums sums = {0};
    size_t first = rows->first;

    for (; sums.rows < rows->count; sums.rows++) {
        const size_t behind = rows->ends[sums.rows];
        struct prefilter_sums more = sums;
        int64_t items;
        int64_t actual_cost;

        if (behind - first != prefilter->columns ||
            !one(prefilter, rows->base, rows->starts + first, &items, &actual_cost) ||
            !exact_add(&more.items, items) || !exact_add(&more.actual_cost, actual_cost))
            break;
        sums = more;
        first = behind;
    }
    return sums;
}

#endif
