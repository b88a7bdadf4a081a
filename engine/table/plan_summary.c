#include "table/plan_common.h"

static const struct column columns[] = {
    PLAN_COLUMNS,
    {"scenario", "string", "",
     "plan; low and high: all shares at the ends of their ranges; least money; brand only; device "
     "only; no generics: nothing that is prescribed generically is changed; best: all that the "
     "ceilings give"},
    {"reached", "string", "", "yes or no"},
    {"value", "number", "", "of the measure when all of it is done"},
    {"inhalers_changed", "integer", "inhalers", "in a year"},
    {"people", "integer", "people", "an estimate"},
    {"reviews", "integer", "reviews", "people to be asked or seen"},
    {"hours", "number", "hours", "of reviews and visits"},
    {"hours_by_who", "string", "", "hours of reviews by who does them, and of visits"},
    {"practices", "integer", "practices", "in which something is changed"},
    {"kgco2e_saved_year", "number", "kgCO2e", "a year, by the factors of the run"},
    {"measure_kgco2e_saved_year", "number", "kgCO2e", "a year, towards the target"},
    {"of_more_inhalers", "number", "kgCO2e",
     "of that, what only more inhalers below the line make: no carbon is saved by it"},
    {"cost_change_gbp_year", "number", "GBP", "a year, of drugs only"},
};

static void write_wages(struct cells *cells, const struct plan *plan,
                        const struct plan_totals *totals)
{
    char text[512] = "";
    char hours[DECIMAL_TEXT];
    size_t length = 0;

    for (size_t i = 0; i < plan->ask.assumptions.wage_count && length + 128 < sizeof text; i++)
        if (totals->by_wage[i] > 0)
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%.80s %s",
                                       length > 0 ? "; " : "", plan->ask.assumptions.wages[i].who,
                                       ratio_print(totals->by_wage[i], 60000, 6, hours));
    if (totals->visits > 0 && length + 64 < sizeof text)
        snprintf(text + length, sizeof text - length, "%svisits %s", length > 0 ? "; " : "",
                 ratio_print(totals->visits, 60000, 6, hours));
    cell_text(cells, view_of(text));
}

static void write_row(struct cells *cells, const struct plan *plan, enum plan_scenario scenario)
{
    const struct plan_totals *const totals = &plan->scenarios[scenario];

    cells_plan(cells, plan);
    cell_number(cells, plan_scenario_text(scenario));
    cell_number(cells, totals->reached ? "yes" : "no");
    cells_value(cells, totals->value_top, totals->value_bottom);
    cell_integer(cells, (uint64_t)totals->changed);
    cell_integer(cells, (uint64_t)totals->people);
    cell_integer(cells, (uint64_t)totals->reviews);
    cells_hours(cells, totals->minutes);
    write_wages(cells, plan, totals);
    cell_integer(cells, (uint64_t)totals->practices);
    cells_kilograms(cells, totals->real);
    cells_kilograms(cells, totals->gain);
    cells_kilograms(cells, totals->more_inhalers);
    cells_pounds(cells, totals->pounds);
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    for (size_t i = 0; i < figures->plans.count; i++)
        for (int scenario = 0; scenario < PLAN_SCENARIOS; scenario++)
            if (figures->plans.list[i].has_scenario[scenario])
                write_row(cells, &figures->plans.list[i], (enum plan_scenario)scenario);
}

const struct table table_plan_summary = {
    .file = "plan_summary.csv",
    .title = "The way to a target and others beside it",
    TABLE_COLUMNS(columns),
    .carbon = CARBON_INHALERS,
    .rows = write_rows,
};
