#ifndef STREAM_SCAN_H
#define STREAM_SCAN_H

/* CSV records out of bytes that come in blocks of any size.  libcsv parses; this module adds what
 * it does not have: line numbers, a limit, and going on behind a bad row.
 *
 * Grammar (RFC 4180, strictly): fields are divided by commas, records by LF or
 * CRLF; a field that begins with a quote ends with one, and holds commas, line
 * ends and doubled quotes; a bare field holds no quote and no CR.  Blank lines
 * are no records.  A byte order mark at the start is passed over.
 *
 * A record that breaks this is a bad row: it is told with the number of its
 * first physical line, and reading goes on with the line behind that one, so
 * that an unclosed quote costs one row and not the rest of the file.  Only a
 * quote that is still open at the end of the input fails the whole
 * (STATUS_DATA). */

#include "base/fail.h"
#include "base/view.h"

#include <stdbool.h>

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

struct scan_row {
    const struct view *fields; /* unquoted; valid until the callback returns */
    size_t count;
    uint64_t line;    /* physical line on which the record begins, from 1 */
    struct view text; /* the record as it stands in the input, without its line end */
    bool ended;       /* false for a last record without a line end */
};

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

void scan_free(struct scanner *scanner);

#endif
