#ifndef CLI_WORDS_H
#define CLI_WORDS_H

/* Words on standard error while and after a run, and options that are read the
 * same way by several commands. */

#include "cli/command.h"
#include "run/session.h"

/* Progress on a terminal; `quiet` or no terminal makes it silent. */
struct progress_words {
    bool shown;
    bool drawn; /* a line stands on the terminal */
    const char *name;
    int64_t began; /* milliseconds */
    int64_t last;
};

void progress_words_begin(struct progress_words *words, bool quiet);
void progress_words_tick(void *context, const char *name, uint64_t done_bytes, uint64_t all_bytes,
                         uint64_t rows);
void progress_words_clear(struct progress_words *words);

/* The account of one file in a few lines, with its first rejected rows. */
void tell_file(const struct audit_file *file);

/* The same of one register. */
void tell_register(const struct register_account *account);

/* "id: title; where; checked date" of a source, on standard output. */
void print_source(const struct rules *rules, const char *id, const char *checked);
/* Products whose mean quantity per item is beyond what their rule allows. */
void tell_quantities(const struct results *results);

/* --rules, --targets, --target, --factors, --charts, --max-rejects, --strict into options. */
MUST_USE
enum status read_session_options(const struct invocation *invocation,
                                 struct session_options *options, struct fail *why);

/* A number with commas between the thousands; out has DECIMAL_TEXT bytes. */
char *with_commas(uint64_t number, char *out);

#endif
