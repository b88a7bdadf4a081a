#include "stream/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES (256 * 1024)

/* The record behind the table of contents, and what libarchive looks for it in. */
#define END_BYTES 22
#define TAIL_BYTES (16 * 1024)

struct zip {
    struct archive *archive;
    uint64_t promised; /* members and folders, as the end record says */
    uint64_t seen;
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

static uint64_t little_endian(const unsigned char *at, size_t bytes)
{
    uint64_t number = 0;

    while (bytes-- > 0)
        number = number << 8 | at[bytes];
    return number;
}

static bool read_at(int fd, void *bytes, size_t length, uint64_t at)
{
    return pread(fd, bytes, length, (off_t)at) == (ssize_t)length;
}

/* Where the table of contents lies and how many entries it has. */
struct contents {
    uint64_t entries;
    uint64_t bytes;
    uint64_t at;
    uint64_t end; /* where it must end: at the record that tells all this */
};

/* A ZIP64 archive has an end record of its own, and before the old one a locator
 * of it, also where nothing needs it. */
static bool read_contents_64(int fd, struct contents *contents)
{
    unsigned char locator[20];
    unsigned char end[56];
    const uint64_t locator_at = contents->end - sizeof locator;

    if (contents->end < sizeof locator || !read_at(fd, locator, sizeof locator, locator_at) ||
        memcmp(locator, "PK\x06\x07", 4) != 0)
        return false;
    if (!read_at(fd, end, sizeof end, little_endian(locator + 8, 8)) ||
        memcmp(end, "PK\x06\x06", 4) != 0)
        return false;
    contents->end = little_endian(locator + 8, 8);
    contents->entries = little_endian(end + 32, 8);
    contents->bytes = little_endian(end + 40, 8);
    contents->at = little_endian(end + 48, 8);
    return true;
}

/* Finds the end record at the end of the file, and nowhere else. */
static bool find_contents(int fd, struct contents *contents)
{
    unsigned char tail[TAIL_BYTES];
    const off_t size = lseek(fd, 0, SEEK_END);
    const size_t length = size < TAIL_BYTES ? (size_t)size : TAIL_BYTES;

    if (size < END_BYTES || !read_at(fd, tail, length, (uint64_t)size - length))
        return false;
    for (size_t i = length - END_BYTES + 1; i-- > 0;) {
        if (memcmp(tail + i, "PK\x05\x06", 4) != 0 ||
            little_endian(tail + i + 20, 2) != length - END_BYTES - i)
            continue;
        contents->entries = little_endian(tail + i + 10, 2);
        contents->bytes = little_endian(tail + i + 12, 4);
        contents->at = little_endian(tail + i + 16, 4);
        contents->end = (uint64_t)size - length + i;
        return true;
    }
    return false;
}

/* How many entries there must be: libarchive stops in silence at the first one
 * that it cannot read in the table.  The table must lie where it should: in one
 * archive behind another it does not. */
static bool read_promise(int fd, uint64_t *promised)
{
    struct contents contents;

    if (!find_contents(fd, &contents))
        return false;
    if (!read_contents_64(fd, &contents) && contents.entries == UINT16_MAX)
        return false;
    *promised = contents.entries;
    return contents.at <= contents.end && contents.bytes == contents.end - contents.at &&
           (contents.entries == 0) == (contents.bytes == 0);
}

enum status zip_open(struct zip **zip, int fd, struct fail *why)
{
    struct zip *made = calloc(1, sizeof *made);
    enum status status = STATUS_OK;

    errno = 0;
    if (made == NULL || (made->archive = archive_read_new()) == NULL) {
        free(made);
        return fail_nomem(why);
    }
    if (!read_promise(fd, &made->promised))
        status = fail_set(why, STATUS_DATA,
                          "is cut or damaged: a ZIP that does not end in its table of contents");
    else if (archive_read_support_format_zip_seekable(made->archive) != ARCHIVE_OK ||
             lseek(fd, 0, SEEK_SET) != 0)
        status = fail_set(why, STATUS_IO, "the ZIP cannot be read from its start");
    else if (archive_read_open_fd(made->archive, fd, BLOCK_BYTES) != ARCHIVE_OK)
        status =
            fail_set(why, STATUS_DATA, "is cut or damaged: a ZIP without its table of contents");
    if (status != STATUS_OK && errno == ENOMEM)
        status = fail_nomem(why);
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
        if (*name == NULL)
            *name = "a member without a name";
        *found = true;
        return STATUS_OK;
    }
    if (code == ARCHIVE_EOF && zip->seen == zip->promised)
        return STATUS_OK;
    if (code == ARCHIVE_EOF)
        return fail_set(why, STATUS_DATA,
                        "is damaged: not all members are in its table of contents");
    return fail_read(zip, why);
}

enum status zip_read(struct zip *zip, void *bytes, size_t room, size_t *got, struct fail *why)
{
    la_ssize_t count;

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
