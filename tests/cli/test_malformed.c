/* datasets/malformed/README.md says what becomes of each file; the program is
 * held to that table, and the table to the folder. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "datasets/malformed"

struct promise {
    char file[64];
    int exit_code;
    const char *says; /* the last column */
};

/* Calls `check` for every row of the table; returns how many there are. */
static size_t each_promise(void (*check)(const struct promise *promise))
{
    char *const text = read_whole(in_root(FOLDER "/README.md"), NULL);
    size_t count = 0;

    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        struct promise promise = {.exit_code = -1};
        char *last;

        if (sscanf(line, "| `%63[a-z0-9_.]` |", promise.file) != 1)
            continue;
        line[strlen(line) - 2] = '\0'; /* the closing bar */
        last = strrchr(line, '|');
        cr_assert(last != NULL && sscanf(last, "| exit %d", &promise.exit_code) == 1,
                  "%s: the table does not tell an exit code", promise.file);
        promise.says = last;
        check(&promise);
        count++;
    }
    free(text);
    return count;
}

static int run_file(const struct promise *promise, const char *options)
{
    return shell("cd %s && rm -rf %s/out && %s run %s %s/%s --out %s/out", root_folder(),
                 scratch_folder(), program(), options, FOLDER, promise->file, scratch_folder());
}

static void check_promise(const struct promise *promise)
{
    const char *at = promise->says;

    cr_expect(eq(int, run_file(promise, ""), promise->exit_code), "%s: %s", promise->file,
              shell_output());
    while ((at = strchr(at, '`')) != NULL) {
        const size_t length = strcspn(at + 1, "`");
        char *const said = strndup(at + 1, length);

        cr_expect(strstr(shell_output(), said) != NULL, "%s should say \"%s\" but says:\n%s",
                  promise->file, said, shell_output());
        free(said);
        at += length + 2;
    }
    cr_expect(promise->exit_code == 0 || strstr(shell_output(), "was read") == NULL,
              "%s is refused and said to be read: %s", promise->file, shell_output());
    cr_expect(eq(int, file_exists(in_scratch("out")), promise->exit_code == 0),
              "%s: results appear if and only if the file is taken", promise->file);
}

static void check_strict(const struct promise *promise)
{
    const bool harmless = promise->exit_code == 0 && strstr(promise->says, "rejected") == NULL;

    cr_expect(eq(int, run_file(promise, "--strict"), harmless ? 0 : 65), "%s: %s", promise->file,
              shell_output());
    cr_expect(eq(int, file_exists(in_scratch("out")), harmless), "%s: results of a refused file",
              promise->file);
}

/* rejects.csv names the line that the message named. */
static void check_listed(const struct promise *promise)
{
    const char *const told = strstr(promise->says, "row rejected");
    const char *at = told;

    if (told == NULL)
        return;
    while (at[-1] != '`')
        at--;
    run_file(promise, "--quiet");
    cr_expect(eq(int,
                 shell("test $(wc -l < %s/out/rejects.csv) -eq 2 && "
                       "grep -a '^%s/%s,%d,' %s/out/rejects.csv",
                       scratch_folder(), FOLDER, promise->file, atoi(strchr(at, ':') + 1),
                       scratch_folder()),
                 0),
              "%s: rejects.csv: %s", promise->file, shell_output());
}

Test(malformed, every_file_does_what_its_table_says)
{
    cr_assert(lt(sz, 10, each_promise(check_promise)), "the table has lost its rows");
}

Test(malformed, strict_refuses_every_file_with_a_rejected_row)
{
    each_promise(check_strict);
}

Test(malformed, every_rejected_row_is_listed_with_its_line)
{
    each_promise(check_listed);
}

Test(malformed, every_file_of_the_folder_is_in_the_table)
{
    cr_expect(eq(int,
                 shell("cd %s/%s && for f in *.csv; do grep -q \"^| .$f. |\" README.md || "
                       "{ echo $f; exit 9; }; done; test $(ls *.csv | wc -l) -eq "
                       "$(grep -c '^| .[a-z0-9_]*[.]csv. |' README.md)",
                       root_folder(), FOLDER),
                 0),
              "%s", shell_output());
}
