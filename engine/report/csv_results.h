#ifndef REPORT_CSV_RESULTS_H
#define REPORT_CSV_RESULTS_H

/* The CSV files of design 5 that come from the results of a run, and their rows one by one, which
 * the workbook takes too. */

#include "advise/switches.h"
#include "measure/results.h"
#include "report/table.h"

#include <stdio.h>

/* Level, code and name. */
struct csv_file;
void write_organisation(struct csv_file *csv, const struct results *results, enum level level,
                        uint32_t organisation);

void write_measures(FILE *file, const struct results *results);
void write_prescribing(FILE *file, const struct results *results);
void write_products(FILE *file, const struct results *results);
void write_switches(FILE *file, const struct results *results, const struct advice_list *advice);
void write_organisations(FILE *file, const struct results *results);
void write_unclassified(FILE *file, const struct results *results);

/* One row of each. */
void measure_row(struct csv_file *csv, const struct results *results, const struct measure *measure,
                 const struct organisation_month *row);
void use_row(struct csv_file *csv, const struct results *results, const struct use *use);
void product_row(struct csv_file *csv, const struct results *results,
                 const struct product_month *row);
void period_row(struct csv_file *csv, const struct results *results,
                const struct organisation_period *period);
void advice_row(struct csv_file *csv, const struct results *results, const struct advice *advice);
void unclassified_row(struct csv_file *csv, const struct results *results,
                      const struct unclassified *row);

#endif
