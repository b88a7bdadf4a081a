#ifndef MEASURE_MOVED_H
#define MEASURE_MOVED_H

/* What has moved and stays away, at the last month of each followed measure of each organisation:
 * found once, told by alerts.csv, the page, the workbook and the digest.
 *     moved_find(&moved, results, charts, why)
 *     moved_release(&moved)
 * Series with small numbers are left out, as OpenPrescribing leaves them out of its alerts. */

#include "measure/follow.h"

enum moved_by { MOVED_CUSUM, MOVED_SPC };

const char *moved_by_text(enum moved_by by); /* "cusum", "spc" */

struct moved {
    size_t measure; /* its number in the rules */
    enum level level;
    uint32_t organisation;
    month_t month; /* the last with a value */
    enum moved_by by;
    struct alert alert;
    const char *reason; /* which rule */
};

/* By measure, then as the rows of the results: level and code; of one organisation first cusum. */
struct moved_list {
    struct moved *list;
    size_t count;
};

/* A run of one month has none: one month goes nowhere. */
MUST_USE
enum status moved_find(struct moved_list *moved, const struct results *results,
                       const struct chart_options *charts, struct fail *why);

void moved_release(struct moved_list *moved);

#endif
