#include "table/table_internal.h"

#include "table/rows.h"
#include "table/table_follow.h"
#include "table/words.h"

static const struct column columns[] = {
    MEASURE_COLUMN,
    {"level", "string", "", "practice, sub_icb, icb, region or nation"},
    {"organisation_code", "string", "", "code as it stands in the extract"},
    {"month", "yearmonth", "", "of the latest 36; series of fewer than 13 points have no rows"},
    {"value", "number", "", "value of the measure"},
    {"mean", "number", "", "centre of the XmR chart"},
    {"lower", "number", "", "lower process limit, not below 0"},
    {"upper", "number", "", "upper process limit: mean + 2.66 mean moving ranges"},
    {"special_cause", "string", "", "which rule of Making Data Count it meets; empty for none"},
    {"direction", "string", "", "improvement or concern; high or low where neither is better"},
};

static void write_chart(struct cells *cells, const struct table_follow *walk,
                        const struct chart *chart)
{
    const struct places *const places = &walk->results->classified.cube->places;
    const enum level level = walk->history.rows[0].level;

    for (size_t i = 0; i < chart->count; i++) {
        const struct spc_point *const point = &chart->points[i];
        const bool special = point->cause != SPC_COMMON && !point->trial;

        cell_number(cells, walk->measure->id);
        cell_number(cells, level_text(level));
        cell_code(cells, organisation_code(places, level, walk->history.rows[0].organisation));
        cell_month(cells, chart->months[i]);
        cell_double(cells, chart->values[i]);
        cell_double(cells, point->mean);
        cell_double(cells, point->lower);
        cell_double(cells, point->upper);
        cell_number(cells, special ? spc_cause_text(point->cause, point->side) : "");
        cell_number(cells, special ? direction_text(walk->measure, point->side) : "");
        cells_row_end(cells);
    }
}

static void write_some(struct cells *cells, const struct figures *figures, bool sheet)
{
    struct table_follow walk = {.results = figures->results, .wholes = sheet};
    struct chart chart;

    while (table_follow_next(&walk)) {
        follow_chart(&walk.followed, &figures->charts, &chart);
        write_chart(cells, &walk, &chart);
    }
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    write_some(cells, figures, false);
}

static void write_sheet(struct cells *cells, const struct figures *figures)
{
    write_some(cells, figures, true);
}

bool spc_find_in_sheet(const struct figures *figures, size_t measure,
                       const struct organisation_month *whose, struct spc_found *found)
{
    struct table_follow walk = {.results = figures->results, .wholes = true};
    struct chart chart;

    *found = (struct spc_found){0};
    while (table_follow_next(&walk)) {
        follow_chart(&walk.followed, &figures->charts, &chart);
        if (walk.number == measure && walk.history.rows[0].level == whose->level &&
            walk.history.rows[0].organisation == whose->organisation) {
            found->count = chart.count;
            found->series = walk.followed.series;
            return true;
        }
        found->first += chart.count;
    }
    return false;
}

const struct table table_spc = {
    .file = "spc.csv",
    .title = "Control charts of followed measures",
    TABLE_COLUMNS(columns),
    .key = {"measure", "level", "organisation_code", "month"},
    .carbon = CARBON_BOTH,
    .weight = 100,
    .rows = write_rows,
    .sheet = {.name = "Control charts",
              .place = 9,
              .note = "ICBs, regions and nation; spc.csv has all levels.",
              .rows = write_sheet},
};
