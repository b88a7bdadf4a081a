#ifndef REPORT_CSV_FOLLOW_H
#define REPORT_CSV_FOLLOW_H

/* The CSV files that look at more than one month, or at all peers: periods, trends, charts,
 * alerts, targets, opportunities, drivers, standings and deciles. */

#include "advise/opportunities.h"
#include "advise/targets.h"
#include "measure/drivers.h"
#include "measure/follow.h"
#include "measure/spread.h"

#include <stdio.h>

void write_periods(FILE *file, const struct results *results);
void write_trends(FILE *file, const struct results *results);
void write_spc(FILE *file, const struct results *results, const struct chart_options *options);
void write_alerts(FILE *file, const struct results *results, const struct chart_options *options);
void write_targets(FILE *file, const struct results *results, const struct target_list *targets);
void write_opportunities(FILE *file, const struct results *results,
                         const struct opportunity_list *opportunities);
void write_drivers(FILE *file, const struct results *results, const struct change_list *changes);

void write_standings(FILE *file, const struct results *results,
                     const struct spread_list *standings);
void write_deciles(FILE *file, const struct results *results, const struct spread_list *standings);

/* improvement, concern, high or low. */
const char *direction_text(const struct measure *measure, int way);

#endif
