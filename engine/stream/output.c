#include "stream/output.h"

#include "base/grow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY_NAME 128
#define WRITE_BYTES (64 * 1024)

struct output_file {
    const char *name;
    char temporary[TEMPORARY_NAME]; /* empty once it has its real name */
    FILE *file;
    char *buffer; /* of the file while it is open */
};

struct output {
    char *folder;
    int folder_fd;
    struct output_file *files;
    size_t count;
    size_t room;
};

static bool make_folder(const char *path)
{
    struct stat about;

    if (mkdir(path, 0777) == 0)
        return true;
    return errno == EEXIST && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool make_folders(char *path)
{
    for (char *at = path + 1; *at != '\0'; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        if (!make_folder(path)) {
            *at = '/';
            return false;
        }
        *at = '/';
    }
    return make_folder(path);
}

enum status output_begin(struct output **output, const char *folder, struct fail *why)
{
    struct output *made = calloc(1, sizeof *made);
    enum status status = STATUS_OK;

    if (made == NULL || (made->folder = strdup(folder)) == NULL) {
        free(made);
        return fail_nomem(why);
    }
    made->folder_fd = -1;
    if (folder[0] == '\0' || !make_folders(made->folder) ||
        (made->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
        status = fail_set(why, STATUS_CANT_CREATE, "the folder cannot be made: %s",
                          strerror(folder[0] == '\0' ? ENOENT : errno));
    if (status != STATUS_OK) {
        output_free(made);
        return fail_in(why, folder, 0);
    }
    *output = made;
    return STATUS_OK;
}

static enum status fail_file(const struct output *output, const char *name, enum status code,
                             const char *what, struct fail *why)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%s", output->folder, name);
    fail_set(why, code, "%s: %s", what, strerror(errno));
    return fail_in(why, path, 0);
}

enum status output_open(struct output *output, const char *name, FILE **file, struct fail *why)
{
    struct output_file *slot;
    int fd;

    if (!grow(&output->files, &output->room, output->count + 1, sizeof *output->files))
        return fail_nomem(why);
    slot = &output->files[output->count];
    snprintf(slot->temporary, sizeof slot->temporary, ".%s.%ld.tmp", name, (long)getpid());
    unlinkat(output->folder_fd, slot->temporary, 0); /* of a killed run with our number */
    fd = openat(output->folder_fd, slot->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail_file(output, name, STATUS_CANT_CREATE, "cannot be created", why);
    slot->name = name;
    slot->buffer = NULL;
    slot->file = fdopen(fd, "w");
    output->count++;
    if (slot->file == NULL) {
        close(fd);
        return fail_nomem(why);
    }
    slot->buffer = malloc(WRITE_BYTES);
    if (slot->buffer != NULL) /* else the library's own, sixteen times smaller */
        setvbuf(slot->file, slot->buffer, _IOFBF, WRITE_BYTES);
    *file = slot->file;
    return STATUS_OK;
}

enum status output_path(const struct output *output, const char *name, char *path, size_t size,
                        struct fail *why)
{
    const struct output_file *slot = output->files + output->count - 1;
    int length;

    while (strcmp(slot->name, name) != 0)
        slot--;
    length = snprintf(path, size, "%s/%s", output->folder, slot->temporary);
    if (length >= 0 && (size_t)length < size)
        return STATUS_OK;
    fail_set(why, STATUS_CANT_CREATE, "the path is too long");
    return fail_in(why, output->folder, 0);
}

/* Every byte on the disk before the first file gets its name. */
static enum status settle(struct output *output, struct output_file *slot, struct fail *why)
{
    const bool written =
        ferror(slot->file) == 0 && fflush(slot->file) == 0 && fsync(fileno(slot->file)) == 0;
    const bool closed = fclose(slot->file) == 0;

    slot->file = NULL;
    free(slot->buffer);
    slot->buffer = NULL;
    if (!written || !closed)
        return fail_file(output, slot->name, STATUS_IO, "cannot be written", why);
    return STATUS_OK;
}

enum status output_close(struct output *output, const FILE *file, struct fail *why)
{
    struct output_file *slot = output->files + output->count - 1;

    while (slot->file != file)
        slot--;
    return settle(output, slot, why);
}

/* The last file of a set is its seal: it goes first and comes last, so that a run
 * killed between two names leaves no set that looks whole but is half old. */
static void break_seal(struct output *output)
{
    if (output->count < 2)
        return;
    unlinkat(output->folder_fd, output->files[output->count - 1].name, 0);
    fsync(output->folder_fd);
}

enum status output_commit(struct output *output, struct fail *why)
{
    for (size_t i = 0; i < output->count; i++) {
        const enum status status = output->files[i].file != NULL
                                       ? settle(output, &output->files[i], why)
                                       : STATUS_OK; /* closed already */

        if (status != STATUS_OK)
            return status;
    }
    break_seal(output);
    for (size_t i = 0; i < output->count; i++) {
        struct output_file *const slot = &output->files[i];

        if (renameat(output->folder_fd, slot->temporary, output->folder_fd, slot->name) != 0)
            return fail_file(output, slot->name, STATUS_CANT_CREATE, "cannot be renamed", why);
        slot->temporary[0] = '\0';
    }
    if (fsync(output->folder_fd) != 0 && errno != EINVAL)
        return fail_file(output, "", STATUS_IO, "cannot be written", why);
    return STATUS_OK;
}

void output_drop(const struct output *output, const char *name)
{
    unlinkat(output->folder_fd, name, 0);
}

void output_free(struct output *output)
{
    if (output == NULL)
        return;
    for (size_t i = 0; i < output->count; i++) {
        struct output_file *const slot = &output->files[i];

        if (slot->file != NULL)
            fclose(slot->file);
        free(slot->buffer);
        if (slot->temporary[0] != '\0')
            unlinkat(output->folder_fd, slot->temporary, 0);
    }
    if (output->folder_fd >= 0)
        close(output->folder_fd);
    free(output->files);
    free(output->folder);
    free(output);
}
