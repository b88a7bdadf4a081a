#include "cli/fetching.h"

static enum status fetch_all(const struct invocation *invocation, struct fetching_job *job,
                             struct fetching_outcome *outcome, struct fail *why)
{
    size_t at = 0;
    const char *dataset = option_next(invocation, "dataset", &at);
    enum status status = STATUS_OK;

    job->dataset = dataset != NULL ? dataset : "epd";
    while (status == STATUS_OK && job->dataset != NULL) {
        status = fetch_dataset(job, outcome, why);
        job->dataset = option_next(invocation, "dataset", &at);
    }
    return status;
}

static enum status prepare(const struct invocation *invocation, struct fetching_job *job,
                           char *store, size_t size, struct fail *why)
{
    const char *const from = option_value(invocation, "from");
    enum status status =
        wanted_read(&job->wanted, invocation->arguments, invocation->argument_count, why);

    if (status == STATUS_OK && from != NULL)
        status = read_month(from, &job->from, why);
    if (status == STATUS_OK && job->folder == NULL)
        status = find_store(invocation, store, size, why);
    return status;
}

static int run_fetch(const struct invocation *invocation)
{
    const struct rules_place place = {.overlay = option_value(invocation, "rules")};
    char store[4352] = "";
    struct fetching_job job = {.invocation = invocation,
                               .folder = option_value(invocation, "to"),
                               .store = store,
                               .dry_run = option_value(invocation, "dry-run") != NULL,
                               .replace = option_value(invocation, "replace") != NULL};
    struct fetching_outcome outcome = {0};
    struct rules *rules = NULL;
    struct fail why = {0};
    enum status status = rules_load(&rules, &place, &why);

    job.rules = rules;
    if (status == STATUS_OK)
        status = prepare(invocation, &job, store, sizeof store, &why);
    if (status == STATUS_OK)
        status = fetch_all(invocation, &job, &outcome, &why);
    rules_free(rules);
    if (status != STATUS_OK)
        return close_output(report_failure(&why));
    return close_output(0);
}

const struct command command_fetch = {
    .name = "fetch",
    .arguments = "[MONTH...]",
    .summary = "fetch months from the publishers' portals",
    .description =
        "Fetches what the publishers put on their portals and adds it to the store, or with --to "
        "keeps the files in a folder. A MONTH is 2026-07, a range such as 2026-04..2026-07, latest "
        "(the default) or missing: every month since --from that the store does not have. "
        "Datasets are epd, scmd, registers and list-sizes; the last two need --to. Where they are "
        "is in rules/portals.\n"
        "An interrupted download goes on where it was; a file gets its name only when its length, "
        "its hash (where the portal gives one), the CRCs of an archive and its first row were "
        "checked. A month that was published again is reported, and fetched again only with "
        "--replace. Proxies are those of http_proxy, https_proxy and no_proxy; CURL_CA_BUNDLE or "
        "SSL_CERT_FILE names a file of certificate authorities. There is one connection at a "
        "time.\n"
        "Limits: the portals were not within reach where this was written. The tests use a server "
        "that behaves as NHSBSA's portal is described by those who read it; it was never tried "
        "against the portal itself, and the addresses of registers and list-sizes are second "
        "hand.",
    .options =
        {
            {"dataset", "NAME",
             "epd, scmd, registers or list-sizes; repeat for more (default: epd)",
             "epd scmd registers list-sizes", true},
            {"to", "DIR", "keep the files in this folder, not in the store", NULL},
            OPTION_STORE,
            {"from", "MONTH", "the first month of missing", NULL},
            {"replace", NULL, "fetch again what was published again", NULL},
            {"dry-run", NULL, "print what would be fetched, and how large it is", NULL},
            OPTION_RULES,
            OPTION_TRIES,
            OPTION_WAIT,
            OPTION_STALL,
            OPTION_QUIET,
        },
    .run = run_fetch,
};
