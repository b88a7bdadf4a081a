#ifndef WORKBOOK_XLSX_INTERNAL_H
#define WORKBOOK_XLSX_INTERNAL_H

/* Between xlsx_out.c, xlsx_table.c and xlsx_chart.c. */

#include "workbook/xlsx_out.h"

#include <xlsxwriter.h>

/* Rows of a sheet with a table: title, way back, heading, then the data. */
#define ROW_HEADING 2
#define ROW_DATA 3

/* Excel's limit of a cell is 32,767 UTF-16 units; no UTF-8 byte makes more than one. */
#define CELL_BYTES 32700
#define CUT_WORDS " (cut: the CSV file has all)"

#define LINE_WIDTH 80  /* characters of a line of text */
#define LINE_HEIGHT 15 /* points */
#define WIDTH_LEAST 9
#define WIDTH_MOST 60

enum form {
    FORM_TEXT,
    FORM_WRAPPED,
    FORM_TITLE,
    FORM_HEADING,
    FORM_LINK,
    FORM_MONTH,
    FORM_WHOLE,
    FORM_NUMBER,
    FORM_MONEY,
    FORM_SHARE,
    FORMS
};

struct xlsx_sheet {
    struct xlsx *xlsx;
    struct xlsx_sheet *next;
    lxw_worksheet *worksheet; /* NULL after an error */
    const char *name;
    const struct table *table;
    const struct column *columns;
    size_t column_count;
    enum form *forms; /* by column */
    size_t *widths;   /* likewise, in characters */
    bool wraps;
    size_t most_rows; /* 0: no limit */
    size_t left_out;
    struct xlsx_sheet_counts sent;
    lxw_row_t last_row; /* of them */
    size_t longest;     /* text of the row, in characters */
    lxw_row_t row;
    lxw_col_t column;
    lxw_chart *chart;
    size_t chart_count;
    size_t series_count; /* of that chart */
    struct cell_taker taker;
};

struct xlsx {
    struct xlsx_sheet none; /* takes the calls for a sheet that could not be made */
    lxw_workbook *workbook;
    lxw_format *formats[FORMS];
    struct xlsx_sheet *sheets;
    lxw_error error;                              /* the first one */
    char cell[CELL_BYTES + sizeof CUT_WORDS + 8]; /* the text being put together */
    size_t length;
    bool cut;
};

/* Keeps the first error. */
void xlsx_note(struct xlsx *xlsx, lxw_error error);

/* So many cells of the row at hand were handed to the library. */
void xlsx_sent(struct xlsx_sheet *sheet, size_t cells);

/* The text as a cell can hold it, until the next call. */
const char *xlsx_text(struct xlsx *xlsx, struct view text, bool apostrophe);

#define XLSX_MONTHS "yyyy-mm" /* how months are shown */

/* A text into the cell at hand. */
void xlsx_put(struct xlsx_sheet *sheet, const char *text, enum form form);

/* Makes the row at hand as high as folded text of so many characters needs. */
void xlsx_fold_row(struct xlsx_sheet *sheet, size_t characters, size_t width);

/* The day of Excel on which a month begins. */
double xlsx_month(month_t month);

#endif
