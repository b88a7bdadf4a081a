#ifndef CLI_STORE_FILE_H
#define CLI_STORE_FILE_H

/* Which store a command works on: --store FILE, else $CANISTER_STORE, else
 * canister/store.sqlite in the user's data folder (XDG: $XDG_DATA_HOME, else
 * ~/.local/share). */

#include "cli/command.h"
#include "run/session.h"
#include "store/store.h"

/* STORE_GROW makes the folders of the user's own store. */
MUST_USE
enum status open_store(const struct invocation *invocation, enum store_mode mode,
                       struct store **store, struct fail *why);

/* A month such as 2026-07. */
MUST_USE
enum status read_month(const char *text, month_t *month, struct fail *why);

/* --from and --to, months; both may be missing. */
MUST_USE
enum status read_months(const struct invocation *invocation, struct session_months *months,
                        struct fail *why);

/* What the store holds of these months, in the place of files that are read. */
MUST_USE
enum status load_store(const struct invocation *invocation, struct session *session,
                       const struct session_months *months, struct fail *why);

/* The path of the store that is meant: --store, $CANISTER_STORE, else the one in your data folder,
 * which is made. */
MUST_USE
enum status find_store(const struct invocation *invocation, char *path, size_t size,
                       struct fail *why);

#endif
