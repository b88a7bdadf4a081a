#ifndef STREAM_FILE_HASH_H
#define STREAM_FILE_HASH_H

/* The hash of a file as a publisher gives it, and its size. */

#include "base/fail.h"

#include <stdbool.h>

#define FILE_HASH_TEXT 65

/* digits  of the hash: 32 is MD5, 40 SHA-1, 64 SHA-256; of any other *known is false and nothing is
 *         read
 * out     lower-case hexadecimal digits */
MUST_USE
enum status file_hash(const char *path, size_t digits, char out[FILE_HASH_TEXT], bool *known,
                      struct fail *why);

MUST_USE
enum status file_bytes(const char *path, uint64_t *bytes, struct fail *why);

#endif
