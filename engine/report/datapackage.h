#ifndef REPORT_DATAPACKAGE_H
#define REPORT_DATAPACKAGE_H

/* datapackage.json: the result files as a Frictionless Data Package, from the
 * same column tables that write them. */

#include "measure/results.h"

#include <stdio.h>

void write_datapackage(FILE *file, const struct results *results);

#endif
