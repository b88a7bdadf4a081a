#ifndef RUN_KEPT_MONTHS_H
#define RUN_KEPT_MONTHS_H

/* A month of a file against the same month of files that a store has. */

#include "run/month_parts.h"
#include "store/store.h"

/* With one part of the store. */
MUST_USE
enum status kept_part_compare(struct store *store, const struct store_part *part,
                              const struct cube *cube, struct month_overlap *overlap,
                              struct fail *why);

/* With all kept parts of the group that have the month.  Lost is what the parts that share
 * somebody have besides: only they would give way to it. */
MUST_USE
enum status kept_month_compare(struct store *store, const char *group, const struct cube *cube,
                               month_t month, struct month_overlap *overlap, struct fail *why);

#endif
