#ifndef EXTRACT_ACCOUNT_H
#define EXTRACT_ACCOUNT_H

/* The account of one input of a run: what it was, what was read of it, which of its months count.
 * Every row that was read is in one of its numbers. */

#include "extract/reader.h"

struct month_list {
    month_t *list;
    size_t count;
};

/* One input, or one member of an archive. */
struct audit_file {
    const char *name;
    char sha256[65]; /* of the file on the disk, the whole archive for a member; or empty */
    uint64_t bytes;  /* of it; 0 where bytes were fed in */
    struct extract_summary summary;
    const struct series_rule *series; /* NULL where its extract has none, or its name tells none */
    struct month_list replaced;       /* months of it that another file replaced */
    struct month_list passed;         /* months of it that a file of a better series had brought */
    struct month_list took;           /* by a store: months of it that a lesser series had */
    bool companion;                   /* a member of an archive that holds no rows: passed over */
    bool known;                       /* a store has the same bytes already: nothing was added */
    char skipped[512];                /* why it is taken for such a member, by what is in it */
    char refused[512];                /* why nothing of it was used; empty if it was */
};

/* True when the run has this month from this file: it holds it, and no other does instead. */
bool audit_file_brings(const struct audit_file *file, month_t month);

#endif
