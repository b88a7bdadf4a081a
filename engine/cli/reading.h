#ifndef CLI_READING_H
#define CLI_READING_H

/* What run, add and report share: extracts and registers on the command line, read one after
 * the other. */

#include "cli/words.h"

struct running {
    const struct invocation *invocation;
    struct session *session;
    struct progress_words words;
    bool quiet;
    struct fail why;
};

/* --replace, --keep-going, --threads, --places and those of read_session_options; progress is told
 * to running->words. */
MUST_USE
enum status read_reading_options(struct running *running, struct session_options *options);

/* Reads all files, those of gases after the extracts.  With --keep-going *exit_code becomes that of
 * the last refused file and the others are still used; false: the run is over. */
bool read_files(struct running *running, bool keep_going, int *exit_code);

/* --register and --group: what a run knows besides its extracts. */
bool read_registers(struct running *running, int *exit_code);

/* Reads the extracts that are given, else the store; gas files and registers with either; and
 * computes.  False: *exit_code says why. */
bool gather_input(struct running *running, const struct session_months *months, int *exit_code);

/* Which file gave way to which, where two have a month. */
void tell_settled(const struct session *session);

/* The headlines of the results: the first measure of each kind of data. */
void tell_headline(const struct session *session);

uint64_t count_rejects(const struct session *session);

/* True when at least one file was good. */
bool has_taken(const struct session *session);

#endif
