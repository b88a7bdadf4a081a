#include "table/table_internal.h"

#include "table/table_follow.h"

static const struct column columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"first_month", "yearmonth", "", "first month looked at: of the latest 36"},
    {"last_month", "yearmonth", "", "last month with a value"},
    {"points", "integer", "", "months with a value; fewer than 6 are no trend"},
    {"slope_per_month", "number", "", "change a month, in the measure's unit"},
    {"slope_low", "number", "", "lower end of the 95 % interval"},
    {"slope_high", "number", "", "upper end of the 95 % interval"},
    {"p_value", "number", "probability",
     "probability of such a slope, or a steeper one, if there is none"},
    {"method", "string", "",
     "ols_newey_west (least squares, errors robust to autocorrelation) or theil_sen (median of "
     "slopes, robust to single months)"},
    {"adjusted", "string", "",
     "days: a total by the day of a mean month; calendar_months: what comes again every year taken "
     "off, where 24 months allow it; or both"},
};

static month_t last_month(const struct series *series)
{
    return series->first + (month_t)series->count - 1;
}

static void write_trend(struct cells *cells, const struct results *results,
                        const struct measure *measure, const struct history *history,
                        const struct followed *followed)
{
    static const char *const adjusted[2][2] = {{"", "calendar_months"},
                                               {"days", "days+calendar_months"}};
    const struct trend_pair pair = follow_trends(followed);
    const struct trend *const trends[] = {&pair.least_squares, &pair.theil_sen};
    static const char *const methods[] = {"ols_newey_west", "theil_sen"};

    for (int i = 0; i < 2 && trends[i]->exists; i++) {
        cell_number(cells, measure->id);
        cells_organisation(cells, results, history->rows[0].level, history->rows[0].organisation);
        cell_month(cells, followed->series.first);
        cell_month(cells, last_month(&followed->series));
        cell_integer(cells, trends[i]->points);
        cell_double(cells, trends[i]->slope);
        cell_double(cells, trends[i]->low);
        cell_double(cells, trends[i]->high);
        cell_double(cells, trends[i]->p);
        cell_number(cells, methods[i]);
        cell_number(cells, adjusted[followed->by_day][followed->season_strength > 0]);
        cells_row_end(cells);
    }
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    struct table_follow walk = {.results = figures->results};

    while (table_follow_next(&walk))
        write_trend(cells, figures->results, walk.measure, &walk.history, &walk.followed);
}

const struct table table_trends = {
    .file = "trends.csv",
    .title = "Trends of followed measures",
    TABLE_COLUMNS(columns),
    .key = {"measure", "level", "organisation_code", "method"},
    .carbon = CARBON_BOTH,
    .weight = 60,
    .rows = write_rows,
};
