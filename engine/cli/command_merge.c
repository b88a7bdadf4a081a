#include "cli/command.h"
#include "run/store_merge.h"
#include "rules/load.h"

static void report_merge(const char *out, const struct merge_summary *summary)
{
    fprintf(stderr, "%s: %zu month%s of %zu file%s out of %zu store%s", out, summary->months,
            summary->months == 1 ? "" : "s", summary->additions, summary->additions == 1 ? "" : "s",
            summary->shards, summary->shards == 1 ? "" : "s");
    if (summary->repeated > 0)
        fprintf(stderr, "; %zu file%s in more than one of them, kept once", summary->repeated,
                summary->repeated == 1 ? " is" : "s are");
    fputc('\n', stderr);
}

static int run_merge(const struct invocation *invocation)
{
    const struct rules_place place = {.overlay = option_value(invocation, "rules")};
    const char *const out = invocation->arguments[0];
    struct merge_summary summary = {0};
    struct rules *rules = NULL;
    struct fail why = {0};
    enum status status = STATUS_OK;

    if (invocation->argument_count < 2)
        status = fail_set(&why, STATUS_USAGE, "merge takes the result and at least one store");
    if (status == STATUS_OK)
        status = rules_load(&rules, &place, &why);
    if (status == STATUS_OK)
        status = merge_stores(rules, out, (const char *const *)invocation->arguments + 1,
                              invocation->argument_count - 1, &summary, &why);
    rules_free(rules);
    if (status != STATUS_OK)
        return report_failure(&why);
    if (option_value(invocation, "quiet") == NULL)
        report_merge(out, &summary);
    return 0;
}

const struct command command_merge = {
    .name = "merge",
    .arguments = "OUT STORE...",
    .summary = "put several stores together into one",
    .description =
        "Puts stores together, for instance those that several machines made of one file each. "
        "OUT gets every month of every store; a store that is at OUT already takes part. The "
        "result is the same bytes whatever the order of the stores, and however often one is "
        "named.\n"
        "The same file in several stores is kept once. Two different files for one month are "
        "refused as add refuses them; a final month of hospital data takes the place of a "
        "provisional one. Every row is compared with its seal first. An interrupted merge leaves "
        "OUT as it was, and perhaps a file OUT.merging-NUMBER that can be deleted.",
    .needs_argument = true,
    .options = {OPTION_RULES, OPTION_QUIET},
    .run = run_merge,
};
