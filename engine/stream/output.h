#ifndef STREAM_OUTPUT_H
#define STREAM_OUTPUT_H

/* Result files that appear whole or not at all.
 *     output_begin(&set, "out", &kind, why)
 *     output_open(set, "measures.csv", &file, why)       any number of files
 *     output_open(set, "packs/A81001.html", &file, why)  in a folder of the set
 *     output_commit(set, why)
 *     output_free(set)
 * All files are written in a temporary folder beside the result folder and flushed to the disk.
 * Where the result folder holds nothing but a set of the same kind, the two folders change places
 * in one step.  Where it holds other files too, or the system cannot do that, the old files of the
 * set are moved away before the first new one comes, what people open first, and the seal comes
 * last; a fault brings the old ones back.  Freed without a commit nothing remains.  What a
 * killed run left is cleared by the next one into the same folder. */

#include "base/fail.h"

#include <stdbool.h>
#include <stdio.h>

struct output;

/* What a set may hold, so that nothing else is touched and no old file stays beside new ones. */
struct output_kind {
    /* path  "measures.csv", "packs/A81001.html", or "packs/" for a folder of the set */
    bool (*is_ours)(const char *path);
    const char *seal; /* the last file to come and the first to go */
};

/* Makes the folder, with its parents, if it is not there.
 * kind  NULL: files for a folder of somebody else; each replaces the one of its name */
MUST_USE
enum status output_begin(struct output **output, const char *folder, const struct output_kind *kind,
                         struct fail *why);

/* name   a plain file name, or folder/name; copied
 * file   owned by the set: never closed by the caller, whose write errors are
 *        found at the commit */
MUST_USE
enum status output_open(struct output *output, const char *name, FILE **file, struct fail *why);

/* Before the commit, for a set of more files than can be open: all is written to the disk, only
 * the place is still the temporary one. */
MUST_USE
enum status output_close(struct output *output, const FILE *file, struct fail *why);

/* For a library that makes the file itself: the path under which a file of the set is being
 * written.  What it writes there is what the set will hold.
 * name  as it was given to output_open */
MUST_USE
enum status output_path(const struct output *output, const char *name, char *path, size_t size,
                        struct fail *why);

/* A folder for a library's own temporary files; gone before the commit. */
MUST_USE
enum status output_temporary(struct output *output, const char **folder, struct fail *why);

MUST_USE
enum status output_commit(struct output *output, struct fail *why);

void output_free(struct output *output);

/* The process is about to end by a signal: removes what no set has committed.  A commit that has
 * begun is waited for; no call on any set returns after this. */
void output_interrupt(void);

#endif
