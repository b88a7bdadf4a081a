#include "table/table_internal.h"

#include "table/rows.h"

static const struct column columns[] = {
    {"line", "integer", "", "line of the file of published totals"},
    {"level", "string", "", "level, as it stands in that file"},
    {"code", "string", "", "code, as it stands in that file"},
    {"name", "string", "", "name, as it stands in that file"},
    {"month", "yearmonth", "", "month of the total; empty: of all months that were read"},
    {"figure", "string", "", "items, nic, actual_cost or total_quantity"},
    {"published", "number", "", "the published figure, rounded to our decimals"},
    {"read", "number", "", "the sum over all rows read; empty if there is none"},
    {"difference", "number", "", "read less published"},
    {"rows_left_out", "integer", "rows",
     "rows whose quantity and NIC could not be read and are not in it"},
    {"finding", "string", "", "agrees, differs, no rows of it, or not known"},
};

bool control_has_ours(const struct comparison *comparison)
{
    return comparison->finding == FINDING_AGREES || comparison->finding == FINDING_DIFFERS;
}

wide_t control_published(const struct comparison *comparison)
{
    return comparison->line->figures[comparison->figure];
}

static void write_comparison(struct cells *cells, const struct comparison *comparison)
{
    const struct published_line *const line = comparison->line;
    const int places = figure_places(comparison->figure);
    char text[DECIMAL_TEXT];

    cell_integer(cells, line->line);
    cell_text(cells, line->level);
    cell_code(cells, line->code);
    cell_text(cells, line->name);
    cell_month(cells, line->month);
    cell_number(cells, figure_text(comparison->figure));
    cell_number(cells, decimal_print(control_published(comparison), places, text));
    if (control_has_ours(comparison)) {
        cell_number(cells, decimal_print(comparison->ours, places, text));
        cell_number(cells,
                    decimal_print(comparison->ours - control_published(comparison), places, text));
    } else {
        cell_empty(cells);
        cell_empty(cells);
    }
    cell_integer(cells, comparison->unread_rows);
    cell_number(cells, finding_text(comparison->finding));
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    for (size_t i = 0; i < figures->comparisons.count; i++)
        write_comparison(cells, &figures->comparisons.list[i]);
}

const struct table table_control = {
    .file = "",
    .title = "Published totals and ours",
    TABLE_COLUMNS(columns),
    .key = {"line", "figure"},
    .rows = write_rows,
};
