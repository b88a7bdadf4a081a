#ifndef REPORT_COMPARISONS_H
#define REPORT_COMPARISONS_H

/* What a run has against published totals: as a table for people and programs, and as
 * a part of audit.json. */

#include "measure/control.h"
#include "report/json_out.h"

/* CSV, a row for each published figure. */
void write_comparisons(FILE *file, const struct comparisons *comparisons);

void json_comparisons(struct json_out *json, const char *key,
                      const struct comparisons *comparisons);

#endif
