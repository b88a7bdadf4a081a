/* What a command ends with and says, and that a refusal writes nothing. */

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdlib.h>
#include <string.h>

struct call {
    const char *arguments; /* in a folder with the files that prepare() makes */
    int exit_code;
    const char *says;
};

/* sizes.csv: a register with a bad row; mine.csv: groups.  month.csv and again.csv: the same month,
 * with one code that no rule knows; other.csv: another month; bad.csv: a third with 1 rejected row
 * of 13; many.csv: 11 of 40. */
static void prepare(void)
{
    cr_assert(
        eq(int,
           shell("cd %s && s=%s && cp $s/build/sample/EPD_SNOMED_202607.csv month.csv && "
                 "cp month.csv again.csv && cp $s/build/sample/EPD_SNOMED_202308.csv other.csv"
                 " && cp $s/datasets/malformed/bad_among_good.csv bad.csv && "
                 "cp $s/datasets/malformed/cut_row.csv cut.csv && mkdir folder && "
                 "printf 'PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,"
                 "AGE_GROUP_5,NUMBER_OF_PATIENTS\\nX,01JAN2022,GP,Z90001,,,ALL,ALL,5000\\n"
                 "X,01JAN2022,GP,Z90002,,,ALL,ALL,many\\n' > sizes.csv && "
                 "printf 'group_code,group_name,organisation_code\\nA,A,Z90001\\n"
                 "A,A,NOBODY\\n' > mine.csv && "
                 "awk 'NR > 1 && NR <= 12 {sub(/2026-07/, \"2026-13\")} NR <= 41' month.csv "
                 "> many.csv",
                 scratch_folder(), root_folder()),
           0),
        "%s", shell_output());
}

static int call_program(const char *arguments)
{
    return shell("cd %s && rm -rf out && %s %s", scratch_folder(), program(), arguments);
}

static void check_calls(const struct call *calls, size_t count, bool written)
{
    const size_t files = written ? files_of_a_run() : 0;

    prepare();
    for (size_t i = 0; i < count; i++) {
        cr_expect(eq(int, call_program(calls[i].arguments), calls[i].exit_code), "canister %s: %s",
                  calls[i].arguments, shell_output());
        cr_expect(strstr(shell_output(), calls[i].says) != NULL,
                  "canister %s should say \"%s\" but says: %s", calls[i].arguments, calls[i].says,
                  shell_output());
        cr_expect(eq(int, shell("cd %s && ls -A out 2>/dev/null | wc -l", scratch_folder()), 0),
                  "ls");
        cr_expect(eq(sz, strtoul(shell_output(), NULL, 10), files),
                  "canister %s: number of result files", calls[i].arguments);
    }
}

