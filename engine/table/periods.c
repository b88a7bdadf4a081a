#include "table/table_internal.h"

#include "trend/history.h"

static const struct column columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"period", "string", "", "3 months, 12 months, or financial year (April to March)"},
    {"first_month", "yearmonth", "", "first month of the period"},
    {"last_month", "yearmonth", "", "last month of the period"},
    {"months", "integer", "months", "months of the period in which the organisation has rows"},
    {"missing", "integer", "", "months of the period without any: the sums are of the others"},
    {"numerator", "number", "", "sum above the line over the period"},
    {"denominator", "number", "", "sum below the line over the period; empty for a total"},
    {"value", "number", "", "sum over sum, not a mean of ratios; empty without a denominator"},
    {"unit", "string", "", "unit of the value"},
    {"small_denominator", "string", "", SMALL_MEANING},
};

/* One period of one organisation. */
static void write_period(struct cells *cells, const struct results *results, size_t number,
                         const struct history *history, const char *name, month_t from, month_t to)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const measure = rules->measures.list[number];
    const struct period_sum sum = history_sum(history, number, from, to);
    char printed[DECIMAL_TEXT];

    if (sum.months == 0 || !sum.fits || !measure_is_known(measure, &sum.value))
        return;
    cell_number(cells, measure->id);
    cells_organisation(cells, results, history->rows[0].level, history->rows[0].organisation);
    cell_number(cells, name);
    cell_month(cells, from);
    cell_month(cells, to);
    cell_integer(cells, sum.months);
    cell_integer(cells, (uint64_t)(to - from + 1) - sum.months);
    if (sum.value.unknown)
        cell_empty(cells);
    else
        cell_ratio(cells, sum.value.numerator, sum_unit(rules, measure->numerator.sum), DECIMALS);
    if (measure_is_total(measure) || sum.value.unknown)
        cell_empty(cells);
    else
        cell_ratio(cells, sum.value.denominator, sum_unit(rules, measure->denominator.sum),
                   DECIMALS);
    cell_number(cells, measure_print(rules, measure, &sum.value, printed));
    cell_text(cells, view_of(measure->unit));
    cell_number(cells, measure_is_small(rules, measure, &sum.value) ? "yes" : "");
    cells_row_end(cells);
}

/* April is month 3 from January. */
static month_t year_begins(month_t month)
{
    return month - (month + 12 - 3) % 12;
}

/* Periods that the files can fill: 3 and 12 months to the last, and every financial
 * year of which they hold two months or more. */
static void write_periods_of(struct cells *cells, const struct results *results, size_t number,
                             const struct history *history, month_t first, month_t last)
{
    if (last - first + 1 >= 3)
        write_period(cells, results, number, history, "3 months", last - 2, last);
    if (last - first + 1 >= 12)
        write_period(cells, results, number, history, "12 months", last - 11, last);
    for (month_t year = year_begins(first); year <= last; year += 12) {
        const month_t from = year > first ? year : first;
        const month_t to = year + 11 < last ? year + 11 : last;

        if (to > from)
            write_period(cells, results, number, history, "financial year", year, year + 11);
    }
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct results *const results = figures->results;
    const struct rules *const rules = results->classified.rules;
    struct history history;
    month_t first;
    month_t last;

    for (size_t m = 0; m < rules->measures.count; m++) {
        results_months(results, rules->measures.list[m]->subject, &first, &last);
        for (size_t at = 0; last > first && history_next(results, &at, &history);)
            write_periods_of(cells, results, m, &history, first, last);
    }
}

const struct table table_periods = {
    .file = "periods.csv",
    .title = "Measures over 3 and 12 months and financial years",
    TABLE_COLUMNS(columns),
    .key = {"measure", "level", "organisation_code", "period", "first_month"},
    .carbon = CARBON_BOTH,
    .weight = 95,
    .rows = write_rows,
};
