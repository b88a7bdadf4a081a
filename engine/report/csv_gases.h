#ifndef REPORT_CSV_GASES_H
#define REPORT_CSV_GASES_H

/* gases.csv: what trusts got of each gas, in the units of the extract and as
 * volume and carbon; gases_quality.csv: what to know before using it. */

#include "report/audit.h"
#include "report/table.h"

#include <stdio.h>

void write_gases(FILE *file, const struct results *results, const struct audit *audit);
void write_gases_quality(FILE *file, const struct results *results, const struct audit *audit);

/* The same into cells. */
void gases_rows(struct csv_file *csv, const struct results *results, const struct audit *audit);
void gases_quality_rows(struct csv_file *csv, const struct results *results,
                        const struct audit *audit);

#endif
