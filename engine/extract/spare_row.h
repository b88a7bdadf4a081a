#ifndef EXTRACT_SPARE_ROW_H
#define EXTRACT_SPARE_ROW_H

/* What a row is that holds no data, found only when a row cannot be used. */

#include "extract/bind.h"
#include "stream/scan.h"

enum spare {
    SPARE_NONE,         /* a row that should have been one */
    SPARE_EMPTY,        /* commas only, as a spreadsheet leaves behind a table */
    SPARE_HEADER,       /* the header again, as of files that were joined */
    SPARE_OTHER_HEADER, /* another header: what follows has other columns */
};

enum spare spare_row(const struct layouts *layouts, const struct binding *binding,
                     const struct scan_row *fields);

/* The same for a record that is no row: a header behind a byte order mark within the file. */
enum spare spare_line(const struct layouts *layouts, const struct binding *binding,
                      struct view line);

/* True when the line is several rows with carriage returns between them: the line ends of the
 * file are mixed. */
bool spare_is_mixed(const struct binding *binding, struct view line);

#endif
