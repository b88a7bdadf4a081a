#include "fetch/part_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status fail_part(const struct part_file *part, const char *what, struct fail *why)
{
    fail_set(why, STATUS_CANT_CREATE, "%s: %s", what, strerror(errno));
    return fail_in(why, part->path, 0);
}

/* A line each: etag, modified, version. */
static bool read_line(FILE *file, char out[PART_FIELD])
{
    size_t length;

    if (fgets(out, PART_FIELD, file) == NULL)
        return false;
    length = strcspn(out, "\n");
    if (out[length] != '\n')
        return false;
    out[length] = '\0';
    return true;
}

static bool read_about(struct part_file *part)
{
    FILE *const file = fopen(part->about_path, "r");
    bool good = file != NULL && read_line(file, part->etag) && read_line(file, part->modified) &&
                read_line(file, part->version);

    if (file != NULL)
        fclose(file);
    return good;
}

static enum status forget(struct part_file *part, struct fail *why)
{
    part->bytes = 0;
    part->etag[0] = part->modified[0] = part->version[0] = '\0';
    if (ftruncate(part->file, 0) != 0)
        return fail_part(part, "what was there cannot be removed", why);
    return STATUS_OK;
}

enum status part_open(struct part_file *part, const char *folder, const char *name,
                      struct fail *why)
{
    struct stat about;

    *part = (struct part_file){.file = -1};
    if ((size_t)snprintf(part->path, sizeof part->path, "%s/%s.part", folder, name) >=
            sizeof part->path ||
        (size_t)snprintf(part->about_path, sizeof part->about_path, "%s/%s.part.from", folder,
                         name) >= sizeof part->about_path)
        return fail_set(why, STATUS_CANT_CREATE, "the path of the folder is too long");
    part->file = open(part->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (part->file < 0)
        return fail_part(part, "cannot be made", why);
    if (flock(part->file, LOCK_EX | LOCK_NB) != 0)
        return fail_part(part, "another program is fetching it", why);
    if (fstat(part->file, &about) != 0)
        return fail_part(part, "cannot be read", why);
    part->bytes = (int64_t)about.st_size;
    if (lseek(part->file, 0, SEEK_END) < 0)
        return fail_part(part, "cannot be read", why);
    return part->bytes > 0 && read_about(part) ? STATUS_OK : forget(part, why);
}

static void keep(char out[PART_FIELD], const char *text)
{
    const size_t length = strcspn(text, "\r\n");

    snprintf(out, PART_FIELD, "%.*s", length < PART_FIELD ? (int)length : 0, text);
}

/* The notes are on the disk before the first byte is: bytes without notes are not gone on with. */
enum status part_begin(struct part_file *part, const char *etag, const char *modified,
                       const char *version, struct fail *why)
{
    FILE *file;
    enum status status;

    unlink(part->about_path);
    status = forget(part, why);
    if (status != STATUS_OK)
        return status;
    if (lseek(part->file, 0, SEEK_SET) < 0)
        return fail_part(part, "cannot be written", why);
    keep(part->etag, etag);
    keep(part->modified, modified);
    keep(part->version, version);
    file = fopen(part->about_path, "w");
    if (file == NULL)
        return fail_part(part, "notes cannot be written", why);
    fprintf(file, "%s\n%s\n%s\n", part->etag, part->modified, part->version);
    if (fclose(file) != 0)
        return fail_part(part, "notes cannot be written", why);
    return STATUS_OK;
}

enum status part_add(struct part_file *part, const void *bytes, size_t length, struct fail *why)
{
    const char *at = bytes;

    while (length > 0) {
        const ssize_t written = write(part->file, at, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            fail_set(why, STATUS_IO, "cannot be written: %s", strerror(errno));
            return fail_in(why, part->path, 0);
        }
        part->bytes += written;
        at += written;
        length -= (size_t)written;
    }
    return STATUS_OK;
}

enum status part_finish(struct part_file *part, const char *path, struct fail *why)
{
    if (fsync(part->file) != 0)
        return fail_part(part, "cannot be written to the disk", why);
    if (rename(part->path, path) != 0)
        return fail_part(part, "cannot get its name", why);
    unlink(part->about_path);
    return STATUS_OK;
}

void part_drop(struct part_file *part)
{
    unlink(part->path);
    unlink(part->about_path);
}

/* What holds nothing needs no file. */
void part_close(struct part_file *part)
{
    if (part->file < 0)
        return;
    if (part->bytes == 0)
        part_drop(part);
    close(part->file);
    part->file = -1;
}

const char *part_validator(const struct part_file *part)
{
    return part->etag[0] != '\0' && strncmp(part->etag, "W/", 2) != 0 ? part->etag : part->modified;
}
