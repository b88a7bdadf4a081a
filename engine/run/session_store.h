#ifndef RUN_SESSION_STORE_H
#define RUN_SESSION_STORE_H

/* A session and a store.  What a session reads goes into the store and not into the run:
 *     session_keep(session, store)
 *     session_read(session, "EPD_SNOMED_202607.ZIP", why)      in one transaction
 * and the contents of the store replace files that were read:
 *     session_load(session, store, &months, why)
 *     session_finish(session, why)
 *     session_write(session, "out", why)
 * From the sums on it is one path, so that both give the same bytes. */

#include "run/session.h"
#include "store/store.h"

/* Files read from now on go into the store, which is borrowed.  session_read then fails
 * with STATUS_DATA when the store has a month already, unless options.replace is set; a file
 * whose bytes it has is skipped, and audit_file.known is set. */
void session_keep(struct session *session, struct store *store);

/* In the place of reading files.
 * fails  STATUS_RULE  the rules need more than what was kept
 *        STATUS_DATA  there is nothing in these months, or the store is damaged */
MUST_USE
enum status session_load(struct session *session, struct store *store,
                         const struct session_months *months, struct fail *why);

#endif
