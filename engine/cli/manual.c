#include "cli/command.h"
#include "cli/completions.h"
#include "run/version.h"

#include <string.h>

/* Text for roff: no line begins with a control character, and - is a hyphen. */
static void put_roff(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if ((at == text || at[-1] == '\n') && (*at == '.' || *at == '\''))
            fputs("\\&", stdout);
        if (*at == '-')
            fputs("\\-", stdout);
        else if (*at == '\\')
            fputs("\\e", stdout);
        else if (*at == '\n')
            fputs("\n.PP\n", stdout);
        else
            fputc(*at, stdout);
    }
}

static void put_command(const struct command *command)
{
    char description[COMMAND_DESCRIPTION];

    printf(".SS canister %s\n.B canister %s\n[\\fIOPTION\\fR]...", command->name, command->name);
    if (command->arguments[0] != '\0') {
        fputs(" \\fI", stdout);
        put_roff(command->arguments);
        fputs("\\fR", stdout);
    }
    fputs("\n.PP\n", stdout);
    put_roff(command_describe(command, description));
    fputc('\n', stdout);
    for (size_t i = 0; i < option_count(command); i++) {
        const struct option_rule *const option = &command->options[i];

        fputs(".TP\n\\fB\\-\\-", stdout);
        put_roff(option->name);
        if (option->argument != NULL) {
            fputs("\\fR \\fI", stdout);
            put_roff(option->argument);
        }
        fputs("\\fR\n", stdout);
        put_roff(option->help);
        fputc('\n', stdout);
    }
    fputs(".TP\n\\fB\\-\\-help\\fR\nprint the options of the command\n", stdout);
}

static int run_man(const struct invocation *invocation)
{
    (void)invocation;
    printf(".TH CANISTER 1 %s \"canister %s\" \"Canister\"\n", CANISTER_DATE, CANISTER_VERSION);
    fputs(".SH NAME\ncanister \\- kgCO2e per inhaler and switch lists from national prescribing "
          "extracts\n.SH SYNOPSIS\n.B canister\n\\fICOMMAND\\fR [\\fIOPTION\\fR]... "
          "[\\fIARGUMENT\\fR]...\n.SH COMMANDS\n",
          stdout);
    for (size_t i = 0; i < command_count; i++)
        if (!commands[i]->hidden)
            put_command(commands[i]);
    fputs(".SH FILES\nThe rules are looked for in $CANISTER_RULES, then in share/canister/rules "
          "beside the program's bin folder.  The store is \\-\\-store, else $CANISTER_STORE, else "
          "canister/store.sqlite in $XDG_DATA_HOME or ~/.local/share.\n"
          ".SH ENVIRONMENT\n.TP\n.B CANISTER_RULES\nfolder of the rules\n"
          ".TP\n.B CANISTER_STORE\nthe store\n"
          ".TP\n.B XDG_DATA_HOME\nyour data folder, where the store is kept\n"
          ".TP\n.B SOURCE_DATE_EPOCH\nseconds since 1970 that stand for now in audit.json; the "
          "time a run took is then left out, and the same input gives the same bytes\n"
          ".SH EXIT STATUS\n0 done; 1 done, with a finding asked for by \\-\\-fail\\-on; 64 usage; "
          "65 bad data; 66 no input; 70 our bug; 71 memory; 73 cannot create; 74 I/O; 78 bad "
          "rules.\n"
          ".SH CAVEATS\nThese are measures, not indicators.  No patient's inhaler should be "
          "changed by a list alone.\n"
          ".SH COPYRIGHT\nGPL\\-3.0\\-or\\-later.  Results contain public sector information "
          "licensed under the Open Government Licence v3.0.\n",
          stdout);
    return close_output(0);
}

const struct command command_man = {
    .name = "man",
    .arguments = "",
    .summary = "print the man page",
    .description = "Prints the man page of canister as roff.",
    .hidden = true,
    .run = run_man,
};

