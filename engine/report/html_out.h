#ifndef REPORT_HTML_OUT_H
#define REPORT_HTML_OUT_H

/* Text and numbers on their way into HTML.  Markup is written by fputs and holds
 * nothing from outside; whatever comes from a file goes through here.
 *     fputs("<th scope=\"row\">", file); html_text(file, name); */

#include "table/words.h"

#include <stdio.h>

/* Text inside an element or a quoted attribute: markup and quotes as references,
 * Latin-1 as UTF-8, control characters as U+FFFD. */
void html_text(FILE *file, struct view text);
void html_words(FILE *file, const char *text);

/* <td>, a dash for "". */
void html_figure(FILE *file, const char *printed, int places);
void html_ratio(FILE *file, wide_t top, wide_t bottom, int places);
void html_cell(FILE *file, struct view text);

/* <td> of a figure in the unit of the measure. */
void html_measure(FILE *file, const struct measure *measure, const char *printed);

void html_month(FILE *file, month_t month); /* 2026-07 */

/* Pounds, from 0.00001 GBP; a dash where a cost in it is not known. */
void html_cost(FILE *file, wide_t cost, bool unknown);

#endif
