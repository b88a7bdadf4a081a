#ifndef TREND_ALERTS_H
#define TREND_ALERTS_H

/* What has moved and stays away, at the last month of each followed measure of each organisation:
 * found once, listed in alerts.csv, the page, the workbook and the digest.
 *     alerts_find(&alerts, results, charts, why)
 *     alerts_release(&alerts)
 * Series with small numbers are left out, as OpenPrescribing leaves them out of its alerts. */

#include "trend/follow.h"

enum alert_by { ALERT_CUSUM, ALERT_SPC };

const char *alert_by_text(enum alert_by by); /* "cusum", "spc" */

struct alert {
    size_t measure; /* its number in the rules */
    enum level level;
    uint32_t organisation;
    month_t month; /* the last with a value */
    enum alert_by by;
    struct departure departure;
    const char *reason; /* which rule */
};

/* By measure, then as the rows of the results: level and code; of one organisation first cusum. */
struct alert_list {
    struct alert *list;
    size_t count;
};

/* A run of one month has none: one month goes nowhere. */
MUST_USE
enum status alerts_find(struct alert_list *alerts, const struct results *results,
                        const struct chart_options *charts, struct fail *why);

void alerts_release(struct alert_list *alerts);

#endif
