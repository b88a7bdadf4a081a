#ifndef RUN_PARTS_H
#define RUN_PARTS_H

/* One plain file on several threads.  It is cut into parts at places where a
 * record seems to begin; each part is read into the sums of the thread that took
 * it.  Whether the places were right shows afterwards: a part that ends between two
 * records proves the place at which the next one began, the first part beginning
 * at the start of the file.  So a line end in quotes at a cut costs time, never a row.
 *
 * Anything else than a good end of every part is no failure: the caller then reads
 * the file from its start in one piece, so that what is wrong with a file is said
 * in one place only, and is the same for any number of threads. */

#include "run/session_internal.h"
#include "stream/source.h"

/* The threads that a run has: what was asked for, or as many as the machine lets
 * this process use. */
size_t parts_threads(const struct session *session);

/* done: all of the member is in session->reader and session->part, which were new and
 * empty before; else they still are, and the source is at its start. */
MUST_USE
enum status read_in_parts(struct session *session, struct source *source, bool *done,
                          struct fail *why);

#endif
