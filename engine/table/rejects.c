#include "table/table_internal.h"

static const struct column columns[] = {
    {"file", "string", "", "input file"},
    {"line", "integer", "", "physical line on which the row begins"},
    {"reason", "string", "", "why the row cannot be used"},
    {"column", "string", "", "column at fault, as in the header; empty for the whole row"},
    {"text", "string", "", "the row as it stands in the file"},
};

static void write_rejects_of(struct cells *cells, const char *name, const struct rejects *rejects)
{
    for (size_t r = 0; r < rejects->count; r++) {
        cell_text(cells, view_of(name));
        cell_integer(cells, rejects->list[r].line);
        cell_text(cells, view_of(reject_text(rejects->list[r].reason)));
        cell_text(cells, view_of(rejects->list[r].column));
        cell_text(cells, rejects->list[r].text);
        cells_row_end(cells);
    }
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct figures_inputs *const inputs = &figures->inputs;
    const struct registers *const registers = inputs->registers;

    for (size_t i = 0; i < inputs->file_count; i++)
        write_rejects_of(cells, inputs->files[i].name, &inputs->files[i].summary.rejects);
    for (size_t i = 0; registers != NULL && i < registers->account_count; i++)
        write_rejects_of(cells, registers->accounts[i].name, &registers->accounts[i].rejects);
}

const struct table table_rejects = {
    .file = "rejects.csv",
    .title = "Rows that could not be used",
    TABLE_COLUMNS(columns),
    .key = {"file", "line"},
    .weight = 5,
    .rows = write_rows,
};
