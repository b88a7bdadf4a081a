#ifndef REPORT_CSV_FOLLOW_H
#define REPORT_CSV_FOLLOW_H

/* The CSV files that look at more than one month, at all peers, or at more than one set of
 * factors: periods, trends, charts, alerts, targets, opportunities, drivers, standings, deciles and
 * factor sets. */

#include "advise/opportunities.h"
#include "advise/targets.h"
#include "measure/drivers.h"
#include "measure/moved.h"
#include "measure/reweighed.h"
#include "measure/spread.h"
#include "report/table.h"

#include <stdio.h>

void write_periods(FILE *file, const struct results *results);
void write_trends(FILE *file, const struct results *results);
void write_spc(FILE *file, const struct results *results, const struct chart_options *options);
void write_alerts(FILE *file, const struct results *results, const struct moved_list *moved);
void write_targets(FILE *file, const struct results *results, const struct target_list *targets);
void write_opportunities(FILE *file, const struct results *results,
                         const struct opportunity_list *opportunities);
void write_drivers(FILE *file, const struct results *results, const struct change_list *changes);
void write_factor_sets(FILE *file, const struct results *results,
                       const struct reweighed_list *reweighed);

/* One row of each, and all points of one chart. */
void target_row(struct csv_file *csv, const struct results *results,
                const struct target_answer *answer);
void moved_row(struct csv_file *csv, const struct results *results, const struct moved *one);
void opportunity_row(struct csv_file *csv, const struct results *results,
                     const struct opportunity_list *all, const struct peer_group *group,
                     const struct opportunity *one);
void reweighed_row(struct csv_file *csv, const struct results *results,
                   const struct reweighed *one);
void chart_rows(struct csv_file *csv, const struct results *results, const struct measure *measure,
                const struct history *history, const struct followed *followed,
                const struct chart_options *options);

/* The value of a measure by another factor set as the files print it; "" where that set weighs
 * none of it.  carbon is one of the three of reweighed; out has DECIMAL_TEXT bytes. */
char *reweighed_print(const struct results *results, const struct reweighed *one, wide_t carbon,
                      char *out);

void write_standings(FILE *file, const struct results *results,
                     const struct spread_list *standings);
void write_deciles(FILE *file, const struct results *results, const struct spread_list *standings);

/* improvement, concern, high or low. */
const char *direction_text(const struct measure *measure, int way);

#endif
