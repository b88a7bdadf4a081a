#include "table/plan_common.h"

static const struct column columns[] = {
    PLAN_COLUMNS,
    {"reach", "number", "", "a value of the measure, the target among others"},
    {"hours", "number", "hours", "of the cheapest way to it, visits included"},
    {"reviews", "integer", "reviews", "people to be asked or seen"},
    {"practices", "integer", "practices", "in which something is changed"},
    {"kgco2e_saved_year", "number", "kgCO2e", "a year, by the factors of the run"},
    {"measure_kgco2e_saved_year", "number", "kgCO2e", "a year, towards the value"},
    {"cost_change_gbp_year", "number", "GBP", "a year, of drugs only"},
    {"value", "number", "", "what it comes to in whole inhalers"},
};

static void write_row(struct cells *cells, const struct plan *plan, const struct plan_point *point)
{
    cells_plan(cells, plan);
    cell_ratio(cells, point->reach, 1000000, DECIMALS);
    cells_hours(cells, point->totals.minutes);
    cell_integer(cells, (uint64_t)point->totals.reviews);
    cell_integer(cells, (uint64_t)point->totals.practices);
    cells_kilograms(cells, point->totals.real);
    cells_kilograms(cells, point->totals.gain);
    cells_pounds(cells, point->totals.pounds);
    cells_value(cells, point->totals.value_top, point->totals.value_bottom);
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    for (size_t i = 0; i < figures->plans.count; i++)
        for (size_t p = 0; p < figures->plans.list[i].point_count; p++)
            write_row(cells, &figures->plans.list[i], &figures->plans.list[i].points[p]);
}

const struct table table_plan_curve = {
    .file = "plan_curve.csv",
    .title = "What each value of the measure takes",
    TABLE_COLUMNS(columns),
    .carbon = CARBON_INHALERS,
    .rows = write_rows,
};
