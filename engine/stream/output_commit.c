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

#define OLD ".old"     /* in the temporary folder: what was at the places */
#define OLD_OF ".old-" /* followed by the folder of the set */

bool output_is_face(const char *name)
{
    const char *const dot = strrchr(name, '.');

    return dot != NULL && (strcmp(dot, ".html") == 0 || strcmp(dot, ".xlsx") == 0);
}

static bool is_seal(const struct output *output, const char *name)
{
    return output->kind != NULL && strcmp(name, output->kind->seal) == 0;
}

/* --- whose files are in the folder ---------------------------------------------------------- */

/* One walk over the folder and the folders of the set in it. */
struct walk {
    const struct output *output;
    const char *folder; /* "packs", or NULL at the top */
    bool (*on_file)(struct walk *walk, int folder, const char *name, const char *path);
    bool strangers_stop; /* else they are passed over */
    int turn;            /* of on_file: faces, the seal, others */
    void *more;
};

static bool is_ours(const struct walk *walk, const char *name, const char *path)
{
    char part[OUTPUT_NAME];

    if (walk->output->kind->is_ours(path))
        return true;
    return walk->folder == NULL && output_is_old_temporary(name, part, sizeof part) &&
           walk->output->kind->is_ours(part);
}

static bool walk_entry(void *context, int folder, const char *name, const struct stat *about);

static bool walk_folder(const struct walk *walk, int folder, const char *name)
{
    struct walk inner = *walk;
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
    struct walk *const walk = context;
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
        return walk->on_file(walk, folder, name, path);
    return !walk->strangers_stop || strcmp(name, walk->output->staging_name) == 0;
}

static bool pass_file(struct walk *walk, int folder, const char *name, const char *path)
{
    (void)walk;
    (void)folder;
    (void)name;
    (void)path;
    return true;
}

