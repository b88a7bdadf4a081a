#ifndef STORE_LOAD_INTERNAL_H
#define STORE_LOAD_INTERNAL_H

/* Between load.c, which loads what is in scope, and load_totals.c, which loads the sums of all
 * rows. */

#include "store/store_internal.h"

/* The sums of one part on their way into a cube. */
struct store_loading {
    struct store *store;
    const struct store_part *part;
    struct cube *cube;
    const struct intern *codes; /* of what is summed, by number in the store less one */
    uint32_t *places;           /* by number in the store less one: that of the cube */
    uint32_t *presentations;    /* likewise */
    uint64_t cells;
    struct cell sums;
};

MUST_USE
enum status loading_begin(struct store_loading *loading, struct store *store,
                          const struct store_part *part, struct cube *cube,
                          const struct intern *codes, struct fail *why);
void loading_release(struct store_loading *loading);

/* numbers  place, code, and the sums behind them */
MUST_USE
enum status load_cell(struct store_loading *loading, const int64_t *numbers, struct fail *why);

/* The names of a file on their way into a cube. */
struct naming {
    struct store *store;
    const struct store_file *file;
    struct cube *cube;
};

/* first  the column of what is named; behind it stand the name and its month */
MUST_USE
enum status load_organisation_name(struct naming *naming, sqlite3_stmt *statement, int first,
                                   struct fail *why);
MUST_USE
enum status load_code_name(struct naming *naming, const struct intern *codes,
                           sqlite3_stmt *statement, int first, struct fail *why);

#endif
