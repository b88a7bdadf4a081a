#include "extract/reader.h"

#include "base/grow.h"
#include "base/limits.h"
#include "extract/prefilter.h"
#include "extract/row_hospital.h"

#include <inttypes.h>
#include <stdlib.h>

struct extract_reader {
    const struct layouts *layouts;
    struct scope scope;
    struct reject_limit limit;
    struct extract_sink sink;
    struct totals_sink totals; /* row is NULL where none are wanted */
    struct sweep *sweep;
    enum sweep_path path;
    struct binding binding;
    struct prefilter prefilter;
    struct extract_summary summary;
    size_t last_month; /* index into summary.months of the row before */
    uint64_t lines;    /* of a part that is over, or of the parts that were joined */
};

/* Months are few and rows of a month come together: look at the last first. */
static enum status count_month(struct extract_reader *reader, month_t month, uint64_t rows,
                               struct fail *why)
{
    struct extract_summary *const summary = &reader->summary;
    size_t at = reader->last_month;

    if (at < summary->month_count && summary->months[at].month == month) {
        summary->months[at].rows += rows;
        return STATUS_OK;
    }
    for (at = 0; at < summary->month_count && summary->months[at].month < month; at++)
        ;
    if (at == summary->month_count || summary->months[at].month != month) {
        if (!grow(&summary->months, &summary->month_room, summary->month_count + 1,
                  sizeof *summary->months))
            return fail_nomem(why);
        for (size_t i = summary->month_count; i > at; i--)
            summary->months[i] = summary->months[i - 1];
        summary->months[at] = (struct month_rows){month, 0};
        summary->month_count++;
    }
    summary->months[at].rows += rows;
    reader->last_month = at;
    return STATUS_OK;
}

static enum status reject_row(struct extract_reader *reader, const struct reject *reject,
                              struct fail *why)
{
    reader->summary.rows_read++;
    return rejects_add(&reader->summary.rejects, reject, why);
}

static enum status add_control(struct extract_summary *summary, int64_t items, int64_t actual_cost,
                               struct fail *why)
{
    if (exact_add(&summary->items, items) && exact_add(&summary->actual_cost, actual_cost))
        return STATUS_OK;
    return fail_set(why, STATUS_LIMIT, "the items or the cost of all rows are too large to add");
}

static enum status take_row(struct extract_reader *reader, const struct row *row,
                            enum verdict verdict, struct fail *why)
{
    struct extract_summary *const summary = &reader->summary;
    const enum status status = add_control(summary, row->items, row->actual_cost, why);

    if (status != STATUS_OK)
        return status;
    summary->rows_read++;
    if (verdict == VERDICT_KEPT)
        summary->rows_kept++;
    else
        summary->rows_out_of_scope++;
    return count_month(reader, row->month, 1, why);
}

static enum status fail_cut(const struct scan_row *fields, const struct reject *reject,
                            struct fail *why)
{
    fail_set(why, STATUS_DATA, "the file is cut in the middle of its last row (%s%s%s)",
             reject->column, reject->column[0] != '\0' ? ": " : "", reject_text(reject->reason));
    why->line = fields->line;
    return STATUS_DATA;
}

static enum status read_header(struct extract_reader *reader, const struct scan_row *fields,
                               struct fail *why)
{
    struct view names[LIMIT_COLUMNS];
    enum status status;

    for (size_t i = 0; i < fields->count; i++)
        names[i] = scan_field(fields, i);
    status = bind_header(&reader->binding, reader->layouts, names, fields->count, why);
    if (status != STATUS_OK) {
        why->line = fields->line;
        return status;
    }
    why->line = 0;
    reader->summary.era = reader->binding.era;
    if (reader->totals.row == NULL)
        prefilter_set(&reader->prefilter, &reader->binding, reader->scope, reader->path);
    return STATUS_OK;
}

static enum status give_totals(struct extract_reader *reader, const struct row *row,
                               const struct scan_row *fields, struct fail *why)
{
    struct row totals;
    const bool complete = row_for_totals(&totals, row, &reader->binding, fields);

    return reader->totals.row(reader->totals.context, &totals, complete, why);
}

/* Rows that are not decided at a prefilter. */
static enum status read_row(struct extract_reader *reader, const struct scan_row *fields,
                            struct fail *why)
{
    struct row row; /* filled as far as the verdict says: no row is cleared first */
    struct reject reject = {0};
    const enum verdict verdict = row_read(&row, &reader->binding, reader->scope, fields, &reject);
    enum status status;

    reader->summary.last_line_open = !fields->ended;
    if (verdict == VERDICT_REJECTED)
        return fields->ended ? reject_row(reader, &reject, why) : fail_cut(fields, &reject, why);
    reader->summary.unknown_costs += row.unknown_cost;
    status = take_row(reader, &row, verdict, why);
    prefilter_month(&reader->prefilter, fields, row.month);
    if (status == STATUS_OK && reader->totals.row != NULL)
        status = give_totals(reader, &row, fields, why);
    if (status == STATUS_OK && verdict == VERDICT_KEPT)
        status = reader->sink.row(reader->sink.context, &row, why);
    return status;
}

