#include "table/table_internal.h"

#include "table/rows.h"
#include "table/words.h"

static const struct column columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"month", "yearmonth", "", "last month with a value"},
    {"kind", "string", "",
     "cusum (it has moved from its mean and stays away, as OpenPrescribing alerts) or spc "
     "(the last point is special)"},
    {"since", "yearmonth", "", "month in which the alert that stands began"},
    {"direction", "string", "", "improvement or concern; high or low where neither is better"},
    {"before", "number", "", "mean before it began"},
    {"now", "number", "", "value of the last month"},
    {"reason", "string", "", "which rule"},
};

void alerts_row(struct cells *cells, const struct results *results, const struct alert *one)
{
    const struct measure *const measure = results->classified.rules->measures.list[one->measure];

    cell_number(cells, measure->id);
    cells_organisation(cells, results, one->level, one->organisation);
    cell_month(cells, one->month);
    cell_number(cells, alert_by_text(one->by));
    cell_month(cells, one->departure.since);
    cell_number(cells, direction_text(measure, one->departure.way));
    cell_double(cells, one->departure.before);
    cell_double(cells, one->departure.now);
    cell_number(cells, one->reason);
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    for (size_t i = 0; i < figures->alerts.count; i++)
        alerts_row(cells, figures->results, &figures->alerts.list[i]);
}

const struct table table_alerts = {
    .file = "alerts.csv",
    .title = "What has moved and stays away",
    TABLE_COLUMNS(columns),
    .key = {"measure", "level", "organisation_code", "kind"},
    .carbon = CARBON_BOTH,
    .weight = 55,
    .rows = write_rows,
    .sheet = {.name = "Alerts", .place = 8},
};
