#ifndef STREAM_DIGEST_H
#define STREAM_DIGEST_H

/* SHA-256 of a stream, by libcrypto: names an input file beyond doubt. */

#include "base/fail.h"

#define DIGEST_TEXT 65 /* 64 hexadecimal digits and a NUL */

struct digest;

struct digest *digest_new(void); /* NULL when memory is out */

MUST_USE
enum status digest_add(struct digest *digest, const void *bytes, size_t length, struct fail *why);

/* Ends the digest; out gets lower-case hexadecimal digits. */
MUST_USE
enum status digest_end(struct digest *digest, char out[DIGEST_TEXT], struct fail *why);

void digest_free(struct digest *digest);

#endif
