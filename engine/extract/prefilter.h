#ifndef EXTRACT_PREFILTER_H
#define EXTRACT_PREFILTER_H

/* The early decision: nineteen rows in twenty are out of scope, and of those only
 * the control sums are wanted.
 *     prefilter_set(&prefilter, &binding, scope, path)    once the header is known
 *     prefilter_month(&prefilter, fields, month)          after a good row read by row_read()
 *     sums = prefilter_rows(&prefilter, &rows)            month as before, out of scope
 * A row that a prefilter passes is exactly what row_read() calls VERDICT_OUT_OF_SCOPE, with the
 * same month, items and cost.  Whatever is not as plain as nearly all rows are (another
 * month, a blank, a sign, nine digits, anything wrong) is not decided here. */

#include "extract/row.h"
#include "stream/sweep.h"

#define PREFILTER_PREFIXES 8

struct prefilter;

/* Of rows that were passed. */
struct prefilter_sums {
    size_t rows;
    int64_t items;
    int64_t actual_cost;
};

typedef struct prefilter_sums prefilter_kernel(const struct prefilter *prefilter,
                                               const struct sweep_rows *rows);

struct prefilter {
    /* NULL where the era lacks a column, or the scope is not of a few short prefixes */
    prefilter_kernel *kernel;
    size_t columns;
    size_t month;
    size_t code;
    size_t items;
    size_t cost;
    month_t month_before;
    /* the same as in the file, with its quotes */
    size_t month_length; /* 0: none yet */
    uint64_t month_text[2];
    /* those that are not used are never found */
    uint64_t prefixes[PREFILTER_PREFIXES];
    uint64_t prefix_masks[PREFILTER_PREFIXES];
};

/* path   of sweep.h: the kernels of this machine, or the portable one */
void prefilter_set(struct prefilter *prefilter, const struct binding *binding, struct scope scope,
                   enum sweep_path path);

/* The month of this row is the one that is passed from now on. */
void prefilter_month(struct prefilter *prefilter, const struct scan_row *fields, month_t month);

/* How many of the first rows are good and out of scope, and their sums: up to the first that is
 * not, or does not fit into them. */
struct prefilter_sums prefilter_rows(const struct prefilter *prefilter,
                                     const struct sweep_rows *rows);

#endif
