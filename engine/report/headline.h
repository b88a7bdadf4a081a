#ifndef REPORT_HEADLINE_H
#define REPORT_HEADLINE_H

/* The run in ten lines: for the terminal, the cover of the workbook, the digest. */

#include "figures/figures.h"

#define HEADLINE_LINES 10
#define HEADLINE_TEXT 200

struct headline {
    char lines[HEADLINE_LINES][HEADLINE_TEXT];
    size_t count;
};

void headline_of(struct headline *headline, const struct figures *figures);

/* The same of one organisation in its latest month. */
void headline_of_one(struct headline *headline, const struct results *results,
                     const struct organisation_month *row);

#endif
