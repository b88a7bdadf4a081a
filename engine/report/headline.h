#ifndef REPORT_HEADLINE_H
#define REPORT_HEADLINE_H

/* The run in ten lines: for the terminal, the cover of the workbook, the digest. */

#include "advise/switches.h"
#include "measure/results.h"

#define HEADLINE_LINES 10
#define HEADLINE_TEXT 200

struct headline {
    char lines[HEADLINE_LINES][HEADLINE_TEXT];
    size_t count;
};

void headline_of(struct headline *headline, const struct results *results,
                 const struct advice_list *advice);

/* The same of one organisation in its latest month. */
void headline_of_one(struct headline *headline, const struct results *results,
                     const struct organisation_month *row);

/* What the run is about in its latest month: the only ICB, else the nation; NULL where
 * there is neither. */
const struct organisation_month *results_focus(const struct results *results);

/* The number of the measure that the run is told by: the first of prescribing that the rules call a
 * headline, else the first of all. */
size_t results_headline(const struct results *results);

/* False for who is not there to be met: unidentified prescribers, and, where a register says who
 * is a GP practice, all others. */
bool is_met(const struct results *results, enum level level, uint32_t organisation);

/* The last month of prescribing (of hospital data where there is none), and the first and last of
 * all; MONTH_NONE without any. */
month_t results_latest(const struct results *results);
month_t results_first(const struct results *results);
month_t results_last(const struct results *results);

/* Measure number m of the rules in a row, NULL where it has none. */
const struct measure_value *value_in(const struct results *results, size_t m,
                                     const struct organisation_month *row);

/* True where the row has a figure of it and its denominator is small (trend/history.h), which is
 * told in words wherever one practice is shown. */
bool is_small_in(const struct results *results, size_t m, const struct organisation_month *row);

/* What is written behind such a figure in a table, and what it means. */
#define SMALL_WORD " small"
#define SMALL_SENTENCE                                                                       \
    "Small: so few below the line that chance alone moves the figure (small_denominator in " \
    "measures.csv)."

/* The ICB of each practice in a month, by practice number; ORGANISATION_NONE without one. */
void results_icbs(const struct results *results, month_t month, uint32_t *icbs);

/* The same organisation in another month, or NULL. */
const struct organisation_month *results_then(const struct results *results,
                                              const struct organisation_month *now, month_t month);

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
