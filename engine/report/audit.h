#ifndef REPORT_AUDIT_H
#define REPORT_AUDIT_H

/* The account of a run: audit.json.  Every row that was read is
 * in one of its numbers. */

#include "figures/figures.h"

#include <stdio.h>

struct audit_library {
    const char *name;
    const char *version;
};

/* How the run went; what it read and computed is in the figures. */
struct audit {
    const char *program_version;
    const struct audit_library *libraries;
    size_t library_count;
    struct reject_limit reject_limit;
    bool replace;
    bool keep_going;
    month_t from; /* that were asked for, MONTH_NONE for an open end */
    month_t to;
    const char *focus_level; /* the results are of one organisation of this level, or NULL */
    const char *focus;       /* as it was asked for */
    const char *control;     /* the file of published totals, or NULL */
    const char *control_sha256;
    const char *created; /* ISO 8601, or NULL */
    bool has_timing;     /* left out where the bytes must not change */
    uint64_t milliseconds;
};

void write_audit(FILE *file, const struct audit *audit, const struct figures *figures);

#endif
