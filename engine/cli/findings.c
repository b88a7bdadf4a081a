#include "cli/findings.h"

#include "report/comparisons.h"

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

int find_findings(const struct running *running)
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

enum status check_fail_on(const struct invocation *invocation, struct fail *why)
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

void tell_control(const struct running *running)
{
    const struct comparisons *const control = session_comparisons(running->session);

    if (control != NULL)
        fprintf(stderr, "published totals of %s: %zu of %zu figures agree\n",
                option_value(running->invocation, "control"), control->agreeing, control->count);
}

int print_control(const struct running *running, int exit_code)
{
    if (session_comparisons(running->session) == NULL)
        return exit_code;
    write_comparisons(stdout, session_comparisons(running->session));
    return close_output(exit_code);
}
