#include "extract/reader_internal.h"

#include "base/grow.h"
#include "base/limits.h"
#include "extract/row_hospital.h"
#include "extract/spare_row.h"

#include <inttypes.h>
#include <stdlib.h>

/* Months are few and rows of a month come together: look at the last first. */
enum status extract_count_month(struct extract_reader *reader, month_t month, uint64_t rows,
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

bool extract_month_is_thin(const struct extract_summary *summary, size_t month)
{
    uint64_t most = 0;

    for (size_t i = 0; i < summary->month_count; i++)
        most = summary->months[i].rows > most ? summary->months[i].rows : most;
    return summary->months[month].rows < (most + 99) / 100 ||
           (summary->months[month].rows * 10 <= most && summary->months[month].rows <= 3);
}

static enum status reject_row(struct extract_reader *reader, const struct reject *reject,
                              struct fail *why)
{
    reader->summary.rows_read++;
    return rejects_add(&reader->summary.rejects, reject, why);
}

enum status extract_add_control(struct extract_summary *summary, int64_t items, int64_t actual_cost,
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
    const enum status status = extract_add_control(summary, row->items, row->actual_cost, why);

    if (status != STATUS_OK)
        return status;
    summary->rows_read++;
    if (verdict == VERDICT_KEPT)
        summary->rows_kept++;
    else
        summary->rows_out_of_scope++;
    return extract_count_month(reader, row->month, 1, why);
}

static enum status fail_cut(const struct scan_row *fields, const struct reject *reject,
                            struct fail *why)
{
    fail_set(why, STATUS_DATA, "the file is cut in the middle of its last row (%s%s%s)",
             reject->column, reject->column[0] != '\0' ? ": " : "", reject_text(reject->reason));
    why->line = fields->line;
    return STATUS_DATA;
}

static enum status give_totals(struct extract_reader *reader, const struct row *row,
                               const struct scan_row *fields, struct fail *why)
{
    struct row totals;
    const bool complete = row_for_totals(&totals, row, &reader->binding, fields);

    return reader->totals.row(reader->totals.context, &totals, complete, why);
}

static void add_note(struct extract_reader *reader, enum note_kind kind, const struct row *row,
                     uint64_t line)
{
    struct note *const note = &reader->summary.notes.counted[kind];

    note->line = note->rows == 0 ? line : note->line;
    note->rows++;
    if (row == NULL)
        return;
    exact_add(&note->items, row->items); /* less than the sums of all rows, which are checked */
    exact_add(&note->actual_cost, row->actual_cost);
}

/* A row that cannot be used: empty, a header again, or rejected. */
static enum status refuse_row(struct extract_reader *reader, const struct scan_row *fields,
                              const struct reject *reject, struct fail *why)
{
    switch (spare_row(reader->layouts, &reader->binding, fields)) {
    case SPARE_EMPTY:
        add_note(reader, NOTE_EMPTY, NULL, fields->line);
        return STATUS_OK;
    case SPARE_HEADER:
        add_note(reader, NOTE_HEADER, NULL, fields->line);
        return STATUS_OK;
    case SPARE_OTHER_HEADER:
        fail_set(why, STATUS_DATA,
                 "another header: files of different layouts were joined; give them one by one");
        why->line = fields->line;
        return STATUS_DATA;
    default:
        return fields->ended ? reject_row(reader, reject, why) : fail_cut(fields, reject, why);
    }
}

/* A store keeps such sums in 64 bits: what it cannot keep is no extract for a run either. */
static enum status fail_scope_sums(struct fail *why)
{
    return fail_set(why, STATUS_LIMIT,
                    "the quantity or the NIC of the rows in scope is too large to add");
}

/* What a row in scope, or one without a code, says beside its figures. */
static enum status note_row(struct extract_reader *reader, const struct row *row,
                            enum verdict verdict, const struct scan_row *fields, struct fail *why)
{
    if (verdict == VERDICT_OUT_OF_SCOPE) {
        if (row->bnf_code.length > 0)
            return STATUS_OK;
        add_note(reader, NOTE_NO_CODE, row, fields->line);
        if (row_is_of_scope_chapter(&reader->binding, reader->scope, fields))
            add_note(reader, NOTE_NO_CODE_RESPIRATORY, row, fields->line);
        return STATUS_OK;
    }
    if (!exact_add(&reader->quantity, row->quantity) || !exact_add(&reader->nic, row->nic))
        return fail_scope_sums(why);
    if (row->other_total)
        add_note(reader, NOTE_QUANTITY, row, fields->line);
    return repeats_add(&reader->repeats, fields->text, fields->line, why);
}

/* Whatever fails because of a row names its line. */
static enum status at_line(enum status status, const struct scan_row *fields, struct fail *why)
{
    if (status != STATUS_OK && why->line == 0)
        why->line = fields->line;
    return status;
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
        return refuse_row(reader, fields, &reject, why);
    reader->summary.unknown_costs += row.unknown_cost;
    status = take_row(reader, &row, verdict, why);
    prefilter_month(&reader->prefilter, fields, row.month);
    if (status == STATUS_OK)
        status = note_row(reader, &row, verdict, fields, why);
    if (status == STATUS_OK && reader->totals.row != NULL)
        status = give_totals(reader, &row, fields, why);
    if (status == STATUS_OK && verdict == VERDICT_KEPT)
        status = reader->sink.row(reader->sink.context, &row, why);
    return at_line(status, fields, why);
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
        return refuse_row(reader, fields, &reject, why);
    reader->summary.returns += row.returned;
    reader->summary.unknown_costs += row.unknown_cost;
    status = take_row(reader, &row, verdict, why);
    if (row.no_code)
        add_note(reader, NOTE_NO_CODE, &row, fields->line);
    if (status == STATUS_OK && verdict == VERDICT_KEPT)
        status = repeats_add(&reader->repeats, fields->text, fields->line, why);
    if (status == STATUS_OK && !exact_add(&reader->quantity, row.quantity))
        status = fail_scope_sums(why);
    if (status == STATUS_OK)
        status = reader->sink.row(reader->sink.context, &row, why);
    return at_line(status, fields, why);
}

static enum status on_row(void *context, const struct scan_row *fields, struct fail *why)
{
    struct extract_reader *const reader = context;

    if (reader->summary.era == NULL)
        return extract_read_header(reader, fields, why);
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
    return extract_count_month(reader, reader->prefilter.month_before, sums.rows, why);
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

    if (reader->summary.era == NULL)
        return extract_read_bad_header(reader, bad, why);
    if (memchr(bad->text.at, '\r', bad->text.length) != NULL &&
        spare_is_mixed(&reader->binding, bad->text)) {
        fail_set(why, STATUS_DATA,
                 "mixed line ends: carriage returns alone end some rows; save it with one kind of "
                 "line end");
        why->line = bad->line;
        return STATUS_DATA;
    }
    if (spare_line(reader->layouts, &reader->binding, bad->text) == SPARE_HEADER) {
        add_note(reader, NOTE_HEADER, NULL, bad->line);
        return STATUS_OK;
    }
    return reject_row(reader, &reject, why);
}

/* A reader with what `like` says; midway: the bytes begin behind the header. */
enum status extract_reader_make(struct extract_reader **reader, const struct extract_reader *like,
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
    made->latest = like->latest;
    made->begun = midway;
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

    return extract_reader_make(reader, &like, false, why);
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

void extract_reader_latest(struct extract_reader *reader, month_t latest)
{
    reader->latest = latest;
}

enum status extract_reader_feed(struct extract_reader *reader, const void *bytes, size_t length,
                                struct fail *why)
{
    const enum status status = extract_check_kind(reader, bytes, length, why);

    if (status != STATUS_OK)
        return status;
    return sweep_feed(reader->sweep, bytes, length, why);
}

void extract_reader_room(struct extract_reader *reader, char **at, size_t *room)
{
    sweep_room(reader->sweep, at, room);
    reader->room = *at;
}

enum status extract_reader_filled(struct extract_reader *reader, size_t length, struct fail *why)
{
    const enum status status = extract_check_kind(reader, reader->room, length, why);

    return status == STATUS_OK ? sweep_filled(reader->sweep, length, why) : status;
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
    if (summary->era == NULL && reader->refused > 0) {
        *why = reader->refusal;
        return why->code;
    }
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
    return repeats_count(&reader->repeats, &summary->notes.counted[NOTE_REPEATED], why);
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
    repeats_release(&reader->repeats);
    free(reader->summary.months);
    free(reader);
}
