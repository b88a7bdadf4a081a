#include "table/plan_common.h"

static const struct column columns[] = {
    PLAN_COLUMNS,
    {"step", "integer", "", "order of work: what saves most for its time is first"},
    {"practice_code", "string", "", "code as it stands in the extract"},
    {"practice_name", "string", "", "name of the practice"},
    {"icb_code", "string", "", "ICB of the practice in the last month"},
    {"kind", "string", "", "kind of change, defined in rules/plan"},
    {"switch", "string", "", "id of the rule in rules/switches"},
    {"from_code", "string", "", "BNF code of what is prescribed"},
    {"from_name", "string", "", "name of what is prescribed"},
    {"to_code", "string", "", "BNF code of what some of it becomes"},
    {"to_name", "string", "", "name of what some of it becomes"},
    {"inhalers_year", "integer", "inhalers", "of what is prescribed, a year: all of them"},
    {"ceiling", "integer", "inhalers",
     "of them, what is assumed to change at most: eligible share times the share that agrees"},
    {"inhalers_changed", "integer", "inhalers", "of them, what the plan changes in a year"},
    {"inhalers_new", "integer", "inhalers", "of what they become, in a year"},
    {"people", "integer", "people", "an estimate: changed inhalers over inhalers of a person"},
    {"reviews", "integer", "reviews", "people to be asked or seen, those who decline too"},
    {"minutes", "number", "minutes", "of these reviews"},
    {"visit_minutes", "number", "minutes", "once a practice, on its first row"},
    {"kgco2e_saved_year", "number", "kgCO2e", "a year, by the factors of the run"},
    {"measure_kgco2e_saved_year", "number", "kgCO2e",
     "a year, towards the target of the measure: more inhalers count here and are no carbon"},
    {"cost_change_gbp_year", "number", "GBP",
     "a year, of drugs only, at the average actual cost per inhaler in the base months, each "
     "rounded to 0.00001 GBP"},
    {"kgco2e_per_minute", "number", "kgCO2e", "of the measure, for a minute of reviews"},
    {"hours_so_far", "number", "hours", "of this and all steps before, visits included"},
    {"value_so_far", "number", "", "of the measure when this and all steps before are done"},
    {"work_month", "yearmonth", "",
     "month in which it ends at the hours a month that were given; else empty"},
    {"grade", "string", "", "the worse grade of the two factors"},
    {"generic", "string", "",
     "yes where it is prescribed generically now: what is dispensed is not known, and the saving "
     "is an average"},
    {"prompts", "string", "", "what to look at first, and codes to search a clinical system by"},
    {"base_last_month", "yearmonth", "",
     "last month of the data that the plan is made of: canister plan --follow reads it"},
};

static void write_sums(struct cells *cells, const struct plan *plan, const struct plan_row *row)
{
    cell_integer(cells, (uint64_t)row->year);
    cell_integer(cells, (uint64_t)row->ceiling);
    cell_integer(cells, (uint64_t)row->changed);
    cell_integer(cells, (uint64_t)row->added);
    cell_integer(cells, (uint64_t)row->people);
    cell_integer(cells, (uint64_t)row->reviews);
    cell_ratio(cells, row->minutes, 1000, 3);
    cell_ratio(cells, row->visit, 1000, 3);
    cells_kilograms(cells, row->real);
    cells_kilograms(cells, row->gain);
    cells_pounds(cells, row->pounds);
    cell_ratio(cells, row->rate_top, row->rate_bottom * 1000000, DECIMALS);
    cells_hours(cells, row->minutes_so_far);
    cells_value(cells, row->value_top, row->value_bottom);
    if (row->work_month == MONTH_NONE)
        cell_empty(cells);
    else
        cell_month(cells, row->work_month);
    (void)plan;
}

static void write_row(struct cells *cells, const struct plan *plan, size_t step)
{
    const struct plan_row *const row = &plan->rows.list[step];
    const struct places *const places = &plan->ask.results->classified.cube->places;

    cells_plan(cells, plan);
    cell_integer(cells, step + 1);
    cell_code(cells, organisation_code(places, LEVEL_PRACTICE, row->practice));
    cell_text(cells, organisation_name(places, LEVEL_PRACTICE, row->practice));
    cell_code(cells, row->icb == ORGANISATION_NONE
                         ? view_none()
                         : organisation_code(places, LEVEL_ICB, row->icb));
    cell_number(cells, row->kind->id);
    cell_number(cells, row->rule->id);
    cell_number(cells, row->pair->from->codes.texts[0]);
    cell_text(cells, view_of(row->pair->from->name));
    cell_number(cells, row->pair->to->codes.texts[0]);
    cell_text(cells, view_of(row->pair->to->name));
    write_sums(cells, plan, row);
    cell_number(cells, grade_text(row->grade));
    cell_number(cells, row->generic ? "yes" : "");
    cells_prompts(cells, row->rule, row->pair, true);
    cell_month(cells, plan->base_last);
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    for (size_t i = 0; i < figures->plans.count; i++)
        for (size_t step = 0; step < figures->plans.list[i].rows.count; step++)
            write_row(cells, &figures->plans.list[i], step);
}

const struct table table_plan = {
    .file = "plan.csv",
    .title = "The way to a target, step by step",
    TABLE_COLUMNS(columns),
    .carbon = CARBON_INHALERS,
    .rows = write_rows,
};
