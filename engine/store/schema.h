#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

/* The tables of a store, and how an older store becomes one of today: step n
 * takes a store of version n - 1 to version n.  A new store goes through all of
 * them, so that an old one that was brought up to date has the same shape. */

#include <stddef.h>

/* In the header of the file ("Cans"): distinguishes a store from any other database. */
#define SCHEMA_APPLICATION 0x43616e73

struct schema_step {
    const char *texts[3]; /* or NULL: a text of C has its limits */
};

extern const struct schema_step schema_steps[];
extern const size_t schema_version; /* of today: so many steps */

#endif