static enum status read_hospital_row(struct extract_reader *reader, const struct scan_row *fields,
                                     struct fail *why)
{
    char key[PRESENTATION_KEY];
    struct row row;
    struct reject reject = {0};
    const enum verdict verdict =
        row_read_hospital(&row, &reader->binding, &reader->layouts->hospital, fields, key, &reject);
    enum status status;

    reader->summary.last_line_open = !fields->ended;
    if (verdict == VERDICT_REJECTED)
        return fields->ended ? reject_row(reader, &reject, why) : fail_cut(fields, &reject, why);
    reader->summary.returns += row.returned;
    reader->summary.unknown_costs += row.unknown_cost;
    status = take_row(reader, &row, verdict, why);
    return status == STATUS_OK ? reader->sink.row(reader->sink.context, &row, why) : status;
}

static enum status on_row(void *context, const struct scan_row *fields, struct fail *why)
{
    struct extract_reader *const reader = context;

    if (reader->summary.era == NULL)
        return read_header(reader, fields, why);
    return reader->binding.era->extract->subject == SUBJECT_prescribing
               ? read_row(reader, fields, why)
               : read_hospital_row(reader, fields, why);
}

/* Rows out of scope that a prefilter decides.  Where their sums do not fit they come one by one, so
 * that the error has its line. */
static enum status pass_rows(void *context, const struct sweep_rows *rows, size_t *passed,
                             struct fail *why)
{
    struct extract_reader *const reader = context;
    struct extract_summary *const summary = &reader->summary;
    const struct prefilter_sums sums = prefilter_rows(&reader->prefilter, rows);
    int64_t items = summary->items;
    int64_t actual_cost = summary->actual_cost;

    if (sums.rows == 0 || !exact_add(&items, sums.items) ||
        !exact_add(&actual_cost, sums.actual_cost))
        return STATUS_OK;
    summary->items = items;
    summary->actual_cost = actual_cost;
    summary->rows_read += sums.rows;
    summary->rows_out_of_scope += sums.rows;
    *passed = sums.rows;
    return count_month(reader, reader->prefilter.month_before, sums.rows, why);
}

static enum status on_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    struct extract_reader *const reader = context;
    const struct reject reject = {
        .line = bad->line,
        .reason = (enum reject_reason)bad->fault,
        .column = "",
        .text = bad->text,
    };

    if (reader->summary.era == NULL) {
        fail_set(why, STATUS_DATA, "the header cannot be read: %s%s", scan_fault_text(bad->fault),
                 bad->fault == SCAN_FAULT_NUL ? "; if it is UTF-16, save it as UTF-8" : "");
        why->line = bad->line;
        return STATUS_DATA;
    }
    return reject_row(reader, &reject, why);
}

/* A reader with what `like` says; midway: the bytes begin behind the header. */
static enum status make(struct extract_reader **reader, const struct extract_reader *like,
                        bool midway, struct fail *why)
{
    const struct sweep_setup setup = {.path = like->path, .midway = midway, .pass = pass_rows};
    struct extract_reader *made = calloc(1, sizeof *made);
    const struct scan_sink scan_sink = {made, on_row, on_bad};
    enum status status;

    if (made == NULL)
        return fail_nomem(why);
    made->layouts = like->layouts;
    made->scope = like->scope;
    made->limit = like->limit;
    made->sink = like->sink;
    made->path = like->path;
    status = sweep_new(&made->sweep, &setup, &scan_sink, why);
    if (status != STATUS_OK) {
        extract_reader_free(made);
        return status;
    }
    *reader = made;
    return STATUS_OK;
}

enum status extract_reader_new(struct extract_reader **reader, const struct layouts *layouts,
                               struct scope scope, struct reject_limit limit,
                               const struct extract_sink *sink, struct fail *why)
{
    const struct extract_reader like = {
        .layouts = layouts, .scope = scope, .limit = limit, .sink = *sink};

    return make(reader, &like, false, why);
}

enum status extract_reader_by(struct extract_reader *reader, enum sweep_path path, struct fail *why)
{
    const struct sweep_setup setup = {.path = path, .pass = pass_rows};
    const struct scan_sink sink = {reader, on_row, on_bad};
    struct sweep *sweep;
    const enum status status = sweep_new(&sweep, &setup, &sink, why);

    if (status != STATUS_OK)
        return status;
    sweep_free(reader->sweep);
    reader->sweep = sweep;
    reader->path = path;
    return STATUS_OK;
}

enum status extract_reader_feed(struct extract_reader *reader, const void *bytes, size_t length,
                                struct fail *why)
{
    return sweep_feed(reader->sweep, bytes, length, why);
}

void extract_reader_room(struct extract_reader *reader, char **at, size_t *room)
{
    sweep_room(reader->sweep, at, room);
}

enum status extract_reader_filled(struct extract_reader *reader, size_t length, struct fail *why)
{
    return sweep_filled(reader->sweep, length, why);
}

void extract_reader_totals(struct extract_reader *reader, struct totals_sink sink)
{
    reader->totals = sink;
    reader->prefilter = (struct prefilter){.kernel = NULL};
}

