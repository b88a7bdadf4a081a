#ifndef TESTS_SUPPORT_PATHS_H
#define TESTS_SUPPORT_PATHS_H

/* Where things are for a test, whatever folder it is run from.  All texts are
 * static and absolute. */

#include <stdbool.h>
#include <stddef.h>

const char *root_folder(void);  /* the checkout */
const char *program(void);      /* build/VARIANT/bin/canister */
const char *build_folder(void); /* build/VARIANT */

/* A path of the checkout, as in_root("datasets/malformed/cut_row.csv"). */
const char *in_root(const char *path);

/* A real file beside the checkout, as shared("data/extracts/X.csv"), or NULL
 * where there is none.  REQUIRE_SHARED skips the test then and says so. */
const char *shared(const char *path);

#define REQUIRE_SHARED(path)                                                              \
    do {                                                                                  \
        if (shared(path) == NULL)                                                         \
            cr_skip_test("../shared/%s is not here: real extracts are not tested", path); \
    } while (0)

/* A new empty folder for this test, removed when the test's process ends. */
const char *scratch_folder(void);

/* A path in the scratch folder. */
const char *in_scratch(const char *name);

/* The whole file, NUL-terminated, to be freed; aborts the test if it is not
 * there.  length may be NULL. */
char *read_whole(const char *path, size_t *length);

void write_whole(const char *path, const void *bytes, size_t length);
void write_text(const char *path, const char *text);

bool file_exists(const char *path);

/* Runs a shell command; returns its exit code, and what it printed on standard
 * output and error together (static, cut at 1 MiB). */
int shell(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *shell_output(void);

#endif
