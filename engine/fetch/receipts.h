#ifndef FETCH_RECEIPTS_H
#define FETCH_RECEIPTS_H

/* What was fetched, as a CSV file beside it: a line for each file, the last fetch of it.
 *     receipts_read(&receipts, "store.sqlite.fetched.csv", why)
 *     receipts_find(&receipts, "EPD_SNOMED_202607")
 *     receipts_put(&receipts, &receipt, why)     writes the file anew, whole or not at all
 *     receipts_release(&receipts) */

#include "base/arena.h"
#include "base/fail.h"

#include <stdint.h>

struct receipt {
    const char *stem;    /* of the file, as an offer has it */
    const char *file;    /* its name */
    const char *version; /* as the portal said it */
    const char *bytes;
    const char *sha256;
};

struct receipts {
    struct arena arena;
    const char *path;
    struct receipt *list;
    size_t count;
    size_t room;
};

/* A file that is not there is an empty one. */
MUST_USE
enum status receipts_read(struct receipts *receipts, const char *path, struct fail *why);
const struct receipt *receipts_find(const struct receipts *receipts, const char *stem);
MUST_USE
enum status receipts_put(struct receipts *receipts, const struct receipt *receipt,
                         struct fail *why);
void receipts_release(struct receipts *receipts);

#endif
