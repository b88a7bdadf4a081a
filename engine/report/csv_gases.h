#ifndef REPORT_CSV_GASES_H
#define REPORT_CSV_GASES_H

/* gases.csv: what trusts got of each gas, in the units of the extract and as
 * volume and carbon; gases_quality.csv: what to know before using it. */

#include "figures/figures.h"
#include "report/table.h"

#include <stdio.h>

void write_gases(FILE *file, const struct figures *figures);
void write_gases_quality(FILE *file, const struct figures *figures);

/* The same into cells: one row, those of the months that are provisional, all. */
void gas_cells(struct csv_file *csv, const struct figures *figures, const struct gas_row *row);
void gas_finding_cells(struct csv_file *csv, const struct results *results,
                       const struct gas_finding *finding);
void gas_provisional_rows(struct csv_file *csv, const struct figures *figures);
void gases_rows(struct csv_file *csv, const struct figures *figures);
void gases_quality_rows(struct csv_file *csv, const struct figures *figures);

#endif
