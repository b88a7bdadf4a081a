#include "table/table_internal.h"

#include "table/rows.h"

static const struct column columns[] = {
    {"bnf_code", "string", "", "code as it stands in the extract"},
    {"name", "string", "", "name as it stands in the extract"},
    {"month", "yearmonth", "", "month of prescribing"},
    {"rows", "integer", "rows", "rows of the extract"},
    {"items", "integer", "items", "prescription items"},
    {"quantity", "number", "", "total quantity in the extract's own unit"},
    {"actual_cost_gbp", "number", "GBP", "actual cost in pounds; empty if not known"},
    {"reason", "string", "",
     "why it is not counted in full, or what was assumed where it is counted provisionally"},
};

void unclassified_row(struct cells *cells, const struct results *results,
                      const struct unclassified *row)
{
    const struct cube *const cube = results->classified.cube;

    cell_code(cells, presentation_code(intern_text(&cube->codes, row->presentation)));
    cell_text(cells, cube->names[row->presentation].text);
    cell_month(cells, row->month);
    cell_integer(cells, row->rows);
    cell_ratio(cells, row->items, 1, 0);
    cell_ratio(cells, row->quantity, 1000, PLACES_QUANTITY);
    cells_cost(cells, row->actual_cost, row->unknown_cost);
    cell_text(cells, view_of(row->reason));
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct results *const results = figures->results;

    for (size_t i = 0; i < results->unclassified_count; i++)
        unclassified_row(cells, results, &results->unclassified[i]);
}

static size_t entry_count(const struct table_part *part)
{
    return part->figures->results->unclassified_count;
}

static month_t entry_month(const struct table_part *part, size_t entry)
{
    return part->figures->results->unclassified[entry].month;
}

static void entry_row(struct cells *cells, const struct table_part *part, size_t entry)
{
    const struct results *const results = part->figures->results;

    unclassified_row(cells, results, &results->unclassified[entry]);
}

static const struct table_entries entries = {entry_count, entry_month, entry_row};

const struct table table_unclassified = {
    .file = "unclassified.csv",
    .title = "What no rule counts in full",
    TABLE_COLUMNS(columns),
    .key = {"bnf_code", "month"},
    .weight = 20,
    .rows = write_rows,
    .sheet = {.name = "Unclassified", .place = 6, .entries = &entries},
};
