/* Any bytes, cut in two ways: the scanner must tell the same rows, bad rows,
 * lines and end both times, and the same as a plain reading of the grammar. */

#include "support/scans.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_equal(const struct scan_log *one, const struct scan_log *other)
{
    size_t differs;

    if (!log_equal(one, other, &differs))
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scan_log whole;
    struct scan_log pieces;
    struct scan_log plain;
    struct view input;

    if (size < 1)
        return 0;
    input = (struct view){(const char *)data + 1, size - 1};
    whole = log_of(input, size, 0);
    pieces = log_of(input, data[0] % 8, data[0]); /* 0: cut at random */
    plain = slow_log_of(input);
    must_equal(&whole, &pieces);
    must_equal(&whole, &plain);
    log_free(&whole);
    log_free(&pieces);
    log_free(&plain);
    return 0;
}
