#include "table/table_internal.h"

#include "table/rows.h"

static const struct column columns[] = {
    ORGANISATION_COLUMNS,
    {"month", "yearmonth", "", "month of prescribing"},
    {"device", "string", "", "pMDI, BAI, DPI, SMI, unknown, or refill (which carries no device)"},
    {"therapeutic_class", "string", "", "as SABA, ICS/LABA"},
    {"items", "integer", "items", "prescription items"},
    {"inhalers", "number", "inhalers", "inhalers; capsules divided by their pack, refills count 0"},
    {"kgco2e", "number", "kgCO2e", "kilograms CO2e of those with a factor; empty if none has one"},
    {"nic_gbp", "number", "GBP", "net ingredient cost in pounds"},
    {"actual_cost_gbp", "number", "GBP", "actual cost in pounds; empty if not known"},
};

void prescribing_row(struct cells *cells, const struct results *results, const struct use *use)
{
    const struct rules *const rules = results->classified.rules;

    cells_organisation(cells, results, use->level, use->organisation);
    cell_month(cells, use->month);
    cell_number(cells, device_text(use->device));
    cell_text(cells, view_of(rules->classes[use->class_number]));
    cell_ratio(cells, use->items, 1, 0);
    if (use->counted)
        cell_ratio(cells, use->inhalers, inhaler_unit(rules), DECIMALS);
    else
        cell_empty(cells);
    if (use->has_carbon)
        cell_ratio(cells, use->carbon, kilogram_unit(rules), DECIMALS);
    else
        cell_empty(cells);
    cells_cost(cells, use->nic, use->unknown_nic);
    cells_cost(cells, use->actual_cost, use->unknown_cost);
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct results *const results = figures->results;

    for (size_t i = 0; i < results->use_count; i++)
        prescribing_row(cells, results, &results->uses[i]);
}

static size_t entry_count(const struct table_part *part)
{
    return part->rows.use_count;
}

static month_t entry_month(const struct table_part *part, size_t entry)
{
    const struct use *const use = &part->figures->results->uses[part->rows.first_use + entry];

    return part->about_one || use->level == LEVEL_ICB || use->level == LEVEL_REGION ||
                   use->level == LEVEL_NATION
               ? use->month
               : MONTH_NONE;
}

static void entry_row(struct cells *cells, const struct table_part *part, size_t entry)
{
    const struct results *const results = part->figures->results;

    prescribing_row(cells, results, &results->uses[part->rows.first_use + entry]);
}

static const struct table_entries entries = {entry_count, entry_month, entry_row};

const struct table table_prescribing = {
    .file = "prescribing.csv",
    .title = "Inhalers by organisation, month, device and class",
    TABLE_COLUMNS(columns),
    .key = {"level", "organisation_code", "month", "device", "therapeutic_class"},
    .carbon = CARBON_INHALERS,
    .weight = 75,
    .rows = write_rows,
    .sheet = {.name = "Devices",
              .place = 3,
              .of_one = true,
              .note = "ICBs, regions and nation; prescribing.csv has all levels.",
              .entries = &entries},
};
