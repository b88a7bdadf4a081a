#include "table/plan_common.h"

void cells_plan(struct cells *cells, const struct plan *plan)
{
    cell_number(cells, plan->ask.target_id);
    cell_number(cells, plan->ask.measure->id);
    cells_organisation(cells, plan->ask.results, plan->ask.level, plan->ask.organisation);
    if (plan->ask.due == MONTH_NONE)
        cell_empty(cells);
    else
        cell_month(cells, plan->ask.due);
}

void cells_kilograms(struct cells *cells, int64_t milligrams)
{
    cell_ratio(cells, milligrams, 1000000, DECIMALS);
}

void cells_pounds(struct cells *cells, int64_t pounds)
{
    cell_ratio(cells, pounds, 100000, PLACES_MONEY);
}

void cells_hours(struct cells *cells, int64_t minutes)
{
    cell_ratio(cells, minutes, 60000, 6);
}

void cells_value(struct cells *cells, wide_t top, wide_t bottom)
{
    if (bottom <= 0)
        cell_empty(cells);
    else
        cell_ratio(cells, top, bottom * 1000000, DECIMALS);
}
