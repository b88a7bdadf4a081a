#ifndef FIGURES_ASK_H
#define FIGURES_ASK_H

/* Questions to the figures of a run: which months, which measure leads, who is who. */

#include "figures/figures.h"

/* What the run is about in its latest month: the only ICB, else the nation; NULL where there is
 * neither. */
const struct organisation_month *ask_focus(const struct results *results);

/* The number of the measure that leads the report: the first of prescribing that the rules call a
 * headline, else the first of all. */
size_t ask_headline(const struct results *results);

/* False for who is not there to be met: unidentified prescribers, and, where a register says who
 * is a GP practice, all others. */
bool ask_is_met(const struct results *results, enum level level, uint32_t organisation);

/* The last month of prescribing (of hospital data where there is none), and the first and last of
 * all; MONTH_NONE without any. */
month_t ask_latest_month(const struct results *results);
month_t ask_first_month(const struct results *results);
month_t ask_last_month(const struct results *results);

/* Months from the first to the last in which nobody has a row: named wherever a period is. */
int ask_missing_months(const struct results *results, month_t first, month_t last);

/* Measure number m of the rules in a row, NULL where it has none. */
const struct measure_value *ask_value(const struct results *results, size_t m,
                                      const struct organisation_month *row);

/* True where the row has a figure of it and its denominator is small (trend/history.h), which is
 * said in words wherever one practice is shown.  row may be NULL. */
bool ask_is_small(const struct results *results, size_t m, const struct organisation_month *row);

/* The ICB of each practice in a month, by practice number; ORGANISATION_NONE without one. */
void ask_icbs(const struct results *results, month_t month, uint32_t *icbs);

/* The same organisation in another month, or NULL. */
const struct organisation_month *ask_in_month(const struct results *results,
                                              const struct organisation_month *now, month_t month);

/* The series that a month of hospital data comes from, NULL where no name of a file says one. */
const struct series_rule *ask_hospital_series(const struct figures *figures, month_t month);

#endif
