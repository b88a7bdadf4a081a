#ifndef STREAM_SWEEP_H
#define STREAM_SWEEP_H

/* The fast way from bytes to rows: the same rows, bad rows and line numbers as
 * scan.h gives for the same bytes, sixty-four bytes at a time.
 *     sweep_new(&sweep, &setup, &sink, why)
 *     sweep_room(sweep, &at, &room)  read(fd, at, room)  sweep_filled(sweep, got, why)
 *     sweep_end(sweep, why)
 * A kernel finds the fields of the records that are as plain as all rows of the
 * national extracts: no line end, doubled quote or stray quote, no zero byte.  Any
 * other record is handed to scan.h unchanged, which decides what it is and where
 * reading goes on.  So what is a row is said in one place only.
 *
 * Costs 0.05 s a GB of EPD from the second-level cache (AVX-512, one core of 2026). */

#include "stream/scan.h"

enum sweep_path {
    SWEEP_AUTO,  /* the fastest that works here */
    SWEEP_PLAIN, /* scan.h for every row */
    SWEEP_PORTABLE,
    SWEEP_AVX2,
    SWEEP_AVX512,
    SWEEP_NEON,
    SWEEP_PATHS
};

/* Regular records, one behind the other: record i has the fields starts[ends[i - 1]] up to
 * starts[ends[i]], the first one from starts[first] on; each field ends before the start of the
 * next, as in scan_row. */
struct sweep_rows {
    const char *base;
    const uint16_t *starts;
    const uint16_t *ends;
    size_t first;
    size_t count;
};

struct sweep_setup {
    enum sweep_path path;
    bool midway; /* the bytes begin with a record within a file: no byte order mark, line 1 */

    /* Gets the sink's context.  *passed is how many of the first records the sink needs no more;
     * what follows comes one by one.  Nineteen of twenty rows of an extract are passed, and
     * a call for each costs as much as half of what is done with it.  NULL: none is asked. */
    enum status (*pass)(void *context, const struct sweep_rows *rows, size_t *passed,
                        struct fail *why);
};

struct sweep;

/* False where the machine or the build does not have it. */
bool sweep_path_works(enum sweep_path path);

MUST_USE
enum status sweep_new(struct sweep **sweep, const struct sweep_setup *setup,
                      const struct scan_sink *sink, struct fail *why);

/* Room for the next bytes, at least 256 KiB: filled without copying them once more. */
void sweep_room(struct sweep *sweep, char **at, size_t *room);

/* So many bytes of the room are filled; gives out the records that are whole. */
MUST_USE
enum status sweep_filled(struct sweep *sweep, size_t length, struct fail *why);

/* Any number of bytes from elsewhere, cut anywhere. */
MUST_USE
enum status sweep_feed(struct sweep *sweep, const void *bytes, size_t length, struct fail *why);

/* The input is over. */
MUST_USE
enum status sweep_end(struct sweep *sweep, struct fail *why);

/* True when a record ended with the last byte: another can begin with the next. */
bool sweep_is_between(const struct sweep *sweep);

/* The physical line on which the next record begins. */
uint64_t sweep_line(const struct sweep *sweep);

void sweep_free(struct sweep *sweep);

#endif
