#include "trend/history.h"

#include "measure/results_gases.h"

#include <math.h>

bool history_next(const struct results *results, size_t *at, struct history *history)
{
    const struct organisation_month *const rows = results->organisations + *at;
    const size_t left = results->organisation_count - *at;
    size_t count = 0;

    while (count < left && rows[count].level == rows[0].level &&
           rows[count].organisation == rows[0].organisation &&
           rows[count].subject == rows[0].subject)
        count++;
    *history = (struct history){results->classified.rules, rows, count};
    *at += count;
    return count > 0;
}

/* NAN where it is not computable: unknown, without a denominator, a share beyond 0 to 1. */
double measure_number(const struct rules *rules, const struct measure *measure,
                      const struct measure_value *value)
{
    double top;

    if (value->unknown || measure_fault(measure, rules, value) != NULL)
        return (double)NAN;
    top = (double)value->numerator / (double)sum_unit(rules, measure->numerator.sum);
    if (measure_is_total(measure))
        return top;
    if (value->denominator <= 0)
        return (double)NAN;
    return top / ((double)value->denominator / (double)sum_unit(rules, measure->denominator.sum));
}

/* The number of a row, NAN where it has no such figure. */
static double row_number(const struct history *history, size_t row, size_t measure)
{
    const struct measure *const rule = history->rules->measures.list[measure];
    const struct measure_value *const value = measure_value_of(&history->rows[row], rule);

    return value != NULL ? measure_number(history->rules, rule, value) : (double)NAN;
}

bool measure_is_small(const struct rules *rules, const struct measure *measure,
                      const struct measure_value *value)
{
    const enum sum sum = measure->denominator.sum;
    wide_t least;
    wide_t thousandths;

    if (measure_is_total(measure) || value->unknown || is_unknown(value->bottom) ||
        rules->small_by_sum[sum] == NULL)
        return false;
    return wide_multiply(rules->small_by_sum[sum]->below, sum_unit(rules, sum), &least) &&
           wide_multiply(value->denominator, 1000, &thousandths) && thousandths < least;
}

/* Index of the last row with a value, or count. */
static size_t last_value(const struct history *history, size_t measure)
{
    for (size_t i = history->count; i > 0; i--)
        if (!isnan(row_number(history, i - 1, measure)))
            return i - 1;
    return history->count;
}

void history_series(const struct history *history, size_t measure, size_t months,
                    struct series *series)
{
    const size_t last = last_value(history, measure);
    const month_t most = (month_t)(months < HISTORY_MONTHS ? months : HISTORY_MONTHS);
    month_t from;

    series->count = 0;
    series->points = 0;
    if (last == history->count)
        return;
    from = history->rows[last].month - most + 1;
    for (size_t i = 0; i <= last; i++) {
        const month_t month = history->rows[i].month;
        const double value = row_number(history, i, measure);

        if (month < from || (series->count == 0 && isnan(value)))
            continue;
        if (series->count == 0)
            series->first = month;
        while (series->first + (month_t)series->count < month)
            series->values[series->count++] = (double)NAN;
        series->values[series->count++] = value;
        series->points += isnan(value) ? 0 : 1;
    }
}

static void add_marks(struct sum_marks *to, struct sum_marks marks)
{
    to->counted = to->counted || marks.counted;
    to->left_out = to->left_out || marks.left_out;
    to->whole = to->whole || (marks.counted && !is_unknown(marks));
}

struct period_sum history_sum(const struct history *history, size_t measure, month_t from,
                              month_t to)
{
    struct period_sum sum = {.fits = true};

    for (size_t i = 0; i < history->count; i++) {
        const struct organisation_month *const row = &history->rows[i];
        const struct measure_value *const value =
            measure_value_of(row, history->rules->measures.list[measure]);

        if (row->month < from || row->month > to || value == NULL)
            continue;
        sum.months++;
        sum.value.unknown = sum.value.unknown || value->unknown;
        add_marks(&sum.value.top, value->top);
        add_marks(&sum.value.bottom, value->bottom);
        sum.fits = wide_add(&sum.value.numerator, value->numerator) &&
                   wide_add(&sum.value.denominator, value->denominator) && sum.fits;
    }
    return sum;
}

void results_months(const struct results *results, enum subject subject, month_t *first,
                    month_t *last)
{
    *first = MONTH_NONE;
    *last = MONTH_NONE;
    for (size_t i = 0; i < results->organisation_count; i++) {
        const month_t month = results->organisations[i].month;

        if (results->organisations[i].subject != subject)
            continue;
        *first = *first == MONTH_NONE || month < *first ? month : *first;
        *last = month > *last ? month : *last;
    }
}
