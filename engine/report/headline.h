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

/* What is written behind such a figure in a table, and what it means. */
#define SMALL_WORD " small"
#define SMALL_SENTENCE                                                                       \
    "Small: so few below the line that chance alone moves the figure (small_denominator in " \
    "measures.csv)."

/* Its name and code, as "NHS Made Up ICB (X01)". */
char *organisation_words(const struct results *results, enum level level, uint32_t organisation,
                         char *out, size_t size);

/* The same of any name and code that come from a file. */
char *presentation_words(struct view name, struct view code, char *out, size_t size);

/* A measure as people read it: two decimals, a total none, a share in per cent; "" without a
 * denominator. */
char *measure_words(const struct results *results, size_t measure,
                    const struct organisation_month *row, char *out);

#endif
