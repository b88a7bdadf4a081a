#include "stream/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <unistd.h>

#define BLOCK_BYTES (256 * 1024)

struct zip {
    struct archive *archive;
};

static const char *reason(struct zip *zip)
{
    const char *text = archive_error_string(zip->archive);

    return text != NULL ? text : "no reason given";
}

enum status zip_open(struct zip **zip, int fd, struct fail *why)
{
    struct zip *made = calloc(1, sizeof *made);
    enum status status = STATUS_OK;

    if (made == NULL || (made->archive = archive_read_new()) == NULL) {
        free(made);
        return fail_nomem(why);
    }
    if (archive_read_support_format_zip_seekable(made->archive) != ARCHIVE_OK ||
        lseek(fd, 0, SEEK_SET) != 0)
        status = fail_set(why, STATUS_IO, "the ZIP cannot be read from its start");
    else if (archive_read_open_fd(made->archive, fd, BLOCK_BYTES) != ARCHIVE_OK)
        status =
            fail_set(why, STATUS_DATA, "is cut or damaged: a ZIP without its table of contents");
    if (status != STATUS_OK) {
        zip_free(made);
        return status;
    }
    *zip = made;
    return STATUS_OK;
}

enum status zip_next(struct zip *zip, const char **name, bool *found, struct fail *why)
{
    struct archive_entry *entry;
    int code;

    *found = false;
    while ((code = archive_read_next_header(zip->archive, &entry)) == ARCHIVE_OK) {
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        *name = archive_entry_pathname(entry);
        if (*name == NULL)
            *name = "a member without a name";
        *found = true;
        return STATUS_OK;
    }
    if (code == ARCHIVE_EOF)
        return STATUS_OK;
    return fail_set(why, STATUS_DATA, "is cut or damaged: %s", reason(zip));
}

enum status zip_read(struct zip *zip, void *bytes, size_t room, size_t *got, struct fail *why)
{
    const la_ssize_t count = archive_read_data(zip->archive, bytes, room);

    *got = 0;
    if (count < 0)
        return fail_set(why, STATUS_DATA, "is cut or damaged: %s", reason(zip));
    *got = (size_t)count;
    return STATUS_OK;
}

uint64_t zip_done_bytes(struct zip *zip)
{
    const la_int64_t done = archive_filter_bytes(zip->archive, -1);

    return done > 0 ? (uint64_t)done : 0;
}

void zip_free(struct zip *zip)
{
    if (zip == NULL)
        return;
    archive_read_free(zip->archive);
    free(zip);
}
