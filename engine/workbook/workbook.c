#include "workbook/workbook_internal.h"

#include "figures/ask.h"
#include "stream/child.h"

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

static enum status fill(struct workbook *book, struct xlsx_counts *counts)
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
    return xlsx_end(book->xlsx, counts, book->why);
}

static enum status build(const struct figures *figures, const struct workbook_job *job,
                         const char *folder, struct xlsx_counts *counts, struct fail *why)
{
    const struct results *const results = figures->results;
    const struct workbook_about *const about = &job->about;
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
    status = xlsx_new(&book->xlsx, job->path, folder, &properties, why);
    if (status == STATUS_OK)
        status = fill(book, counts);
    xlsx_free(book->xlsx);
    free(book->drawn);
    free(book->practice_columns);
    free(book->practice_names);
    free(book);
    return status;
}

/* The work of the child: counts is memory of both. */
struct building {
    const struct figures *figures;
    const struct workbook_job *jobs;
    size_t count;
    const char *folder;
    struct xlsx_counts *counts; /* by job */
};

static enum status build_all(void *context, struct fail *why)
{
    const struct building *const building = context;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < building->count && status == STATUS_OK; i++) {
        const struct workbook_job *const job = &building->jobs[i];

        status = build(building->figures, job, building->folder, &building->counts[i], why);
        if (status != STATUS_OK) {
            why->file[0] = '\0'; /* the name it was to get, not the temporary one */
            fail_in(why, job->shown, 0);
        }
    }
    return status;
}

static enum status check_all(const struct building *building, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < building->count && status == STATUS_OK; i++) {
        const struct workbook_job *const job = &building->jobs[i];

        status = xlsx_check(job->path, &building->counts[i], why);
        if (status != STATUS_OK) {
            why->file[0] = '\0';
            fail_in(why, job->shown, 0);
        }
    }
    return status;
}

enum status write_workbooks(const struct figures *figures, const struct workbook_job *jobs,
                            size_t count, const char *folder, struct fail *why)
{
    const size_t bytes = count * sizeof(struct xlsx_counts);
    struct building building = {figures, jobs, count, folder, NULL};
    enum status status;

    if (count == 0)
        return STATUS_OK;
    building.counts = child_shared(bytes);
    if (building.counts == NULL)
        return fail_nomem(why);
    status = child_do(build_all, &building, why);
    if (status != STATUS_OK)
        fail_in(why, jobs[0].shown, 0);
    else
        status = check_all(&building, why);
    child_unshare(building.counts, bytes);
    return status;
}