/* Tells the first rejected row: most often all the others have its fault. */
static enum status fail_rejects(const struct extract_summary *summary, uint64_t allowed,
                                struct fail *why)
{
    const struct reject *const first = &summary->rejects.list[0];

    return fail_set(why, STATUS_DATA,
                    "%zu of %" PRIu64 " rows are rejected and at most %" PRIu64
                    " may be (--max-rejects); the first is line %" PRIu64 "%s%s: %s",
                    summary->rejects.count, summary->rows_read, allowed, first->line,
                    first->column[0] != '\0' ? ", " : "", first->column,
                    reject_text(first->reason));
}

enum status extract_reader_end(struct extract_reader *reader, struct fail *why)
{
    struct extract_summary *const summary = &reader->summary;
    const enum status status = sweep_end(reader->sweep, why);
    uint64_t allowed;

    if (status != STATUS_OK)
        return status;
    if (summary->era == NULL)
        return fail_set(why, STATUS_DATA, "is empty: not even a header");
    allowed = reject_limit_rows(reader->limit, summary->rows_read);
    if (summary->rejects.count > allowed)
        return fail_rejects(summary, allowed, why);
    if (summary->month_count == 0)
        return fail_set(why, STATUS_DATA, "holds no usable row behind its header");
    if (summary->rows_read !=
        summary->rows_kept + summary->rows_out_of_scope + summary->rejects.count)
        return fail_set(why, STATUS_BUG, "read is not kept + out of scope + rejected");
    return STATUS_OK;
}

enum status extract_reader_fork(struct extract_reader **part, const struct extract_reader *reader,
                                const struct extract_sink *sink, struct fail *why)
{
    const enum status status = make(part, reader, true, why);

    if (status != STATUS_OK)
        return status;
    (*part)->sink = *sink;
    (*part)->binding = reader->binding;
    (*part)->prefilter = reader->prefilter;
    (*part)->summary.era = reader->summary.era;
    return STATUS_OK;
}

enum status extract_reader_part_end(struct extract_reader *part, bool last, bool *whole,
                                    struct fail *why)
{
    const enum status status = last ? sweep_end(part->sweep, why) : STATUS_OK;

    *whole = last || sweep_is_between(part->sweep);
    part->lines = sweep_line(part->sweep) - 1;
    sweep_free(part->sweep); /* a month has hundreds of parts: only their accounts stay */
    part->sweep = NULL;
    return status;
}

static enum status join_rejects(struct extract_reader *all, const struct rejects *rejects,
                                struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rejects->count && status == STATUS_OK; i++) {
        struct reject reject = rejects->list[i];

        reject.line += all->lines;
        status = rejects_add(&all->summary.rejects, &reject, why);
    }
    return status;
}

enum status extract_reader_join(struct extract_reader *all, const struct extract_reader *part,
                                struct fail *why)
{
    struct extract_summary *const sum = &all->summary;
    const struct extract_summary *const more = &part->summary;
    enum status status = add_control(sum, more->items, more->actual_cost, why);

    sum->era = more->era;
    all->binding = part->binding;
    sum->rows_read += more->rows_read;
    sum->rows_kept += more->rows_kept;
    sum->rows_out_of_scope += more->rows_out_of_scope;
    sum->returns += more->returns;
    sum->unknown_costs += more->unknown_costs;
    if (more->rows_read > 0)
        sum->last_line_open = more->last_line_open;
    for (size_t i = 0; i < more->month_count && status == STATUS_OK; i++)
        status = count_month(all, more->months[i].month, more->months[i].rows, why);
    if (status == STATUS_OK)
        status = join_rejects(all, &more->rejects, why);
    all->lines += part->lines;
    return status;
}

struct only_row {
    size_t columns;
    bool found;
};

static enum status note_row(void *context, const struct scan_row *row, struct fail *why)
{
    struct only_row *const only = context;

    (void)why;
    only->found = row->count == only->columns;
    return STATUS_OK;
}

static enum status ignore_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    (void)context;
    (void)bad;
    (void)why;
    return STATUS_OK;
}

bool extract_reader_is_row(const struct extract_reader *reader, struct view line)
{
    struct only_row only = {.columns = reader->binding.columns};
    const struct scan_sink sink = {&only, note_row, ignore_bad};
    struct scanner *scanner;
    struct fail ignored;
    bool row;

    if (scan_new(&scanner, &sink, &ignored) != STATUS_OK)
        return false;
    scan_resume(scanner, 1);
    row = scan_feed(scanner, line.at, line.length, &ignored) == STATUS_OK &&
          scan_is_idle(scanner) && only.found;
    scan_free(scanner);
    return row;
}

struct extract_summary *extract_reader_summary(struct extract_reader *reader)
{
    return &reader->summary;
}

void extract_reader_free(struct extract_reader *reader)
{
    if (reader == NULL)
        return;
    sweep_free(reader->sweep);
    rejects_release(&reader->summary.rejects);
    free(reader->summary.months);
    free(reader);
}
