#ifndef TREND_HISTORY_H
#define TREND_HISTORY_H

/* A measure of one organisation through its months: where exact sums become doubles.
 *     struct history history;
 *     for (size_t at = 0; history_next(results, &at, &history);)
 *         history_series(&history, measure, MONTHS, &series);
 * Months over months are sums over sums, never means of ratios. */

#include "measure/results.h"

/* The most that a series holds: twenty years. */
#define HISTORY_MONTHS 240

/* All months of an organisation, in order. */
struct history {
    const struct rules *rules;
    const struct organisation_month *rows; /* of one subject: prescribing or hospital */
    size_t count;
};

/* The next organisation of results->organisations; *at begins as 0. */
bool history_next(const struct results *results, size_t *at, struct history *history);

static inline month_t history_last(const struct history *history)
{
    return history->rows[history->count - 1].month;
}

struct series {
    month_t first;
    size_t count;
    size_t points;                 /* months that have a value */
    double values[HISTORY_MONTHS]; /* by month, NAN where there is none; the last is there */
};

/* The latest `months` months that end with the last one that has a value. */
void history_series(const struct history *history, size_t measure, size_t months,
                    struct series *series);

/* A sum over months, numerator and denominator each. */
struct period_sum {
    struct measure_value value; /* without rank */
    size_t months;              /* in which the organisation has rows */
    bool fits;                  /* false: more than 128 bits */
};

struct period_sum history_sum(const struct history *history, size_t measure, month_t from,
                              month_t to);

/* The value of a measure in its unit, NAN without a denominator. */
double measure_number(const struct rules *rules, const struct measure *measure,
                      const struct measure_value *value);

/* Totals have no denominator: their months are compared by the day. */
static inline bool measure_is_total(const struct measure *measure)
{
    return measure->denominator.sum == SUM_NONE;
}

/* Below what rules/measures/small_denominators.json says: the figure moves by chance alone. */
bool measure_is_small(const struct rules *rules, const struct measure *measure,
                      const struct measure_value *value);

/* The first and the last month of the data of a subject; MONTH_NONE without any. */
void results_months(const struct results *results, enum subject subject, month_t *first,
                    month_t *last);

/* True where the history is of the data that the measure sums. */
static inline bool history_is_of(const struct history *history, const struct measure *measure)
{
    return history->rows[0].subject == measure->subject;
}

#endif
