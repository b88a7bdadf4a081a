#ifndef REPORT_CSV_FOLLOW_H
#define REPORT_CSV_FOLLOW_H

/* The CSV files that look at more than one month, at all peers, or at more than one set of
 * factors: periods, trends, charts, alerts, targets, opportunities, drivers, standings, deciles and
 * factor sets. */

#include "advise/opportunities.h"
#include "advise/targets.h"
#include "trend/drivers.h"
#include "trend/alerts.h"
#include "trend/factor_comparison.h"
#include "trend/spread.h"
#include "report/table.h"

#include <stdio.h>

void write_periods(FILE *file, const struct results *results);
void write_trends(FILE *file, const struct results *results);
void write_spc(FILE *file, const struct results *results, const struct chart_options *options);
void write_alerts(FILE *file, const struct results *results, const struct alert_list *alerts);
void write_targets(FILE *file, const struct results *results, const struct target_list *targets);
void write_opportunities(FILE *file, const struct results *results,
                         const struct opportunity_list *opportunities);
void write_drivers(FILE *file, const struct results *results, const struct change_list *changes);
void write_factor_sets(FILE *file, const struct results *results,
                       const struct factor_comparison_list *factor_comparisons);

/* One row of each, and all points of one chart. */
void target_row(struct csv_file *csv, const struct results *results,
                const struct target_answer *answer);
void alert_row(struct csv_file *csv, const struct results *results, const struct alert *one);
void opportunity_row(struct csv_file *csv, const struct results *results,
                     const struct opportunity_list *all, const struct peer_group *group,
                     const struct opportunity *one);
void factor_comparison_row(struct csv_file *csv, const struct results *results,
                           const struct factor_comparison *one);
void chart_rows(struct csv_file *csv, const struct results *results, const struct measure *measure,
                const struct history *history, const struct followed *followed,
                const struct chart_options *options);

/* The value of a measure by another factor set as the files print it; "" where that set weighs
 * none of it.  carbon is one of the three of factor_comparisons; out has DECIMAL_TEXT bytes. */
char *factor_comparison_print(const struct results *results, const struct factor_comparison *one,
                              wide_t carbon, char *out);

void write_standings(FILE *file, const struct results *results,
                     const struct spread_list *standings);
void write_deciles(FILE *file, const struct results *results, const struct spread_list *standings);

/* improvement, concern, high or low. */
const char *direction_text(const struct measure *measure, int way);

#endif
