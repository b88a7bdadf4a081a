#include "stream/raw.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status look_at(struct raw *raw, struct fail *why)
{
    struct stat about;

    if (fstat(raw->fd, &about) != 0)
        return fail_set(why, STATUS_NO_INPUT, "cannot be read: %s", strerror(errno));
    if (S_ISDIR(about.st_mode))
        return fail_set(why, STATUS_NO_INPUT, "is a folder, not a file");
    if (S_ISREG(about.st_mode)) {
        raw->all = (uint64_t)about.st_size;
        raw->when = about.st_mtim;
    }
    return STATUS_OK;
}

enum status raw_open(struct raw *raw, const char *path, struct fail *why)
{
    enum status status;

    *raw = (struct raw){.fd = STDIN_FILENO};
    if (strcmp(path, "-") != 0)
        raw->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (raw->fd < 0)
        return fail_set(why, STATUS_NO_INPUT, "cannot be opened: %s", strerror(errno));
    status = look_at(raw, why);
    if (status == STATUS_OK && (raw->sha256 = sha256_new()) == NULL)
        status = fail_nomem(why);
    if (status != STATUS_OK)
        raw_close(raw);
    return status;
}

enum status raw_read(struct raw *raw, void *bytes, size_t room, size_t *got, struct fail *why)
{
    ssize_t count;

    *got = 0;
    do {
        count = raw->ended ? 0 : read(raw->fd, bytes, room);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return fail_set(why, STATUS_IO, "cannot be read: %s", strerror(errno));
    raw->ended = count == 0;
    raw->done += (uint64_t)count;
    *got = (size_t)count;
    return raw->sha256 != NULL ? sha256_add(raw->sha256, bytes, *got, why) : STATUS_OK;
}

enum status raw_read_at(const struct raw *raw, uint64_t place, void *bytes, size_t room,
                        size_t *got, struct fail *why)
{
    ssize_t count;

    *got = 0;
    do {
        count = pread(raw->fd, bytes, room, (off_t)place);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return fail_set(why, STATUS_IO, "cannot be read: %s", strerror(errno));
    *got = (size_t)count;
    return STATUS_OK;
}

enum status raw_check_same(const struct raw *raw, struct fail *why)
{
    struct raw now = {.fd = raw->fd};
    const enum status status = look_at(&now, why);

    if (status == STATUS_OK && (now.all != raw->all || now.when.tv_sec != raw->when.tv_sec ||
                                now.when.tv_nsec != raw->when.tv_nsec))
        return fail_set(why, STATUS_DATA, "has changed while it was read");
    return status;
}

void raw_close(struct raw *raw)
{
    if (raw->fd > STDIN_FILENO)
        close(raw->fd);
    sha256_free(raw->sha256);
    *raw = (struct raw){.fd = -1};
}
