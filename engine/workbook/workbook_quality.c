#include "workbook/workbook_internal.h"

static const struct column quality_columns[] = {
    {"file", "string", "", "input file, or member of an archive"},
    {"extract", "string", "", "id of the extract, defined in rules/extracts"},
    {"era", "string", "", "id of its layout"},
    {"first_month", "yearmonth", "", "first month it holds"},
    {"last_month", "yearmonth", "", "last month it holds"},
    {"rows_read", "integer", "", "rows read = kept + out of scope + rejected"},
    {"rows_kept", "integer", "", "rows in the sections that matter"},
    {"rows_out_of_scope", "integer", "", "rows of all other prescribing"},
    {"rows_rejected", "integer", "", "rows that could not be used, listed in rejects.csv"},
    {"items", "integer", "", "items of all rows, for comparing with published totals"},
    {"actual_cost_gbp", "number", "GBP", "actual cost of all rows, likewise"},
    {"indicative_cost_gbp", "number", "GBP",
     "of hospital data: indicative cost of all rows that have one"},
    {"sha256", "string", "", "of the file on the disk"},
    {"refused", "string", "", "why nothing of it was used; empty if it was"},
};

/* As in audit.json: items and actual cost of prescribing, indicative cost of hospital data. */
static void put_sums(struct cells *cells, const struct extract_summary *summary)
{
    const enum subject subject =
        summary->era != NULL ? summary->era->extract->subject : SUBJECT_prescribing;

    if (subject == SUBJECT_prescribing)
        cell_ratio(cells, summary->items, 1, 0);
    else
        cell_empty(cells);
    if (subject == SUBJECT_prescribing && summary->unknown_costs == 0)
        cell_ratio(cells, summary->actual_cost, 100000, PLACES_MONEY);
    else
        cell_empty(cells);
    if (subject == SUBJECT_hospital)
        cell_ratio(cells, summary->actual_cost, 100000, PLACES_MONEY);
    else
        cell_empty(cells);
}

static void quality_row(struct cells *cells, const struct audit_file *file)
{
    const struct extract_summary *const summary = &file->summary;
    const struct month_rows *const months = summary->months;
    const size_t count = summary->month_count;

    cell_text(cells, view_of(file->name));
    cell_number(cells, summary->era != NULL ? summary->era->extract->id : "");
    cell_number(cells, summary->era != NULL ? summary->era->id : "");
    cell_month(cells, count > 0 ? months[0].month : MONTH_NONE);
    cell_month(cells, count > 0 ? months[count - 1].month : MONTH_NONE);
    cell_integer(cells, summary->rows_read);
    cell_integer(cells, summary->rows_kept);
    cell_integer(cells, summary->rows_out_of_scope);
    cell_integer(cells, summary->rejects.count);
    put_sums(cells, summary);
    cell_number(cells, file->sha256);
    cell_text(cells, view_of(file->refused));
    cells_row_end(cells);
}

void workbook_quality(struct workbook *book)
{
    static const struct table table = {
        .title = "Data quality: the account of each file, as in audit.json",
        .columns = quality_columns,
        .column_count = COUNT_OF(quality_columns),
    };
    const struct figures_inputs *const inputs = &book->figures->inputs;
    struct xlsx_sheet *sheet;
    struct cells cells;

    if (inputs->file_count == 0)
        return;
    sheet = workbook_table(book, "Data quality", &table, false);
    cells = xlsx_cells(sheet);
    for (size_t i = 0; i < inputs->file_count && i < book->most_rows; i++)
        quality_row(&cells, &inputs->files[i]);
    xlsx_table_end(sheet);
}
