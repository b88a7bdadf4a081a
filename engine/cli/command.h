#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

/* One table tells every command with its options; getopt_long, --help, the man
 * page and the completion all read it. */

#include "base/attr.h"
#include "base/fail.h"

#include <stdbool.h>
#include <stdio.h>

#define MOST_OPTIONS 40
#define MOST_REPEATS 64

struct option_rule {
    const char *name;     /* "max-rejects" */
    const char *argument; /* "N|P%", NULL for a flag */
    const char *help;     /* one sentence, small letter, no full stop */
    const char *choices;  /* words for completion, or NULL */
    bool repeats;         /* may be given several times, each with its value */
};

/* One of the values of an option that repeats. */
struct repeat {
    const char *option;
    const char *value;
};

/* What was said on the command line. */
struct invocation {
    const struct command *command;
    const char *values[MOST_OPTIONS];    /* by option of the command; "" for a flag, NULL unsaid */
    struct repeat repeats[MOST_REPEATS]; /* in the order in which they were given */
    size_t repeat_count;
    char **arguments;
    size_t argument_count;
};

struct command {
    const char *name;        /* "run", "rules check" */
    const char *arguments;   /* "EXTRACT..." */
    const char *summary;     /* one line */
    const char *description; /* COMMAND_TABLES in it becomes the names of the result tables */
    bool needs_argument;
    bool hidden;                                     /* not in --help, man page and completion */
    struct option_rule options[MOST_OPTIONS];        /* ends at the first without a name */
    int (*run)(const struct invocation *invocation); /* returns the exit code */
};

extern const struct command *const commands[];
extern const size_t command_count;

extern const struct command command_run;
extern const struct command command_add;
extern const struct command command_report;
extern const struct command command_status;
extern const struct command command_diff;
extern const struct command command_remove;
extern const struct command command_check;
extern const struct command command_export;
extern const struct command command_merge;
extern const struct command command_fetch;
extern const struct command command_update;
extern const struct command command_explain;
extern const struct command command_rules_check;
extern const struct command command_rules_schema;
extern const struct command command_rules_new;
extern const struct command command_rules_age;
extern const struct command command_trend;
extern const struct command command_targets;
extern const struct command command_plan;
extern const struct command command_version;
extern const struct command command_man;
extern const struct command command_completion;

size_t option_count(const struct command *command);

/* The value of an option, NULL when it was not given. */
const char *option_value(const struct invocation *invocation, const char *name);

/* The values of an option that repeats, one after the other: *at is 0 at first; NULL
 * behind the last. */
const char *option_next(const struct invocation *invocation, const char *name, size_t *at);

/* Says why on standard error; returns the exit code. */
int report_failure(const struct fail *why);

/* Closes standard output, so that a full disk or a closed pipe is found. */
int close_output(int exit_code);

#define COMMAND_TABLES "{tables}"
#define COMMAND_DESCRIPTION 4096 /* the most bytes of one */

/* The description of a command with the names of the tables in it; out has COMMAND_DESCRIPTION
 * bytes. */
char *command_describe(const struct command *command, char *out);

void print_help(FILE *out);
void print_command_help(FILE *out, const struct command *command);

/* Options that several commands share. */
#define OPTION_RULES                                                                            \
    {                                                                                           \
        "rules", "DIR",                                                                         \
            "lay this folder of rules over those of canister; one with all rules stands alone", \
            NULL                                                                                \
    }
#define OPTION_TARGETS                                                                        \
    {                                                                                         \
        "targets", "FILE", "targets of your own, besides those that come with canister", NULL \
    }
#define OPTION_TARGET                                                                         \
    {                                                                                         \
        "target", "TARGET",                                                                   \
            "one target more, MEASURE=VALUE@YYYY-MM, for everybody: a value of a measure by " \
            "a month, in its unit or, of a share, in per cent (repeat for more)",             \
            NULL, true                                                                        \
    }
#define OPTION_FACTORS                                                                \
    {                                                                                 \
        "factors", "SET", "the set of carbon factors (canister)", "canister iif-2022" \
    }
#define OPTION_REGISTER                                                                         \
    {                                                                                           \
        "register", "FILE",                                                                     \
            "a register of practices, PCNs, list sizes or trusts (repeat for more)", NULL, true \
    }
