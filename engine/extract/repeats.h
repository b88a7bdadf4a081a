#ifndef EXTRACT_REPEATS_H
#define EXTRACT_REPEATS_H

/* Rows that repeat an earlier row byte for byte, wherever it is in the file: a block pasted
 * twice doubles every figure.  A fingerprint of 64 bits a row is kept, of rows in scope only. */

#include "base/fail.h"
#include "base/view.h"
#include "extract/notes.h"

/* Beyond so many rows in scope, three times those of a national month, none more is looked at. */
#define REPEATS_MOST (1u << 21)

struct repeat_row {
    uint64_t print;
    uint64_t line;
};

struct repeats {
    struct repeat_row *rows;
    size_t count;
    size_t room;
};

MUST_USE
enum status repeats_add(struct repeats *repeats, struct view text, uint64_t line, struct fail *why);

/* The rows of a part that comes next, so many lines behind. */
MUST_USE
enum status repeats_join(struct repeats *repeats, const struct repeats *part, uint64_t lines,
                         struct fail *why);

/* Fills rows and line.  Empties the list. */
MUST_USE
enum status repeats_count(struct repeats *repeats, struct note *note, struct fail *why);

void repeats_release(struct repeats *repeats);

#endif
