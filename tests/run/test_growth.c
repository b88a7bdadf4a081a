/* What a run takes of memory does not grow with its input: no call for memory for a row, and no
 * more than a run may have.  A million rows, of which a quarter is in scope. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PIECES 82       /* of 12,292 rows and 4.8 MB */
#define MOST_KIB 195312 /* 200 MB, with the program and its libraries */
#define MORE_KIB \
    12288 /* for 400 MB more to read: 16 bytes a row in scope, at most 2^21 (repeats.h) */
#define MORE_CALLS \
    700 /* for the parts in which threads read a plain file: 14 each, their fingerprints too */

/* Laid over libc in the program: its calls for memory, and the most that it had at once. */
static const char counter[] =
    "#define _GNU_SOURCE\n"
    "#include <stdatomic.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"
    "static atomic_ulong calls;\n"
    "void *__libc_malloc(size_t);\nvoid *__libc_calloc(size_t, size_t);\n"
    "void *__libc_realloc(void *, size_t);\n"
    "void *malloc(size_t n) { calls++; return __libc_malloc(n); }\n"
    "void *calloc(size_t n, size_t m) { calls++; return __libc_calloc(n, m); }\n"
    "void *realloc(void *p, size_t n) { calls++; return __libc_realloc(p, n); }\n"
    "__attribute__((destructor)) static void tell(void) {\n"
    "  unsigned long count = calls; char line[200]; long kib = 0;\n"
    "  FILE *about = fopen(\"/proc/self/status\", \"r\"), *out = fopen(getenv(\"TAKEN\"), \"w\");\n"
    "  while (fgets(line, sizeof line, about)) sscanf(line, \"VmHWM: %ld\", &kib);\n"
    "  fprintf(out, \"%lu %ld\", count, kib); fclose(out); }\n";

static const struct {
    const char *name;
    const char *made_by; /* of h, the header, and p, a piece */
    const char *input;
} forms[] = {
    {"plain", "{ cat h; repeat p; } > m.csv", "m.csv"},
    {"gzip", "{ gzip -1c h; gzip -1c p > p.gz; repeat p.gz; } > m.gz", "m.gz"},
    {"zstd", "{ zstd -qc h; zstd -qc p > p.zst; repeat p.zst; } > m.zst", "m.zst"},
    {"ZIP", "rm -f m.zip; zip -q1 m.zip m.csv", "m.zip"},
    {"pipe", "true", "- < pipe"},
};

static void prepare(void)
{
    write_text(in_scratch("count.c"), counter);
    cr_assert(shell("cd '%s' && cc -w -shared -fPIC -O1 -o count.so count.c && mkfifo pipe && "
                    "month='%s/build/sample/EPD_SNOMED_202607.csv' && head -n 1 $month > h && "
                    "tail -n +2 $month > in && sed 's/\"030/\"040/g' in > out && "
                    "cat out out in out > p",
                    scratch_folder(), root_folder()) == 0,
              "%s", shell_output());
}

/* The plain form is made first: others are made of it. */
static void make(size_t form, int pieces)
{
    cr_assert(shell("cd '%s' && repeat() { for i in $(seq %d); do cat $1; done; } && %s",
                    scratch_folder(), pieces, forms[form].made_by) == 0,
              "%s", shell_output());
}

struct taken {
    unsigned long calls;
    long kib; /* resident at its most */
};

static struct taken take(size_t form, int threads)
{
    struct taken taken = {0};
    char *text;

    cr_assert(shell("cd '%s' && { test %s != pipe || cat m.csv > pipe & } && "
                    "TAKEN=taken LD_PRELOAD=./count.so '%s' run %s --out results --quiet "
                    "--threads %d; code=$?; wait; exit $code",
                    scratch_folder(), forms[form].name, program(), forms[form].input, threads) == 0,
              "%s: %s", forms[form].name, shell_output());
    text = read_whole(in_scratch("taken"), NULL);
    cr_assert(sscanf(text, "%lu %ld", &taken.calls, &taken.kib) == 2, "%s", text);
    free(text);
    return taken;
}

Test(growth, memory_does_not_grow_with_the_rows)
{
    alarm(300);
    struct taken few[LENGTH_OF(forms)];

    if (strstr(build_folder(), "sanitize") != NULL)
        cr_skip_test("a sanitizer has its own malloc");
    prepare();
    for (size_t i = 0; i < LENGTH_OF(forms); i++) {
        make(i, 1);
        few[i] = take(i, 3);
        cr_expect(lt(ulong, 100, few[i].calls), "the counter counts: %lu", few[i].calls);
    }
    for (size_t i = 0; i < LENGTH_OF(forms); i++) {
        make(i, PIECES);
        for (int threads = 1; threads <= 3; threads += 2) {
            const struct taken many = take(i, threads);

            cr_expect(lt(ulong, many.calls, few[i].calls + MORE_CALLS),
                      "%s, %d threads: %lu calls for memory, %lu for few rows", forms[i].name,
                      threads, many.calls, few[i].calls);
            cr_expect(many.kib < few[i].kib + MORE_KIB && many.kib < MOST_KIB,
                      "%s, %d threads: %ld KiB, %ld for few rows", forms[i].name, threads, many.kib,
                      few[i].kib);
        }
    }
}
