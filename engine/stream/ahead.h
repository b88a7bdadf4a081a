#ifndef STREAM_AHEAD_H
#define STREAM_AHEAD_H

/* Reads a member of a source ahead on a thread of its own, so that inflating and
 * scanning go on side by side:
 *     ahead_new(&ahead, source, why)
 *     while (ahead_next(ahead, &block, why) == STATUS_OK && block.length > 0) ...
 *     ahead_free(ahead)
 * Gives what source_read() would have given, blocks, end and failure alike.  Until
 * ahead_free() the source belongs to that thread. */

#include "stream/source.h"

struct ahead;

/* *ahead is NULL, and STATUS_OK returned, where no thread can be had. */
MUST_USE
enum status ahead_new(struct ahead **ahead, struct source *source, struct fail *why);

/* The next bytes, until the call after; none at the checked end of the member. */
MUST_USE
enum status ahead_next(struct ahead *ahead, struct view *block, struct fail *why);

/* source_done_bytes() when the last block was read. */
uint64_t ahead_done_bytes(const struct ahead *ahead);

/* Also before the end: what is being read is dropped. */
void ahead_free(struct ahead *ahead);

#endif
