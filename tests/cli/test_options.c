/* One option table stands behind --help, the man page and the completion; what a
 * person reads in one of them must be in the others. */

#include "support/cases.h"
#include "support/paths.h"

#include <string.h>

static const char *const names[] = {
    "run",       "trend",   "targets", "plan",   "add",     "report",      "status",
    "diff",      "remove",  "check",   "export", "explain", "rules check", "rules schema",
    "rules new", "version", "merge",   "fetch",  "update",  "rules age"};

/* Options one a line, sorted, into three files of the scratch folder. */
static void list_options(const char *name)
{
    cr_assert(eq(int,
                 shell("cd %s && p=%s; c='%s'; $p $c --help | grep -oE '^  --[a-z-]+' | tr -d ' ' |"
                       " sort > help && test -s help && "
                       "$p man | awk -v c=\".SS canister $c\" '/^[.]S[SH]/ {on = $0 == c} on' | "
                       "sed -n '/^.fB.-.-/{s/.f[BRI]/ /g; s/^ *\\([^ ]*\\).*/\\1/; p}' | "
                       "tr -d '\\134' | sort > man && "
                       "$p completion | sed -n \"s/^ *\\\"$c\\\") .*compgen -W \\\" \\(.*\\)\\\" --"
                       " .*/\\1/p\" | tr ' ' '\\n' | sort > completion",
                       scratch_folder(), program(), name),
                 0),
              "%s", shell_output());
}

Test(options, help_man_page_and_completion_tell_the_same_options)
{
    for (size_t i = 0; i < LENGTH_OF(names); i++) {
        list_options(names[i]);
        cr_expect(eq(int, shell("cd %s && diff help man", scratch_folder()), 0),
                  "%s (< help, > man page): %s", names[i], shell_output());
        cr_expect(eq(int, shell("cd %s && diff help completion", scratch_folder()), 0),
                  "%s (< help, > completion): %s", names[i], shell_output());
    }
}

Test(options, every_option_of_the_help_is_known_to_its_command)
{
    for (size_t i = 0; i < LENGTH_OF(names); i++) {
        list_options(names[i]);
        /* --help behind the option wins over everything, unless the option is not known */
        cr_expect(eq(int,
                     shell("cd %s && while read -r o; do %s %s $o x --help > got 2>&1 || "
                           "%s %s $o --help > got 2>&1 || { cat got; exit 9; }; done < help",
                           scratch_folder(), program(), names[i], program(), names[i]),
                     0),
                  "%s: %s", names[i], shell_output());
    }
}

Test(options, help_man_page_and_completion_tell_the_same_commands)
{
    cr_expect(eq(int,
                 shell("cd %s && p=%s; $p --help | sed -n '/^Commands/,/^$/s/^  \\([a-z ]*\\)   .*/"
                       "\\1/p' | sed 's/ *$//' | sort > help && test $(wc -l < help) -eq %zu && "
                       "$p man | sed -n 's/^.SS canister //p' | sort | diff help - && "
                       "$p completion | sed -n 's/^    \"\\([a-z ]*\\)\") .*/\\1/p' | sort | "
                       "diff help -",
                       scratch_folder(), program(), LENGTH_OF(names)),
                 0),
              "%s", shell_output());
}

Test(options, help_fits_a_terminal_of_eighty_columns)
{
    for (size_t i = 0; i <= LENGTH_OF(names); i++)
        cr_expect(eq(int,
                     shell("%s %s --help | awk 'length > 79 || / $/ {print; bad = 1} "
                           "END {exit bad}'",
                           program(), i < LENGTH_OF(names) ? names[i] : ""),
                     0),
                  "too wide, or blanks at the end: %s", shell_output());
}

Test(options, man_page_is_clean)
{
    cr_expect(eq(int, shell("%s man | mandoc -T lint -W error", program()), 0), "%s",
              shell_output());
    cr_expect(eq(int,
                 shell("%s man | mandoc -T ascii | sed \"s/.$(printf '\\b')//g\" | "
                       "grep -qx ' *--max-rejects N|P%%'",
                       program()),
                 0),
              "an option and its argument stand on one line");
}

struct completion {
    const char *words; /* COMP_WORDS, the last is being typed */
    int last;          /* its number */
    const char *replies;
};

