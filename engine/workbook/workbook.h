#ifndef WORKBOOK_WORKBOOK_H
#define WORKBOOK_WORKBOOK_H

/* canister.xlsx: cover, contents, notes, charts, then one table a sheet, the rows of which are
 * rows of the CSV files.  A nation over years does not fit into a workbook that opens in
 * a moment: what is left out is told in the notes. */

#include "report/parts.h"

/* The most rows of a sheet: all of an ICB over years.  A hundred thousand rows of switches take two
 * seconds to write, half of what a national month takes to read, and ten to open; Excel
 * itself holds 1,048,576. */
#define WORKBOOK_ROWS 30000

/* The rows of one practice, for a workbook about it alone: they stand together in each list. */
struct pack {
    const struct organisation_month *now; /* its row of the latest month */
    size_t first_row;                     /* of results->organisations */
    size_t row_count;
    size_t first_use;
    size_t use_count;
    size_t first_advice;
    size_t advice_count;
    month_t first; /* months of the run */
};

struct workbook_parts {
    struct report_parts all;
    size_t most_rows;        /* WORKBOOK_ROWS; tests take less */
    const struct pack *pack; /* NULL for the workbook of the run */
};

struct workbook_job {
    struct workbook_parts parts;
    const char *path;  /* the file, made anew */
    const char *shown; /* what messages call it */
};

/* Writes so many workbooks in a process of their own (stream/child.h) and reads each back.
 * folder  for temporary files
 * fails   STATUS_NOMEM, STATUS_IO  one of them could not be written, or is not what was sent */
MUST_USE
enum status write_workbooks(const struct workbook_job *jobs, size_t count, const char *folder,
                            struct fail *why);

#endif
