#include "workbook/workbook_internal.h"

#include "measure/rank.h"
#include "figures/ask.h"
#include "report/headline.h"

#include <stdlib.h>

#define COLUMN_NAME 120

static void name_column(struct workbook *book, size_t at, const char *id, const char *what,
                        const char *unit, const char *meaning)
{
    char *const name = book->practice_names + at * COLUMN_NAME;

    snprintf(name, COLUMN_NAME, "%s%s", id, what);
    book->practice_columns[at] =
        (struct column){name, at < PRACTICE_FIXED ? "string" : "number", unit, meaning};
}

/* Code, name, ICB, what is small, the headline, the same a year before, then value and percentile
 * of each measure. */
static size_t name_columns(struct workbook *book)
{
    const struct rules *const rules = book->results->classified.rules;
    size_t count = 0;

    name_column(book, count++, "practice_code", "", "", "code as it stands in the extract");
    name_column(book, count++, "practice_name", "", "", "name of the practice");
    name_column(book, count++, "icb_code", "", "", "its ICB in that month");
    name_column(book, count++, "small_denominators", "", "",
                "its measures of the latest month whose denominator is so small that chance alone "
                "moves the figure (small_denominator in measures.csv)");
    for (size_t i = 0; i < book->shown_count; i++) {
        const struct measure *const measure = rules->measures.list[book->shown[i]];

        name_column(book, count++, measure->id, "", "", measure->title);
        if (i == 0)
            name_column(book, count++, measure->id, " a year before", "", measure->title);
        if (measure->denominator.sum != SUM_NONE)
            name_column(book, count++, measure->id, " percentile", "share",
                        "place among all practices of the run with a value, the lowest is 0 %");
    }
    return count;
}

struct ranked {
    const struct organisation_month *row;
    uint32_t rank;
};

static int highest_first(const void *a, const void *b)
{
    const struct ranked *const one = a;
    const struct ranked *const other = b;

    if (one->rank != other->rank)
        return one->rank > other->rank ? -1 : 1;
    return (one->row > other->row) - (one->row < other->row); /* they are sorted by code */
}

static void put_value(struct workbook *book, struct cells *cells, size_t m,
                      const struct organisation_month *row)
{
    const struct measure_value *const value = row != NULL ? ask_value(book->results, m, row) : NULL;
    const struct rules *const rules = book->results->classified.rules;
    char printed[DECIMAL_TEXT];

    cell_number(cells,
                value != NULL ? measure_print(rules, rules->measures.list[m], value, printed) : "");
}

/* The ids of the measures, as their columns are named. */
static void put_small(const struct workbook *book, struct cells *cells,
                      const struct organisation_month *row)
{
    const struct rules *const rules = book->results->classified.rules;
    char ids[LIMIT_MEASURES * COLUMN_NAME] = "";
    size_t length = 0;

    for (size_t i = 0; i < book->shown_count; i++)
        if (ask_is_small(book->results, book->shown[i], row))
            length += (size_t)snprintf(ids + length, COLUMN_NAME, "%s%.*s", length > 0 ? " " : "",
                                       COLUMN_NAME - 2, rules->measures.list[book->shown[i]]->id);
    cell_text(cells, view_of(ids));
}

static void practice_row(struct workbook *book, struct cells *cells, const uint32_t *icbs,
                         const struct organisation_month *row)
{
    const struct rules *const rules = book->results->classified.rules;
    const struct places *const places = &book->results->classified.cube->places;
    const struct organisation_month *const before =
        ask_in_month(book->results, row, row->month - 12);
    const uint32_t icb = icbs[row->organisation];
    char printed[DECIMAL_TEXT];

    cell_code(cells, organisation_code(places, LEVEL_PRACTICE, row->organisation));
    cell_text(cells, organisation_name(places, LEVEL_PRACTICE, row->organisation));
    cell_code(cells,
              icb == ORGANISATION_NONE ? view_none() : organisation_code(places, LEVEL_ICB, icb));
    put_small(book, cells, row);
    for (size_t i = 0; i < book->shown_count; i++) {
        const size_t m = book->shown[i];
        const struct measure_value *const value = ask_value(book->results, m, row);

        put_value(book, cells, m, row);
        if (i == 0)
            put_value(book, cells, m, before);
        if (rules->measures.list[m]->denominator.sum != SUM_NONE)
            cell_number(cells, value != NULL ? percentile_print(value, printed) : "");
    }
    cells_row_end(cells);
}

