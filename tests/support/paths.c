#include "support/paths.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *format_path(const char *format, const char *first, const char *second)
{
    char *path = NULL;

    if (asprintf(&path, format, first, second) < 0)
        abort();
    return path; /* lives until the test's process ends */
}

/* This program is build/VARIANT/bin/tests. */
const char *build_folder(void)
{
    static char path[4096];
    ssize_t length;

    if (path[0] != '\0')
        return path;
    length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        abort();
    path[length] = '\0';
    for (int i = 0; i < 2; i++)
        *strrchr(path, '/') = '\0';
    return path;
}

const char *root_folder(void)
{
    static char path[4096];

    if (path[0] == '\0') {
        snprintf(path, sizeof path, "%s", build_folder());
        for (int i = 0; i < 2; i++)
            *strrchr(path, '/') = '\0';
    }
    return path;
}

const char *program(void)
{
    static char *path;

    if (path == NULL)
        path = format_path("%s/%s", build_folder(), "bin/canister");
    return path;
}

const char *in_root(const char *path)
{
    static char *last;

    free(last);
    return last = format_path("%s/%s", root_folder(), path);
}

const char *shared(const char *path)
{
    static char *last;

    free(last);
    last = format_path("%s/../shared/%s", root_folder(), path);
    return access(last, R_OK) == 0 ? last : NULL;
}

static char scratch[] = "/tmp/canister-test-XXXXXX";

static void remove_scratch(void)
{
    shell("rm -rf '%s'", scratch);
}

const char *scratch_folder(void)
{
    static bool made;

    if (!made) {
        if (mkdtemp(scratch) == NULL)
            abort();
        made = true;
        atexit(remove_scratch);
    }
    return scratch;
}

const char *in_scratch(const char *name)
{
    static char *kept[4096]; /* so that they are no leak */
    static size_t count;
    char **const slot = &kept[count++ % 4096];

    free(*slot);
    return *slot = format_path("%s/%s", scratch_folder(), name);
}

char *read_whole(const char *path, size_t *length)
{
    FILE *const file = fopen(path, "rb");
    struct stat about;
    char *bytes;

    cr_assert(file != NULL && fstat(fileno(file), &about) == 0, "%s: %s", path, strerror(errno));
    bytes = calloc(1, (size_t)about.st_size + 1);
    cr_assert(fread(bytes, 1, (size_t)about.st_size, file) == (size_t)about.st_size, "%s", path);
    fclose(file);
    if (length != NULL)
        *length = (size_t)about.st_size;
    return bytes;
}

void write_whole(const char *path, const void *bytes, size_t length)
{
    FILE *const file = fopen(path, "wb");

    cr_assert(file != NULL, "%s: %s", path, strerror(errno));
    cr_assert(fwrite(bytes, 1, length, file) == length, "%s", path);
    fclose(file);
}

void write_text(const char *path, const char *text)
{
    write_whole(path, text, strlen(text));
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static char output[1 << 20];

int shell(const char *format, ...)
{
    char *command = NULL;
    char *both = NULL;
    va_list args;
    FILE *pipe;
    int status;

    va_start(args, format);
    if (vasprintf(&command, format, args) < 0 || asprintf(&both, "{ %s\n} 2>&1", command) < 0)
        abort();
    va_end(args);
    pipe = popen(both, "r");
    cr_assert(pipe != NULL, "%s", both);
    output[fread(output, 1, sizeof output - 1, pipe)] = '\0';
    while (fgetc(pipe) != EOF)
        ;
    status = pclose(pipe);
    free(command);
    free(both);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

const char *shell_output(void)
{
    return output;
}
