#ifndef RUN_PROGRESS_H
#define RUN_PROGRESS_H

/* How a file is getting on, as one line of text: pure, so that it can be tested
 * without a terminal or a clock. */

#include <stddef.h>
#include <stdint.h>

struct progress {
    const char *name;
    uint64_t done_bytes;
    uint64_t all_bytes; /* 0 when not known */
    uint64_t rows;
    uint64_t milliseconds; /* since the file was opened */
};

/* "EPD.csv: 43%, 3.1 GB of 7.2 GB, 8.1 M rows, 1.9 M rows/s, 2 s left" */
void progress_line(const struct progress *progress, char *out, size_t size);

#endif