static const struct completion completions[] = {
    {"canister ru", 1, "run|rules|"},
    {"canister --v", 1, "--version|"},
    {"canister run --fa", 2, "--factors|--fail-on|"},
    {"canister run a.csv --o", 3, "--out|"},
    {"canister run --factors i", 3, "iif-2022|"},
    {"canister run --fail-on rejects,", 3, "rejects,unclassified|"},
    {"canister rules \"\"", 2, "check|schema|new|age|"},
    {"canister rules check --st", 3, "--strict|"},
    {"canister explain --", 2, "--rules|--targets|--register|--help|"},
    {"canister version --q", 2, ""},
    {"canister run mont", 2, "month.csv|"},
    {"canister run two", 2, "two words.csv|"},
};

Test(options, completion_works_in_bash)
{
    shell("cd %s && touch month.csv 'two words.csv' && %s completion > c", scratch_folder(),
          program());
    for (size_t i = 0; i < LENGTH_OF(completions); i++) {
        const struct completion *const row = &completions[i];

        cr_assert(
            eq(int,
               shell("cd %s && bash -c 'set -u; . ./c; complete -p canister >/dev/null || exit"
                     " 8; COMP_WORDS=(%s); COMP_CWORD=%d; COMPREPLY=(); _canister; "
                     "for r in \"${COMPREPLY[@]}\"; do printf \"%%s|\" \"$r\"; done'",
                     scratch_folder(), row->words, row->last),
               0),
            "%s: %s", row->words, shell_output());
        cr_expect(eq(str, (char *)shell_output(), (char *)row->replies), "%s", row->words);
    }
}

/* Each option of each command, as the shell itself lists it. */
Test(options, completion_works_in_zsh_and_fish)
{
    cr_expect(eq(int, shell("%s completion tcsh", program()), 64), "%s", shell_output());
    for (size_t i = 0; i < LENGTH_OF(names); i++) {
        list_options(names[i]);
        cr_expect(eq(int,
                     shell("cd %s && p=%s && $p completion zsh | awk -v c=\"  '%s') _arguments\" "
                           "'index($0, \"  \\047\") == 1 {on = index($0, c) == 1} on' | "
                           "grep -oE \"^ +'[*]?--[a-z-]+\" | tr -d \" '*\" | sort > zsh && "
                           "diff help zsh",
                           scratch_folder(), program(), names[i]),
                     0),
                  "zsh, %s: %s", names[i], shell_output());
        cr_expect(eq(int,
                     shell("cd %s && ! command -v fish > found || { %s completion fish > c.fish && "
                           "fish --no-config -c 'source c.fish; complete -C \"canister %s --\"' | "
                           "cut -f1 | sort > fish && diff help fish; }",
                           scratch_folder(), program(), names[i]),
                     0),
                  "fish, %s: %s", names[i], shell_output());
    }
    cr_expect(eq(int,
                 shell("cd %s && ! command -v zsh > found || { %s completion zsh > _canister && "
                       "zsh -fn _canister && zsh -fc 'fpath=($PWD $fpath); autoload -U compinit; "
                       "compinit -u -d dump; test \"$_comps[canister]\" = _canister'; }",
                       scratch_folder(), program()),
                 0),
              "%s", shell_output());
}

Test(options, rules_age_lists_what_was_checked_when)
{
    cr_expect(
        eq(int,
           shell("cd %s && %s rules age --all > all && test -s all && cut -f1 all | sort -c && "
                 "test $(wc -l < all) = $(jq '[.. | objects | select(.checked)] | length' "
                 "$(find %s/rules -name '*.json' ! -name '*.schema.json') | "
                 "awk '{ n += $1 } END { print n }') && "
                 "test $(%s rules age | awk -F'\t' '{ n += $3 } END { print n }') = $(wc -l < all) "
                 "&& test $(%s rules age --before 2026-11-22 --all | wc -l) = "
                 "$(awk '$1 < \"2026-11-22\"' all | wc -l)",
                 scratch_folder(), program(), root_folder(), program(), program()),
           0),
        "%s", shell_output());
    cr_expect(eq(int,
                 shell("cd %s && sed 's/0301011R0BEAIAP/0301011R0ZZZZZZ/' "
                       "%s/build/sample/EPD_SNOMED_202607.csv > new.csv && "
                       "%s rules age new.csv | sed '1,/^codes without a rule/d' | grep -q "
                       "0301011R0ZZZZZZ && "
                       "%s rules age --before soon > words 2>&1; test $? = 64",
                       scratch_folder(), root_folder(), program(), program()),
                 0),
              "%s", shell_output());
}
