#include "run/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A count with one decimal and a prefix of thousands. */
static void print_scaled(char *out, size_t size, uint64_t count)
{
    static const char prefixes[] = " kMGTPE";
    size_t at = 0;
    uint64_t rest = count;

    if (count < 1000) {
        snprintf(out, size, "%" PRIu64 " ", count);
        return;
    }
    while (rest >= 1000000) {
        rest /= 1000;
        at++;
    }
    /* now 1000 to 999999 of the prefix before */
    snprintf(out, size, "%" PRIu64 ".%" PRIu64 " %c", rest / 1000, rest % 1000 / 100,
             prefixes[at + 1]);
}

/* The same with a blank before what follows it: "8.1 M ". */
static void print_rows(char *out, size_t size, uint64_t count)
{
    size_t length;

    print_scaled(out, size, count);
    length = strlen(out);
    if (out[length - 1] != ' ' && length + 1 < size)
        memcpy(out + length, " ", 2);
}

static uint64_t per_second(uint64_t count, uint64_t milliseconds)
{
    return milliseconds == 0
               ? 0
               : count / milliseconds * 1000 + count % milliseconds * 1000 / milliseconds;
}

void progress_line(const struct progress *progress, char *out, size_t size)
{
    char done[16];
    char all[16];
    char rows[16];
    char speed[16];
    const uint64_t bytes_a_second = per_second(progress->done_bytes, progress->milliseconds);

    print_scaled(done, sizeof done, progress->done_bytes);
    print_scaled(all, sizeof all, progress->all_bytes);
    print_rows(rows, sizeof rows, progress->rows);
    print_rows(speed, sizeof speed, per_second(progress->rows, progress->milliseconds));
    if (progress->all_bytes == 0 || progress->done_bytes > progress->all_bytes) {
        snprintf(out, size, "%s: %sB, %s%s, %srows/s", progress->name, done, rows,
                 progress->rows == 1 ? "row" : "rows", speed);
        return;
    }
    snprintf(out, size, "%s: %" PRIu64 "%%, %sB of %sB, %srows, %srows/s, %" PRIu64 " s left",
             progress->name, progress->done_bytes / (progress->all_bytes / 100 + 1), done, all,
             rows, speed,
             bytes_a_second == 0
                 ? 0
                 : (progress->all_bytes - progress->done_bytes + bytes_a_second - 1) /
                       bytes_a_second);
}
