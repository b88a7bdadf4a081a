#include "table/table_internal.h"

#include "table/rows.h"

static const struct column columns[] = {
    {"product", "string", "", "id of the product, defined in rules/products"},
    {"bnf_code", "string", "", "today's BNF code; rows under its older codes are counted here"},
    {"name", "string", "", "name in the rules"},
    {"device", "string", "", "pMDI, BAI, DPI, SMI, unknown, or refill"},
    {"propellant", "string", "",
     "HFA134a, HFA227ea, HFA152a, HFO1234ze, none or unknown; where several versions are dispensed "
     "in the month under one code, those of all, joined by or"},
    {"therapeutic_class", "string", "", "as SABA, ICS/LABA"},
    {"month", "yearmonth", "", "month of prescribing"},
    {"items", "integer", "items", "prescription items, all organisations"},
    {"quantity", "number", "", "total quantity in the extract's own unit"},
    {"inhalers", "number", "inhalers",
     "inhalers; empty if it is not known how many units make one"},
    {"kgco2e_per_inhaler", "number", "kgCO2e per inhaler",
     "factor of one inhaler or refill pack; empty if none"},
    {"grade", "string", "", "grade of the factor: A, B, B2, C or D"},
    {"kgco2e", "number", "kgCO2e", "kilograms CO2e, refill packs included"},
    {"actual_cost_gbp", "number", "GBP", "actual cost in pounds; empty if not known"},
    {"provisional", "string", "",
     "yes where no rule covers the code and its substance and name give the product: "
     "unclassified.csv says what was assumed"},
};

void products_row(struct cells *cells, const struct results *results,
                  const struct product_month *row)
{
    const struct rules *const rules = results->classified.rules;
    const struct product *const product = row->product;
    char propellants[PROPELLANTS_TEXT];

    cell_number(cells, product->id);
    cell_number(cells, product->codes.texts[0]);
    cell_text(cells, view_of(product->name));
    cell_number(cells, device_text(product_device(product)));
    cell_number(cells, product_propellants(product, row->version, row->month, propellants));
    cell_text(cells, view_of(product->therapeutic_class));
    cell_month(cells, row->month);
    cell_ratio(cells, row->items, 1, 0);
    cell_ratio(cells, row->quantity, 1000, PLACES_QUANTITY);
    if (row->amounts.counted)
        cell_ratio(cells, row->amounts.inhalers, inhaler_unit(rules), DECIMALS);
    else
        cell_empty(cells);
    if (row->factor != NULL)
        cell_ratio(cells, row->factor->kg, 1000000, PLACES_CARBON);
    else
        cell_empty(cells);
    cell_number(cells, row->factor != NULL ? grade_text(row->factor->grade) : "");
    if (row->factor != NULL && row->amounts.counted)
        cell_ratio(cells, row->carbon, kilogram_unit(rules), DECIMALS);
    else
        cell_empty(cells);
    cells_cost(cells, row->actual_cost, row->unknown_cost);
    cell_number(cells, product->provisional ? "yes" : "");
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct results *const results = figures->results;

    for (size_t i = 0; i < results->product_count; i++)
        products_row(cells, results, &results->products[i]);
}

static size_t entry_count(const struct table_part *part)
{
    return part->figures->results->product_count;
}

static month_t entry_month(const struct table_part *part, size_t entry)
{
    return part->figures->results->products[entry].month;
}

static void entry_row(struct cells *cells, const struct table_part *part, size_t entry)
{
    const struct results *const results = part->figures->results;

    products_row(cells, results, &results->products[entry]);
}

static const struct table_entries entries = {entry_count, entry_month, entry_row};

const struct table table_products = {
    .file = "products.csv",
    .title = "Inhalers by product and month",
    TABLE_COLUMNS(columns),
    .key = {"product", "month"},
    .carbon = CARBON_INHALERS,
    .weight = 70,
    .rows = write_rows,
    .sheet = {.name = "Products", .place = 4, .entries = &entries},
};
