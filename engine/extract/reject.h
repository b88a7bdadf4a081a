#ifndef EXTRACT_REJECT_H
#define EXTRACT_REJECT_H

/* Rows that cannot be used: data, not failures.  Each is counted by reason and
 * kept with its line for rejects.csv. */

#include "base/arena.h"
#include "base/fail.h"
#include "extract/layout.h"
#include "stream/scan.h"

/* id in audit.json and rejects.csv, sentence.  The first ones are the scanner's, in its order. */
#define REJECT_LIST(X)                                                                  \
    X(QUOTE, "quote", "a quote inside a bare field, or text behind a closing quote")    \
    X(RETURN, "carriage_return", "a carriage return inside the row")                    \
    X(NUL, "zero_byte", "a zero byte in the row")                                       \
    X(LENGTH, "too_long", "longer than any row can be: an unclosed quote")              \
    X(WIDTH, "too_wide", "more columns than any extract has")                           \
    X(COLUMNS, "column_count", "not as many columns as the header")                     \
    X(EMPTY, "empty", "a value that must be there is empty")                            \
    X(NUMBER, "not_a_number", "not a plain decimal number")                             \
    X(PLACES, "decimal_places", "more decimal places than this value has")              \
    X(RANGE, "too_large", "a number too large to be true")                              \
    X(NEGATIVE, "negative", "a negative number where none can be")                      \
    X(MONTH, "month", "not a month as YYYYMM, YYYY-MM or YYYY_MM")                      \
    X(FUTURE, "future_month", "a month that has not begun: it cannot be in an extract") \
    X(CODE, "code", "not a code")                                                       \
    X(FLAG, "flag", "not Y or N")                                                       \
    X(DATE, "date", "not a day as YYYYMMDD, YYYY-MM-DD, DDMONYYYY or DD-Mon-YY")        \
    X(STATUS, "status", "not a status that the rule of the register knows")             \
    X(NAME, "name_too_long", "a name longer than any name is")

enum reject_reason {
#define X(name, id, text) REJECT_##name,
    REJECT_LIST(X)
#undef X
        REJECT_REASONS
};

const char *reject_id(enum reject_reason reason);
const char *reject_text(enum reject_reason reason);

struct reject {
    uint64_t line;
    enum reject_reason reason;
    const char *column; /* as in the header; "" for the row as a whole */
    struct view text;   /* the row, at most LIMIT_REJECT_TEXT bytes of it */
};

struct rejects {
    struct arena arena;
    struct reject *list; /* in the order of the input */
    size_t count;
    size_t room;
    uint64_t by_reason[REJECT_REASONS];
};

/* Copies text and column.  fails STATUS_LIMIT beyond LIMIT_REJECTS. */
MUST_USE
enum status rejects_add(struct rejects *rejects, const struct reject *reject, struct fail *why);

void rejects_release(struct rejects *rejects);

/* How many rejected rows a file may have: a share of its rows in parts per
 * million, but never fewer than `least` (design 6: 0.01%, at least 10). */
struct reject_limit {
    uint64_t least;
    uint64_t per_million;
};

uint64_t reject_limit_rows(struct reject_limit limit, uint64_t rows_read);

#endif
