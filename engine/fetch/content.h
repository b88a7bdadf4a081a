#ifndef FETCH_CONTENT_H
#define FETCH_CONTENT_H

/* Whether a file is what was asked for, before it gets its name. */

#include "base/fail.h"
#include "base/month.h"
#include "stream/sha256.h"

struct content_wanted {
    month_t month;     /* its first row must be of it; MONTH_NONE: of none */
    int64_t bytes;     /* 0 when not known */
    const char *hash;  /* MD5, SHA-1 or SHA-256 as hexadecimal digits, or another text, or "" */
    bool archive;      /* a ZIP */
    bool length_known; /* somebody said how long it is */
};

/* Reads all of it: an archive's lengths and CRCs hold, it is text in columns and no page of a
 * website, and the first row is of the month.
 * fails  STATUS_DATA  it is something else */
MUST_USE
enum status content_check(const char *path, const struct content_wanted *wanted,
                          char sha256[SHA256_TEXT], struct fail *why);

#endif
