#include "cli/reading.h"
#include "cli/store_file.h"
#include "run/session_store.h"

#include <string.h>

static void tell_outcome(const struct running *running, const struct store *store)
{
    size_t known = 0;

    tell_settled(running->session);
    for (size_t i = 0; i < session_file_count(running->session); i++)
        known += session_file(running->session, i)->known;
    if (known < session_file_count(running->session))
        fprintf(stderr, "store: %s\n", store_path(store));
}

static int add_files(struct running *running, struct store *store)
{
    int exit_code = 0;

    session_keep(running->session, store);
    read_files(running, option_value(running->invocation, "keep-going") != NULL, &exit_code);
    if (!running->quiet)
        tell_outcome(running, store);
    if (exit_code == 0 && option_value(running->invocation, "fail-on") != NULL &&
        count_rejects(running->session) > 0)
        exit_code = 1;
    return exit_code;
}

static int run_add(const struct invocation *invocation)
{
    struct running running = {
        .invocation = invocation,
        .quiet = option_value(invocation, "quiet") != NULL,
    };
    struct store *store = NULL;
    struct session_options options;
    const char *const fail_on = option_value(invocation, "fail-on");
    enum status status = read_reading_options(&running, &options);
    int exit_code;

    if (status == STATUS_OK && fail_on != NULL && strcmp(fail_on, "rejects") != 0)
        status =
            fail_set(&running.why, STATUS_USAGE, "--fail-on takes rejects, not \"%s\"", fail_on);
    options.totals = option_value(invocation, "totals") != NULL;
    if (status == STATUS_OK)
        status = session_new(&running.session, &options, &running.why);
    if (status == STATUS_OK)
        status = open_store(invocation, STORE_GROW, &store, &running.why);
    progress_words_begin(&running.words, running.quiet);
    exit_code = status == STATUS_OK ? add_files(&running, store) : report_failure(&running.why);
    session_free(running.session);
    store_close(store);
    return exit_code;
}

const struct command command_add = {
    .name = "add",
    .arguments = "EXTRACT...",
    .summary = "add extracts to a store that grows month by month",
    .description =
        "Reads extracts as run does and keeps their sums, by month, practice and product, in one "
        "file: the store. report then writes the results from it, as often as you like and with "
        "any rules, without reading an extract again.\nEach file is added whole or not at all. A "
        "file that is already in the store is skipped. A different file for a month that the store "
        "already has is refused unless you give --replace; the store keeps a record of what was "
        "replaced. A final month of hospital data replaces a provisional one by itself, and a "
        "provisional month is skipped if the final one is there. Several programs can use one "
        "store at the same time.",
    .needs_argument = true,
    .options =
        {
            OPTION_STORE,
            OPTION_RULES,
            OPTION_GAS_SUPPLY,
            OPTION_GAS_USE,
            OPTION_MAX_REJECTS,
            OPTION_STRICT,
            {"replace", NULL, "replace a month that the store already has from another file", NULL},
            OPTION_KEEP_GOING,
            {"totals", NULL,
             "also keep the sums of all rows, in scope or not, for report --control: takes longer "
             "and doubles the size",
             NULL},
            {"fail-on", "rejects", "exit 1 if any row was rejected", "rejects"},
            OPTION_THREADS,
            OPTION_QUIET,
        },
    .run = run_add,
};
