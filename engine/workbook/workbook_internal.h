#ifndef WORKBOOK_WORKBOOK_INTERNAL_H
#define WORKBOOK_WORKBOOK_INTERNAL_H

/* Between workbook.c, the tables, and workbook_front.c, the sheets in front of them. */

#include "base/limits.h"
#include "table/table.h"
#include "workbook/workbook.h"
#include "workbook/xlsx_out.h"

#define MOST_SHEETS 24
#define MOST_NOTES 32
#define PRACTICE_FIXED 4 /* columns in front of the measures: code, name, ICB, what is small */
#define WORKBOOK_TITLE "Inhalers and their carbon, by Canister"

struct workbook_note {
    const char *about;
    char text[400];
};

struct workbook_sheet {
    struct xlsx_sheet *sheet;
    const struct table *table;
};

/* The rows of one measure and organisation in the sheet of measures. */
struct drawn {
    size_t measure;
    const struct organisation_month *row; /* its first */
    size_t first;
    size_t count;
};

struct workbook {
    const struct figures *figures;
    const struct workbook_about *about;
    const struct results *results;
    size_t most_rows;
    struct table_part part; /* the run, or the one practice that the workbook is about */
    struct xlsx *xlsx;
    month_t first;   /* month of the run */
    size_t headline; /* number of the measure */
    /* in front, filled when the rest is known */
    struct xlsx_sheet *contents;
    struct xlsx_sheet *notes_sheet;
    struct xlsx_sheet *charts;                 /* NULL when there is nothing to draw */
    struct workbook_sheet sheets[MOST_SHEETS]; /* of tables, in order */
    size_t sheet_count;
    struct workbook_note notes[MOST_NOTES];
    size_t note_count;
    struct xlsx_sheet *sheet; /* the table being written */
    /* for the charts */
    const struct xlsx_sheet *measures;
    struct drawn *drawn;
    size_t drawn_count;
    size_t drawn_room;
    const struct xlsx_sheet *control; /* NULL: none to draw */
    size_t control_first;
    size_t control_count;
    month_t control_from;
    double control_floor; /* of its axis */
    const struct xlsx_sheet *practices;
    size_t practices_drawn;       /* with a value, the highest first */
    size_t shown[LIMIT_MEASURES]; /* measures of the sheet of practices, the headline first */
    size_t shown_count;
    struct table practice_table;
    struct column *practice_columns;
    char *practice_names; /* of those columns */
    struct fail *why;
};

PRINTF_LIKE(3, 4)
void workbook_note(struct workbook *book, const char *about, const char *format, ...);

/* Begins the sheet of a table and lists it in the contents. */
struct xlsx_sheet *workbook_table(struct workbook *book, const char *name,
                                  const struct table *table, bool wraps);

/* The sheets of the output tables, in their order; that of practices behind that of measures. */
MUST_USE
enum status workbook_sheets(struct workbook *book);
MUST_USE
enum status workbook_practices(struct workbook *book);

/* The account of each file. */
void workbook_quality(struct workbook *book);

/* The sheets in front, in their places; only the cover is filled. */
void workbook_front(struct workbook *book);

void workbook_charts(struct workbook *book);

/* Definitions and columns; then contents and notes, when all else is there. */
void workbook_back(struct workbook *book);

#endif
