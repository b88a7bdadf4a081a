#include "stream/zip.h"

#include "stream/zip_member.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES (256 * 1024)

struct zip {
    struct zip_table table;
    /* an archive of plain files: by ISA-L */
    bool plain;
    struct zip_entry entry;
    struct zip_member *member;
    /* any other: by libarchive, which stops in silence at the first entry that it cannot
     * read in the table: so what it gives is counted */
    struct archive *archive;
    uint64_t seen;
    char number_name[32];
    int64_t left; /* bytes of the member that are still to come */
};

/* libarchive does not always tell that memory was out; malloc does, in errno,
 * which is 0 before each call. */
static enum status fail_read(struct zip *zip, struct fail *why)
{
    const char *const text = archive_error_string(zip->archive);

    if (errno == ENOMEM || archive_errno(zip->archive) == ENOMEM)
        return fail_nomem(why);
    return fail_set(why, STATUS_DATA, "is cut or damaged: %s",
                    text != NULL ? text : "no reason given");
}

static enum status open_archive(struct zip *zip, int fd, struct fail *why)
{
    zip->archive = archive_read_new();
    if (zip->archive == NULL)
        return fail_nomem(why);
    if (archive_read_support_format_zip_seekable(zip->archive) != ARCHIVE_OK ||
        lseek(fd, 0, SEEK_SET) != 0)
        return fail_set(why, STATUS_IO, "the ZIP cannot be read from its start");
    if (archive_read_open_fd(zip->archive, fd, BLOCK_BYTES) != ARCHIVE_OK)
        return fail_set(why, STATUS_DATA, "is cut or damaged: a ZIP without its table of contents");
    return STATUS_OK;
}

enum status zip_open(struct zip **zip, int fd, struct fail *why)
{
    struct zip *made = calloc(1, sizeof *made);
    enum status status = STATUS_OK;

    errno = 0;
    if (made == NULL)
        return fail_nomem(why);
    if (!zip_table_find(&made->table, fd))
        status = fail_set(why, STATUS_DATA,
                          "is cut or damaged: a ZIP that does not end in its table of contents");
    else
        made->plain = zip_table_is_plain(&made->table);
    if (status == STATUS_OK && !made->plain)
        status = open_archive(made, fd, why);
    if (status != STATUS_OK && errno == ENOMEM)
        status = fail_nomem(why);
    if (status != STATUS_OK) {
        zip_free(made);
        return status;
    }
    *zip = made;
    return STATUS_OK;
}

static enum status next_plain(struct zip *zip, const char **name, bool *found, struct fail *why)
{
    uint64_t at;

    zip_member_free(zip->member);
    zip->member = NULL;
    *found = false;
    while (zip->table.left > 0 && !*found) {
        if (!zip_table_next(&zip->table, &zip->entry) ||
            !zip_entry_data(&zip->table, &zip->entry, &at))
            return fail_set(why, STATUS_DATA, "is damaged: it has changed while it was read");
        *found = !zip->entry.folder;
    }
    if (!*found)
        return STATUS_OK;
    *name = zip->entry.name;
    zip->member = zip_member_new(zip->table.fd, &zip->entry, at);
    return zip->member != NULL ? STATUS_OK : fail_nomem(why);
}

/* For a name that cannot be read at all. */
static const char *number_name(struct zip *zip)
{
    snprintf(zip->number_name, sizeof zip->number_name, "member %" PRIu64, zip->seen);
    return zip->number_name;
}

enum status zip_next(struct zip *zip, const char **name, bool *found, struct fail *why)
{
    struct archive_entry *entry;
    int code;

    if (zip->plain)
        return next_plain(zip, name, found, why);
    *found = false;
    errno = 0;
    /* a warning is a name that this locale cannot write */
    while ((code = archive_read_next_header(zip->archive, &entry)) == ARCHIVE_OK ||
           code == ARCHIVE_WARN) {
        zip->seen++;
        zip->left = archive_entry_size(entry);
        if (archive_entry_filetype(entry) == AE_IFDIR && zip->left == 0)
            continue;
        if (archive_entry_filetype(entry) != AE_IFREG)
            return fail_set(why, STATUS_DATA, "is damaged, or holds something that is no file");
        *name = archive_entry_pathname(entry);
        if (*name == NULL) /* not in the letters of this locale */
            *name = archive_entry_pathname_utf8(entry);
        if (*name == NULL)
            *name = number_name(zip);
        *found = true;
        return STATUS_OK;
    }
    if (code == ARCHIVE_EOF && zip->seen == zip->table.left)
        return STATUS_OK;
    if (code == ARCHIVE_EOF)
        return fail_set(why, STATUS_DATA,
                        "is damaged: not all members are in its table of contents");
    return fail_read(zip, why);
}

enum status zip_read(struct zip *zip, void *bytes, size_t room, size_t *got, struct fail *why)
{
    la_ssize_t count;

    if (zip->plain)
        return zip_member_read(zip->member, bytes, room, got, why);
    errno = 0;
    count = archive_read_data(zip->archive, bytes, room);
    *got = 0;
    if (count < 0)
        return fail_read(zip, why);
    *got = (size_t)count;
    zip->left -= count;
    if (count == 0 && zip->left != 0)
        return fail_set(why, STATUS_DATA, "is damaged: a member has not the length it should have");
    return STATUS_OK;
}

uint64_t zip_done_bytes(struct zip *zip)
{
    la_int64_t done;

    if (zip->plain)
        return zip->member != NULL ? zip_member_place(zip->member) : 0;
    done = archive_filter_bytes(zip->archive, -1);
    return done > 0 ? (uint64_t)done : 0;
}

void zip_free(struct zip *zip)
{
    if (zip == NULL)
        return;
    zip_member_free(zip->member);
    if (zip->archive != NULL)
        archive_read_free(zip->archive);
    free(zip);
}
