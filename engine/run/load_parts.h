#ifndef RUN_LOAD_PARTS_H
#define RUN_LOAD_PARTS_H

/* The sums of many parts of a store on several threads, each with a connection and a cube of its
 * own: reading rows out of SQLite and holding them against their seals takes most of the time of a
 * report, and one connection is for one thread. */

#include "store/store.h"

struct part_list {
    const struct store_part **list; /* of the store */
    size_t count;
    size_t room;
};

/* After store_begin, whose snapshot all connections see: the file cannot change meanwhile.
 * cube  empty; gets all sums, without names */
MUST_USE
enum status load_parts(struct store *store, const struct part_list *parts, size_t threads,
                       struct cube *cube, struct fail *why);

#endif
