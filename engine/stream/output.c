#include "stream/output_internal.h"

#include "base/grow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WRITE_BYTES (64 * 1024)

static bool make_folder(const char *path, int *made)
{
    struct stat about;

    if (mkdir(path, 0777) == 0) {
        ++*made;
        return true;
    }
    return errno == EEXIST && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool make_folders(char *path, int *made)
{
    for (char *at = path + 1; *at != '\0'; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        if (!make_folder(path, made)) {
            *at = '/';
            return false;
        }
        *at = '/';
    }
    return make_folder(path, made);
}

static bool open_folder(struct output *output)
{
    if (output->folder[0] == '\0') {
        errno = ENOENT;
        return false;
    }
    if (!make_folders(output->folder, &output->made))
        return false;
    output->folder_fd = open(output->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (output->folder_fd < 0 || faccessat(output->folder_fd, ".", W_OK | X_OK, AT_EACCESS) != 0)
        return false;
    output->real = realpath(output->folder, NULL);
    return output->real != NULL;
}

enum status output_begin(struct output **output, const char *folder, const struct output_kind *kind,
                         struct fail *why)
{
    struct output *made = calloc(1, sizeof *made);

    if (made == NULL || (made->folder = strdup(folder)) == NULL) {
        free(made);
        return fail_nomem(why);
    }
    made->kind = kind;
    made->folder_fd = made->parent_fd = made->staging_fd = -1;
    output_live_add(made);
    if (!open_folder(made)) {
        if (errno == ENOMEM)
            fail_nomem(why);
        else
            fail_set(why, STATUS_CANT_CREATE, "the folder cannot be made: %s", strerror(errno));
        fail_in(why, folder, 0);
        output_free(made);
        return why->code;
    }
    *output = made;
    return STATUS_OK;
}

enum status output_fail(const struct output *output, const char *name, enum status code,
                        const char *what, struct fail *why)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%s", output->folder, name);
    if (errno == ENOMEM)
        fail_nomem(why);
    else
        fail_set(why, code, "%s: %s", what, strerror(errno));
    return fail_in(why, path, 0);
}

bool output_subfolder(const char *name, char *out, size_t size)
{
    const char *const slash = strchr(name, '/');

    if (slash == NULL || (size_t)(slash - name) >= size)
        return false;
    memcpy(out, name, (size_t)(slash - name));
    out[slash - name] = '\0';
    return true;
}

static int create(struct output *output, const char *name)
{
    char folder[OUTPUT_NAME];

    if (output_subfolder(name, folder, sizeof folder) &&
        mkdirat(output->staging_fd, folder, 0777) != 0 && errno != EEXIST)
        return -1;
    return openat(output->staging_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  0666);
}

/* The slot at the end of the list, not counted yet. */
static enum status open_slot(struct output *output, struct output_file *slot, const char *name,
                             struct fail *why)
{
    const int fd = create(output, name);

    if (fd < 0)
        return output_fail(output, name, STATUS_CANT_CREATE, "cannot be created", why);
    slot->file = fdopen(fd, "w");
    if (slot->file == NULL) {
        close(fd);
        return fail_nomem(why);
    }
    slot->buffer = malloc(WRITE_BYTES);
    if (slot->buffer != NULL) /* else the library's own, sixteen times smaller */
        setvbuf(slot->file, slot->buffer, _IOFBF, WRITE_BYTES);
    return STATUS_OK;
}

static enum status open_next(struct output *output, const char *name, FILE **file, struct fail *why)
{
    struct output_file *slot;
    enum status status = output->staging_fd < 0 ? output_stage(output, why) : STATUS_OK;

    if (status != STATUS_OK)
        return status;
    if (!grow(&output->files, &output->room, output->count + 1, sizeof *output->files))
        return fail_nomem(why);
    slot = &output->files[output->count];
    *slot = (struct output_file){.name = strdup(name)};
    status = slot->name != NULL ? open_slot(output, slot, name, why) : fail_nomem(why);
    if (status != STATUS_OK) {
        free(slot->name);
        return status;
    }
    output->count++;
    *file = slot->file;
    return STATUS_OK;
}

enum status output_open(struct output *output, const char *name, FILE **file, struct fail *why)
{
    enum status status;

    output_lock();
    status = open_next(output, name, file, why);
    output_unlock();
    return status;
}

enum status output_path(const struct output *output, const char *name, char *path, size_t size,
                        struct fail *why)
{
    const int length = snprintf(path, size, "%s/%s", output->staging, name);

    if (length >= 0 && (size_t)length < size)
        return STATUS_OK;
    fail_set(why, STATUS_CANT_CREATE, "the path is too long");
    return fail_in(why, output->folder, 0);
}

static enum status make_work(struct output *output, struct fail *why)
{
    const size_t room = strlen(output->staging) + sizeof "/" OUTPUT_WORK;
    char *const path = malloc(room);

    if (path == NULL)
        return fail_nomem(why);
    snprintf(path, room, "%s/" OUTPUT_WORK, output->staging);
    output->temporary = path;
    if (mkdirat(output->staging_fd, OUTPUT_WORK, 0700) != 0 && errno != EEXIST)
        return output_fail(output, "", STATUS_CANT_CREATE, "a file cannot be created in it", why);
    return STATUS_OK;
}

enum status output_temporary(struct output *output, const char **folder, struct fail *why)
{
    enum status status = STATUS_OK;

    output_lock();
    if (output->staging_fd < 0)
        status = output_stage(output, why);
    if (status == STATUS_OK && output->temporary == NULL)
        status = make_work(output, why);
    *folder = output->temporary;
    output_unlock();
    return status;
}

/* Every byte on the disk before the first file gets its place. */
static enum status settle(struct output *output, struct output_file *slot, struct fail *why)
{
    const bool written =
        ferror(slot->file) == 0 && fflush(slot->file) == 0 && fsync(fileno(slot->file)) == 0;
    const int error = errno;
    const bool closed = fclose(slot->file) == 0;

    slot->file = NULL;
    free(slot->buffer);
    slot->buffer = NULL;
    if (written && closed)
        return STATUS_OK;
    if (!written && error != 0)
        errno = error;
    return output_fail(output, slot->name, STATUS_IO, "cannot be written", why);
}

enum status output_close(struct output *output, const FILE *file, struct fail *why)
{
    struct output_file *slot = output->files + output->count - 1;

    while (slot->file != file)
        slot--;
    return settle(output, slot, why);
}

enum status output_commit(struct output *output, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < output->count && status == STATUS_OK; i++)
        if (output->files[i].file != NULL)
            status = settle(output, &output->files[i], why);
    if (status != STATUS_OK)
        return status;
    output_lock();
    status = output->count > 0 ? output_place(output, why) : STATUS_OK;
    output->committed = status == STATUS_OK;
    output_unlock();
    return status;
}

void output_free(struct output *output)
{
    if (output == NULL)
        return;
    output_live_remove(output);
    for (size_t i = 0; i < output->count; i++) {
        if (output->files[i].file != NULL)
            fclose(output->files[i].file);
        free(output->files[i].buffer);
        free(output->files[i].name);
    }
    if (output->staging_fd >= 0)
        close(output->staging_fd);
    if (output->parent_fd >= 0)
        close(output->parent_fd);
    if (output->folder_fd >= 0)
        close(output->folder_fd);
    free(output->files);
    free(output->temporary);
    free(output->staging);
    free(output->real);
    free(output->folder);
    free(output);
}
