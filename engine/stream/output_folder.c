#include "stream/output_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define ENDING ".tmp"
#define INSIDE "canister" /* for a temporary folder in the result folder */
#define MOST_TRIES 100

int output_open_folder(int parent, const char *name)
{
    return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

bool output_each(int folder, output_reader *read, void *context)
{
    const int again = output_open_folder(folder, ".");
    DIR *const open = again >= 0 ? fdopendir(again) : NULL;
    const struct dirent *entry;
    struct stat about;
    bool good = open != NULL;

    if (open == NULL && again >= 0)
        close(again);
    while (good && (errno = 0, entry = readdir(open)) != NULL) {
        const char *const name = entry->d_name;

        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        good = (fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 || errno == ENOENT) &&
               read(context, folder, name, &about);
    }
    good = good && errno == 0;
    if (open != NULL)
        closedir(open);
    return good;
}

static bool remove_file(void *context, int folder, const char *name, const struct stat *about)
{
    (void)context;
    (void)about;
    unlinkat(folder, name, 0);
    return true;
}

static bool remove_entry(void *context, int folder, const char *name, const struct stat *about)
{
    int inner;

    if (!S_ISDIR(about->st_mode))
        return remove_file(context, folder, name, about);
    inner = output_open_folder(folder, name);
    if (inner >= 0) {
        output_each(inner, remove_file, NULL);
        close(inner);
    }
    unlinkat(folder, name, AT_REMOVEDIR);
    return true;
}

bool output_remove_folder(int parent, const char *name)
{
    struct stat about;
    const int folder = output_open_folder(parent, name);

    if (folder >= 0) {
        output_each(folder, remove_entry, NULL);
        close(folder);
    }
    unlinkat(parent, name, AT_REMOVEDIR);
    return fstatat(parent, name, &about, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
}

/* The digits, dots and dashes before the ending, and the name before them. */
static bool split_temporary(const char *name, size_t *part, long *number)
{
    const size_t length = strlen(name);
    size_t at = length - (sizeof ENDING - 1);

    if (length < sizeof ENDING + 3 || name[0] != '.' || strcmp(name + at, ENDING) != 0)
        return false;
    while (at > 0 && ((name[at - 1] >= '0' && name[at - 1] <= '9') || name[at - 1] == '-'))
        at--;
    if (at < 2 || name[at - 1] != '.' || name[at] == '.')
        return false;
    *part = at - 1;
    *number = strtol(name + at, NULL, 10);
    return *number > 0;
}

bool output_is_old_temporary(const char *name, char *part, size_t size)
{
    size_t end;
    long number;

    if (!split_temporary(name, &end, &number) || end > size)
        return false;
    memcpy(part, name + 1, end - 1);
    part[end - 1] = '\0';
    return number == (long)getpid() || (kill((pid_t)number, 0) != 0 && errno == ESRCH);
}

/* Which temporary folders are of the same result folder. */
struct sweep {
    const char *part;
    size_t length;
};

/* A living run holds the lock of its own. */
static bool remove_dead(void *context, int parent, const char *name, const struct stat *about)
{
    const struct sweep *const sweep = context;
    size_t part;
    long number;
    int folder;

    if (!S_ISDIR(about->st_mode) || about->st_uid != geteuid() ||
        !split_temporary(name, &part, &number) || part - 1 != sweep->length ||
        memcmp(name + 1, sweep->part, sweep->length) != 0)
        return true;
    folder = output_open_folder(parent, name);
    if (folder >= 0 && flock(folder, LOCK_EX | LOCK_NB) == 0)
        output_remove_folder(parent, name);
    if (folder >= 0)
        close(folder);
    return true;
}

static void clear_dead(int parent, const char *part)
{
    struct sweep sweep = {part, strlen(part)};

    output_each(parent, remove_dead, &sweep);
}

/* Made and locked; another run may clear it between the two, then it has no name any more. */
static bool try_folder(struct output *output)
{
    struct stat about;

    if (mkdirat(output->parent_fd, output->staging_name, 0700) != 0)
        return false;
    output->staging_fd = output_open_folder(output->parent_fd, output->staging_name);
    if (output->staging_fd >= 0 &&
        (flock(output->staging_fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) &&
        fstat(output->staging_fd, &about) == 0 && about.st_nlink > 0)
        return true;
    if (output->staging_fd >= 0)
        close(output->staging_fd);
    output->staging_fd = -1;
    unlinkat(output->parent_fd, output->staging_name, AT_REMOVEDIR);
    errno = EEXIST;
    return false;
}

static bool make_staging(struct output *output, const char *part)
{
    clear_dead(output->parent_fd, part);
    for (int i = 0; i < MOST_TRIES; i++) {
        const int length = snprintf(output->staging_name, sizeof output->staging_name,
                                    ".%s.%ld-%d" ENDING, part, (long)getpid(), i);

        if (length < 0 || (size_t)length >= sizeof output->staging_name) {
            errno = ENAMETOOLONG;
            return false;
        }
        if (try_folder(output))
            return true;
        if (errno != EEXIST)
            return false;
    }
    return false;
}

/* Beside the folder, where it can change places with it. */
static bool stage_beside(struct output *output, const char *base)
{
    struct stat here;
    struct stat there;

    if (output->kind == NULL || base[0] == '\0' ||
        (output->parent_fd = openat(output->folder_fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) <
            0)
        return false;
    output->beside = fstat(output->folder_fd, &here) == 0 &&
                     fstat(output->parent_fd, &there) == 0 && here.st_dev == there.st_dev &&
                     make_staging(output, base);
    if (!output->beside) {
        close(output->parent_fd);
        output->parent_fd = -1;
    }
    return output->beside;
}

static bool stage_inside(struct output *output)
{
    output->parent_fd = output_open_folder(output->folder_fd, ".");
    return output->parent_fd >= 0 && make_staging(output, INSIDE);
}

enum status output_stage(struct output *output, struct fail *why)
{
    const char *const slash = strrchr(output->real, '/');
    const size_t room = strlen(output->real) + OUTPUT_NAME + 2;

    clear_dead(output->folder_fd, INSIDE);
    output->staging = malloc(room);
    if (output->staging == NULL)
        return fail_nomem(why);
    if (!stage_beside(output, slash + 1) && !stage_inside(output)) {
        free(output->staging);
        output->staging = NULL;
        return output_fail(output, "", STATUS_CANT_CREATE, "a file cannot be created in it", why);
    }
    snprintf(output->staging, room, "%.*s/%s",
             output->beside ? (int)(slash - output->real) : (int)strlen(output->real), output->real,
             output->staging_name);
    return STATUS_OK;
}

/* The folders that were made for the set, unless somebody uses them by now. */
static void remove_made(struct output *output)
{
    for (; output->made > 0 && output->real != NULL && rmdir(output->real) == 0; output->made--)
        *strrchr(output->real, '/') = '\0';
}

/* More than once: another process of ours may be writing. */
void output_unstage(struct output *output)
{
    for (int i = 0; output->staging_fd >= 0 && i < MOST_TRIES; i++)
        if (output_remove_folder(output->parent_fd, output->staging_name))
            break;
    if (!output->committed && (output->kind != NULL || output->count > 0))
        remove_made(output);
}
