#ifndef RUN_STORE_CSV_H
#define RUN_STORE_CSV_H

/* All sums of a store as one CSV file, in the order of month, place and product, whatever the
 * order in which they were added. */

#include "store/store.h"

#include <stdio.h>

/* In the place of store_begin. */
MUST_USE
enum status store_write_csv(struct store *store, FILE *file, struct fail *why);

#endif
