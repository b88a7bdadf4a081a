#ifndef STREAM_SCAN_H
#define STREAM_SCAN_H

/* CSV records out of bytes that come in blocks of any size.  libcsv parses; this module adds what
 * it does not have: line numbers, a limit, and going on behind a bad row.
 *
 * Grammar (RFC 4180, strictly): fields are divided by commas, records by LF or
 * CRLF; a field that begins with a quote ends with one, and holds commas, line
 * ends and doubled quotes; a bare field holds no quote and no CR.  Blank lines
 * are no records.  A byte order mark at the start is skipped.
 *
 * A record that breaks this is a bad row: it is reported with the number of its
 * first physical line, and reading goes on with the line behind that one, so
 * that an unclosed quote costs one row and not the rest of the file.  Only a
 * quote that is still open at the end of the input fails the whole
 * (STATUS_DATA). */

#include "base/decimal.h"
#include "base/fail.h"
#include "base/view.h"

#include <stdbool.h>
#include <stdint.h>

#define SCAN_FAULT_LIST(X)                                                  \
    X(QUOTE, "a quote inside a bare field, or text behind a closing quote") \
    X(RETURN, "a carriage return inside a row")                             \
    X(NUL, "a zero byte")                                                   \
    X(LENGTH, "longer than any row can be")                                 \
    X(WIDTH, "more columns than any extract has")

enum scan_fault {
#define X(name, text) SCAN_FAULT_##name,
    SCAN_FAULT_LIST(X)
#undef X
        SCAN_FAULTS
};

const char *scan_fault_text(enum scan_fault fault);

/* One record, valid until the callback returns.  Its fields are read by
 * scan_field(): either they were unquoted into `fields`, or they stand in the
 * input and only their places are known (sweep.h). */
struct scan_row {
    const struct view *fields; /* or NULL */
    const char *base;
    const uint16_t *starts; /* field i is base[starts[i]] up to base[starts[i + 1] - 1] */
    size_t count;
    uint64_t line;    /* physical line on which the record begins, from 1 */
    struct view text; /* the record as in the input, without its line end */
    bool ended;       /* false for a last record without a line end */
};

/* So many bytes before and behind a field in the input may be read,
 * whatever they are: a number is then read in words of eight bytes. */
#define SCAN_SLACK WORD_SLACK

/* Field i < count without its quotes. */
static inline struct view scan_field(const struct scan_row *row, size_t i)
{
    const char *at;
    size_t length;

    if (row->fields != NULL)
        return row->fields[i];
    at = row->base + row->starts[i];
    length = (size_t)row->starts[i + 1] - row->starts[i] - 1;
    if (i + 1 == row->count && length > 0 && at[length - 1] == '\r')
        length--;
    if (length > 0 && at[0] == '"')
        return (struct view){at + 1, length - 2};
    return (struct view){at, length};
}

struct scan_bad {
    enum scan_fault fault;
    uint64_t line;
    struct view text; /* the first physical line of the record */
};

/* Both are called in the order of the input; a status other than OK stops. */
struct scan_sink {
    void *context;
    enum status (*row)(void *context, const struct scan_row *row, struct fail *why);
    enum status (*bad)(void *context, const struct scan_bad *bad, struct fail *why);
};

struct scanner;

MUST_USE
enum status scan_new(struct scanner **scanner, const struct scan_sink *sink, struct fail *why);

/* Any number of bytes, cut anywhere. */
MUST_USE
enum status scan_feed(struct scanner *scanner, const void *bytes, size_t length, struct fail *why);

/* The input is over. */
MUST_USE
enum status scan_end(struct scanner *scanner, struct fail *why);

/* True when everything fed so far was given out: a record ended with the last byte. */
bool scan_is_idle(const struct scanner *scanner);

/* Of the next record. */
uint64_t scan_line(const struct scanner *scanner);

/* Between two records: what comes next begins on this line, not at the start of a file. */
void scan_resume(struct scanner *scanner, uint64_t line);

void scan_free(struct scanner *scanner);

#endif
