#ifndef STREAM_SCAN_FILE_H
#define STREAM_SCAN_FILE_H

/* Small CSV files, read whole by libcsv: registers and the user's own tables. */

#include "stream/scan.h"
#include "stream/source.h"

/* The member that source_next gave, to its checked end. */
MUST_USE
enum status scan_member(struct source *source, const struct scan_sink *sink, struct fail *why);

/* Every member of a file (plain, gzip, ZIP) or "-", with file and line of a failure. */
MUST_USE
enum status scan_file(const char *path, const struct scan_sink *sink, struct fail *why);

#endif
