#include "table/table_internal.h"

#include "figures/ask.h"
#include "table/rows.h"

static const struct column columns[] = {
    {"organisation_code", "string", "", "ODS code of the trust as it stands in the extract"},
    {"organisation_name", "string", "", "name of the trust; SCMD has none"},
    {"month", "yearmonth", "", "month of issue"},
    {"series", "string", "",
     "series that stands for the month: final, provisional or wip; "
     "empty where the name of the file tells none"},
    {"gas", "string", "", "id of the gas, defined in rules/products; empty if unknown"},
    {"source", "string", "", "pharmacy, supply outside pharmacy, or clinical use"},
    {"site", "string", "", "site, in files that trusts keep themselves"},
    {"vmp_code", "string", "", "SNOMED code of the virtual medicinal product"},
    {"name", "string", "", "name as it stands in the extract"},
    {"unit", "string", "", "unit of the quantity as it stands in the extract"},
    {"unit_code", "string", "", "its dm+d code; of a supply brand and size of the cylinder"},
    {"rows", "integer", "rows", "rows of the extract"},
    {"quantity", "number", "", "net quantity in that unit: issues less returns"},
    {"quantity_issued", "number", "", "gross quantity: rows above zero"},
    {"quantity_returned", "number", "", "rows below zero: returns, often booked later"},
    {"ml", "number", "ml",
     "net millilitres of liquid; empty where no rule converts the "
     "unit, and of gases"},
    {"litres", "number", "litres", "net litres of gas or mixture; likewise"},
    {"bottles", "number", "bottles",
     "millilitres divided by the bottle of the rules; empty without"},
    {"kgco2e", "number", "kgCO2e", "kilograms CO2e; empty without volume, density or potential"},
    {"gas_factor_set", "string", "", "set of global warming potentials"},
    {"indicative_cost_gbp", "number", "GBP", "cost of the rows that have one; empty if none has"},
    {"rows_without_cost", "integer", "rows", "rows whose cost is unknown, which is not zero"},
    {"counted", "string", "",
     "yes, or no: listed here with its reason in gases_quality.csv "
     "and left out of every sum"},
};

/* Pharmacies issue VMPs; in the files of trusts the gas is told by its name. */
static void write_product(struct cells *cells, const struct gas_row *row)
{
    const struct presentation *const about = &row->amounts.about;

    cell_number(cells, row->amounts.gas != NULL ? row->amounts.gas->id : "");
    cell_number(cells, origin_text(about->origin));
    cell_text(cells, about->site);
    cell_code(cells, about->origin == ORIGIN_PHARMACY ? about->code : view_none());
    cell_text(cells, row->name);
    cell_text(cells, about->unit_name);
    cell_code(cells, about->unit_code);
}

static void write_volume(struct cells *cells, const struct results *results,
                         const struct gas_row *row)
{
    const struct rules *const rules = results->classified.rules;
    const struct gas_amounts *const amounts = &row->amounts;

    if (amounts->has_volume && amounts->gas->liquid)
        cell_ratio(cells, amounts->volume, gas_sum_unit(rules, SUM_gas_ml), DECIMALS);
    else
        cell_empty(cells);
    if (amounts->has_volume && !amounts->gas->liquid)
        cell_ratio(cells, amounts->volume, gas_sum_unit(rules, SUM_gas_litres), DECIMALS);
    else
        cell_empty(cells);
    if (amounts->has_volume && amounts->gas->bottle_ml > 0)
        cell_ratio(cells, amounts->volume, (wide_t)PICOLITRES_PER_ML * amounts->gas->bottle_ml,
                   DECIMALS);
    else
        cell_empty(cells);
    if (amounts->has_carbon && amounts->about.origin != ORIGIN_USE)
        cell_ratio(cells, amounts->carbon, gas_sum_unit(rules, SUM_gas_kgco2e), DECIMALS);
    else
        cell_empty(cells);
    cell_number(cells, results->gas_factors->id);
}

void gases_row(struct cells *cells, const struct figures *figures, const struct gas_row *row)
{
    const struct results *const results = figures->results;
    const bool pharmacy = row->amounts.about.origin == ORIGIN_PHARMACY;
    const struct series_rule *const series =
        pharmacy ? ask_hospital_series(figures, row->month) : NULL;

    cells_trust(cells, results, LEVEL_TRUST, row->trust);
    cell_month(cells, row->month);
    cell_number(cells, series != NULL ? series->id : "");
    write_product(cells, row);
    cell_integer(cells, row->rows);
    cell_ratio(cells, row->quantity, 1000, PLACES_QUANTITY);
    cell_ratio(cells, row->quantity - row->returned, 1000, PLACES_QUANTITY);
    cell_ratio(cells, row->returned, 1000, PLACES_QUANTITY);
    write_volume(cells, results, row);
    if (row->rows_without_cost < row->rows)
        cell_ratio(cells, row->cost, 100000, PLACES_MONEY);
    else
        cell_empty(cells);
    cell_integer(cells, row->rows_without_cost);
    cell_number(cells, row->amounts.reason != NULL ? "no" : "yes");
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    for (size_t i = 0; i < figures->results->gas_count; i++)
        gases_row(cells, figures, &figures->results->gases[i]);
}

const struct table table_gases = {
    .file = "gases.csv",
    .title = "Anaesthetic gases by trust, month and product",
    TABLE_COLUMNS(columns),
    .carbon = CARBON_GASES,
    .weight = 15,
    .rows = write_rows,
    .sheet = {.name = "Gases", .place = 12},
};