static const struct call refused[] = {
    {"", 64, "canister: missing a command; try canister --help"},
    {"nope", 64, "canister: there is no command nope"},
    {"rules nope", 64, "canister: there is no command rules nope"},
    {"run", 64, "canister: missing EXTRACT...; try canister run --help"},
    {"run month.csv", 64, "canister: --out DIR is missing"},
    {"run month.csv --out", 64, "canister: a value is missing after --out"},
    {"run month.csv --nope --out out", 64, "canister: there is no option --nope"},
    {"run month.csv -xyz --out out", 64, "canister: there is no option -x"},
    {"run month.csv --quiet=1 --out out", 64, "--quiet"},
    {"run month.csv --out out --fail-on tuesdays", 64, "not \"tuesdays\""},
    {"run month.csv --out out --fail-on rejects,", 64, "not \"rejects,\""},
    {"run month.csv --out out --fail-on control", 64, "--fail-on control needs --control FILE"},
    {"run month.csv --out out --control no.csv", 66, "canister: no.csv: cannot be opened"},
    {"run month.csv --out out --control month.csv", 65,
     "canister: month.csv:1: YEAR_MONTH: not a column of published totals"},
    {"run month.csv --out out --factors nope", 64, "canister: there is no factor set \"nope\""},
    {"run month.csv --out out --max-rejects many", 64, "not \"many\""},
    {"run month.csv --out out --max-rejects 101%", 64, "not \"101%\""},
    {"run month.csv --out out --max-rejects -1", 64, "not \"-1\""},
    {"run month.csv --out out --places soon", 64, "--places takes then or now, not \"soon\""},
    {"run month.csv --out out --register month.csv", 65,
     "month.csv:1: no known register has this header"},
    {"run month.csv --out out --register none.csv", 66, "none.csv: cannot be opened"},
    {"run month.csv --out out --register sizes.csv --strict", 65,
     "sizes.csv: 1 of 2 rows cannot be used, the first on line 3"},
    {"run month.csv --out out --group month.csv", 65, "month.csv:1: the header is not group_code,"},
    {"explain P82001", 64, "organisations need --register FILE"},
    {"explain --register sizes.csv P82001", 64,
     "there is no organisation \"P82001\" in these registers; there are: Z90001"},
    {"version --out out", 64, "canister: there is no option --out"},
    {"version nonsense", 64, "nonsense"},
    {"explain", 64, "canister: missing CODE..."},
    {"run month.csv cut.csv --out out", 65, "canister: cut.csv:4: the file is cut"},
    {"run month.csv again.csv --out out", 65,
     "canister: again.csv: holds 2026-07, which month.csv already has"},
    {"run many.csv --out out", 65, "canister: many.csv"},
    {"run many.csv --out out --max-rejects 10", 65, "canister: many.csv"},
    {"run many.csv --out out --max-rejects 27%", 65, "canister: many.csv"},
    {"run bad.csv --out out --strict", 65, "canister: bad.csv"},
    {"run bad.csv --out out --max-rejects 0", 65, "canister: bad.csv"},
    {"run --keep-going cut.csv --out out", 65, "canister: cut.csv:4: the file is cut"},
    {"run missing.csv --out out", 66, "canister: missing.csv: cannot be opened: No such file"},
    {"run month.csv missing.csv --out out", 66, "canister: missing.csv: cannot be opened"},
    {"run --keep-going month.csv no.csv --out out", 66, "canister: no.csv: cannot be opened"},
    {"run folder --out out", 66, "canister: folder: is a folder, not a file"},
    {"run - --out out <&-", 66, "canister: standard input: cannot be read"},
    {"run month.csv --out out --rules missing", 66, "canister: missing: "},
    {"rules check missing.csv", 66, "canister: missing.csv: cannot be opened"},
    {"run - --out out < /dev/null", 65, "canister: standard input: is empty: not even a header"},
    {"run month.csv --out month.csv", 73, "canister: month.csv: the folder cannot be made"},
    {"run month.csv --out month.csv/x", 73, "canister: month.csv/x: the folder cannot be made"},
    {"run month.csv --out /proc/nowhere/out", 73,
     "canister: /proc/nowhere/out: the folder cannot be made"},
    {"run month.csv --out ''", 73, "the folder cannot be made"},
};

Test(exit_codes, every_refusal_has_its_code_and_sentence_and_writes_nothing)
{
    check_calls(refused, LENGTH_OF(refused), false);
}

