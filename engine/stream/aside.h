#ifndef STREAM_ASIDE_H
#define STREAM_ASIDE_H

/* SHA-256 of a file on a thread of its own, which reads the file once more, out of the page
 * cache, while others inflate and scan: it takes longer than scanning, and
 * its blocks wait for each other, so no more threads would help. */

#include "stream/raw.h"

struct aside;

/* raw   a regular file, borrowed; read from its start whatever its position
 * *aside is NULL, and STATUS_OK returned, where no thread can be had. */
MUST_USE
enum status aside_new(struct aside **aside, const struct raw *raw, struct fail *why);

/* Waits until the file was read to its end. */
MUST_USE
enum status aside_end(struct aside *aside, char out[SHA256_TEXT], struct fail *why);

/* Also before the end: what was read is dropped. */
void aside_free(struct aside *aside);

#endif
