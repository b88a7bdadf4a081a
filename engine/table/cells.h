#ifndef TABLE_CELLS_H
#define TABLE_CELLS_H

/* The cells of a table, whatever they fill: a CSV file, the sheet of a workbook, an HTML table. A
 * row is written once and says the same everywhere.
 *     struct cells cells = cells_csv(file, &table_measures);
 *     cell_text(&cells, name); cell_integer(&cells, 7); ...
 *     cells_row_end(&cells)
 * A row that has more or fewer cells than its table has columns is our mistake and stops the
 * program.
 *
 * CSV is UTF-8 with LF, quoted only where needed.  Text that a spreadsheet would take for a formula
 * gets an apostrophe in front; numbers are written as they are.  Write errors show when the file is
 * closed. */

#include "base/decimal.h"
#include "base/month.h"
#include "base/view.h"

#include <stdio.h>

struct table;

/* Where cells go that are not for a CSV file. */
struct cell_taker {
    void *context;
    /* apostrophe  in front of the text, where a spreadsheet would take it for a formula */
    void (*text)(void *context, struct view text, bool apostrophe);
    void (*plain)(void *context, struct view printed); /* a number, month or id; empty: unknown */
    void (*row_end)(void *context);
};

#define CSV_ROW 1024

struct cells {
    FILE *file;
    const struct cell_taker *taker; /* NULL; else it gets the cells, and file is NULL */
    const struct table *table;      /* the columns that each row must fill; NULL: any number */
    size_t column;                  /* of the row so far */
    size_t used;
    char row[CSV_ROW]; /* so far; the file gets it at its end, or when it is full */
};

/* Begins a CSV file by its header. */
struct cells cells_csv(FILE *file, const struct table *table);

/* taker is borrowed. */
struct cells cells_into(const struct cell_taker *taker, const struct table *table);

void cell_text(struct cells *cells, struct view text);
void cell_code(struct cells *cells, struct view code);
void cell_number(struct cells *cells, const char *printed);
void cell_integer(struct cells *cells, uint64_t number);
void cell_ratio(struct cells *cells, wide_t top, wide_t bottom, int places);
void cell_month(struct cells *cells, month_t month);
void cell_double(struct cells *cells, double value); /* words.h: double_print */
void cell_empty(struct cells *cells);

/* Several cells as another row of CSV had them, commas and all. */
void cells_printed(struct cells *cells, struct view printed, size_t count);

/* The next cell was filled by other means: a link in a sheet. */
void cells_skip(struct cells *cells);

void cells_row_end(struct cells *cells);

#endif
