#ifndef STREAM_SHA256_H
#define STREAM_SHA256_H

/* SHA-256 of a stream, by libcrypto: names an input file beyond doubt. */

#include "base/fail.h"

#define SHA256_TEXT 65 /* 64 hexadecimal digits and a NUL */

struct sha256;

struct sha256 *sha256_new(void); /* NULL when memory is out */

MUST_USE
enum status sha256_add(struct sha256 *sha256, const void *bytes, size_t length, struct fail *why);

/* Ends the sha256; out gets lower-case hexadecimal digits. */
MUST_USE
enum status sha256_end(struct sha256 *sha256, char out[SHA256_TEXT], struct fail *why);

void sha256_free(struct sha256 *sha256);

#endif
