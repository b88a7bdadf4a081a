#ifndef FETCH_WANTED_H
#define FETCH_WANTED_H

/* Which months are wanted, as words: 2026-07, 2026-04..2026-07, latest, missing. */

#include "base/fail.h"
#include "base/month.h"

struct wanted {
    bool latest;
    bool missing;
    struct month_range {
        month_t from;
        month_t to;
    } ranges[64];
    size_t count;
};

/* No words: latest. */
MUST_USE
enum status wanted_read(struct wanted *wanted, char *const *words, size_t count, struct fail *why);

/* True when a range names it. */
bool wanted_names(const struct wanted *wanted, month_t month);

/* The first and last month that are named; both MONTH_NONE when none is. */
void wanted_span(const struct wanted *wanted, month_t *from, month_t *to);

#endif
