#ifndef STREAM_RAW_H
#define STREAM_RAW_H

/* The bytes of a file as they lie on the disk, each of them digested once, if a sha256 is wanted.
 */

#include "base/fail.h"
#include "stream/sha256.h"

#include <stdbool.h>
#include <time.h>

struct raw {
    int fd;
    bool ended;
    uint64_t done;         /* bytes read */
    uint64_t all;          /* size of a regular file, else 0, */
    struct timespec when;  /* and when it was written to last */
    struct sha256 *sha256; /* NULL: none is wanted */
};

/* path "-" is standard input. */
MUST_USE
enum status raw_open(struct raw *raw, const char *path, struct fail *why);

/* got is 0 only at the end of the file. */
MUST_USE
enum status raw_read(struct raw *raw, void *bytes, size_t room, size_t *got, struct fail *why);

/* From a place in the file, leaving everything else alone: for several threads. */
MUST_USE
enum status raw_read_at(const struct raw *raw, uint64_t place, void *bytes, size_t room,
                        size_t *got, struct fail *why);

/* fails  STATUS_DATA  a regular file was written to after it was opened: what was read of it at
 *                     different times need not belong together */
MUST_USE
enum status raw_check_same(const struct raw *raw, struct fail *why);

void raw_close(struct raw *raw);

#endif
