#include "workbook/workbook_internal.h"

#include "report/headline.h"
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
    struct xlsx_sheet *const sheet = xlsx_table_begin(book->xlsx, name, table->title,
                                                      table->columns, table->column_count, wraps);

    if (book->sheet_count < MOST_SHEETS)
        book->sheets[book->sheet_count++] = (struct workbook_sheet){sheet, table};
    return sheet;
}

static enum status fill(struct workbook *book, struct xlsx_counts *counts)
{
    enum status status;

    workbook_front(book);
    status = workbook_lists(book);
    if (status != STATUS_OK)
        return status;
    if (!book->about_one) {
        workbook_wholes(book);
        workbook_quality(book);
    }
    workbook_charts(book);
    workbook_back(book);
    return xlsx_end(book->xlsx, counts, book->why);
}

static struct pack all_rows(const struct workbook_parts *parts)
{
    return (struct pack){
        .row_count = parts->all.results->organisation_count,
        .use_count = parts->all.results->use_count,
        .advice_count = parts->all.advice->count,
        .first = results_first(parts->all.results),
    };
}

static enum status build(const struct workbook_parts *parts, const char *path, const char *folder,
                         struct xlsx_counts *counts, struct fail *why)
{
    const struct xlsx_about about = {
        .title = WORKBOOK_TITLE,
        .comments = "Contains public sector information licensed under the Open Government Licence "
                    "v3.0. Source: NHS Business Services Authority and NHS England.",
        .month = parts->pack != NULL ? parts->pack->now->month : results_latest(parts->all.results),
    };
    struct workbook *const book = calloc(1, sizeof *book);
    enum status status;

    if (book == NULL)
        return fail_nomem(why);
    book->parts = parts;
    book->results = parts->all.results;
    book->why = why;
    book->about_one = parts->pack != NULL;
    book->rows = parts->pack != NULL ? *parts->pack : all_rows(parts);
    book->first = book->rows.first;
    book->last = parts->pack != NULL ? about.month : results_last(parts->all.results);
    book->headline = results_headline(parts->all.results);
    book->latest = about.month;
    status = xlsx_new(&book->xlsx, path, folder, &about, why);
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

        status = build(&job->parts, job->path, building->folder, &building->counts[i], why);
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

enum status write_workbooks(const struct workbook_job *jobs, size_t count, const char *folder,
                            struct fail *why)
{
    const size_t bytes = count * sizeof(struct xlsx_counts);
    struct building building = {jobs, count, folder, NULL};
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
