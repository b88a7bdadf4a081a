#ifndef STREAM_SOURCE_H
#define STREAM_SOURCE_H

/* Bytes in: a file or standard input, plain, gzip, zstd or ZIP, recognised by their
 * first bytes, never by name.
 *     source_open(&source, "EPD_SNOMED_202607.zip", why)
 *     while (source_next(source, &found, why) == STATUS_OK && found)
 *         while (source_read(source, buffer, size, &got, why) == STATUS_OK && got > 0) ...
 *     source_end(source, sha256, &bytes, why)
 * A ZIP has one member for each file in it, any other input has one.
 *
 * Promise: a read that ends (got == 0) has seen the whole member, and what the
 * archive says of its length and CRC holds (zstd may say neither: zstd.h).  A cut file, a wrong
 * CRC, bytes behind the end or between gzip members are STATUS_DATA; nothing ends early in
 * silence. */

#include "base/fail.h"
#include "base/view.h"
#include "stream/sha256.h"

#include <stdbool.h>

struct source;

/* path   a file, or "-" for standard input; borrowed for the source's life
 * fails  STATUS_NO_INPUT  it cannot be opened
 *        STATUS_DATA      a ZIP that is cut */
MUST_USE
enum status source_open(struct source **source, const char *path, struct fail *why);

/* Before the first read: no sha256 is wanted.  SHA-256 takes 0.5 s a GB on a
 * processor with instructions for it, four times what scanning takes. */
void source_skip_sha256(struct source *source);

/* Likewise: the sha256 of a regular file is taken on a thread of its own (aside.h), so
 * that it costs no time but its own.  That of a pipe is taken while it is read. */
MUST_USE
enum status source_sha256_aside(struct source *source, struct fail *why);
bool source_takes_sha256_aside(const struct source *source);

/* The next member to read; found is false when there is none left. */
MUST_USE
enum status source_next(struct source *source, bool *found, struct fail *why);

/* How a path is shown to people: "-" is standard input. */
const char *source_shown(const char *path);

/* "file.csv", or "archive.zip:member.csv". */
const char *source_name(const struct source *source);

/* "member.csv", or NULL where the file is no archive. */
const char *source_member(const struct source *source);

/* Up to `room` bytes of the current member; got is 0 only at its checked end. */
MUST_USE
enum status source_read(struct source *source, void *bytes, size_t room, size_t *got,
                        struct fail *why);

/* True for a plain regular file of which nothing was read yet and whose sha256 does not need its
 * bytes in their order: it may be read in any order, by several threads, instead
 * of by source_read. */
bool source_has_places(const struct source *source);

/* Up to `room` bytes from a place in the file; got is 0 only at its end. */
MUST_USE
enum status source_read_at(const struct source *source, uint64_t place, void *bytes, size_t room,
                           size_t *got, struct fail *why);

/* The first bytes of the file, up to 64 KiB. */
struct view source_first(const struct source *source);

/* All was read by source_read_at. */
void source_pass(struct source *source);

/* Back to the start of such a file. */
MUST_USE
enum status source_begin_again(struct source *source, struct fail *why);

/* After the last member: SHA-256 and size of the file as it lies on the disk;
 * the text is empty when the sha256 was skipped.
 * fails  STATUS_DATA  the file has changed since it was opened */
MUST_USE
enum status source_end(struct source *source, char sha256[SHA256_TEXT], uint64_t *bytes,
                       struct fail *why);

/* For progress: bytes of the file behind us, and in all (0 when not known). */
uint64_t source_done_bytes(const struct source *source);
uint64_t source_all_bytes(const struct source *source);

void source_free(struct source *source);

#endif
