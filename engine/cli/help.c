#include "cli/command.h"

#include "table/table.h"

#include <string.h>

#define WIDTH 79

/* Words folded at the width, each line behind `indent` blanks; `at` is the
 * column where the first one begins. */
static void print_folded(FILE *out, const char *text, int indent, int at)
{
    while (*text != '\0') {
        const size_t length = strcspn(text, " \n");

        if (at > indent && at + 1 + (int)length > WIDTH) {
            fprintf(out, "\n%*s", indent, "");
            at = indent;
        } else if (at > indent) {
            fputc(' ', out);
            at++;
        }
        fwrite(text, 1, length, out);
        at += (int)length;
        text += length;
        if (*text == '\n') {
            fprintf(out, "\n\n%*s", indent, "");
            at = indent;
        }
        text += *text != '\0';
    }
    fputc('\n', out);
}

static void print_options(FILE *out, const struct command *command)
{
    const int indent = 22;

    fputs("\nOptions:\n", out);
    for (size_t i = 0; i < option_count(command); i++) {
        const struct option_rule *const option = &command->options[i];
        const char *const argument = option->argument != NULL ? option->argument : "";
        const int used =
            fprintf(out, "  --%s%s%s", option->name, option->argument != NULL ? " " : "", argument);

        fprintf(out, "%*s", used < indent ? indent - used : 1, "");
        print_folded(out, option->help, indent, used < indent ? indent : used + 1);
    }
    fprintf(out, "  %-*s%s\n", indent - 2, "--help", "this text");
}

static size_t add_text(char *out, size_t used, const char *text, size_t length)
{
    const size_t room = COMMAND_DESCRIPTION - 1 - used;
    const size_t fits = length < room ? length : room;

    memcpy(out + used, text, fits);
    return used + fits;
}

char *command_describe(const struct command *command, char *out)
{
    const char *const mark = strstr(command->description, COMMAND_TABLES);
    size_t used = 0;

    if (mark == NULL) {
        used = add_text(out, used, command->description, strlen(command->description));
    } else {
        used = add_text(out, used, command->description, (size_t)(mark - command->description));
        for (size_t i = 0; i < table_count; i++) {
            used = add_text(out, used, i > 0 ? ", " : "", i > 0 ? 2 : 0);
            used = add_text(out, used, tables[i]->file, strlen(tables[i]->file));
        }
        used = add_text(out, used, mark + strlen(COMMAND_TABLES),
                        strlen(mark + strlen(COMMAND_TABLES)));
    }
    out[used] = '\0';
    return out;
}

void print_command_help(FILE *out, const struct command *command)
{
    char description[COMMAND_DESCRIPTION];

    fprintf(out, "Usage: canister %s [OPTION]...%s%s\n\n", command->name,
            command->arguments[0] != '\0' ? " " : "", command->arguments);
    print_folded(out, command_describe(command, description), 0, 0);
    print_options(out, command);
}

void print_help(FILE *out)
{
    fputs("Usage: canister COMMAND [OPTION]... [ARGUMENT]...\n\n", out);
    print_folded(out,
                 "Reads the national prescribing extracts, classifies every inhaler by device, "
                 "propellant and carbon, and writes kgCO2e per inhaler for every practice and ICB "
                 "and the switch list of each practice.",
                 0, 0);
    fputs("\nCommands:\n", out);
    for (size_t i = 0; i < command_count; i++)
        if (!commands[i]->hidden)
            fprintf(out, "  %-15s%s\n", commands[i]->name, commands[i]->summary);
    fputs("\nEach command has its own --help.\n", out);
    fputs("Exit codes: 0 done; 1 done, with a finding that --fail-on asks for; 64 usage;\n65 bad "
          "data; 66 no input; 70 a bug; 71 memory; 73 cannot create; 74 I/O;\n78 bad "
          "rules.\n",
          out);
}
