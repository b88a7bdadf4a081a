#ifndef BASE_FAIL_H
#define BASE_FAIL_H

/* Why a call did not succeed: a code to branch on, and a sentence with a place
 * to show a person.  Every fallible engine function returns enum status and
 * fills the struct fail its caller passes last:
 *     return fail_set(why, STATUS_DATA, "month %s is not YYYYMM", text); */

#include "base/attr.h"

#include <stddef.h>
#include <stdint.h>

/* name, exit code of the program (sysexits.h), text */
#define STATUS_LIST(X)                                          \
    X(OK, 0, "no error")                                        \
    X(USAGE, 64, "the call does not make sense")                \
    X(DATA, 65, "the input does not have the promised shape")   \
    X(LIMIT, 65, "the input passes a limit in base/limits.h")   \
    X(NO_INPUT, 66, "an input file could not be opened")        \
    X(BUG, 70, "the engine broke a promise to itself")          \
    X(NOMEM, 71, "out of memory")                               \
    X(CANT_CREATE, 73, "an output file could not be created")   \
    X(IO, 74, "a file could not be read or written to its end") \
    X(RULE, 78, "a rule file is wrong")

enum status {
#define X(name, exit_code, text) STATUS_##name,
    STATUS_LIST(X)
#undef X
};

struct fail {
    enum status code;
    uint64_t line;  /* 1-based physical line of `file`; 0 when unknown */
    char file[256]; /* input, rule or output file; empty when none; its end is kept */
    char text[512]; /* NUL-terminated, no newline */
};

const char *status_text(enum status code);

/* 0 for STATUS_OK, else the sysexits code of design 5. */
int status_exit_code(enum status code);

/* Fills *why (forgetting file and line) and returns code. */
PRINTF_LIKE(3, 4)
enum status fail_set(struct fail *why, enum status code, const char *format, ...);

/* Says in which file it happened, unless an inner call already said so. */
enum status fail_in(struct fail *why, const char *file, uint64_t line);

enum status fail_nomem(struct fail *why);

/* STATUS_LIMIT: a sum does not fit into 128 bits. */
enum status fail_sum(struct fail *why);

/* Writes "file:line: text" into out, or as much of it as is known. */
void fail_print(const struct fail *why, char *out, size_t size);

#endif
