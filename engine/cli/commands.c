#include "cli/command.h"

#include <string.h>

const struct command *const commands[] = {
    &command_run,          &command_trend,      &command_targets,   &command_plan,
    &command_fetch,        &command_update,     &command_add,       &command_report,
    &command_status,       &command_diff,       &command_remove,    &command_check,
    &command_export,       &command_merge,      &command_explain,   &command_rules_check,
    &command_rules_schema, &command_rules_new,  &command_rules_age, &command_version,
    &command_man,          &command_completion,
};
const size_t command_count = COUNT_OF(commands);

size_t option_count(const struct command *command)
{
    size_t count = 0;

    while (count < MOST_OPTIONS && command->options[count].name != NULL)
        count++;
    return count;
}

const char *option_value(const struct invocation *invocation, const char *name)
{
    for (size_t i = 0; i < option_count(invocation->command); i++)
        if (strcmp(invocation->command->options[i].name, name) == 0)
            return invocation->values[i];
    return NULL;
}

const char *option_next(const struct invocation *invocation, const char *name, size_t *at)
{
    while (*at < invocation->repeat_count) {
        const struct repeat *const repeat = &invocation->repeats[(*at)++];

        if (strcmp(repeat->option, name) == 0)
            return repeat->value;
    }
    return NULL;
}

int report_failure(const struct fail *why)
{
    char sentence[1024];

    fail_print(why, sentence, sizeof sentence);
    fprintf(stderr, "canister: %s\n", sentence);
    return status_exit_code(why->code);
}

int close_output(int exit_code)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return exit_code;
    fputs("canister: standard output cannot be written\n", stderr);
    return status_exit_code(STATUS_IO);
}
