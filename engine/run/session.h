#ifndef RUN_SESSION_H
#define RUN_SESSION_H

/* One run: extracts in, results out.
 *     session_new(&session, &options, why)
 *     session_read(session, "EPD_SNOMED_202607.zip", why)   any number of files
 *     session_finish(session, why)
 *     session_write(session, "out", why)
 * Each file is summed apart and joins the run only when it was read to a good
 * end: a refused file leaves nothing behind. */

#include "figures/figures.h"
#include "report/audit.h"
#include "report/headline.h"

struct session_progress {
    void *context;
    /* called now and then while a file is read; all_bytes is 0 when not known */
    void (*tick)(void *context, const char *name, uint64_t done_bytes, uint64_t all_bytes,
                 uint64_t rows);
};

/* First and last month, MONTH_NONE for an open end. */
struct session_months {
    month_t from;
    month_t to;
};

/* Whether canister.xlsx is written.  That of a nation would take as long as reading a month and
 * hold 30,000 rows of each table: by itself it is written of up to WORKBOOK_PRACTICES. */
enum workbook_wish { WORKBOOK_AUTO, WORKBOOK_YES, WORKBOOK_NO };

#define WORKBOOK_PRACTICES 2000

struct session_options {
    struct rules_place rules;
    const char *factor_set;     /* NULL for "canister" */
    const char *gas_factor_set; /* NULL for "nhs-2540" */
    const char *icb;            /* whose page is written, see page/page.h; NULL for the only one */
    struct reject_limit reject_limit;
    const char *control; /* file of published totals, borrowed until session_new returns; or NULL */
    bool totals;         /* into a store: the sums of all rows too, for published totals */
    const char *charts;  /* as chart_read takes it, or NULL */
    bool replace;        /* a month that comes again replaces the earlier one */
    bool keep_going;     /* a refused file does not stop the run */
    bool sha256;         /* SHA-256 of every file, for the audit */
    enum places_view places; /* organisations as each month was, or today's */
    enum workbook_wish workbook;
    bool packs;       /* also packs/, a page and a workbook for each practice */
    unsigned threads; /* 0: one for each processor; results do not depend on it */
    /* for tests: how a file is cut into parts (0: as is best), and the path of sweep.h */
    uint64_t part_bytes;
    enum sweep_path path;
    struct session_progress progress;
};

/* 0.01 % of a file's rows, at least 10. */
#define SESSION_REJECT_LIMIT ((struct reject_limit){.least = 10, .per_million = 100})

struct session;

MUST_USE
enum status session_new(struct session **session, const struct session_options *options,
                        struct fail *why);

/* path   a file (plain, gzip, zstd, ZIP) or "-"; copied
 * fails  STATUS_DATA, STATUS_LIMIT  the file is refused: with keep_going the
 *                                   session goes on, else it is of no more use
 *        others                     likewise of no more use */
MUST_USE
enum status session_read(struct session *session, const char *path, struct fail *why);

/* The same for bytes that the caller has: begin, any number of feeds, end. */
MUST_USE
enum status session_feed_begin(struct session *session, const char *name, struct fail *why);
MUST_USE
enum status session_feed(struct session *session, const void *bytes, size_t length,
                         struct fail *why);
MUST_USE
enum status session_feed_end(struct session *session, struct fail *why);

/* After a feed that failed, in the place of the end: drops the file and returns
 * the status that the feed gave. */
enum status session_feed_refuse(struct session *session, enum status status, struct fail *why);

/* Before session_finish, in any order with the extracts.
 * path   a register that rules/registers describe; copied
 * fails  STATUS_DATA  it is refused, and the session is of no more use */
MUST_USE
enum status session_register(struct session *session, const char *path, struct fail *why);

/* Groups of one's own, once: place/groups.h. */
MUST_USE
enum status session_group(struct session *session, const char *path, struct fail *why);

/* Before session_finish, once: only one organisation is in the results, as it stands among all,
 * with those that it belongs to.  Then session_finish fails with STATUS_USAGE when there is none,
 * or several.
 * text   its code, or a part of its name; borrowed */
void session_focus(struct session *session, enum level level, const char *text);

/* Computes everything.  fails STATUS_DATA when no file was taken. */
MUST_USE
enum status session_finish(struct session *session, struct fail *why);

/* Writes the files of design 5, all or none. */
MUST_USE
enum status session_write(struct session *session, const char *folder, struct fail *why);

const struct rules *session_rules(const struct session *session);
const struct results *session_results(const struct session *session); /* NULL before finish */

/* All that was computed, after finish. */
const struct figures *session_figures(const struct session *session);

/* Against the published totals, after finish; NULL when none were given. */
const struct comparisons *session_comparisons(const struct session *session);

/* After session_finish: the run in ten lines. */
void session_headline(const struct session *session, struct headline *headline);

/* Files in the order in which they came, members of archives apart. */
size_t session_file_count(const struct session *session);
const struct audit_file *session_file(const struct session *session, size_t index);

const struct registers *session_registers(const struct session *session);
const struct groups *session_groups(const struct session *session);

void session_free(struct session *session);

#endif
