#include "report/csv_follow.h"

#include "report/csv_results.h"
#include "report/table.h"

#include <math.h>

#define DECIMALS 6

/* Calls write for each followed measure and organisation with months. */
typedef void follow_writer(struct csv_file *csv, const struct results *results,
                           const struct measure *measure, const struct history *history,
                           const struct followed *followed, const struct chart_options *options);

static void write_followed(struct csv_file *csv, const struct results *results,
                           const struct chart_options *options, follow_writer *write)
{
    const struct rules *const rules = results->classified.rules;
    struct followed followed;
    struct history history;
    month_t first;
    month_t last;

    for (size_t m = 0; m < rules->measures.count; m++) {
        const struct measure *const measure = rules->measures.list[m];

        results_months(results, measure->subject, &first, &last);
        if (first == last || !measure->followed) /* one month goes nowhere */
            continue;
        for (size_t at = 0; history_next(results, &at, &history);) {
            if (!history_is_of(&history, measure))
                continue;
            follow(results, &history, m, &followed);
            if (followed.series.count > 0)
                write(csv, results, measure, &history, &followed, options);
        }
    }
}

static month_t last_month(const struct series *series)
{
    return series->first + (month_t)series->count - 1;
}

const char *direction_text(const struct measure *measure, int way)
{
    if (way == 0)
        return "";
    if (strcmp(measure->direction, "none") == 0)
        return way > 0 ? "high" : "low";
    return (way > 0) == (strcmp(measure->direction, "higher") == 0) ? "improvement" : "concern";
}

static void write_trend(struct csv_file *csv, const struct results *results,
                        const struct measure *measure, const struct history *history,
                        const struct followed *followed, const struct chart_options *options)
{
    static const char *const adjusted[2][2] = {{"", "calendar_months"},
                                               {"days", "days+calendar_months"}};
    const struct trend_pair pair = follow_trends(followed);
    const struct trend *const trends[] = {&pair.least_squares, &pair.theil_sen};
    static const char *const methods[] = {"ols_newey_west", "theil_sen"};

    (void)options;
    for (int i = 0; i < 2 && trends[i]->exists; i++) {
        cell_number(csv, measure->id);
        write_organisation(csv, results, history->rows[0].level, history->rows[0].organisation);
        cell_month(csv, followed->series.first);
        cell_month(csv, last_month(&followed->series));
        cell_integer(csv, trends[i]->points);
        cell_double(csv, trends[i]->slope);
        cell_double(csv, trends[i]->low);
        cell_double(csv, trends[i]->high);
        cell_double(csv, trends[i]->p);
        cell_number(csv, methods[i]);
        cell_number(csv, adjusted[followed->by_day][followed->season_strength > 0]);
        row_end(csv);
    }
}

void write_trends(FILE *file, const struct results *results)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_trends);
    write_followed(&csv, results, NULL, write_trend);
}

void chart_rows(struct csv_file *csv, const struct results *results, const struct measure *measure,
                const struct history *history, const struct followed *followed,
                const struct chart_options *options)
{
    const struct places *const places = &results->classified.cube->places;
    const enum level level = history->rows[0].level;
    struct chart chart;

    follow_chart(followed, options, &chart);
    for (size_t i = 0; i < chart.count; i++) {
        const struct spc_point *const point = &chart.points[i];
        const bool special = point->cause != SPC_COMMON && !point->trial;

        cell_number(csv, measure->id);
        cell_number(csv, level_text(level));
        cell_code(csv, organisation_code(places, level, history->rows[0].organisation));
        cell_month(csv, chart.months[i]);
        cell_double(csv, chart.values[i]);
        cell_double(csv, point->mean);
        cell_double(csv, point->lower);
        cell_double(csv, point->upper);
        cell_number(csv, special ? spc_cause_text(point->cause, point->side) : "");
        cell_number(csv, special ? direction_text(measure, point->side) : "");
        row_end(csv);
    }
}

void write_spc(FILE *file, const struct results *results, const struct chart_options *options)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_spc);
    write_followed(&csv, results, options, chart_rows);
}

void alert_row(struct csv_file *csv, const struct results *results, const struct alert *one)
{
    const struct measure *const measure = results->classified.rules->measures.list[one->measure];

    cell_number(csv, measure->id);
    write_organisation(csv, results, one->level, one->organisation);
    cell_month(csv, one->month);
    cell_number(csv, alert_by_text(one->by));
    cell_month(csv, one->departure.since);
    cell_number(csv, direction_text(measure, one->departure.way));
    cell_double(csv, one->departure.before);
    cell_double(csv, one->departure.now);
    cell_number(csv, one->reason);
    row_end(csv);
}

void write_alerts(FILE *file, const struct results *results, const struct alert_list *alerts)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_alerts);
    for (size_t i = 0; i < alerts->count; i++)
        alert_row(&csv, results, &alerts->list[i]);
}

/* One period of one organisation. */
static void write_period(struct csv_file *csv, const struct results *results, size_t number,
                         const struct history *history, const char *name, month_t from, month_t to)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const measure = rules->measures.list[number];
    const struct period_sum sum = history_sum(history, number, from, to);
    char printed[DECIMAL_TEXT];

    if (sum.months == 0 || !sum.fits || !measure_is_known(measure, &sum.value))
        return;
    cell_number(csv, measure->id);
    write_organisation(csv, results, history->rows[0].level, history->rows[0].organisation);
    cell_number(csv, name);
    cell_month(csv, from);
    cell_month(csv, to);
    cell_integer(csv, sum.months);
    cell_integer(csv, (uint64_t)(to - from + 1) - sum.months);
    if (sum.value.unknown)
        cell_empty(csv);
    else
        cell_ratio(csv, sum.value.numerator, sum_unit(rules, measure->numerator.sum), DECIMALS);
    if (measure_is_total(measure) || sum.value.unknown)
        cell_empty(csv);
    else
        cell_ratio(csv, sum.value.denominator, sum_unit(rules, measure->denominator.sum), DECIMALS);
    cell_number(csv, measure_print(rules, measure, &sum.value, printed));
    cell_text(csv, view_of(measure->unit));
    cell_number(csv, measure_is_small(rules, measure, &sum.value) ? "yes" : "");
    row_end(csv);
}

/* April is month 3 from January. */
static month_t year_begins(month_t month)
{
    return month - (month + 12 - 3) % 12;
}

/* Periods that the files can fill: 3 and 12 months to the last, and every financial
 * year of which they hold two months or more. */
static void write_periods_of(struct csv_file *csv, const struct results *results, size_t number,
                             const struct history *history, month_t first, month_t last)
{
    if (last - first + 1 >= 3)
        write_period(csv, results, number, history, "3 months", last - 2, last);
    if (last - first + 1 >= 12)
        write_period(csv, results, number, history, "12 months", last - 11, last);
    for (month_t year = year_begins(first); year <= last; year += 12) {
        const month_t from = year > first ? year : first;
        const month_t to = year + 11 < last ? year + 11 : last;

        if (to > from)
            write_period(csv, results, number, history, "financial year", year, year + 11);
    }
}

void write_periods(FILE *file, const struct results *results)
{
    const struct rules *const rules = results->classified.rules;
    struct csv_file csv = {.file = file};
    struct history history;
    month_t first;
    month_t last;

    table_header(&csv, &table_periods);
    for (size_t m = 0; m < rules->measures.count; m++) {
        results_months(results, rules->measures.list[m]->subject, &first, &last);
        for (size_t at = 0; last > first && history_next(results, &at, &history);)
            write_periods_of(&csv, results, m, &history, first, last);
    }
}
