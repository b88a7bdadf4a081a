#include "cli/fetching_internal.h"

#include "base/decimal.h"
#include "fetch/download.h"
#include "run/session_store.h"
#include "stream/output.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* --- options --------------------------------------------------------------------------------- */

static enum status read_number(const struct invocation *invocation, const char *name, int places,
                               int64_t least, int64_t most, int64_t *number, struct fail *why)
{
    const char *const told = option_value(invocation, name);

    if (told == NULL)
        return STATUS_OK;
    if (decimal_parse(view_of(told), places, number) != DECIMAL_OK || *number < least ||
        *number > most)
        return fail_set(why, STATUS_USAGE, "--%s does not take \"%s\"", name, told);
    return STATUS_OK;
}

static void tell_again(void *context, const char *text, unsigned seconds)
{
    struct fetching_run *const run = context;

    progress_words_clear(&run->words);
    if (!run->quiet)
        fprintf(stderr, "%s; again in %u s\n", text, seconds);
}

static enum status read_patience(struct fetching_run *run, struct http_options *http,
                                 struct fail *why)
{
    const struct invocation *const invocation = run->job->invocation;
    int64_t tries = 6;
    int64_t wait = 2000;
    int64_t stall = 60;
    enum status status = read_number(invocation, "tries", 0, 1, 100, &tries, why);

    if (status == STATUS_OK)
        status = read_number(invocation, "wait", 3, 1, 600000, &wait, why);
    if (status == STATUS_OK)
        status = read_number(invocation, "stall", 0, 1, 3600, &stall, why);
    run->patience = (struct patience){.tries = (unsigned)tries,
                                      .wait = (unsigned)wait,
                                      .longest_wait = 600,
                                      .tell = tell_again,
                                      .context = run};
    http->stall = (unsigned)stall;
    return status;
}

static void tick(void *context, uint64_t done, uint64_t all)
{
    struct fetching_run *const run = context;

    if (run->shown != NULL)
        progress_words_tick(&run->words, run->shown, done, all, 0);
}

/* --- fetching -------------------------------------------------------------------------------- */

static enum status add_to_store(struct fetching_run *run, const struct downloaded *file,
                                bool replace, struct fail *why)
{
    const struct session_options options = {
        .rules.overlay = option_value(run->job->invocation, "rules"),
        .reject_limit = SESSION_REJECT_LIMIT,
        .replace = replace,
        .sha256 = true,
        .progress = {&run->words, progress_words_tick},
    };
    struct session *session = NULL;
    struct store *store = NULL;
    enum status status = session_new(&session, &options, why);

    if (status == STATUS_OK)
        status = store_open(&store, run->job->store, STORE_GROW, why);
    if (status == STATUS_OK) {
        session_keep(session, store);
        status = session_read(session, file->path, why);
    }
    progress_words_clear(&run->words);
    for (size_t i = 0; status == STATUS_OK && !run->quiet && i < session_file_count(session); i++)
        tell_file(session_file(session, i));
    session_free(session);
    store_close(store);
    if (status == STATUS_OK)
        unlink(file->path);
    return status;
}

static enum status note(struct fetching_run *run, const struct offer *offer,
                        const struct downloaded *file, struct fail *why)
{
    char bytes[32];
    const struct receipt receipt = {.stem = offer->stem,
                                    .file = file->name,
                                    .version = file->version,
                                    .bytes = bytes,
                                    .sha256 = file->sha256};

    snprintf(bytes, sizeof bytes, "%llu", (unsigned long long)file->bytes);
    return receipts_put(&run->receipts, &receipt, why);
}

static enum status fetch_one(struct fetching_run *run, const struct offer *offer,
                             enum offer_state state, struct fetching_outcome *outcome,
                             struct fail *why)
{
    struct downloaded file = {0};
    enum status status;

    run->shown = offer->stem;
    status = download(&run->catalogue, offer, run->folder, &file, why);
    run->shown = NULL;
    progress_words_clear(&run->words);
    if (status != STATUS_OK)
        return status;
    if (!run->quiet)
        fprintf(stderr, "%s: %llu bytes%s\n", file.name, (unsigned long long)file.bytes,
                file.resumed > 0 ? ", gone on with what was there" : "");
    if (run->job->folder == NULL)
        status = add_to_store(run, &file, state == OFFER_REPUBLISHED, why);
    if (status == STATUS_OK)
        status = note(run, offer, &file, why);
    outcome->fetched += status == STATUS_OK;
    outcome->replaced += status == STATUS_OK && state == OFFER_REPUBLISHED;
    return status;
}

static const char *state_text(enum offer_state state)
{
    static const char *const texts[] = {"to fetch", "to fetch: a better series", "already there",
                                        "published again: needs --replace"};

    return texts[state];
}

static enum status print_one(struct fetching_run *run, const struct offer *offer,
                             enum offer_state state, struct fail *why)
{
    struct offer_link link = {.ending = ""};
    uint64_t bytes = 0;
    enum status status = STATUS_OK;

    if (state != OFFER_HAVE)
        status = download_size(&run->catalogue, offer, &link, &bytes, why);
    if (status != STATUS_OK)
        return status;
    printf("%s%s\t", offer->stem, link.ending);
    if (bytes > 0)
        printf("%llu bytes", (unsigned long long)bytes);
    printf("\t%s\n", state == OFFER_REPUBLISHED && run->job->replace ? "to fetch: published again"
                                                                     : state_text(state));
    return STATUS_OK;
}

