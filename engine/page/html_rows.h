#ifndef PAGE_HTML_ROWS_H
#define PAGE_HTML_ROWS_H

/* Rows of the result tables as rows of an HTML table: the same cell_* calls that write the CSV
 * file, so that both say the same.
 *     struct html_rows rows = {file, &table_gases, shown, COUNT_OF(shown)};
 *     html_rows_heads(&rows)
 *     cells = html_rows_cells(&rows)
 *     gases_row(&cells, ...)
 * A month never breaks at its hyphen. */

#include "report/html_out.h"
#include "table/table.h"

/* A column that is shown, in the order of the table. */
struct shown {
    const char *column;
    const char *heading;
    int places; /* of a number, or one of these */
};

#define SHOWN_TEXT (-1)
#define SHOWN_BELOW (-2)   /* text in a row of its own: the last column */
#define SHOWN_CODE (-3)    /* names the row */
#define SHOWN_VALUE (-4)   /* a number in the unit of the measure of the row */
#define SHOWN_MEASURE (-5) /* its title instead of its id; names the row if it comes first */
#define SHOWN_WORDS (-6)   /* an id as words: "missing month" */

struct html_rows {
    FILE *file;
    const struct table *table;
    const struct shown *shown;
    size_t count;
    const struct measure *measure; /* of VALUE and MEASURE, set before each row */
    size_t column;                 /* of the table */
    size_t next;                   /* of those shown */
    struct cell_taker taker;
};

/* The columns' <th>, the end of the head and the beginning of the body. */
void html_rows_heads(const struct html_rows *rows);

/* Borrows rows. */
struct cells html_rows_cells(struct html_rows *rows);

#endif
