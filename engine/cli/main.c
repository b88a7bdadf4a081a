#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/shown.h"

#include <getopt.h>
#include <signal.h>
#include <string.h>

static int usage(const char *what, const char *word, const char *command)
{
    fprintf(stderr, "canister: %s%s; try canister%s%s --help\n", what, word,
            command[0] != '\0' ? " " : "", command);
    return status_exit_code(STATUS_USAGE);
}

/* The words of the command's name at the front of argv, 0 if it is another. */
static int match_command(const struct command *command, int argc, char **argv)
{
    const char *name = command->name;
    int words = 0;

    while (words < argc) {
        const size_t length = strcspn(name, " ");

        if (strlen(argv[words]) != length || strncmp(argv[words], name, length) != 0)
            return 0;
        words++;
        if (name[length] == '\0')
            return words;
        name += length + 1;
    }
    return 0;
}

#define HELP_VALUE 1000

static void fill_options(const struct command *command, struct option *options)
{
    const size_t count = option_count(command);

    for (size_t i = 0; i < count; i++)
        options[i] = (struct option){
            .name = command->options[i].name,
            .has_arg = command->options[i].argument != NULL ? required_argument : no_argument,
            .val = (int)i + 1,
        };
    options[count] = (struct option){.name = "help", .val = HELP_VALUE};
    options[count + 1] = (struct option){0};
}

/* A letter among others, as x in -xyz, is in optopt; its word may not be over. */
static int no_option(const char *word, const char *command)
{
    const char letter[3] = {'-', (char)optopt, '\0'};

    return usage("there is no option ", optopt > ' ' && optopt < HELP_VALUE ? letter : word,
                 command);
}

static int run_command(const struct command *command, int argc, char **argv)
{
    struct option options[MOST_OPTIONS + 2];
    struct invocation invocation = {.command = command};
    int chosen;

    fill_options(command, options);
    opterr = 0;
    while ((chosen = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        if (chosen == HELP_VALUE) {
            print_command_help(stdout, command);
            return close_output(0);
        }
        if (chosen == ':')
            return usage("a value is missing after ", argv[optind - 1], command->name);
        if (chosen == '?')
            return no_option(argv[optind - 1], command->name);
        invocation.values[chosen - 1] = optarg != NULL ? optarg : "";
        if (!command->options[chosen - 1].repeats)
            continue;
        if (invocation.repeat_count == MOST_REPEATS)
            return usage("too many of --", options[chosen - 1].name, command->name);
        invocation.repeats[invocation.repeat_count++] =
            (struct repeat){options[chosen - 1].name, optarg};
    }
    invocation.arguments = argv + optind;
    invocation.argument_count = (size_t)(argc - optind);
    if (command->needs_argument && invocation.argument_count == 0)
        return usage("missing ", command->arguments, command->name);
    if (command->arguments[0] == '\0' && invocation.argument_count > 0)
        return usage("unexpected argument ", invocation.arguments[0], command->name);
    return command->run(&invocation);
}

/* The first word of "rules check" alone is no command. */
static int no_command(int argc, char **argv)
{
    char name[256];

    for (size_t i = 0; i < command_count; i++) {
        const size_t length = strcspn(commands[i]->name, " ");

        if (commands[i]->name[length] == '\0' || strlen(argv[1]) != length ||
            strncmp(argv[1], commands[i]->name, length) != 0)
            continue;
        snprintf(name, sizeof name, "%s%s%s", argv[1], argc > 2 ? " " : "",
                 argc > 2 ? argv[2] : "");
        return usage("there is no command ", name, "");
    }
    return usage("there is no command ", argv[1], "");
}

int main(int argc, char **argv)
{
    const struct invocation version = {.command = &command_version};

    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error with a message, */
    signal(SIGXFSZ, SIG_IGN); /* and so is a file that may not grow */
    interrupt_begin();
    if (!shown_begin()) {
        fputs("canister: out of memory\n", stderr);
        return status_exit_code(STATUS_NOMEM);
    }
    if (argc < 2)
        return usage("missing a command", "", "");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return close_output(0);
    }
    if (strcmp(argv[1], "--version") == 0)
        return command_version.run(&version);
    for (size_t i = 0; i < command_count; i++) {
        const int words = match_command(commands[i], argc - 1, argv + 1);

        if (words > 0)
            return run_command(commands[i], argc - words, argv + words);
    }
    return no_command(argc, argv);
}