static bool has_value(const struct workbook *book, size_t m, const struct ranked *rows,
                      size_t count)
{
    const struct rules *const rules = book->results->classified.rules;
    char printed[DECIMAL_TEXT];

    for (size_t i = 0; i < count; i++) {
        const struct measure_value *const value = ask_value(book->results, m, rows[i].row);

        if (value != NULL &&
            measure_print(rules, rules->measures.list[m], value, printed)[0] != '\0')
            return true;
    }
    return false;
}

/* The headline always; others where there is something to show. */
static void choose_measures(struct workbook *book, const struct ranked *rows, size_t count)
{
    const size_t measures = book->results->classified.rules->measures.count;

    book->shown[book->shown_count++] = book->headline;
    for (size_t m = 0; m < measures && book->shown_count < LIMIT_MEASURES; m++)
        if (m != book->headline && has_value(book, m, rows, count))
            book->shown[book->shown_count++] = m;
}

static void put_practices(struct workbook *book, const uint32_t *icbs, struct ranked *rows,
                          size_t count)
{
    struct xlsx_sheet *sheet;
    struct cells cells;

    qsort(rows, count, sizeof *rows, highest_first);
    if (count > book->most_rows) {
        workbook_note(book, "Practices", "The first %zu of %zu practices; measures.csv has all.",
                      book->most_rows, count);
        count = book->most_rows;
    }
    book->practice_table =
        (struct table){.title = "Practices in the latest month, the highest first",
                       .columns = book->practice_columns,
                       .column_count = name_columns(book)};
    sheet = workbook_table(book, "Practices", &book->practice_table, false);
    cells = xlsx_cells(sheet);
    book->practices = sheet;
    for (size_t i = 0; i < count; i++) {
        practice_row(book, &cells, icbs, rows[i].row);
        book->practices_drawn += rows[i].rank > 0;
    }
    xlsx_table_end(sheet);
}

enum status workbook_practices(struct workbook *book)
{
    const struct results *const results = book->results;
    const struct places *const places = &results->classified.cube->places;
    const size_t columns = PRACTICE_FIXED + 1 + 2 * results->classified.rules->measures.count;
    struct ranked *const rows = calloc(results->organisation_count + 1, sizeof *rows);
    uint32_t *const icbs = calloc(places->levels[LEVEL_PRACTICE].codes.count + 1, sizeof *icbs);
    size_t count = 0;
    enum status status = STATUS_OK;

    book->practice_columns = calloc(columns, sizeof *book->practice_columns);
    book->practice_names = calloc(columns, COLUMN_NAME);
    if (rows == NULL || icbs == NULL || book->practice_columns == NULL ||
        book->practice_names == NULL)
        status = fail_nomem(book->why);
    for (size_t i = 0; i < results->organisation_count && status == STATUS_OK; i++) {
        const struct organisation_month *const row = &results->organisations[i];
        const struct measure_value *const value = ask_value(results, book->headline, row);

        if (row->level == LEVEL_PRACTICE && row->month == book->part.latest)
            rows[count++] = (struct ranked){row, value != NULL ? value->rank : 0};
    }
    if (status == STATUS_OK && count > 0) {
        choose_measures(book, rows, count);
        ask_icbs(book->results, book->part.latest, icbs);
        put_practices(book, icbs, rows, count);
    }
    free(rows);
    free(icbs);
    return status;
}
