#ifndef RUN_SESSION_INTERNAL_H
#define RUN_SESSION_INTERNAL_H

/* Between session.c, session_read.c, which reads files, parts.c, which does so by threads,
 * session_take.c, which settles which file stands for a month, session_keep.c and session_load.c
 * with a store, and session_write.c, which writes. */

#include "run/session.h"
#include "store/store.h"

#include <time.h>

/* One member of the file being read, summed and not yet part of the run. */
struct member {
    struct cube cube;
    struct totals totals;
    size_t file; /* its account */
};

/* The sums of one group of extracts: a month that is replaced leaves the other
 * groups alone. */
struct group_cube {
    const char *group;
    struct cube cube;
    struct totals totals; /* empty unless there is something to compare them with */
};

struct session {
    struct session_options options;
    struct rules *rules;
    const struct factor_set *factors;
    const struct gas_factor_set *gas_factors;
    struct arena arena;
    struct group_cube *cubes; /* of all files taken */
    size_t cube_count;
    size_t cube_room;
    struct cube cube;     /* of all groups, when the run is finished */
    struct totals totals; /* likewise; empty unless there is something to compare them with */
    struct published published;
    const struct rules *other;    /* rules besides, which must find what they need; or NULL */
    struct store *store;          /* where files go, or NULL: they go into the cube */
    struct focus focus;           /* its text is NULL for all */
    struct session_months months; /* that were asked for */
    struct audit_file *files;
    size_t file_count;
    size_t file_room;
    struct registers registers;
    struct groups groups;
    struct placing placing;
    struct figures figures; /* its results are NULL until the run is finished */
    struct chart_options charts;
    struct timespec began;
    /* the file being read: its members so far, and the one at hand */
    size_t first_member; /* its accounts begin at files[first_member] */
    struct member *members;
    size_t member_count;
    size_t member_room;
    struct extract_reader *reader;
    bool stranger; /* the member that was refused last is nothing like an extract */
    struct cube part;
    struct totals part_totals;
    const char *name;
};

/* Adds a row as its extract says. */
MUST_USE
enum status session_add_row(struct cube *cube, const struct extract_rule *extract,
                            const struct row *row, struct fail *why);

/* All members of the file were read to their end: it joins the run.
 * fails  STATUS_DATA  another file has brought a month or row of it already */
MUST_USE
enum status session_take(struct session *session, struct fail *why);

/* All groups into session->cube. */
MUST_USE
enum status session_join_groups(struct session *session, struct fail *why);

/* Forget the member at hand, and the members of the file being read. */
void session_drop_part(struct session *session);
void session_release_members(struct session *session);

/* A new reader and no sums for the member at hand. */
MUST_USE
enum status session_begin_again(struct session *session, struct fail *why);

/* Published totals are compared now, or will be with what is kept. */
static inline bool session_sums_all(const struct session *session)
{
    return session->options.control != NULL || session->options.totals;
}

/* How much better one series is than another; 0 where they are one, or one of them is none. */
int64_t series_better_by(const struct series_rule *one, const struct series_rule *other);

/* Adds a month, in order. */
MUST_USE
enum status session_note_month(struct session *session, struct month_list *months, month_t month,
                               struct fail *why);

/* A row that both cubes have would count twice. */
MUST_USE
enum status session_check_rows(const struct audit_file *file, const struct cube *before,
                               const struct cube *cube, struct fail *why);

/* Of the members of the file being read no two have the same month, unless one may replace
 * the other. */
MUST_USE
enum status session_check_members(struct session *session, struct fail *why);

/* The file being read goes into the store, all its members or none. */
MUST_USE
enum status session_keep_file(struct session *session, struct fail *why);

/* The date of today, or SOURCE_DATE_EPOCH, as ISO 8601 (out has 32 bytes); true when it is
 * today's. */
bool session_clock(char *out, size_t size);

/* The month of that date: no extract holds a later one. */
month_t session_present(void);

#endif
