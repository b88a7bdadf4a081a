#include "workbook/workbook_internal.h"

#include "report/csv_follow.h"
#include "report/csv_gases.h"
#include "figures/ask.h"
#include "report/headline.h"

#include <math.h>

/* --- tables that are written in one go: a sheet each where there is something
 * --------------------- */

struct whole {
    const char *name;
    const struct table *table;
    const char *note;
    bool (*is_there)(const struct figures *figures);
    void (*rows)(struct workbook *book, struct csv_file *csv);
};

static bool has_targets(const struct figures *figures)
{
    return figures->targets.count > 0;
}

static void put_targets(struct workbook *book, struct csv_file *csv)
{
    const struct target_list *const targets = &book->figures->targets;

    for (size_t i = 0; i < targets->count; i++)
        target_row(csv, book->results, &targets->list[i]);
}

static bool has_alerts(const struct figures *figures)
{
    return figures->alerts.count > 0;
}

static void put_alerts(struct workbook *book, struct csv_file *csv)
{
    const struct alert_list *const alerts = &book->figures->alerts;

    for (size_t i = 0; i < alerts->count; i++)
        alert_row(csv, book->results, &alerts->list[i]);
}

static bool is_charted(const struct history *history, const struct measure *measure)
{
    const enum level level = history->rows[0].level;

    return history_is_of(history, measure) &&
           (level == LEVEL_ICB || level == LEVEL_REGION || level == LEVEL_NATION);
}

/* The rows that the first control chart draws: of the run's own ICB or nation. */
static void remember_control(struct workbook *book, size_t measure, const struct history *history,
                             const struct series *series, size_t first)
{
    const struct organisation_month *const focus = ask_focus(book->results);
    const size_t count = xlsx_row_count(book->sheet) - first;

    if (measure != book->headline || focus == NULL || count < 2 ||
        focus->level != history->rows[0].level ||
        focus->organisation != history->rows[0].organisation)
        return;
    book->control = book->sheet;
    book->control_first = first;
    book->control_count = count;
    book->control_from = series->first;
    book->control_floor = series->values[series->count - 1];
    for (size_t i = 0; i < series->count; i++)
        if (series->values[i] < book->control_floor)
            book->control_floor = series->values[i];
    book->control_floor = floor(0.9 * book->control_floor);
}

static void put_charts(struct workbook *book, struct csv_file *csv)
{
    const struct rules *const rules = book->results->classified.rules;
    struct followed followed;
    struct history history;

    for (size_t m = 0; m < rules->measures.count; m++) {
        const struct measure *const measure = rules->measures.list[m];

        for (size_t at = 0; measure->followed && history_next(book->results, &at, &history);) {
            const size_t first = xlsx_row_count(book->sheet);

            if (!is_charted(&history, measure))
                continue;
            follow(book->results, &history, m, &followed);
            if (followed.series.count == 0)
                continue;
            chart_rows(csv, book->results, measure, &history, &followed, &book->figures->charts);
            remember_control(book, m, &history, &followed.series, first);
        }
    }
}

/* A sheet has a row at least, and a chart needs so many months of something. */
static bool has_charts(const struct figures *figures)
{
    const struct rules *const rules = figures->results->classified.rules;
    struct history history;
    struct series series;

    for (size_t m = 0; m < rules->measures.count; m++)
        for (size_t at = 0; history_next(figures->results, &at, &history);) {
            if (!rules->measures.list[m]->followed ||
                !is_charted(&history, rules->measures.list[m]))
                continue;
            history_series(&history, m, FOLLOW_MONTHS, &series);
            if (series.points >= SPC_LEAST_POINTS)
                return true;
        }
    return false;
}

static bool has_opportunities(const struct figures *figures)
{
    return figures->opportunities.group_count > 0;
}

static void put_opportunities(struct workbook *book, struct csv_file *csv)
{
    const struct opportunity_list *const all = &book->figures->opportunities;

    for (size_t g = 0; g < all->group_count; g++) {
        const struct peer_group *const group = &all->groups[g];

        for (size_t i = 0; i < group->count; i++)
            if (results_show(book->results, group->level, all->list[group->first + i].organisation))
                opportunity_row(csv, book->results, all, group, &all->list[group->first + i]);
    }
}

static bool has_factor_sets(const struct figures *figures)
{
    return figures->factor_comparisons.count > 0;
}

static void put_factor_sets(struct workbook *book, struct csv_file *csv)
{
    const struct factor_comparison_list *const list = &book->figures->factor_comparisons;

    for (size_t i = 0; i < list->count; i++)
        if (list->list[i].row->level != LEVEL_PRACTICE)
            factor_comparison_row(csv, book->results, &list->list[i]);
}

static bool has_gases(const struct figures *figures)
{
    return figures->results->gas_count > 0;
}

static void put_gases(struct workbook *book, struct csv_file *csv)
{
    gases_rows(csv, book->figures);
}

static bool has_findings(const struct figures *figures)
{
    return figures->results->gas_finding_count > 0;
}

static void put_findings(struct workbook *book, struct csv_file *csv)
{
    gases_quality_rows(csv, book->figures);
}

