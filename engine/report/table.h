#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

/* The result tables: each is told once, with its columns and what they mean;
 * the CSV header and datapackage.json both come from here. */

#include "base/decimal.h"
#include "base/month.h"
#include "base/view.h"

#include <stdio.h>

struct column {
    const char *name;
    const char *type; /* Frictionless: string, integer, number, yearmonth */
    const char *meaning;
};

struct table {
    const char *file; /* "measures.csv" */
    const char *title;
    const struct column *columns;
    size_t column_count;
    const char *key[6]; /* columns that make a row unique, NULL at the end; none where one of
                           them may be empty */
    bool has_carbon;    /* the factor set must be told with it */
    bool has_gases;     /* that of gases likewise */
};

extern const struct table table_measures;
extern const struct table table_prescribing;
extern const struct table table_products;
extern const struct table table_switches;
extern const struct table table_organisations;
extern const struct table table_unclassified;
extern const struct table table_gases;
extern const struct table table_gases_quality;
extern const struct table table_rejects;

/* Of a run held against published totals: printed, not a file of the set. */
extern const struct table table_control;
/* Of two sets of rules beside each other: a file of its own. */
extern const struct table table_difference;
extern const struct table table_periods;
extern const struct table table_trends;
extern const struct table table_spc;
extern const struct table table_alerts;
extern const struct table table_targets;
extern const struct table table_opportunities;
extern const struct table table_drivers;
extern const struct table table_standings;
extern const struct table table_deciles;
extern const struct table table_factor_sets;

/* In the order of design 5. */
extern const struct table *const tables[];
extern const size_t table_count;

/* Cells that go somewhere else than into a CSV file: into the sheet of a workbook, say.
 * So a row is told once, and every number is the one of the CSV file. */
struct cell_taker {
    void *context;
    /* apostrophe  in front of the text, where a spreadsheet would take it for a formula */
    void (*text)(void *context, struct view text, bool apostrophe);
    void (*plain)(void *context, struct view printed); /* a number, month or id; empty: unknown */
    void (*row_end)(void *context);
};

#define CSV_ROW 1024

/* One CSV file being written: UTF-8, LF, quoted only where needed.  Text that a
 * spreadsheet would take for a formula gets an apostrophe in front; numbers are
 * written as they are.  Write errors show at the end of the file's life. */
struct csv_file {
    FILE *file;
    size_t column;
    const struct cell_taker *taker; /* NULL; else it gets the cells, and file is NULL */
    size_t used;
    char row[CSV_ROW]; /* so far; the file gets it at its end, or when it is full */
};

void table_header(struct csv_file *csv, const struct table *table);
void cell_text(struct csv_file *csv, struct view text);
void cell_code(struct csv_file *csv, struct view code);
void cell_number(struct csv_file *csv, const char *printed);
/* The same; or several cells as another row had them, commas and all, where there is no taker. */
void cell_printed(struct csv_file *csv, struct view printed);
void cell_integer(struct csv_file *csv, uint64_t number);
void cell_ratio(struct csv_file *csv, wide_t top, wide_t bottom, int places);
void cell_month(struct csv_file *csv, month_t month);
void cell_empty(struct csv_file *csv);
void row_end(struct csv_file *csv);

/* What statistics gave, to six decimals without zeros at the end; empty for what is
 * not a number.  No finite value that is printed has more digits. */
#define DOUBLE_TEXT 330
char *double_print(double value, char *out);
void cell_double(struct csv_file *csv, double value);

#endif