static void put_words(const struct command *command)
{
    for (size_t i = 0; i < option_count(command); i++)
        printf(" --%s", command->options[i].name);
    fputs(" --help", stdout);
}

/* Values of options that have a fixed set of them. */
static void put_choices(void)
{
    for (size_t i = 0; i < command_count; i++) {
        for (size_t o = 0; !commands[i]->hidden && o < option_count(commands[i]); o++) {
            const struct option_rule *const option = &commands[i]->options[o];

            if (option->choices != NULL)
                printf("    \"%s --%s\") COMPREPLY=($(compgen -W \"%s\" -- \"$word\")); return;;\n",
                       commands[i]->name, option->name, option->choices);
        }
    }
}

/* "rules check" and "rules new" begin with the same word, which is offered once. */
static bool is_first_of_word(size_t at)
{
    const size_t length = strcspn(commands[at]->name, " ");

    for (size_t i = 0; i < at; i++)
        if (strcspn(commands[i]->name, " ") == length &&
            strncmp(commands[i]->name, commands[at]->name, length) == 0)
            return false;
    return true;
}

static void put_second_words(void)
{
    for (size_t i = 0; i < command_count; i++) {
        const char *const second = strchr(commands[i]->name, ' ');

        if (second != NULL && !commands[i]->hidden)
            fputs(second, stdout);
    }
}

static void print_bash_completion(void)
{
    fputs("# bash completion for canister\n"
          "_canister()\n{\n"
          "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
          "  local command=${COMP_WORDS[1]}\n"
          "  [ \"$command\" = rules ] && command=\"rules ${COMP_WORDS[2]}\"\n"
          "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
          "    COMPREPLY=($(compgen -W \"--help --version",
          stdout);
    for (size_t i = 0; i < command_count; i++)
        if (!commands[i]->hidden && is_first_of_word(i))
            printf(" %.*s", (int)strcspn(commands[i]->name, " "), commands[i]->name);
    fputs("\" -- \"$word\"))\n    return\n  fi\n"
          "  if [ \"${COMP_WORDS[1]}\" = rules ] && [ \"$COMP_CWORD\" -eq 2 ]; then\n"
          "    COMPREPLY=($(compgen -W \"",
          stdout);
    put_second_words();
    fputs("\" -- \"$word\")); return\n  fi\n"
          "  case \"$command $before\" in\n",
          stdout);
    put_choices();
    fputs("  esac\n  case $word in\n  -*)\n    case $command in\n", stdout);
    for (size_t i = 0; i < command_count; i++) {
        if (commands[i]->hidden)
            continue;
        printf("    \"%s\") COMPREPLY=($(compgen -W \"", commands[i]->name);
        put_words(commands[i]);
        fputs("\" -- \"$word\"));;\n", stdout);
    }
    fputs("    esac;;\n  *) mapfile -t COMPREPLY < <(compgen -f -- \"$word\");;\n  esac\n}\n"
          "complete -o filenames -F _canister canister\n",
          stdout);
}

static int run_completion(const struct invocation *invocation)
{
    const char *const shell = invocation->argument_count > 0 ? invocation->arguments[0] : "bash";
    struct fail why;

    if (strcmp(shell, "bash") == 0)
        print_bash_completion();
    else if (strcmp(shell, "zsh") == 0)
        print_zsh_completion();
    else if (strcmp(shell, "fish") == 0)
        print_fish_completion();
    else {
        fail_set(&why, STATUS_USAGE, "there is completion for bash, zsh and fish, not for %s",
                 shell);
        return report_failure(&why);
    }
    return close_output(0);
}

const struct command command_completion = {
    .name = "completion",
    .arguments = "[SHELL]",
    .summary = "print the completion for bash, zsh or fish",
    .description = "Prints a completion script for bash (the default), zsh or fish.",
    .hidden = true,
    .run = run_completion,
};
