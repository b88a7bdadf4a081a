#ifndef EXTRACT_GLANCE_H
#define EXTRACT_GLANCE_H

/* The early decision: nineteen rows in twenty are out of scope, and of those only
 * the control sums are wanted.
 *     glance_set(&glance, &binding, scope, path)    once the header is known
 *     glance_month(&glance, fields, month)          after a good row read by row_read()
 *     sums = glance_rows(&glance, &rows)            month as before, out of scope
 * A row that a glance passes is exactly what row_read() calls VERDICT_OUT_OF_SCOPE, with the
 * same month, items and cost.  Whatever is not as plain as nearly all rows are (another
 * month, a blank, a sign, nine digits, anything wrong) is not decided here. */

#include "extract/row.h"
#include "stream/sweep.h"

#define GLANCE_PREFIXES 8

struct glance;

/* Of rows that were passed. */
struct glance_sums {
    size_t rows;
    int64_t items;
    int64_t actual_cost;
};

typedef struct glance_sums glance_kernel(const struct glance *glance,
                                         const struct sweep_rows *rows);

struct glance {
    /* NULL where the era lacks a column, or the scope is not of a few short prefixes */
    glance_kernel *kernel;
    size_t columns;
    size_t month;
    size_t code;
    size_t items;
    size_t cost;
    month_t month_before;
    /* the same as it stands in the file, quotes and all */
    size_t month_length; /* 0: none yet */
    uint64_t month_text[2];
    /* those that are not used are never found */
    uint64_t prefixes[GLANCE_PREFIXES];
    uint64_t prefix_masks[GLANCE_PREFIXES];
};

/* path   of sweep.h: the kernels of this machine, or the portable one */
void glance_set(struct glance *glance, const struct binding *binding, struct scope scope,
                enum sweep_path path);

/* The month of this row is the one that is passed from now on. */
void glance_month(struct glance *glance, const struct scan_row *fields, month_t month);

/* How many of the first rows are good and out of scope, and their sums: up to the first that is
 * not, or does not fit into them. */
struct glance_sums glance_rows(const struct glance *glance, const struct sweep_rows *rows);

#endif
