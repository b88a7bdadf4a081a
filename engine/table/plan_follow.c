#include "table/plan_common.h"

static const struct column columns[] = {
    {"step", "integer", "", "of the plan that is followed"},
    {"practice_code", "string", "", "code as it stands in the plan"},
    {"kind", "string", "", "kind of change, defined in rules/plan"},
    {"from_code", "string", "", "BNF code of what was to be changed"},
    {"from_name", "string", "", "name of what was to be changed"},
    {"to_code", "string", "", "BNF code of what some of it was to become"},
    {"planned_month", "yearmonth", "", "last month of the data that the plan was made of"},
    {"last_month", "yearmonth", "", "last month of the data now"},
    {"inhalers_year_before", "integer", "inhalers", "a year, as the plan had them"},
    {"inhalers_year_after", "integer", "inhalers",
     "a year now; empty where the practice has no rows today"},
    {"inhalers_year_expected", "integer", "inhalers",
     "what they would be if they had gone as in the practices that the plan left alone with it"},
    {"planned", "integer", "inhalers", "changed a year, by the plan"},
    {"realised", "integer", "inhalers",
     "expected less after, shared among the steps of one product; below 0 where it rose"},
    {"share_realised", "number", "share", "realised over planned"},
    {"kgco2e_planned", "number", "kgCO2e", "saved a year, by the plan"},
    {"kgco2e_realised", "number", "kgCO2e", "saved a year, realised"},
    {"cost_change_gbp_planned", "number", "GBP", "a year, by the plan, drugs only"},
    {"cost_change_gbp_realised", "number", "GBP", "a year, realised, at the prices of the plan"},
};

static void write_realised(struct cells *cells, const struct follow_step *step)
{
    cell_ratio(cells, step->expected, 1, 0);
    cell_ratio(cells, step->planned, 1, 0);
    if (!step->known) {
        cell_empty(cells);
        cell_empty(cells);
        cells_kilograms(cells, step->saved);
        cell_empty(cells);
        cells_pounds(cells, step->pounds);
        cell_empty(cells);
        return;
    }
    cell_ratio(cells, step->realised, 1, 0);
    cell_ratio(cells, step->realised, step->planned, DECIMALS);
    cells_kilograms(cells, step->saved);
    cells_kilograms(cells, step->realised_saved);
    cells_pounds(cells, step->pounds);
    cells_pounds(cells, step->realised_pounds);
}

static void write_step(struct cells *cells, const struct plan_ask *ask,
                       const struct plan_follow *follow, const struct follow_step *step)
{
    cell_ratio(cells, step->step, 1, 0);
    cell_code(cells, view_of(step->practice_code));
    cell_number(cells, step->kind < ask->assumptions.kind_count
                           ? ask->assumptions.kinds[step->kind].id
                           : "");
    cell_number(cells, step->from->codes.texts[0]);
    cell_text(cells, view_of(step->from->name));
    cell_number(cells, step->to->codes.texts[0]);
    cell_month(cells, follow->planned_from);
    cell_month(cells, follow->last);
    cell_ratio(cells, step->before, 1, 0);
    if (step->known)
        cell_ratio(cells, step->after, 1, 0);
    else
        cell_empty(cells);
    write_realised(cells, step);
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct plan_list *const plans = &figures->plans;

    for (size_t i = 0; plans->followed != NULL && i < plans->followed->count; i++)
        write_step(cells, &plans->list[0].ask, plans->followed, &plans->followed->steps[i]);
}

const struct table table_plan_follow = {
    .file = "plan_follow.csv",
    .title = "What was planned and what happened",
    TABLE_COLUMNS(columns),
    .carbon = CARBON_INHALERS,
    .rows = write_rows,
};
