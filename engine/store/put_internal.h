#ifndef STORE_PUT_INTERNAL_H
#define STORE_PUT_INTERNAL_H

/* Between put.c, which puts what is in scope, put_totals.c, which puts the sums of all rows, and
 * put_numbers.c, which puts the codes and names of both. */

#include "store/store_internal.h"

/* Statements of one store_put, and the numbers of the member's places and presentations. */
struct putting {
    struct store *store;
    const struct cube *cube;
    struct store_file *file;
    sqlite3_stmt *organisation;
    sqlite3_stmt *membership;
    sqlite3_stmt *presentation;
    sqlite3_stmt *name;
    sqlite3_stmt *organisation_name;
    sqlite3_stmt *presentation_name;
    sqlite3_stmt *reject;
    sqlite3_stmt *cell;
    uint32_t *places;        /* by place of the cube */
    uint32_t *presentations; /* by presentation of the cube */
    struct fail *why;
};

/* The number in the store of a presentation's code, or of a text, less one; what is new is
 * written. */
MUST_USE
enum status put_presentation(struct putting *putting, struct view code, uint32_t *number);
MUST_USE
enum status put_name(struct putting *putting, struct view text, uint32_t *number);

/* Fills places and presentations with the numbers in the store, less one, of what the cube has;
 * what is new is written, codes by put_code. */
MUST_USE
enum status put_numbers(struct putting *putting,
                        enum status (*put_code)(struct putting *putting, struct view code,
                                                uint32_t *number));
void put_numbers_release(struct putting *putting);

/* What the file calls the organisations and presentations of the cube, whose numbers are there.
 * complete  goes into the rows of totals; below 0 where they have no such column */
MUST_USE
enum status put_names(struct putting *putting, sqlite3_stmt *organisation_name,
                      sqlite3_stmt *presentation_name, int64_t complete);

/* The sums of all rows of the file; its parts are there. */
MUST_USE
enum status put_totals(struct putting *putting);

#endif
