#ifndef TABLE_WORDS_H
#define TABLE_WORDS_H

/* Figures and names as people read them, in a sentence or a cell of a page.  They round what the
 * CSV files print, so that both always agree. */

#include "measure/results.h"

/* "1234.5678" to two places is "1,234.57", and "" stays "".  Returns out, which has DECIMAL_TEXT
 * bytes. */
char *figure_print(const char *printed, int places, char *out);

/* Reads what ratio_print printed; false for "". */
bool figure_value(const char *printed, double *value);
#define FIGURE_PLACES 6 /* the most that a CSV file prints of a figure */

/* A rank as people read it: "73 %" of the others have a lower value; "" without any.  out has
 * DECIMAL_TEXT bytes. */
char *percentile_figure(uint32_t rank, uint32_t ranked, char *out);

/* Decimals that a figure of this unit is shown with; a share is shown in per cent. */
int measure_places(const struct measure *measure);

/* A figure in the unit of the measure, a share as "52.8 %"; out has DECIMAL_TEXT bytes. */
char *measure_figure(const struct measure *measure, const char *printed, char *out);

/* A measure of a row as people read it: two decimals, a total none, a share in per cent; ""
 * without a denominator. */
char *measure_words(const struct results *results, size_t measure,
                    const struct organisation_month *row, char *out);

/* What statistics gave, to six decimals without zeros at the end; empty for what is not a number.
 * No finite value that is printed has more digits. */
#define DOUBLE_TEXT 330
char *double_print(double value, char *out);

#define MONTH_WORDS 16 /* "September 2026" and its NUL */
char *month_words(month_t month, char *out);

/* improvement, concern, high or low. */
const char *direction_text(const struct measure *measure, int way);

/* What is written behind a figure in a table where its denominator is small, and what it means. */
#define SMALL_WORD " small"
#define SMALL_SENTENCE                                                                       \
    "Small: so few below the line that chance alone moves the figure (small_denominator in " \
    "measures.csv)."

/* Its name and code, as "NHS Made Up ICB (X01)". */
char *organisation_words(const struct results *results, enum level level, uint32_t organisation,
                         char *out, size_t size);

/* The same of any name and code that come from a file. */
char *presentation_words(struct view name, struct view code, char *out, size_t size);

/* Text of any length and bytes as one line: UTF-8, without control characters, cut with dots. */
char *words_cut(const char *text, char *out, size_t size);

#endif
