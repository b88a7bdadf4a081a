#ifndef STORE_STORE_H
#define STORE_STORE_H

/* Years of sums in one file, which grows by a month: before any classification,
 * so that rules can change without reading an extract again.
 *     store_open(&store, path, STORE_CHANGE, why)
 *     store_begin(store, why)
 *     files = store_files(store, &count)
 *     store_put(store, &addition, members, count, why)
 *     store_commit(store, why)
 *     store_close(store)
 * Between begin and commit no one else changes the file, or sees what was
 * done; without a commit nothing was.  What is read is held against the seals
 * under which it was written: a damaged file is reported, never used. */

#include "cube/totals.h"
#include "extract/reader.h"

struct store;

enum store_mode {
    STORE_READ,   /* the file must be there; others may read and write it meanwhile */
    STORE_ALONG,  /* the same beside another connection of this program that reads: without waiting,
                     since  a writer that waits for that one would be waited for */
    STORE_CHANGE, /* the file must be there */
    STORE_GROW,   /* the file is made if it is not there */
};

MUST_USE
enum status store_open(struct store **store, const char *path, enum store_mode mode,
                       struct fail *why);
void store_close(struct store *store);

#define PART_STATE_LIST(X)  \
    X(KEPT, "kept")         \
    X(REPLACED, "replaced") \
    X(REMOVED, "removed")

enum part_state {
#define X(name, text) PART_##name,
    PART_STATE_LIST(X)
#undef X
        PART_STATES
};

/* One month of one file. */
struct store_part {
    int64_t number;
    month_t month;
    uint64_t rows_read; /* kept or out of scope */
    enum part_state state;
    int64_t replaced_by; /* number of the file that has its month, 0 for none */
    const char *ended;   /* when it was replaced or removed, ISO 8601; empty for a kept one */
    uint64_t cells;
    struct cell sums; /* of all its cells */
};

/* How and when an input file was added. */
struct store_addition {
    int64_t number;
    const char *sha256;
    uint64_t bytes;
    const char *added; /* ISO 8601, UTC */
    const char *program;
    const char *rules;
    const char *rules_sha256;
    const char *scope; /* what was kept of it: a line each */
    struct reject_limit reject_limit;
    bool replace;
    bool keep_going;
};

/* The account of a file, or of a member of an archive. */
struct store_file {
    int64_t number;
    size_t addition; /* index into store_additions */
    const char *name;
    const char *extract; /* ids in rules/extracts; empty for a companion */
    const char *era;
    const char *group;
    const char *series; /* id in rules/extracts, or empty */
    bool companion;
    struct extract_summary summary; /* without its era; its months are those of the parts */
    struct store_part *parts;       /* by month of the summary */
    const struct cube *cube;        /* to be put: its sums; NULL for none */
    const struct totals *totals;    /* to be put: those of all rows; NULL for none */
    bool has_totals;                /* they were put */
};

/* Begins to read, or to change: then others that want to change it wait, and so do
 * we for them.  Reads all accounts. */
MUST_USE
enum status store_begin(struct store *store, struct fail *why);

/* True when the month was skipped: a file that was there before has it, of a better series. */
bool store_is_passed(const struct store_file *file, const struct store_part *part);

/* In the order in which they came; until the commit or the close. */
struct store_file *store_files(const struct store *store, size_t *count);
const struct store_addition *store_additions(const struct store *store, size_t *count);

/* Writes an input file with its members; fills their numbers and parts.
 * addition  its number is not looked at
 * members   their parts are made, and live until the next begin or the close */
MUST_USE
enum status store_put(struct store *store, const struct store_addition *addition,
                      struct store_file *members, size_t count, struct fail *why);

/* Takes the sums of a kept part out; its account stays.
 * replaced_by  number of the file that has its month: a later one, or an earlier one for which it
 *              is skipped; 0: it was removed */
MUST_USE
enum status store_drop(struct store *store, struct store_part *part, int64_t replaced_by,
                       struct fail *why);

/* Adds the sums of a part to a cube that has none of them: they are appended (cube_append). */
MUST_USE
enum status store_load(struct store *store, const struct store_part *part, struct cube *cube,
                       struct fail *why);

/* After all parts: the names that a file gives to what is in the cube. */
MUST_USE
enum status store_load_names(struct store *store, const struct store_file *file, struct cube *cube,
                             struct fail *why);

/* The same for the sums of all rows of a file that has them: parts, then its names. */
MUST_USE
enum status store_load_totals(struct store *store, const struct store_part *part,
                              struct totals *totals, struct fail *why);
MUST_USE
enum status store_load_total_names(struct store *store, const struct store_file *file,
                                   struct totals *totals, struct fail *why);

MUST_USE
enum status store_commit(struct store *store, struct fail *why);

/* Ends reading, or drops what was changed. */
void store_rollback(struct store *store);

/* In the place of a begin: looks at every page, reference, seal and sum.  Calls tell for each
 * finding; *sound is true when there is none. */
MUST_USE
enum status store_check(struct store *store, void (*tell)(void *context, const char *finding),
                        void *context, bool *sound, struct fail *why);

/* In the place of a begin: a copy of all sums that any program reads, plain tables of what the
 * views show.
 * path  a new file, which holds part of it after a fault */
MUST_USE
enum status store_copy(struct store *store, const char *path, struct fail *why);

/* Of the file. */
MUST_USE
enum status store_bytes(struct store *store, uint64_t *bytes, struct fail *why);

const char *store_path(const struct store *store);

/* "3.40.1" */
const char *store_library_version(void);

#endif
