#define _GNU_SOURCE /* renameat2 */
#include "stream/output_internal.h"

#include "base/attr.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/xattr.h>
#include <unistd.h>

bool output_is_face(const char *name)
{
    const char *const dot = strrchr(name, '.');

    return dot != NULL && (strcmp(dot, ".html") == 0 || strcmp(dot, ".xlsx") == 0);
}

/* --- whose files are in the folder ---------------------------------------------------------- */

static bool is_ours(const struct output_walk *walk, const char *name, const char *path)
{
    char part[OUTPUT_NAME];

    if (walk->output->kind->is_ours(path))
        return true;
    return walk->folder == NULL && output_is_old_temporary(name, part, sizeof part) &&
           walk->output->kind->is_ours(part);
}

static bool walk_entry(void *context, int folder, const char *name, const struct stat *about);

static bool walk_folder(const struct output_walk *walk, int folder, const char *name)
{
    struct output_walk inner = *walk;
    const int opened = output_open_folder(folder, name);
    bool good;

    inner.folder = name;
    if (opened < 0)
        return false;
    good = output_each(opened, walk_entry, &inner);
    close(opened);
    return good;
}

static bool walk_entry(void *context, int folder, const char *name, const struct stat *about)
{
    struct output_walk *const walk = context;
    const bool is_link = S_ISLNK(about->st_mode);
    char path[2 * OUTPUT_NAME + 2];
    char as_folder[OUTPUT_NAME + 1];

    snprintf(path, sizeof path, "%s%s%s", walk->folder != NULL ? walk->folder : "",
             walk->folder != NULL ? "/" : "", name);
    snprintf(as_folder, sizeof as_folder, "%s/", name);
    if (S_ISDIR(about->st_mode) && walk->folder == NULL && walk->output->kind->is_ours(as_folder))
        return walk_folder(walk, folder, name);
    /* a link at the place of a folder of the set is one of its files, and is not followed */
    if ((is_link && walk->folder == NULL && walk->output->kind->is_ours(as_folder)) ||
        ((is_link || S_ISREG(about->st_mode)) && is_ours(walk, name, path)))
        return walk->on_file(walk, name);
    return !walk->strangers_stop || strcmp(name, walk->output->staging_name) == 0;
}

bool output_walk(struct output_walk *walk)
{
    return output_each(walk->output->folder_fd, walk_entry, walk);
}

static bool pass_file(struct output_walk *walk, const char *name)
{
    (void)walk;
    (void)name;
    return true;
}

static bool holds_only_ours(const struct output *output)
{
    struct output_walk walk = {.output = output, .on_file = pass_file, .strangers_stop = true};

    return output_walk(&walk);
}

/* --- change of places ------------------------------------------------------------------------ */

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The folder as it is now under its name, locked against another run that commits; the one we
 * opened may have changed places with another's. */
static bool lock_folder(struct output *output)
{
    struct stat opened;
    struct stat named;

    for (;;) {
        const int fd = open(output->real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (fd < 0 && errno == ENOENT && mkdir(output->real, 0777) == 0)
            continue;
        if (fd < 0)
            return false;
        while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
            ;
        if (fstat(fd, &opened) != 0 || stat(output->real, &named) != 0) {
            close(fd);
            return false;
        }
        if (is_same(&opened, &named)) {
            close(output->folder_fd);
            output->folder_fd = fd;
            return true;
        }
        close(fd);
    }
}

/* Somebody's shell would be left in a folder that is gone. */
static bool is_working_folder(const struct output *output)
{
    char *const here = realpath(".", NULL);
    const size_t length = strlen(output->real);
    const bool within = here == NULL || (strncmp(here, output->real, length) == 0 &&
                                         (here[length] == '/' || here[length] == '\0'));

    free(here);
    return within;
}

/* The new folder is to belong to the same people. */
static bool takes_after(const struct output *output)
{
    struct stat old;
    struct stat new;

    if (fstat(output->folder_fd, &old) != 0 || fstat(output->staging_fd, &new) != 0 ||
        old.st_uid != new.st_uid ||
        fgetxattr(output->folder_fd, "system.posix_acl_access", NULL, 0) > 0 ||
        fgetxattr(output->folder_fd, "system.posix_acl_default", NULL, 0) > 0)
        return false;
    if (old.st_gid != new.st_gid && fchown(output->staging_fd, (uid_t)-1, old.st_gid) != 0)
        return false;
    return old.st_mode == new.st_mode || fchmod(output->staging_fd, old.st_mode & 07777) == 0;
}

/* A file that somebody put into the old folder meanwhile goes on to the new one. */
static bool keep_stranger(void *context, int folder, const char *name, const struct stat *about)
{
    const struct output *const output = context;
    char as_folder[OUTPUT_NAME + 1];
    char part[OUTPUT_NAME];

    snprintf(as_folder, sizeof as_folder, "%s/", name);
    if (!output->kind->is_ours(S_ISDIR(about->st_mode) ? as_folder : name) &&
        !output_is_old_temporary(name, part, sizeof part))
        renameat2(folder, name, output->staging_fd, name, RENAME_NOREPLACE);
    return true;
}

/* In one step: the temporary name is that of the old folder then. */
static bool exchange(struct output *output)
{
    const char *const base = strrchr(output->real, '/') + 1;

    if (output->kind == NULL || !output->beside || is_working_folder(output) ||
        !holds_only_ours(output) || !takes_after(output) ||
        renameat2(output->parent_fd, output->staging_name, output->parent_fd, base,
                  RENAME_EXCHANGE) != 0)
        return false;
    output_each(output->folder_fd, keep_stranger, output);
    return true;
}

/* --- both ----------------------------------------------------------------------------------- */

static bool sync_folder(void *context, int folder, const char *name, const struct stat *about)
{
    int opened;
    bool good;

    (void)context;
    if (!S_ISDIR(about->st_mode))
        return true;
    opened = output_open_folder(folder, name);
    good = opened >= 0 && (fsync(opened) == 0 || errno == EINVAL);
    if (opened >= 0)
        close(opened);
    return good;
}

enum status output_place(struct output *output, struct fail *why)
{
    if (output->temporary != NULL && !output_remove_folder(output->staging_fd, OUTPUT_WORK) &&
        !output_remove_folder(output->staging_fd, OUTPUT_WORK))
        return output_fail(output, "", STATUS_IO, "a temporary file cannot be removed", why);
    if (!output_each(output->staging_fd, sync_folder, NULL) ||
        (fsync(output->staging_fd) != 0 && errno != EINVAL))
        return output_fail(output, "", STATUS_IO, "cannot be written", why);
    if (!lock_folder(output))
        return output_fail(output, "", STATUS_CANT_CREATE, "the folder cannot be opened", why);
    if (!exchange(output))
        return output_place_by_name(output, why);
    if (fsync(output->parent_fd) == 0 || errno == EINVAL)
        return STATUS_OK;
    output_fail(output, "", STATUS_IO, "cannot be written", why);
    renameat2(output->parent_fd, output->staging_name, output->parent_fd,
              strrchr(output->real, '/') + 1, RENAME_EXCHANGE);
    return why->code;
}