static const struct whole wholes[] = {
    {"Targets", &table_targets, NULL, has_targets, put_targets},
    {"Alerts", &table_alerts, NULL, has_alerts, put_alerts},
    {"Control charts", &table_spc, "ICBs, regions and nation; spc.csv has all levels.", has_charts,
     put_charts},
    {"Opportunities", &table_opportunities,
     "Savings of several measures overlap: do not add them up.", has_opportunities,
     put_opportunities},
    {"Factor sets", &table_factor_sets,
     "All levels above the practice; factor_sets.csv has practices too.", has_factor_sets,
     put_factor_sets},
    {"Gases", &table_gases, NULL, has_gases, put_gases},
    {"Gases quality", &table_gases_quality, NULL, has_findings, put_findings},
};

static void add_whole(struct workbook *book, const struct whole *whole)
{
    struct csv_file cells;

    if (!whole->is_there(book->figures))
        return;
    book->sheet = workbook_table(book, whole->name, whole->table, false);
    cells = xlsx_cells(book->sheet);
    xlsx_limit(book->sheet, book->most_rows);
    whole->rows(book, &cells);
    xlsx_table_end(book->sheet);
    if (whole->note != NULL)
        workbook_note(book, whole->name, "%s", whole->note);
    if (xlsx_left_out(book->sheet) > 0)
        workbook_note(book, whole->name, "The first %zu rows; %s has all.",
                      xlsx_row_count(book->sheet), whole->table->file);
}

void workbook_wholes(struct workbook *book)
{
    for (size_t i = 0; i < COUNT_OF(wholes); i++)
        add_whole(book, &wholes[i]);
}

/* --- data quality: the account of each file, as in audit.json ------------------------------------
 */

static const struct column quality_columns[] = {
    {"file", "string", "input file, or member of an archive"},
    {"extract", "string", "id of the extract, defined in rules/extracts"},
    {"era", "string", "id of its layout"},
    {"first_month", "yearmonth", "first month it holds"},
    {"last_month", "yearmonth", "last month it holds"},
    {"rows_read", "integer", "rows read = kept + out of scope + rejected"},
    {"rows_kept", "integer", "rows in the sections that matter"},
    {"rows_out_of_scope", "integer", "rows of all other prescribing"},
    {"rows_rejected", "integer", "rows that could not be used, listed in rejects.csv"},
    {"items", "integer", "items of all rows, for comparing with published totals"},
    {"actual_cost_gbp", "number", "actual cost of all rows, likewise"},
    {"indicative_cost_gbp", "number",
     "of hospital data: indicative cost of all rows that have one"},
    {"sha256", "string", "of the file on the disk"},
    {"refused", "string", "why nothing of it was used; empty if it was"},
};

/* As in audit.json: items and actual cost of prescribing, indicative cost of hospital data. */
static void put_sums(struct csv_file *cells, const struct extract_summary *summary)
{
    const enum subject subject =
        summary->era != NULL ? summary->era->extract->subject : SUBJECT_prescribing;

    if (subject == SUBJECT_prescribing)
        cell_ratio(cells, summary->items, 1, 0);
    else
        cell_empty(cells);
    if (subject == SUBJECT_prescribing && summary->unknown_costs == 0)
        cell_ratio(cells, summary->actual_cost, 100000, PLACES_MONEY);
    else
        cell_empty(cells);
    if (subject == SUBJECT_hospital)
        cell_ratio(cells, summary->actual_cost, 100000, PLACES_MONEY);
    else
        cell_empty(cells);
}

static void quality_row(struct csv_file *cells, const struct audit_file *file)
{
    const struct extract_summary *const summary = &file->summary;
    const struct month_rows *const months = summary->months;
    const size_t count = summary->month_count;

    cell_text(cells, view_of(file->name));
    cell_number(cells, summary->era != NULL ? summary->era->extract->id : "");
    cell_number(cells, summary->era != NULL ? summary->era->id : "");
    cell_month(cells, count > 0 ? months[0].month : MONTH_NONE);
    cell_month(cells, count > 0 ? months[count - 1].month : MONTH_NONE);
    cell_integer(cells, summary->rows_read);
    cell_integer(cells, summary->rows_kept);
    cell_integer(cells, summary->rows_out_of_scope);
    cell_integer(cells, summary->rejects.count);
    put_sums(cells, summary);
    cell_number(cells, file->sha256);
    cell_text(cells, view_of(file->refused));
    row_end(cells);
}

void workbook_quality(struct workbook *book)
{
    static const struct table table = {
        .title = "Data quality: the account of each file, as in audit.json",
        .columns = quality_columns,
        .column_count = COUNT_OF(quality_columns),
    };
    const struct figures_inputs *const inputs = &book->figures->inputs;
    struct xlsx_sheet *sheet;
    struct csv_file cells;

    if (inputs->file_count == 0)
        return;
    sheet = workbook_table(book, "Data quality", &table, false);
    cells = xlsx_cells(sheet);
    for (size_t i = 0; i < inputs->file_count && i < book->most_rows; i++)
        quality_row(&cells, &inputs->files[i]);
    xlsx_table_end(sheet);
}
