#ifndef REPORT_HTML_OUT_H
#define REPORT_HTML_OUT_H

/* Text and numbers on their way into HTML.  Markup is written by fputs and holds
 * nothing from outside; whatever comes from a file goes through here.
 *     fputs("<th scope=\"row\">", file); html_text(file, name); */

#include "base/decimal.h"
#include "base/month.h"
#include "base/view.h"
#include "rules/rules.h"

#include <stdio.h>

/* Text inside an element or a quoted attribute: markup and quotes as references,
 * Latin-1 as UTF-8, control characters as U+FFFD. */
void html_text(FILE *file, struct view text);
void html_words(FILE *file, const char *text);

/* A figure as people read it: "1234.5678" to two places is "1,234.57", and ""
 * stays "".  Rounds what the CSV files print, so that both always agree.
 * Returns out, which has DECIMAL_TEXT bytes. */
char *figure_print(const char *printed, int places, char *out);

/* Reads what ratio_print printed; false for "". */
bool figure_value(const char *printed, double *value);

/* A rank as people read it: "73 %" of the others have a lower value; "" without any.  out has
 * DECIMAL_TEXT bytes. */
char *percentile_figure(uint32_t rank, uint32_t ranked, char *out);

/* <td>, a dash for "". */
void html_figure(FILE *file, const char *printed, int places);
void html_ratio(FILE *file, wide_t top, wide_t bottom, int places);
void html_cell(FILE *file, struct view text);

/* Decimals that a figure of this unit is shown with; a share is shown in per cent. */
int measure_places(const struct measure *measure);

/* A figure in the unit of the measure, a share as "52.8 %"; out has DECIMAL_TEXT bytes. */
char *measure_figure(const struct measure *measure, const char *printed, char *out);

/* <td> of it. */
void html_measure(FILE *file, const struct measure *measure, const char *printed);

void html_month(FILE *file, month_t month); /* 2026-07 */

/* Pounds, from 0.00001 GBP; a dash where a cost in it is not known. */
void html_cost(FILE *file, wide_t cost, bool unknown);

#define MONTH_WORDS 16 /* "September 2026" and its NUL */
char *month_words(month_t month, char *out);

#endif
