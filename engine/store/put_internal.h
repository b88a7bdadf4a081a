#ifndef STORE_PUT_INTERNAL_H
#define STORE_PUT_INTERNAL_H

/* Between put.c, which puts what is in scope, and put_totals.c, which puts the sums of all rows. */

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

/* Numbers in the store of what the cube has, less one; what is new is written. */
MUST_USE
enum status put_organisation(struct putting *putting, enum level level, struct view code,
                             uint32_t *number);
MUST_USE
enum status put_place(struct putting *putting, uint32_t place);
MUST_USE
enum status put_name(struct putting *putting, struct view text, uint32_t *number);

/* The sums of all rows of the file; its parts are there. */
MUST_USE
enum status put_totals(struct putting *putting);

#endif
