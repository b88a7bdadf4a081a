/* What an input of any kind may cost: at most 256 MiB and 10 s, or a sentence; and twice the input
 * about twice the work. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_KIB 262144
#define MOST_SECONDS 10.0

struct cost {
    int exit_code;
    double seconds; /* of processor */
    long kib;
};

static struct cost run(const char *words)
{
    char command[2000];
    struct rusage used;
    struct cost cost;
    int ended = 0;
    pid_t child;

    snprintf(command, sizeof command, "cd '%s' && exec '%s' %s --quiet > said 2>&1",
             scratch_folder(), program(), words);
    child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command, NULL);
        _exit(126);
    }
    cr_assert(wait4(child, &ended, 0, &used) == child, "wait");
    cost.exit_code = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128;
    cost.seconds = (double)used.ru_utime.tv_sec + (double)used.ru_stime.tv_sec +
                   (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    cost.kib = used.ru_maxrss;
    return cost;
}

/* So many rows or members, of which i is the number. */
#define ROWS(change)                                                                        \
    "awk -F'\",\"' -v OFS='\",\"' -v n=%d 'NR == 1 { print } NR == 2 { for (i = 0; i < n; " \
    "i++) { " change "; print } }' $s/build/sample/EPD_SNOMED_202607.csv > m.csv"
#define GROUPS(member)                                                                            \
    "awk -v n=%d 'BEGIN { print \"group_code,group_name,organisation_code\"; for (i = 0; i < n; " \
    "i++) printf " member " }' > g.csv"

static const struct {
    const char *name;
    const char *make; /* of n things */
    int count;
    const char *words;
    int exit_code;
    const char *says;
} cases[] = {
    {"BNF codes", ROWS("$17 = sprintf(\"0301011R0%%06dAP\", i)"), 1100000, "run m.csv --out o", 65,
     "presentations"},
    {"practice codes", ROWS("$9 = sprintf(\"Y%%07d\", i)"), 1100000, "run m.csv --out o", 65,
     "different"},
    {"zstd of blank lines",
     "{ head -n 40 $s/build/sample/EPD_SNOMED_202607.csv; head -c %d /dev/zero | tr '\\0' '\\n'; } "
     "| zstd -q > m.zst",
     1073741824, "run m.zst --out o --xlsx no", 0, ""},
    {"gzip of blank lines that end like DOS",
     "{ head -n 40 $s/build/sample/EPD_SNOMED_202607.csv; yes \"$(printf '\\r')\" | head -c %d; } "
     "| gzip -1 > m.gz",
     500000000, "run m.gz --out o --xlsx no", 0, ""},
    {"groups of one practice", GROUPS("\"G%%d,N,Z90001\\n\", i"), 1000000,
     "run $s/build/sample/EPD_SNOMED_202607.csv --group g.csv --out o", 65, "group"},
};

static void make(const char *how, int count)
{
    char script[2000];

    snprintf(script, sizeof script, how, count);
    cr_assert(eq(int, shell("cd '%s' && s='%s' && %s", scratch_folder(), root_folder(), script), 0),
              "%s", shell_output());
}

static void with_root(const char *words, char *out, size_t size)
{
    const char *const at = strstr(words, "$s");

    if (at == NULL)
        snprintf(out, size, "%s", words);
    else
        snprintf(out, size, "%.*s%s%s", (int)(at - words), words, root_folder(), at + 2);
}

Test(resources, no_input_costs_more_than_it_may, .timeout = 300)
{
    char words[1000];

    if (strstr(build_folder(), "sanitize") != NULL)
        cr_skip_test("a sanitizer takes more");
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        struct cost cost;
        char *said;

        make(cases[i].make, cases[i].count);
        with_root(cases[i].words, words, sizeof words);
        cost = run(words);
        said = read_whole(in_scratch("said"), NULL);
        cr_expect(eq(int, cost.exit_code, cases[i].exit_code), "%s: %s", cases[i].name, said);
        cr_expect(strstr(said, cases[i].says) != NULL, "%s: %s", cases[i].name, said);
        cr_expect(cost.kib < MOST_KIB, "%s: %ld KiB", cases[i].name, cost.kib);
        cr_expect(cost.seconds < MOST_SECONDS, "%s: %.1f s", cases[i].name, cost.seconds);
        free(said);
    }
}

static const struct {
    const char *name;
    const char *make;
    const char *words;
} grown[] = {
    {"practices of one ICB", ROWS("$9 = sprintf(\"Y%%06d\", i)"),
     "run m.csv --icb QZA --xlsx no --out o"},
    {"members of one group", GROUPS("\"G,N,Y%%06d\\n\", i"),
     "run m.csv --group g.csv --xlsx no --out o"},
    {"groups of one practice each", GROUPS("\"G%%d,N,Y%%06d\\n\", i, i"),
     "run m.csv --group g.csv --xlsx no --out o"},
};

/* Four times the input: the square would be sixteen times the work. */
Test(resources, the_work_grows_with_the_input_and_not_with_its_square, .timeout = 300)
{
    if (strstr(build_folder(), "sanitize") != NULL)
        cr_skip_test("a sanitizer takes more");
    for (size_t i = 0; i < LENGTH_OF(grown); i++) {
        struct cost costs[2];

        for (int n = 0; n < 2; n++) {
            make(grown[0].make, n == 0 ? 4000 : 16000);
            make(grown[i].make, n == 0 ? 4000 : 16000);
            costs[n] = run(grown[i].words);
            cr_expect(eq(int, costs[n].exit_code, 0), "%s", grown[i].name);
        }
        cr_expect(costs[1].seconds < 8 * costs[0].seconds + 0.5, "%s: %.2f s, then %.2f s",
                  grown[i].name, costs[0].seconds, costs[1].seconds);
    }
}
