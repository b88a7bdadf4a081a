#ifndef CUBE_TOTALS_H
#define CUBE_TOTALS_H

/* Sums over all rows, also those out of scope, by month, sub-ICB, ICB, region and
 * chemical substance: what published totals are compared with.  Kept only where such
 * totals were given.  Two cubes, with substances instead of presentations. */

#include "cube/cube.h"

struct totals {
    struct cube complete;
    struct cube partial; /* of rows whose quantity or NIC cannot be read: items and cost only */
};

/* row  as row_for_totals() gives it */
MUST_USE
enum status totals_add(struct totals *totals, const struct row *row, bool complete,
                       struct view nation_code, struct view nation_name, struct fail *why);

MUST_USE
enum status totals_merge(struct totals *into, const struct totals *from, struct fail *why);

void totals_drop_month(struct totals *totals, month_t month);

void totals_release(struct totals *totals);

#endif
