#include "extract/reader_internal.h"

enum status extract_reader_fork(struct extract_reader **part, const struct extract_reader *reader,
                                const struct extract_sink *sink, struct fail *why)
{
    const enum status status = extract_reader_make(part, reader, true, why);

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

static void join_notes(struct extract_reader *all, const struct note *notes)
{
    for (int kind = 0; kind < NOTES; kind++) {
        struct note *const note = &all->summary.notes.counted[kind];

        if (notes[kind].rows > 0 && note->rows == 0)
            note->line = notes[kind].line + all->lines;
        note->rows += notes[kind].rows;
        exact_add(&note->items, notes[kind].items);
        exact_add(&note->actual_cost, notes[kind].actual_cost);
    }
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
    enum status status = extract_add_control(sum, more->items, more->actual_cost, why);

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
        status = extract_count_month(all, more->months[i].month, more->months[i].rows, why);
    if (status == STATUS_OK)
        status = join_rejects(all, &more->rejects, why);
    if (status == STATUS_OK)
        status = repeats_join(&all->repeats, &part->repeats, all->lines, why);
    if (status == STATUS_OK &&
        (!exact_add(&all->quantity, part->quantity) || !exact_add(&all->nic, part->nic)))
        status = fail_set(why, STATUS_LIMIT,
                          "the quantity or the NIC of the rows in scope is too large to add");
    join_notes(all, more->notes.counted);
    if (all->lines == 0) { /* the first part has read the header */
        sum->notes.ignored = more->notes.ignored;
        sum->notes.missing = more->notes.missing;
    }
    all->lines += part->lines;
    return status;
}

struct only_row {
    size_t columns;
    bool found;
};

static enum status note_only_row(void *context, const struct scan_row *row, struct fail *why)
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
    const struct scan_sink sink = {&only, note_only_row, ignore_bad};
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