#define OPTION_GAS_FACTORS                                                                \
    {                                                                                     \
        "gas-factors", "SET", "the set of global warming potentials of gases (nhs-2540)", \
            "nhs-2540 rcoa ar5 ar6", false                                                \
    }
#define OPTION_GAS_SUPPLY                                                                    \
    {                                                                                        \
        "gas-supply", "FILE",                                                                \
            "gases supplied outside pharmacy: organisation, month, site, gas, brand, size, " \
            "cylinders, litres",                                                             \
            NULL                                                                             \
    }
#define OPTION_GAS_USE                                                                        \
    {                                                                                         \
        "gas-use", "FILE",                                                                    \
            "gases that patients received: organisation, month, site, gas, litres_used", NULL \
    }
#define OPTION_CHARTS                                                                           \
    {                                                                                           \
        "charts", "WORDS",                                                                      \
            "how spc.csv is drawn: screened, near-only, baseline=N, step=YYYY-MM, with commas", \
            NULL                                                                                \
    }
#define OPTION_CONTROL                                                                          \
    {                                                                                           \
        "control", "FILE",                                                                      \
            "hold the results against these published totals, by nation, ICB or chemical", NULL \
    }
#define OPTION_FAIL_ON                                                                           \
    {                                                                                            \
        "fail-on", "WHAT",                                                                       \
            "exit with 1 if there are any, or figures of --control that do not agree: rejects, " \
            "unclassified, control, with commas between them",                                   \
            "rejects unclassified control rejects,unclassified"                                  \
    }
#define OPTION_PLACES                                                                            \
    {                                                                                            \
        "places", "VIEW",                                                                        \
            "organisations as each month was (then) or today's over all of history (now); then " \
            "is the default",                                                                    \
            "then now"                                                                           \
    }
#define OPTION_XLSX                                                                            \
    {                                                                                          \
        "xlsx", "WHEN",                                                                        \
            "write canister.xlsx: yes, no, or auto for up to 2,000 practices (default: auto)", \
            "yes no auto"                                                                      \
    }
#define OPTION_GROUP                                                                         \
    {                                                                                        \
        "group", "FILE",                                                                     \
            "your own groups: a CSV file with group_code,group_name,organisation_code", NULL \
    }
#define OPTION_MAX_REJECTS                                                                       \
    {                                                                                            \
        "max-rejects", "N|P%",                                                                   \
            "rejected rows that a file may have before it is refused (default: 0.01%, at least " \
            "10)",                                                                               \
            NULL                                                                                 \
    }
#define OPTION_STRICT                                                   \
    {                                                                   \
        "strict", NULL, "refuse a file at its first rejected row", NULL \
    }
#define OPTION_STORE                                                                           \
    {                                                                                          \
        "store", "FILE", "the store (default: $CANISTER_STORE, else one in your data folder)", \
            NULL                                                                               \
    }
#define OPTION_FROM                                                                            \
    {                                                                                          \
        "from", "MONTH", "the first month, such as 2025-04 (default: the first in the store)", \
            NULL                                                                               \
    }
#define OPTION_TO                                                              \
    {                                                                          \
        "to", "MONTH", "the last month (default: the last in the store)", NULL \
    }
#define OPTION_OUT                                                  \
    {                                                               \
        "out", "DIR", "the folder for the results (required)", NULL \
    }
#define OPTION_PACKS                                                                      \
    {                                                                                     \
        "packs", NULL, "also a page and a workbook for each practice, in DIR/packs", NULL \
    }
#define OPTION_ONLY_ICB                                                            \
    {                                                                              \
        "icb", "NAME|CODE", "only this ICB: its code, or a part of its name", NULL \
    }
#define OPTION_KEEP_GOING                                                         \
    {                                                                             \
        "keep-going", NULL, "skip a refused file and go on with the others", NULL \
    }
#define OPTION_THREADS                                                                \
    {                                                                                 \
        "threads", "N", "threads for reading (default: one for each processor)", NULL \
    }
#define OPTION_REPLACE                                                         \
    {                                                                          \
        "replace", NULL, "if a month is given twice, use the later file", NULL \
    }
#define OPTION_QUIET                             \
    {                                            \
        "quiet", NULL, "print errors only", NULL \
    }

#endif
