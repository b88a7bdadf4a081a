#ifndef WORKBOOK_XLSX_OUT_H
#define WORKBOOK_XLSX_OUT_H

/* Writes a workbook: sheets of text lines, of one real table each, and of charts; the only
 * place that sees the library.
 *     xlsx_new(&xlsx, path, folder, &about, why)
 *     sheet = xlsx_table_begin(xlsx, "Products", &table_products, false)
 *     cells = xlsx_cells(sheet)    the cell_* calls of table/cells.h
 *     xlsx_table_end(sheet)
 *     xlsx_end(xlsx, why)
 *     xlsx_free(xlsx)
 * Text is always text, never a formula, with the same apostrophe that it has in the CSV files, so
 * that it stays harmless when the workbook is saved as CSV.  The first error is kept and
 * reported by xlsx_end; until then calls may continue. */

#include "table/table.h"

#include "base/fail.h"

struct xlsx;
struct xlsx_sheet;

struct xlsx_about {
    const char *title;
    const char *comments;
    month_t month; /* used as the day of creation: the same input gives the same bytes */
};

/* path    the file: made anew; borrowed until the end
 * folder  where the library puts its own temporary files */
MUST_USE
enum status xlsx_new(struct xlsx **xlsx, const char *path, const char *folder,
                     const struct xlsx_about *about, struct fail *why);

/* A sheet of lines of text in its first column, or of charts.  Names and titles are borrowed. */
struct xlsx_sheet *xlsx_sheet(struct xlsx *xlsx, const char *name);
void xlsx_heading(struct xlsx_sheet *sheet, const char *text);
void xlsx_line(struct xlsx_sheet *sheet, const char *text);

/* A sheet of one table: its title, where the contents are, the heading, the rows.  It is
 * borrowed until the end of the workbook; `wraps` folds long texts. */
struct xlsx_sheet *xlsx_table_begin(struct xlsx *xlsx, const char *name, const struct table *table,
                                    bool wraps);
struct cells xlsx_cells(struct xlsx_sheet *sheet);
void xlsx_table_end(struct xlsx_sheet *sheet);

/* Takes no more rows than that; those left out are counted. */
void xlsx_limit(struct xlsx_sheet *sheet, size_t most_rows);
size_t xlsx_left_out(const struct xlsx_sheet *sheet);

/* The next cell leads to another sheet. */
void xlsx_cell_link(struct xlsx_sheet *sheet, const char *to);

/* Rows of a table so far. */
size_t xlsx_row_count(const struct xlsx_sheet *sheet);
const char *xlsx_name(const struct xlsx_sheet *sheet);

/* A chart below the last one of its sheet: lines over months, or columns. */
struct xlsx_chart {
    const char *title;
    const char *alternative; /* a sentence for who does not see it */
    const char *x_name;
    const char *y_name;
    month_t first; /* to the last month: lines; MONTH_NONE: columns */
    month_t last;
    double floor; /* where the axis of values begins; 0 leaves it to the reader's program */
};

/* One line, or one row of columns: `count` rows of a table from row `first`, which is counted
 * from 0. */
struct xlsx_series {
    const struct xlsx_sheet *sheet;
    size_t first;
    size_t count;
    size_t x_column;
    size_t y_column;
    size_t name_column; /* its first cell names the line, */
    const char *name;   /* unless this does */
    bool plain;         /* without marks on it */
};

void xlsx_chart_begin(struct xlsx_sheet *sheet, const struct xlsx_chart *chart);
void xlsx_chart_series(struct xlsx_sheet *sheet,
                       const struct xlsx_series *series); /* at least one */
void xlsx_chart_end(struct xlsx_sheet *sheet, const struct xlsx_chart *chart);

/* What was handed to the library, sheet by sheet, in order. */
#define XLSX_SHEETS 40
struct xlsx_sheet_counts {
    uint32_t rows; /* with a cell */
    uint32_t cells;
};
struct xlsx_counts {
    size_t sheet_count;
    struct xlsx_sheet_counts sheets[XLSX_SHEETS];
};

/* Writes the file, of which nothing is known yet: the library does not notice a full disk, and goes
 * on without memory.  xlsx_check looks.
 * counts  what should be in it */
MUST_USE
enum status xlsx_end(struct xlsx *xlsx, struct xlsx_counts *counts, struct fail *why);

/* Reads the file back: each part is whole, each sheet has the rows and cells that were sent, and
 * the table of texts as many as it says.
 * fails  STATUS_IO  it is another workbook than the one that was to be written */
MUST_USE
enum status xlsx_check(const char *path, const struct xlsx_counts *counts, struct fail *why);

void xlsx_free(struct xlsx *xlsx);

const char *xlsx_library_version(void);

#endif