static const struct call done[] = {
    {"run month.csv --out out", 0, "results: out"},
    {"run --out=out -- month.csv", 0, "results: out"},
    {"run month.csv other.csv --out out", 0, "results: out"},
    {"run - --out out < month.csv", 0, "results: out"},
    {"run bad.csv --out out --max-rejects 1", 0, "bad.csv:9: row rejected: ITEMS"},
    {"run many.csv --out out --max-rejects 11", 0, "1 more rejected rows"},
    {"run many.csv --out out --max-rejects 28%", 0, "results: out"},
    {"run bad.csv --out out --fail-on rejects", 1, "results: out"},
    {"run bad.csv --out out --fail-on rejects,unclassified", 1, "results: out"},
    {"run bad.csv --out out --fail-on unclassified", 0, "results: out"},
    {"run month.csv --out out --fail-on unclassified", 1, "see unclassified.csv"},
    {"run month.csv --out out --fail-on rejects", 0, "results: out"},
    {"run --keep-going cut.csv month.csv --out out", 65, "refused: no row of this file is used"},
    {"run --keep-going month.csv again.csv --out out", 65, "already has"},
    {"run --replace month.csv again.csv --out out", 0, "results: out"},
    {"run month.csv --out out --register sizes.csv", 0,
     "2 rows = 1 used + 0 passed over + 1 rejected; 5,000 patients"},
    {"run month.csv --out out --register sizes.csv", 0,
     "sizes.csv:3: row rejected: NUMBER_OF_PATIENTS: not a plain"},
    {"run month.csv --out out --register sizes.csv --fail-on rejects", 1, "results: out"},
    {"run month.csv --out out --places now --group mine.csv", 0,
     "mine.csv: no organisation of these months has the code NOBODY"},
};

Test(exit_codes, every_run_that_is_done_says_so_and_writes_all_files)
{
    check_calls(done, LENGTH_OF(done), true);
}

Test(exit_codes, readme_and_help_tell_every_file_of_a_run)
{
    prepare();
    cr_expect(
        eq(int,
           shell("cd %s && %s run --quiet month.csv --out out && %s run --help > help && "
                 "for f in $(ls out); do grep -qw -- \"$f\" help && "
                 "grep -q \"^|.*[\\`]$f[\\`].*|\" %s/README.md || { echo $f; exit 9; }; done && "
                 "grep -o '^| .[a-z_]*[.]csv' %s/README.md | tr -d '|` ' | sort > told && "
                 "(cd out && ls *.csv) | sort | diff told -",
                 scratch_folder(), program(), program(), root_folder(), root_folder()),
           0),
        "%s", shell_output());
}

Test(exit_codes, a_refused_or_replaced_file_leaves_no_trace_in_the_figures)
{
    static const char *const runs[] = {"--keep-going cut.csv month.csv",
                                       "--keep-going month.csv again.csv cut.csv",
                                       "--replace again.csv month.csv"};

    prepare();
    shell("cd %s && %s run --quiet month.csv --out alone", scratch_folder(), program());
    for (size_t i = 0; i < LENGTH_OF(runs); i++) {
        shell("cd %s && rm -rf out && %s run --quiet %s --out out", scratch_folder(), program(),
              runs[i]);
        cr_expect(eq(int,
                     shell("cd %s && for f in measures prescribing products switches unclassified; "
                           "do cmp alone/$f.csv out/$f.csv || exit 9; done",
                           scratch_folder()),
                     0),
                  "%s: %s", runs[i], shell_output());
    }
}

Test(exit_codes, quiet_says_nothing_but_errors)
{
    prepare();
    cr_expect(eq(int, call_program("run --quiet bad.csv month.csv --out out"), 0), "quiet");
    cr_expect(eq(str, (char *)shell_output(), ""), "a good run is silent");
    cr_expect(eq(int, call_program("run --quiet cut.csv --out out"), 65), "quiet");
    cr_expect(eq(int, strncmp(shell_output(), "canister: cut.csv:4: ", 21), 0),
              "the error is told still: %s", shell_output());
}

Test(exit_codes, standard_output_that_is_full_or_closed_is_an_error)
{
    static const char *const commands[] = {
        "--help",      "--version", "version",   "run --help", "explain 0301011R0BEAIAP",
        "rules check", "man",       "completion"};

    for (size_t i = 0; i < LENGTH_OF(commands); i++) {
        cr_expect(eq(int, shell("%s %s > /dev/full", program(), commands[i]), 74), "%s",
                  commands[i]);
        cr_expect(strstr(shell_output(), "standard output cannot be written") != NULL, "%s: %s",
                  commands[i], shell_output());
        cr_expect(eq(int, shell("%s %s >&-", program(), commands[i]), 74), "%s closed",
                  commands[i]);
    }
}
