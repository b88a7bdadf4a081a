#ifndef STREAM_ZSTD_H
#define STREAM_ZSTD_H

/* zstd, by libzstd: one frame or several behind each other, frames to be skipped
 * among them.  A frame says how long it is, a checksum of it, or neither: `zstd` itself writes
 * both.  What a frame says is checked; of one without a checksum a changed byte that
 * leaves its structure whole is not seen. */

#include "base/view.h"
#include "stream/raw.h"

struct zstd;

/* True when a file that begins so is zstd. */
bool zstd_is(struct view first);

/* first   bytes already taken from raw, borrowed until they are used up
 * NULL when memory is out */
struct zstd *zstd_new(struct raw *raw, struct view first);

/* got is 0 only when every frame ended as it said and nothing but frames stood in
 * the file.
 * fails  STATUS_DATA  among others a window of more than LIMIT_ZSTD_WINDOW_LOG */
MUST_USE
enum status zstd_read(struct zstd *zstd, void *bytes, size_t room, size_t *got, struct fail *why);

void zstd_free(struct zstd *zstd);

#endif
