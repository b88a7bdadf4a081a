#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

/* What the page, the workbook, the packs and the digest are made from; all borrowed for their
 * life.  What is NULL is not told. */

#include "advise/opportunities.h"
#include "advise/switches.h"
#include "advise/targets.h"
#include "trend/drivers.h"
#include "trend/alerts.h"
#include "trend/factor_comparison.h"
#include "trend/spread.h"
#include "report/audit.h"

struct report_parts {
    const struct results *results;
    const struct advice_list *advice;
    const struct audit *audit;
    const struct target_list *targets;
    const struct opportunity_list *opportunities;
    const struct spread_list *standings;
    const struct change_list *changes;
    const struct alert_list *alerts;
    const struct factor_comparison_list *factor_comparisons;
    const struct chart_options *charts;
};

#endif
