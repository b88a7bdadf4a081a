#ifndef MEASURE_CONTROL_H
#define MEASURE_CONTROL_H

/* A run held against published totals, figure by figure.
 *
 * A line of level icb, sub_icb, region or nation is the organisation with its code, or
 * without one with its name; of level chemical every substance of that name.  A level
 * that is a nation's name, or nation itself, takes the name ALL for all of it.  Names
 * are those of the latest month, as everywhere. */

#include "cube/totals.h"
#include "extract/published.h"
#include "rules/rules.h"

#define FINDING_LIST(X)                                             \
    X(AGREES, "agrees")                                             \
    X(DIFFERS, "differs")                                           \
    X(ABSENT, "no rows of it")  /* nothing has that code or name */ \
    X(UNKNOWN, "not available") /* a cost that the extract does not give */

enum finding {
#define X(name, text) FINDING_##name,
    FINDING_LIST(X)
#undef X
};

const char *finding_text(enum finding finding);

/* One published figure and ours. */
struct comparison {
    const struct published_line *line;
    enum figure figure;
    enum finding finding;
    wide_t ours;          /* in the figure's unit; 0 when absent or unknown */
    uint64_t unread_rows; /* rows whose quantity and NIC could not be read and are not in ours */
};

struct comparisons {
    struct comparison *list; /* in the order of the file */
    size_t count;
    size_t room;
    size_t agreeing;
};

/* Before anything is read.
 * fails  STATUS_DATA  a line has an unknown level: reported with its line */
MUST_USE
enum status check_levels(const struct published *published, const struct rules *rules,
                         struct fail *why);

/* published is borrowed. */
MUST_USE
enum status compare_totals(struct comparisons *comparisons, const struct published *published,
                           const struct totals *totals, struct fail *why);

void comparisons_release(struct comparisons *comparisons);

#endif
