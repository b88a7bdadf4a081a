#ifndef EXTRACT_GLANCE_INTERNAL_H
#define EXTRACT_GLANCE_INTERNAL_H

/* Between glance.c and its kernel for AVX-512. */

#include "extract/glance.h"

#if defined(__x86_64__)
glance_kernel glance_avx512;
#endif

/* A field as it stands in the input, its quotes too. */
static inline struct view glance_field(const struct scan_row *fields, size_t i)
{
    const uint16_t *const starts = fields->starts + i;

    return (struct view){fields->base + starts[0], (size_t)starts[1] - starts[0] - 1};
}

static inline struct view glance_unquoted(struct view text)
{
    const size_t quote = text.at[0] == '"' && text.length > 0;

    return (struct view){text.at + quote, text.length - 2 * quote};
}

#endif
