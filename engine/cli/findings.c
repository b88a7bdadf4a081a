#include "cli/findings.h"

#include "table/table.h"

#include <string.h>

static const char *const findings[] = {"rejects", "unclassified", "control"};

/* True when the comma-separated list has the word. */
static bool asks_for(const char *asked, const char *word)
{
    const size_t length = strlen(word);

    for (; asked != NULL; asked = strchr(asked, ','), asked = asked != NULL ? asked + 1 : NULL)
        if (strncmp(asked, word, length) == 0 && (asked[length] == ',' || asked[length] == '\0'))
            return true;
    return false;
}

/* 1 when something is there that the caller asked to fail on. */
static int find_findings(const struct running *running)
{
    const char *const asked = option_value(running->invocation, "fail-on");
    const struct comparisons *const control = session_comparisons(running->session);

    if (asks_for(asked, "rejects") && count_rejects(running->session) > 0)
        return 1;
    if (asks_for(asked, "control") && control->agreeing < control->count)
        return 1;
    return asks_for(asked, "unclassified") &&
           session_results(running->session)->unclassified_count > 0;
}

static enum status check_fail_on(const struct invocation *invocation, struct fail *why)
{
    const char *const asked = option_value(invocation, "fail-on");
    size_t known = 0;
    size_t words = asked != NULL;

    for (const char *at = asked; at != NULL && *at != '\0'; at++)
        words += *at == ',';
    for (size_t i = 0; i < COUNT_OF(findings); i++)
        known += asks_for(asked, findings[i]);
    if (known != words)
        return fail_set(why, STATUS_USAGE,
                        "--fail-on takes rejects, unclassified and control, with commas between "
                        "them, not \"%s\"",
                        asked);
    if (asks_for(asked, "control") && option_value(invocation, "control") == NULL)
        return fail_set(why, STATUS_USAGE, "--fail-on control needs --control FILE");
    return STATUS_OK;
}

/* How many figures agree. */
static void tell_control(const struct running *running)
{
    const struct comparisons *const control = session_comparisons(running->session);

    if (control != NULL)
        fprintf(stderr, "published totals of %s: %zu of %zu figures agree\n",
                option_value(running->invocation, "control"), control->agreeing, control->count);
}

/* The table of --control on standard output; returns the exit code. */
static int print_control(const struct running *running, int exit_code)
{
    if (session_comparisons(running->session) == NULL)
        return exit_code;
    table_write(stdout, &table_control, session_figures(running->session));
    return close_output(exit_code);
}

static enum status read_workbook(const struct invocation *invocation, enum workbook_wish *wish,
                                 struct fail *why)
{
    const char *const told = option_value(invocation, "xlsx");

    *wish = WORKBOOK_AUTO;
    if (told == NULL || strcmp(told, "auto") == 0)
        return STATUS_OK;
    *wish = strcmp(told, "yes") == 0 ? WORKBOOK_YES : WORKBOOK_NO;
    if (*wish == WORKBOOK_YES || strcmp(told, "no") == 0)
        return STATUS_OK;
    return fail_set(why, STATUS_USAGE, "--xlsx takes yes, no or auto, not \"%s\"", told);
}

enum status read_writing_options(const struct invocation *invocation,
                                 struct session_options *options, struct fail *why)
{
    const enum status status = check_fail_on(invocation, why);

    options->control = option_value(invocation, "control");
    options->packs = option_value(invocation, "packs") != NULL;
    if (status != STATUS_OK)
        return status;
    return option_value(invocation, "out") != NULL
               ? read_workbook(invocation, &options->workbook, why)
               : fail_set(why, STATUS_USAGE, "--out DIR is missing; try canister %s --help",
                          invocation->command->name);
}

/* Members of groups that no extract of the run has. */
static void tell_strangers(const struct groups *groups)
{
    for (uint32_t i = 0; i < groups->members.count; i++)
        if (!groups->found[i])
            fprintf(stderr, "%s: no organisation of these months has the code %s\n", groups->name,
                    intern_text(&groups->members, i).at);
}

int compute_and_write(struct running *running, int exit_code)
{
    const char *const out = option_value(running->invocation, "out");
    enum status status = session_finish(running->session, &running->why);

    if (status == STATUS_OK)
        status = session_write(running->session, out, &running->why);
    if (status != STATUS_OK)
        return report_failure(&running->why);
    exit_code = print_control(running, exit_code);
    if (!running->quiet) {
        tell_strangers(session_groups(running->session));
        tell_quantities(session_results(running->session));
        tell_control(running);
        tell_headline(running->session);
        fprintf(stderr, "results: %s\n", out);
    }
    return exit_code != 0 ? exit_code : find_findings(running);
}
