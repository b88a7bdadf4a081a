#include "workbook/workbook_internal.h"

#include "report/headline.h"

static const struct column contents_columns[] = {
    {"sheet", "string", "", ""},
    {"holds", "string", "", ""},
    {"rows", "integer", "", ""},
};

static const struct column notes_columns[] = {
    {"about", "string", "", ""},
    {"note", "string", "", ""},
};

static const struct table contents_table = {
    .title = "Contents",
    .columns = contents_columns,
    .column_count = COUNT_OF(contents_columns),
};

static const struct table notes_table = {
    .title = "Notes",
    .columns = notes_columns,
    .column_count = COUNT_OF(notes_columns),
};

static void fill_cover(struct workbook *book, struct xlsx_sheet *cover)
{
    static const char *const said[] = {
        "These are measures, not indicators: they say what was prescribed, not whether it was "
        "right.",
        "No mass switching: device choice depends on age, inspiratory effort, technique and the "
        "person. Nobody's inhaler should be changed because of a row in a file.",
        "Every number of the tables stands in the CSV files beside this workbook; an empty cell is "
        "not known or not computable, never zero.",
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        "Source: NHS Business Services Authority and NHS England.",
    };
    const struct results *const results = book->results;
    struct headline headline;
    char line[300];

    if (book->part.about_one)
        headline_of_one(&headline, results, book->part.rows.now);
    else
        headline_of(&headline, book->figures);
    xlsx_heading(cover, WORKBOOK_TITLE);
    for (size_t i = 0; i < headline.count; i++)
        xlsx_line(cover, headline.lines[i]);
    for (size_t i = 0; i < COUNT_OF(said); i++)
        xlsx_line(cover, said[i]);
    snprintf(line, sizeof line, "Carbon factors: %s. Rules %s. Canister %s.", results->factors->id,
             results->classified.rules->version, book->about->program_version);
    xlsx_line(cover, line);
    xlsx_line(cover, "The sheets are listed in:");
    xlsx_cell_link(cover, "Contents");
}

void workbook_front(struct workbook *book)
{
    fill_cover(book, xlsx_sheet(book->xlsx, "Cover"));
    book->contents = xlsx_table_begin(book->xlsx, "Contents", &contents_table, true);
    book->notes_sheet = xlsx_table_begin(book->xlsx, "Notes", &notes_table, true);
    if (book->part.latest != MONTH_NONE)
        book->charts = xlsx_sheet(book->xlsx, "Charts");
}

/* --- behind the tables
 * ---------------------------------------------------------------------------- */

static const struct column definitions_columns[] = {
    {"measure", "string", "", "id of the measure"},
    {"title", "string", "", "its title"},
    {"unit", "string", "", "unit of its value"},
    {"direction", "string", "", "whether lower or higher is the aim, or none"},
    {"description", "string", "", "what it says"},
    {"equals", "string", "", "the published measure it equals, if any"},
    {"caveats", "string", "", "what to know before using it"},
    {"source", "string", "", "id of its source, in rules/sources.json"},
    {"checked", "string", "", "day on which the source was checked"},
};

static void put_definition(struct cells *cells, const struct measure *measure)
{
    char caveats[4000] = "";
    size_t length = 0;

    for (size_t i = 0; i < measure->caveats.count && length < sizeof caveats; i++)
        length += (size_t)snprintf(caveats + length, sizeof caveats - length, "%s%s",
                                   i > 0 ? " " : "", measure->caveats.texts[i]);
    cell_number(cells, measure->id);
    cell_text(cells, view_of(measure->title));
    cell_text(cells, view_of(measure->unit));
    cell_text(cells, view_of(measure->direction));
    cell_text(cells, view_of(measure->description));
    cell_text(cells, measure->equals != NULL ? view_of(measure->equals) : view_none());
    cell_text(cells, view_of(caveats));
    cell_text(cells, view_of(measure->source));
    cell_text(cells, view_of(measure->checked));
    cells_row_end(cells);
}

static void add_definitions(struct workbook *book)
{
    static const struct table table = {
        .title = "Definitions of the measures",
        .columns = definitions_columns,
        .column_count = COUNT_OF(definitions_columns),
    };
    const struct rules *const rules = book->results->classified.rules;
    struct xlsx_sheet *const sheet = workbook_table(book, "Definitions", &table, true);
    struct cells cells = xlsx_cells(sheet);

    for (size_t m = 0; m < rules->measures.count; m++)
        put_definition(&cells, rules->measures.list[m]);
    xlsx_table_end(sheet);
}

static const struct column columns_columns[] = {
    {"sheet", "string", "", ""},
    {"column", "string", "", ""},
    {"meaning", "string", "", ""},
};

static void add_columns(struct workbook *book)
{
    static const struct table table = {
        .title = "What the columns mean",
        .columns = columns_columns,
        .column_count = COUNT_OF(columns_columns),
    };
    const size_t sheets = book->sheet_count;
    struct xlsx_sheet *const sheet = workbook_table(book, "Columns", &table, true);
    struct cells cells = xlsx_cells(sheet);

    for (size_t i = 0; i < sheets; i++)
        for (size_t c = 0; c < book->sheets[i].table->column_count; c++) {
            cell_text(&cells, view_of(xlsx_name(book->sheets[i].sheet)));
            cell_text(&cells, view_of(book->sheets[i].table->columns[c].name));
            cell_text(&cells, view_of(book->sheets[i].table->columns[c].meaning));
            cells_row_end(&cells);
        }
    xlsx_table_end(sheet);
}

static void fill_contents(struct workbook *book)
{
    struct cells cells = xlsx_cells(book->contents);

    if (book->charts != NULL) {
        xlsx_cell_link(book->contents, "Charts");
        cells_skip(&cells);
        cell_text(&cells, view_of("Charts of the tables"));
        cell_empty(&cells);
        cells_row_end(&cells);
    }
    for (size_t i = 0; i < book->sheet_count; i++) {
        xlsx_cell_link(book->contents, xlsx_name(book->sheets[i].sheet));
        cells_skip(&cells);
        cell_text(&cells, view_of(book->sheets[i].table->title));
        cell_integer(&cells, xlsx_row_count(book->sheets[i].sheet));
        cells_row_end(&cells);
    }
    xlsx_table_end(book->contents);
}

static void fill_notes(struct workbook *book)
{
    struct cells cells = xlsx_cells(book->notes_sheet);

    for (size_t i = 0; i < book->note_count; i++) {
        cell_text(&cells, view_of(book->notes[i].about));
        cell_text(&cells, view_of(book->notes[i].text));
        cells_row_end(&cells);
    }
    xlsx_table_end(book->notes_sheet);
}

void workbook_back(struct workbook *book)
{
    add_definitions(book);
    add_columns(book);
    fill_contents(book);
    fill_notes(book);
}
