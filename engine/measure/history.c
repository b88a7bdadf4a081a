#include "measure/history.h"

#include <math.h>

bool history_next(const struct results *results, size_t *at, struct history *history)
{
    const struct organisation_month *const rows = results->organisations + *at;
    const size_t left = results->organisation_count - *at;
    size_t count = 0;

    while (count < left && rows[count].level == rows[0].level &&
           rows[count].organisation == rows[0].organisation)
        count++;
    *history = (struct history){rows, count};
    *at += count;
    return count > 0;
}

double measure_number(const struct rules *rules, const struct measure *measure,
                      const struct measure_value *value)
{
    const double top =
        value->unknown ? (double)NAN
                       : (double)value->numerator / (double)sum_unit(rules, measure->numerator.sum);

    if (measure_is_total(measure))
        return top;
    if (value->denominator <= 0)
        return (double)NAN;
    return top / ((double)value->denominator / (double)sum_unit(rules, measure->denominator.sum));
}

bool measure_is_small(const struct rules *rules, const struct measure *measure,
                      const struct measure_value *value)
{
    const bool of_people = measure->denominator.sum == SUM_thousand_patients;

    return !measure_is_total(measure) &&
           value->denominator <
               SMALL_DENOMINATOR * (of_people ? 1 : sum_unit(rules, measure->denominator.sum));
}

/* Index of the last row with a value, or count. */
static size_t last_value(const struct results *results, const struct history *history,
                         size_t measure)
{
    const struct rules *const rules = results->classified.rules;

    for (size_t i = history->count; i > 0; i--)
        if (!isnan(measure_number(rules, rules->measures.list[measure],
                                  &history->rows[i - 1].values[measure])))
            return i - 1;
    return history->count;
}

void history_series(const struct results *results, const struct history *history, size_t measure,
                    size_t months, struct series *series)
{
    const struct rules *const rules = results->classified.rules;
    const size_t last = last_value(results, history, measure);
    const month_t most = (month_t)(months < HISTORY_MONTHS ? months : HISTORY_MONTHS);
    month_t from;

    series->count = 0;
    series->points = 0;
    if (last == history->count)
        return;
    from = history->rows[last].month - most + 1;
    for (size_t i = 0; i <= last; i++) {
        const struct organisation_month *const row = &history->rows[i];
        const double value =
            measure_number(rules, rules->measures.list[measure], &row->values[measure]);

        if (row->month < from || (series->count == 0 && isnan(value)))
            continue;
        if (series->count == 0)
            series->first = row->month;
        while (series->first + (month_t)series->count < row->month)
            series->values[series->count++] = (double)NAN;
        series->values[series->count++] = value;
        series->points += isnan(value) ? 0 : 1;
    }
}

struct period_sum history_sum(const struct history *history, size_t measure, month_t from,
                              month_t to)
{
    struct period_sum sum = {.fits = true};

    for (size_t i = 0; i < history->count; i++) {
        const struct organisation_month *const row = &history->rows[i];

        if (row->month < from || row->month > to)
            continue;
        sum.months++;
        sum.value.unknown = sum.value.unknown || row->values[measure].unknown;
        sum.fits = wide_add(&sum.value.numerator, row->values[measure].numerator) &&
                   wide_add(&sum.value.denominator, row->values[measure].denominator) && sum.fits;
    }
    return sum;
}

void results_months(const struct results *results, month_t *first, month_t *last)
{
    *first = MONTH_NONE;
    *last = MONTH_NONE;
    for (size_t i = 0; i < results->organisation_count; i++) {
        const month_t month = results->organisations[i].month;

        *first = *first == MONTH_NONE || month < *first ? month : *first;
        *last = month > *last ? month : *last;
    }
}
