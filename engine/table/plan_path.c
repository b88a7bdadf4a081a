#include "table/plan_common.h"

static const struct column columns[] = {
    PLAN_COLUMNS,
    {"month", "yearmonth", "", "from the month in which work begins"},
    {"hours", "number", "hours", "worked by the end of it"},
    {"value", "number", "",
     "of the measure that the extract of the month will show: work shows a month later"},
};

static void write_rows(struct cells *cells, const struct figures *figures)
{
    for (size_t i = 0; i < figures->plans.count; i++) {
        const struct plan *const plan = &figures->plans.list[i];

        for (size_t m = 0; m < plan->path_count; m++) {
            cells_plan(cells, plan);
            cell_month(cells, plan->path[m].month);
            cells_hours(cells, plan->path[m].minutes);
            cells_value(cells, plan->path[m].value_top, plan->path[m].value_bottom);
            cells_row_end(cells);
        }
    }
}

const struct table table_plan_path = {
    .file = "plan_path.csv",
    .title = "A plan over the months",
    TABLE_COLUMNS(columns),
    .carbon = CARBON_INHALERS,
    .rows = write_rows,
};
