#ifndef STREAM_ZIP_H
#define STREAM_ZIP_H

/* ZIP, read through its table of contents: a cut archive has none and is refused
 * before its first row.  By ISA-L when it holds nothing but plain files (zip_table.h),
 * else by libarchive. */

#include "base/fail.h"

#include <stdbool.h>

struct zip;

/* fd   a regular file, borrowed; read from its start whatever its position */
MUST_USE
enum status zip_open(struct zip **zip, int fd, struct fail *why);

/* The next file in the archive (folders are skipped); name is borrowed
 * until the next call. */
MUST_USE
enum status zip_next(struct zip *zip, const char **name, bool *found, struct fail *why);

/* got is 0 only when length and CRC of the member were right. */
MUST_USE
enum status zip_read(struct zip *zip, void *bytes, size_t room, size_t *got, struct fail *why);

/* Compressed bytes behind us. */
uint64_t zip_done_bytes(struct zip *zip);

void zip_free(struct zip *zip);

#endif