static bool holds_only_ours(const struct output *output)
{
    struct walk walk = {.output = output, .on_file = pass_file, .strangers_stop = true};

    return output_each(output->folder_fd, walk_entry, &walk);
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

/* --- file by file --------------------------------------------------------------------------- */

/* The folder of the set in which a file is, made if need be; the top itself for a plain name. */
static int folder_of(int top, const char *name, bool make)
{
    char folder[OUTPUT_NAME];

    if (!output_subfolder(name, folder, sizeof folder))
        return output_open_folder(top, ".");
    if (make && mkdirat(top, folder, 0777) != 0 && errno != EEXIST)
        return -1;
    return output_open_folder(top, folder);
}

static const char *leaf_of(const char *name)
{
    const char *const slash = strrchr(name, '/');

    return slash != NULL ? slash + 1 : name;
}

/* Where an old file is kept until the new set is there. */
static void old_name(const char *path, char *out, size_t size)
{
    char folder[OUTPUT_NAME];

    if (output_subfolder(path, folder, sizeof folder))
        snprintf(out, size, OLD_OF "%s/%s", folder, leaf_of(path));
    else
        snprintf(out, size, OLD "/%s", path);
}

static int turn_of(const struct output *output, const char *path)
{
    return output_is_face(path) ? 0 : is_seal(output, path) ? 1 : 2;
}

static bool put_away(struct walk *walk, int folder, const char *name, const char *path)
{
    const int staging = walk->output->staging_fd;
    char old[2 * OUTPUT_NAME + 8];
    int to;
    bool moved;

    if (turn_of(walk->output, path) != walk->turn)
        return true;
    old_name(path, old, sizeof old);
    to = folder_of(staging, old, true);
    moved = to >= 0 && renameat(folder, name, to, leaf_of(old)) == 0;
    if (to >= 0)
        close(to);
    return moved;
}

/* What people open first, then the seal, then all others. */
static bool put_all_away(const struct output *output)
{
    bool good = true;

    for (int turn = 0; turn < 3 && good; turn++) {
        struct walk walk = {.output = output, .on_file = put_away, .turn = turn};

        good = output_each(output->folder_fd, walk_entry, &walk);
    }
    return good && fsync(output->folder_fd) == 0;
}

static bool place_file(struct output *output, struct output_file *slot)
{
    const int to = folder_of(output->folder_fd, slot->name, true);

    slot->placed =
        to >= 0 && renameat(output->staging_fd, slot->name, to, leaf_of(slot->name)) == 0;
    if (to >= 0) {
        const int error = errno;

        if (slot->placed && strchr(slot->name, '/') != NULL)
            fsync(to);
        close(to);
        errno = error;
    }
    return slot->placed;
}

static int turn_of_new(const struct output *output, const char *name)
{
    return is_seal(output, name) ? 0 : output_is_face(name) ? 1 : 2;
}

/* Others, then what people open, then the seal; NULL, or the file that could not be placed. */
static const struct output_file *place_all(struct output *output)
{
    for (int turn = 2; turn >= 0; turn--)
        for (size_t i = 0; i < output->count; i++) {
            struct output_file *const slot = &output->files[i];

            if (turn_of_new(output, slot->name) == turn && !place_file(output, slot))
                return slot;
        }
    return NULL;
}

static bool bring_back(void *context, int folder, const char *name, const struct stat *about)
{
    const struct walk *const walk = context;
    const int to = walk->folder != NULL ? output_open_folder(walk->output->folder_fd, walk->folder)
                                        : output_open_folder(walk->output->folder_fd, ".");

    (void)about;
    if (to >= 0) {
        /* the old set is not lost with the first way */
        const bool back =
            renameat(folder, name, to, name) == 0 || linkat(folder, name, to, name, 0) == 0;

        (void)back; /* else there is nothing more to be done */
        close(to);
    }
    return true;
}

static bool bring_back_folder(void *context, int folder, const char *name, const struct stat *about)
{
    struct walk walk = {.output = context};
    int opened;

    if (!S_ISDIR(about->st_mode) || strncmp(name, OLD, sizeof OLD - 1) != 0)
        return true;
    if (strncmp(name, OLD_OF, sizeof OLD_OF - 1) == 0)
        walk.folder = name + sizeof OLD_OF - 1;
    opened = output_open_folder(folder, name);
    if (opened >= 0) {
        output_each(opened, bring_back, &walk);
        close(opened);
    }
    return true;
}

/* The new files go and the old ones come back. */
static void undo(struct output *output)
{
    for (size_t i = 0; i < output->count; i++) {
        const struct output_file *const slot = &output->files[i];
        const int from = slot->placed ? folder_of(output->folder_fd, slot->name, false) : -1;

        if (from >= 0) {
            unlinkat(from, leaf_of(slot->name), 0);
            close(from);
        }
    }
    output_each(output->staging_fd, bring_back_folder, output);
}

/* A folder of the set that has nothing in it any more; a link or a full one stays. */
static bool drop_empty(void *context, int folder, const char *name, const struct stat *about)
{
    const struct output *const output = context;
    char as_folder[OUTPUT_NAME + 1];

    snprintf(as_folder, sizeof as_folder, "%s/", name);
    if (S_ISDIR(about->st_mode) && output->kind->is_ours(as_folder))
        unlinkat(folder, name, AT_REMOVEDIR);
    return true;
}

static enum status place_by_name(struct output *output, struct fail *why)
{
    const struct output_file *stuck;

    if (output->kind != NULL && !put_all_away(output)) {
        const int error = errno;

        undo(output);
        errno = error;
        return output_fail(output, "", STATUS_CANT_CREATE,
                           "the files of the run before cannot be moved away", why);
    }
    stuck = place_all(output);
    if (stuck != NULL) {
        const int error = errno;

        undo(output);
        errno = error;
        return output_fail(output, stuck->name, STATUS_CANT_CREATE, "cannot be renamed", why);
    }
    if (output->kind != NULL)
        output_each(output->folder_fd, drop_empty, output);
    if (fsync(output->folder_fd) == 0 || errno == EINVAL)
        return STATUS_OK;
    output_fail(output, "", STATUS_IO, "cannot be written", why);
    undo(output);
    return why->code;
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
    if (!output_each(output->staging_fd, sync_folder, NULL) ||
        (fsync(output->staging_fd) != 0 && errno != EINVAL))
        return output_fail(output, "", STATUS_IO, "cannot be written", why);
    if (!lock_folder(output))
        return output_fail(output, "", STATUS_CANT_CREATE, "the folder cannot be opened", why);
    if (!exchange(output))
        return place_by_name(output, why);
    if (fsync(output->parent_fd) == 0 || errno == EINVAL)
        return STATUS_OK;
    output_fail(output, "", STATUS_IO, "cannot be written", why);
    renameat2(output->parent_fd, output->staging_name, output->parent_fd,
              strrchr(output->real, '/') + 1, RENAME_EXCHANGE);
    return why->code;
}