static enum status handle(struct fetching_run *run, const struct offer *offer,
                          enum offer_state state, struct fetching_outcome *outcome,
                          struct fail *why)
{
    if (run->job->dry_run)
        return print_one(run, offer, state, why);
    if (state == OFFER_HAVE) {
        if (!run->quiet && !run->job->wanted.missing)
            fprintf(stderr, "%s: already there\n", offer->stem);
        return STATUS_OK;
    }
    if (state == OFFER_REPUBLISHED && !run->job->replace) {
        outcome->republished++;
        fprintf(stderr, "%s: the portal published it again (%s); fetch it with --replace\n",
                offer->stem, offer->version);
        return STATUS_OK;
    }
    return fetch_one(run, offer, state, outcome, why);
}

/* --- a dataset ------------------------------------------------------------------------------- */

/* What is looked up in the store is looked up before anything changes it. */
static enum status open_target(struct fetching_run *run, struct fail *why)
{
    char path[4352];
    enum status status;

    if (run->job->folder != NULL)
        snprintf(path, sizeof path, "%s/fetched.csv", run->job->folder);
    else
        snprintf(path, sizeof path, "%s.fetched.csv", run->job->store);
    status = receipts_read(&run->receipts, path, why);
    if (status != STATUS_OK || run->job->folder != NULL)
        return status;
    status = store_open(&run->store, run->job->store, STORE_READ, why);
    if (status == STATUS_NO_INPUT) { /* it is made with the first month */
        *why = (struct fail){0};
        run->store = NULL;
        return STATUS_OK;
    }
    return status == STATUS_OK ? store_begin(run->store, why) : status;
}

static enum status make_folder(struct fetching_run *run, struct fail *why)
{
    struct output *output = NULL;
    enum status status;

    snprintf(run->folder, sizeof run->folder, "%s%s",
             run->job->folder != NULL ? run->job->folder : run->job->store,
             run->job->folder != NULL ? "" : ".fetching");
    if (run->job->dry_run)
        return STATUS_OK;
    status = output_begin(&output, run->folder, NULL, why);
    output_free(output);
    return status;
}

/* Pages are asked by month: those that are named, else the last four. */
static enum status read_catalogue(struct fetching_run *run, struct fail *why)
{
    month_t from;
    month_t to;

    wanted_span(&run->job->wanted, &from, &to);
    if (run->job->wanted.latest || run->job->wanted.missing) {
        const month_t last = fetching_this_month();

        to = last;
        if (from == MONTH_NONE || from > last - 3)
            from = last - 3;
    }
    return catalogue_read(&run->catalogue, run->job->rules, run->job->dataset, from, to, why);
}

/* All are looked up before the first is fetched: while the store is open to read nothing can be
 * added to it. */
static enum status look_up(struct fetching_run *run, enum offer_state **states, struct fail *why)
{
    const struct catalogue *const all = &run->catalogue;
    enum status status = open_target(run, why);

    *states = status == STATUS_OK ? calloc(all->count + 1, sizeof **states) : NULL;
    if (status == STATUS_OK && *states == NULL)
        status = fail_nomem(why);
    for (size_t i = 0; i < all->count && status == STATUS_OK; i++)
        (*states)[i] = fetching_state(run, &all->offers[i]);
    store_close(run->store);
    run->store = NULL;
    return status;
}

static enum status handle_all(struct fetching_run *run, struct fetching_outcome *outcome,
                              struct fail *why)
{
    enum offer_state *states = NULL;
    enum status status = fetching_check_named(run, why);

    if (status == STATUS_OK)
        status = look_up(run, &states, why);
    if (status == STATUS_OK && fetching_latest(&run->catalogue) > outcome->latest)
        outcome->latest = fetching_latest(&run->catalogue);
    for (size_t i = 0; i < run->catalogue.count && status == STATUS_OK; i++)
        if (fetching_wants(run, i))
            status = handle(run, &run->catalogue.offers[i], states[i], outcome, why);
    free(states);
    return status;
}

static enum status fetch_with(struct fetching_run *run, struct fetching_outcome *outcome,
                              struct fail *why)
{
    struct http_options options = {.progress = tick, .context = run};
    enum status status = read_patience(run, &options, why);

    if (status == STATUS_OK)
        status = http_new(&run->catalogue.http, &options, why);
    run->catalogue.patience = &run->patience;
    if (status == STATUS_OK)
        status = make_folder(run, why);
    if (status == STATUS_OK)
        status = read_catalogue(run, why);
    return status == STATUS_OK ? handle_all(run, outcome, why) : status;
}

enum status fetch_dataset(const struct fetching_job *job, struct fetching_outcome *outcome,
                          struct fail *why)
{
    struct fetching_run run = {.job = job, .quiet = option_value(job->invocation, "quiet") != NULL};
    const struct portal *portal = NULL;
    const struct portal_dataset *const dataset = find_dataset(job->rules, job->dataset, &portal);
    enum status status;

    if (dataset != NULL && portal->kind != PORTAL_CKAN && job->folder == NULL)
        return fail_set(why, STATUS_USAGE,
                        "%s are files to read with --register: say where with --to DIR",
                        job->dataset);
    progress_words_begin(&run.words, run.quiet);
    status = fetch_with(&run, outcome, why);
    progress_words_clear(&run.words);
    receipts_release(&run.receipts);
    http_free(run.catalogue.http);
    catalogue_release(&run.catalogue);
    if (job->folder == NULL && !job->dry_run)
        rmdir(run.folder); /* only when nothing is kept to go on with */
    return status;
}
