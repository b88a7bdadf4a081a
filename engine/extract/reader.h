#ifndef EXTRACT_READER_H
#define EXTRACT_READER_H

/* One extract, from bytes to rows:
 *     extract_reader_new(&reader, layouts, scope, limit, &sink, why)
 *     extract_reader_feed(reader, bytes, length, why)      as often as there are bytes
 *     extract_reader_end(reader, why)
 *     extract_reader_summary(reader)                       read = kept + out + rejected
 * A failure means that nothing of the file may be used. */

#include "extract/header.h"
#include "extract/repeats.h"
#include "extract/row.h"
#include "stream/sweep.h"

struct extract_sink {
    void *context;
    /* a row in scope; its texts live until the call returns */
    enum status (*row)(void *context, const struct row *row, struct fail *why);
};

struct month_rows {
    month_t month;
    uint64_t rows; /* kept or out of scope */
};

struct extract_summary {
    const struct era *era; /* NULL before the header was read */
    uint64_t rows_read;
    uint64_t rows_kept;
    uint64_t rows_out_of_scope;
    struct rejects rejects;
    int64_t items;             /* of all rows that were not rejected */
    int64_t actual_cost;       /* likewise, 0.00001 GBP; no figure if a cost is unknown */
    uint64_t unknown_costs;    /* rows without a cost */
    struct month_rows *months; /* ascending */
    size_t month_count;
    size_t month_room;
    bool last_line_open; /* the last row has no line end */
    uint64_t returns;    /* rows with a quantity below zero, of hospital data */
    struct notes notes;
};

/* For published totals: every row that is not rejected, as row_for_totals() gives it. */
struct totals_sink {
    void *context;
    enum status (*row)(void *context, const struct row *totals, bool complete, struct fail *why);
};

/* A month with less than a hundredth of the rows of the file's largest: a mistyped month, or the
 * edge of a period. */
bool extract_month_is_thin(const struct extract_summary *summary, size_t month);

struct extract_reader;

/* layouts and scope are borrowed for the reader's life. */
MUST_USE
enum status extract_reader_new(struct extract_reader **reader, const struct layouts *layouts,
                               struct scope scope, struct reject_limit limit,
                               const struct extract_sink *sink, struct fail *why);

MUST_USE
enum status extract_reader_feed(struct extract_reader *reader, const void *bytes, size_t length,
                                struct fail *why);

/* The same without a copy: room for bytes, and that so many of them are there. */
void extract_reader_room(struct extract_reader *reader, char **at, size_t *room);
MUST_USE
enum status extract_reader_filled(struct extract_reader *reader, size_t length, struct fail *why);

/* fails  STATUS_DATA  no header, no rows, a row cut at the end of the file, an
 *                     unclosed quote, more rejected rows than the limit */
MUST_USE
enum status extract_reader_end(struct extract_reader *reader, struct fail *why);

/* --- one extract in several parts, for threads --------------------------------------
 *
 * A fork reads bytes of the same extract that begin where a record begins; only a
 * reader that read the header can be forked.  When all parts before it and it itself
 * ended between two records, the parts joined in order are the whole:
 *     extract_reader_fork(&part, reader, &sink, why)  feed it  extract_reader_part_end(part, last,
 * &whole, why) extract_reader_join(all, part, why)             all: a reader that was fed nothing
 */

MUST_USE
enum status extract_reader_fork(struct extract_reader **part, const struct extract_reader *reader,
                                const struct extract_sink *sink, struct fail *why);

/* The part is over.  Behind the last part the file is too.  whole is false when it
 * ended within a record: then it, and what follows, was cut at a wrong place. */
MUST_USE
enum status extract_reader_part_end(struct extract_reader *part, bool last, bool *whole,
                                    struct fail *why);

/* Adds the account of the next part. */
MUST_USE
enum status extract_reader_join(struct extract_reader *all, const struct extract_reader *part,
                                struct fail *why);

/* True when `line` (with its line end) is one record with as many fields as the header. */
bool extract_reader_is_row(const struct extract_reader *reader, struct view line);

/* Before the first byte: reads by this path of sweep.h, for tests. */
MUST_USE
enum status extract_reader_by(struct extract_reader *reader, enum sweep_path path,
                              struct fail *why);

/* Before the first byte: rows of later months are rejected. */
void extract_reader_latest(struct extract_reader *reader, month_t latest);

/* After a failure: what was read is nothing like an extract (another kind of file, or less than
 * half of any header), or empty. */
bool extract_reader_is_stranger(const struct extract_reader *reader);

/* Before the first byte: gives all rows to this sink too.  It costs the early decision
 * about rows out of scope, so only where totals are asked for. */
void extract_reader_totals(struct extract_reader *reader, struct totals_sink sink);

/* Also after a failure: what was read until then. */
struct extract_summary *extract_reader_summary(struct extract_reader *reader);

void extract_reader_free(struct extract_reader *reader);

#endif
