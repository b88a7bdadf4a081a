#ifndef WORKBOOK_WORKBOOK_H
#define WORKBOOK_WORKBOOK_H

/* canister.xlsx: cover, contents, notes, charts, then one table a sheet, the rows of which are
 * rows of the CSV files.  A nation over years does not fit into a workbook that opens in
 * a moment: the notes list what is omitted. */

#include "figures/excerpt.h"

/* The most rows of a sheet: all of an ICB over years.  A hundred thousand rows of switches take two
 * seconds to write, half of what a national month takes to read, and ten to open; Excel
 * itself holds 1,048,576. */
#define WORKBOOK_ROWS 30000

struct workbook_about {
    const char *program_version;
    size_t most_rows;           /* of a sheet; 0: WORKBOOK_ROWS; tests take less */
    const struct excerpt *rows; /* of the practice it is about; NULL for the workbook of the run */
};

struct workbook_job {
    struct workbook_about about;
    const char *path;  /* the file, made anew */
    const char *shown; /* what messages call it */
};

/* Writes so many workbooks in a process of their own (stream/child.h) and reads each back.
 * folder  for temporary files
 * fails   STATUS_NOMEM, STATUS_IO  one of them could not be written, or is not what was sent */
MUST_USE
enum status write_workbooks(const struct figures *figures, const struct workbook_job *jobs,
                            size_t count, const char *folder, struct fail *why);

#endif
