#ifndef STREAM_OUTPUT_H
#define STREAM_OUTPUT_H

/* Result files that appear whole or not at all.
 *     output_begin(&set, "out", why)
 *     output_open(set, "measures.csv", &file, why)   any number of files
 *     output_commit(set, why)
 *     output_free(set)
 * Each file is written under a temporary name in the same folder, flushed to
 * the disk, and renamed only when all of them are there.  Freed without a
 * commit, nothing but the folder remains. */

#include "base/fail.h"

#include <stdio.h>

struct output;

/* Makes the folder, with its parents, if it is not there. */
MUST_USE
enum status output_begin(struct output **output, const char *folder, struct fail *why);

/* name   a plain file name; borrowed until the set is freed
 * file   owned by the set: never closed by the caller, whose write errors are
 *        found at the commit */
MUST_USE
enum status output_open(struct output *output, const char *name, FILE **file, struct fail *why);

/* Before the commit, for a set of more files than can be open: all is written to the disk, only the
 * name is still the temporary one. */
MUST_USE
enum status output_close(struct output *output, const FILE *file, struct fail *why);

/* For a library that makes the file itself: the path under which a file of the set is being
 * written.  What it writes there is what the set will hold.
 * name  as it was given to output_open */
MUST_USE
enum status output_path(const struct output *output, const char *name, char *path, size_t size,
                        struct fail *why);

MUST_USE
enum status output_commit(struct output *output, struct fail *why);

/* After a commit: a file that an earlier set had and this one has not goes. */
void output_drop(const struct output *output, const char *name);

void output_free(struct output *output);

#endif
