#ifndef PAGE_HTML_TABLE_H
#define PAGE_HTML_TABLE_H

/* Some columns and rows of an output table as a table of HTML, of the page or of a pack: the same
 * cells that fill the CSV file, so that both say the same.
 *     struct html_table html = {.file = file, .table = &table_gases, .shown = shown, ...};
 *     cells = html_table_begin(&html)
 *     gases_row(&cells, ...)
 *     html_table_end(&html)
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

struct html_table {
    FILE *file;
    const struct table *table;
    const struct shown *shown;
    size_t count;
    const char *caption;
    const char *id;                /* of the page; NULL in a pack: the caption is a heading */
    const char *look;              /* its classes, with an id */
    const struct measure *measure; /* of VALUE and MEASURE, set before each row */
    /* not for the caller */
    size_t column; /* of the table */
    size_t next;   /* of those shown */
    struct cell_taker taker;
};

/* Writes what comes before the rows.  Borrows html until its end. */
struct cells html_table_begin(struct html_table *html);
void html_table_end(const struct html_table *html);

/* A table that may be wider or longer than the screen, reached by keyboard, for rows that are
 * written by hand: begin, the columns, `</thead>\n<tbody>\n`, rows, end. */
void table_begin(FILE *file, const char *id, const char *caption, const char *look);
void table_column(FILE *file, const char *name, bool number);
void table_end(FILE *file);

/* The same of a pack: its caption is a heading. */
void pack_table_begin(FILE *file, const char *caption);

#endif
