#include "table/plan_common.h"

static const struct column columns[] = {
    PLAN_COLUMNS,
    {"code", "string", "", "BNF code of the product"},
    {"name", "string", "", "name of the product"},
    {"inhalers_year_now", "integer", "inhalers", "a year, today"},
    {"inhalers_year_after", "integer", "inhalers", "a year, when all of the plan is done"},
    {"times", "number", "", "after over now; empty where nobody has it today"},
    {"ask_about_supply", "string", "", "yes where times is what rules/plan says, or more"},
};

static void write_row(struct cells *cells, const struct plan *plan,
                      const struct plan_product *product)
{
    const wide_t times = plan->ask.assumptions.supply_times;

    cells_plan(cells, plan);
    cell_number(cells, product->product->codes.texts[0]);
    cell_text(cells, view_of(product->product->name));
    cell_ratio(cells, product->now, 1, 0);
    cell_ratio(cells, product->after, 1, 0);
    if (product->now > 0)
        cell_ratio(cells, product->after, product->now, 2);
    else
        cell_empty(cells);
    cell_number(cells, product->after > product->now &&
                               (wide_t)product->after * 1000 >= times * product->now
                           ? "yes"
                           : "");
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    for (size_t i = 0; i < figures->plans.count; i++)
        for (size_t p = 0; p < figures->plans.list[i].product_count; p++)
            write_row(cells, &figures->plans.list[i], &figures->plans.list[i].products[p]);
}

const struct table table_plan_products = {
    .file = "plan_products.csv",
    .title = "Products before and after a plan",
    TABLE_COLUMNS(columns),
    .carbon = CARBON_INHALERS,
    .rows = write_rows,
};
