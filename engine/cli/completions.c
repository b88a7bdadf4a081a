#include "cli/completions.h"

#include "cli/command.h"

#include <string.h>

static const char *second_word(const struct command *command)
{
    const char *const blank = strchr(command->name, ' ');

    return blank != NULL ? blank + 1 : NULL;
}

/* Between single quotes, with a backslash before each of `special`. */
static void put_quoted(const char *text, const char *special)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            fputs("'\\'", stdout);
        else if (strchr(special, *text) != NULL)
            fputc('\\', stdout);
        fputc(*text, stdout);
    }
}

/* The first command of a name of two words stands for all of them. */
static bool is_first(size_t at)
{
    const size_t length = strcspn(commands[at]->name, " ");

    for (size_t i = 0; i < at; i++)
        if (!commands[i]->hidden && strcspn(commands[i]->name, " ") == length &&
            strncmp(commands[i]->name, commands[at]->name, length) == 0)
            return false;
    return !commands[at]->hidden;
}

/* --- zsh ------------------------------------------------------------------------------------- */

static void put_zsh_option(const struct option_rule *option)
{
    printf(" \\\n      '%s--%s[", option->repeats ? "*" : "", option->name);
    put_quoted(option->help, "[]:");
    fputc(']', stdout);
    if (option->argument != NULL) {
        fputc(':', stdout);
        put_quoted(option->argument, ":");
        if (option->choices != NULL)
            printf(":(%s)", option->choices);
        else
            fputs(":_files", stdout);
    }
    fputc('\'', stdout);
}

static void put_zsh_command(const struct command *command)
{
    printf("  '%s') _arguments", command->name);
    for (size_t i = 0; i < option_count(command); i++)
        put_zsh_option(&command->options[i]);
    fputs(" \\\n      '--help[print the options]'", stdout);
    if (command->arguments[0] != '\0')
        fputs(" '*:file:_files'", stdout);
    fputs(";;\n", stdout);
}

void print_zsh_completion(void)
{
    fputs("#compdef canister\n_canister() {\n  local -a commands second\n  commands=(\n", stdout);
    for (size_t i = 0; i < command_count; i++) {
        if (!is_first(i))
            continue;
        printf("    '%.*s:", (int)strcspn(commands[i]->name, " "), commands[i]->name);
        put_quoted(commands[i]->summary, ":");
        fputs("'\n", stdout);
    }
    fputs("  )\n  second=(", stdout);
    for (size_t i = 0; i < command_count; i++)
        if (!commands[i]->hidden && second_word(commands[i]) != NULL)
            printf(" %s", second_word(commands[i]));
    fputs(" )\n"
          "  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
          "  local command=${words[2]}\n"
          "  if [[ $command == rules ]]; then\n"
          "    if (( CURRENT == 3 )); then compadd -- $second; return; fi\n"
          "    command=\"rules ${words[3]}\"; shift words; (( CURRENT-- ))\n"
          "  fi\n"
          "  shift words; (( CURRENT-- ))\n"
          "  case $command in\n",
          stdout);
    for (size_t i = 0; i < command_count; i++)
        if (!commands[i]->hidden)
            put_zsh_command(commands[i]);
    fputs("  esac\n}\n"
          "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _canister \"$@\"; "
          "else compdef _canister canister; fi\n",
          stdout);
}

/* --- fish ------------------------------------------------------------------------------------ */

/* By their place: check is a command of its own, and the second word of another. */
static void put_fish_condition(const struct command *command)
{
    printf("complete -c canister -n 'contains -- %.*s (commandline -opc)[2]",
           (int)strcspn(command->name, " "), command->name);
    if (second_word(command) != NULL)
        printf("; and contains -- %s (commandline -opc)[3]", second_word(command));
    fputc('\'', stdout);
}

static void put_fish_option(const struct command *command, const struct option_rule *option)
{
    put_fish_condition(command);
    printf(" -l %s", option->name);
    if (option->argument != NULL)
        fputs(option->choices != NULL ? " -x" : " -r", stdout);
    if (option->choices != NULL)
        printf(" -a '%s'", option->choices);
    fputs(" -d '", stdout);
    put_quoted(option->help, "");
    fputs("'\n", stdout);
}

static void put_fish_command(const struct command *command, bool first)
{
    if (first)
        printf("complete -c canister -n 'test (count (commandline -opc)) -eq 1' -f -a %.*s -d '",
               (int)strcspn(command->name, " "), command->name);
    if (first)
        put_quoted(command->summary, "");
    if (first)
        fputs("'\n", stdout);
    if (second_word(command) != NULL)
        printf("complete -c canister -n 'contains -- %.*s (commandline -opc)[2]' -f -a %s\n",
               (int)strcspn(command->name, " "), command->name, second_word(command));
    for (size_t i = 0; i < option_count(command); i++)
        put_fish_option(command, &command->options[i]);
    put_fish_condition(command);
    fputs(" -l help -d 'print the options'\n", stdout);
}

void print_fish_completion(void)
{
    fputs("# fish completion for canister\n", stdout);
    for (size_t i = 0; i < command_count; i++)
        if (!commands[i]->hidden)
            put_fish_command(commands[i], is_first(i));
}
