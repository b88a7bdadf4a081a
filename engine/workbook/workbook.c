#include "workbook/workbook_internal.h"

#include "figures/ask.h"

#include <stdarg.h>
#include <stdlib.h>

void workbook_note(struct workbook *book, const char *about, const char *format, ...)
{
    struct workbook_note *const note = &book->notes[book->note_count];
    va_list args;

    if (book->note_count == MOST_NOTES)
        return;
    note->about = about;
    va_start(args, format);
    vsnprintf(note->text, sizeof note->text, format, args);
    va_end(args);
    book->note_count++;
}

struct xlsx_sheet *workbook_table(struct workbook *book, const char *name,
                                  const struct table *table, bool wraps)
{
    struct xlsx_sheet *const sheet = xlsx_table_begin(book->xlsx, name, table, wraps);

    if (book->sheet_count < MOST_SHEETS)
        book->sheets[book->sheet_count++] = (struct workbook_sheet){sheet, table};
    return sheet;
}

static enum status fill(struct workbook *book)
{
    enum status status;

    workbook_front(book);
    status = workbook_sheets(book);
    if (status != STATUS_OK)
        return status;
    if (!book->part.about_one)
        workbook_quality(book);
    workbook_charts(book);
    workbook_back(book);
    return xlsx_end(book->xlsx, book->why);
}

enum status write_workbook(const struct figures *figures, const struct workbook_about *about,
                           const char *path, const char *folder, struct fail *why)
{
    const struct results *const results = figures->results;
    const struct xlsx_about properties = {
        .title = WORKBOOK_TITLE,
        .comments = "Contains public sector information licensed under the Open Government Licence "
                    "v3.0. Source: NHS Business Services Authority and NHS England.",
        .month = about->rows != NULL ? about->rows->now->month : ask_latest_month(results),
    };
    struct workbook *const book = calloc(1, sizeof *book);
    enum status status;

    if (book == NULL)
        return fail_nomem(why);
    book->figures = figures;
    book->about = about;
    book->results = results;
    book->why = why;
    book->most_rows = about->most_rows > 0 ? about->most_rows : WORKBOOK_ROWS;
    book->part.figures = figures;
    book->part.about_one = about->rows != NULL;
    book->part.rows = about->rows != NULL ? *about->rows : excerpt_of_all(figures);
    book->first = book->part.rows.first;
    book->part.last = about->rows != NULL ? properties.month : ask_last_month(results);
    book->headline = ask_headline(results);
    book->part.latest = properties.month;
    status = xlsx_new(&book->xlsx, path, folder, &properties, why);
    if (status == STATUS_OK)
        status = fill(book);
    xlsx_free(book->xlsx);
    free(book->drawn);
    free(book->practice_columns);
    free(book->practice_names);
    free(book);
    return status;
}
