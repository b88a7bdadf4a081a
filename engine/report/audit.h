#ifndef REPORT_AUDIT_H
#define REPORT_AUDIT_H

/* The account of a run: audit.json and rejects.csv.  Every row that was read is
 * in one of its numbers. */

#include "extract/reader.h"
#include "measure/control.h"
#include "measure/results.h"

#include <stdio.h>

struct month_list {
    month_t *list;
    size_t count;
};

/* True when the file stands for this month: it holds it, and no other does instead. */
struct audit_file;
bool audit_file_brings(const struct audit_file *file, month_t month);

/* One input, or one member of an archive. */
struct audit_file {
    const char *name;
    char sha256[65]; /* of the file on the disk, the whole archive for a member; or empty */
    uint64_t bytes;  /* of it; 0 where bytes were fed in */
    struct extract_summary summary;
    const struct series_rule *series; /* NULL where its extract has none, or its name tells none */
    struct month_list replaced;       /* months of it that another file replaced */
    struct month_list passed;         /* months of it that a file of a better series had brought */
    struct month_list took;           /* by a store: months of it that a lesser series had */
    bool companion;                   /* a member of an archive that holds no rows: passed over */
    bool known;                       /* a store has the same bytes already: nothing was added */
    char skipped[512];                /* why it is taken for such a member, by what is in it */
    char refused[512];                /* why nothing of it was used; empty if it was */
};

struct audit_library {
    const char *name;
    const char *version;
};

struct audit {
    const char *program_version;
    const struct audit_library *libraries;
    size_t library_count;
    const struct audit_file *files;
    size_t file_count;
    const struct registers *registers; /* or NULL */
    const struct groups *groups;       /* or NULL */
    struct reject_limit reject_limit;
    bool replace;
    bool keep_going;
    month_t from; /* that were asked for, MONTH_NONE for an open end */
    month_t to;
    const char *focus_level; /* the results are of one organisation of this level, or NULL */
    const char *focus;       /* as it was asked for */
    const char *control;     /* the file of published totals, or NULL */
    const char *control_sha256;
    const struct comparisons *comparisons;
    const char *created; /* ISO 8601, or NULL */
    bool has_timing;     /* left out where the bytes must not change */
    uint64_t milliseconds;
};

/* Carbon of all products of a run by the grade of their factor, the last of those
 * without one; low and high are the ends of the factors' ranges. */
#define CARBON_GRADES 5
extern const char *const carbon_grades[CARBON_GRADES];

struct grade_sums {
    wide_t items;
    wide_t packs;  /* in inhaler_unit */
    wide_t carbon; /* in kilogram_unit, as low and high */
    wide_t low;
    wide_t high;
};

/* sums   CARBON_GRADES of them */
void carbon_by_grade(const struct results *results, struct grade_sums *sums);

void write_audit(FILE *file, const struct audit *audit, const struct results *results);
void write_rejects(FILE *file, const struct audit *audit);

#endif
