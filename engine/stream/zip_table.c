#include "stream/zip_table.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* The record behind the table of contents, and where it is looked for. */
#define END_BYTES 22
#define TAIL_BYTES (16 * 1024)

#define ENTRY_BYTES 46
#define LOCAL_BYTES 30
#define EXTRA_BYTES 1024

#define METHOD_STORED 0
#define METHOD_DEFLATED 8
#define FLAG_ENCRYPTED 1
#define IN_EXTRA UINT32_MAX

static uint64_t little_endian(const unsigned char *at, size_t bytes)
{
    uint64_t number = 0;

    while (bytes-- > 0)
        number = number << 8 | at[bytes];
    return number;
}

static bool read_at(int fd, void *bytes, size_t length, uint64_t at)
{
    return at <= INT64_MAX && pread(fd, bytes, length, (off_t)at) == (ssize_t)length;
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

/* The table must lie where it should: in one archive behind another it does not. */
bool zip_table_find(struct zip_table *table, int fd)
{
    struct contents contents;

    if (!find_contents(fd, &contents))
        return false;
    if (!read_contents_64(fd, &contents) && contents.entries == UINT16_MAX)
        return false;
    *table = (struct zip_table){
        .fd = fd, .at = contents.at, .end = contents.end, .left = contents.entries};
    return contents.at <= contents.end && contents.bytes == contents.end - contents.at &&
           (contents.entries == 0) == (contents.bytes == 0);
}

/* Numbers that do not fit 32 bits stand in an extra field, in this order. */
static bool read_extra(struct zip_entry *entry, const unsigned char *extra, size_t length)
{
    uint64_t *const numbers[] = {&entry->bytes, &entry->packed_bytes, &entry->at};

    for (size_t at = 0; at + 4 <= length;) {
        const size_t bytes = (size_t)little_endian(extra + at + 2, 2);
        size_t used = 0;

        if (bytes > length - at - 4)
            return false;
        for (size_t i = 0; little_endian(extra + at, 2) == 1 && i < 3; i++) {
            if (*numbers[i] != IN_EXTRA)
                continue;
            if (used + 8 > bytes)
                return false;
            *numbers[i] = little_endian(extra + at + 4 + used, 8);
            used += 8;
        }
        at += 4 + bytes;
    }
    return entry->bytes != IN_EXTRA && entry->packed_bytes != IN_EXTRA && entry->at != IN_EXTRA;
}

static bool read_name(struct zip_entry *entry, const unsigned char *name, size_t length)
{
    if (length == 0 || length >= ZIP_NAME_BYTES)
        return false;
    for (size_t i = 0; i < length; i++)
        if (name[i] < ' ' || name[i] == 0x7f || name[i] == '\\')
            return false;
    memcpy(entry->name, name, length);
    entry->name[length] = '\0';
    entry->folder = name[length - 1] == '/';
    return true;
}

/* Made on Unix, the high bytes of the attributes are a file mode: only files and folders. */
static bool is_file_or_folder(const unsigned char *header, bool folder)
{
    const uint64_t kind = little_endian(header + 40, 2) >> 12;

    return header[5] != 3 || kind == 0 || kind == (folder ? 4 : 8);
}

bool zip_table_next(struct zip_table *table, struct zip_entry *entry)
{
    unsigned char header[ENTRY_BYTES + ZIP_NAME_BYTES + EXTRA_BYTES];
    const uint64_t most = table->end - table->at;
    const size_t length = most < sizeof header ? (size_t)most : sizeof header;
    size_t name;
    size_t extra;
    uint64_t method;

    if (length < ENTRY_BYTES || !read_at(table->fd, header, length, table->at) ||
        memcmp(header, "PK\x01\x02", 4) != 0)
        return false;
    name = (size_t)little_endian(header + 28, 2);
    extra = (size_t)little_endian(header + 30, 2);
    method = little_endian(header + 10, 2);
    if (ENTRY_BYTES + name + extra > length || !read_name(entry, header + ENTRY_BYTES, name) ||
        (method != METHOD_STORED && method != METHOD_DEFLATED) ||
        (header[8] & FLAG_ENCRYPTED) != 0 || !is_file_or_folder(header, entry->folder))
        return false;
    entry->stored = method == METHOD_STORED;
    entry->crc = (uint32_t)little_endian(header + 16, 4);
    entry->packed_bytes = little_endian(header + 20, 4);
    entry->bytes = little_endian(header + 24, 4);
    entry->at = little_endian(header + 42, 4);
    table->at += ENTRY_BYTES + name + extra + little_endian(header + 32, 2);
    table->left--;
    return table->at <= table->end && read_extra(entry, header + ENTRY_BYTES + name, extra);
}

bool zip_table_is_plain(const struct zip_table *table)
{
    struct zip_table rest = *table;
    struct zip_entry entry;
    uint64_t data_end = 0;

    while (rest.left > 0) {
        uint64_t at;

        if (!zip_table_next(&rest, &entry) || entry.at < data_end ||
            !zip_entry_data(table, &entry, &at) || entry.packed_bytes > table->at ||
            at > table->at - entry.packed_bytes)
            return false;
        if (entry.folder && entry.bytes > 0)
            return false;
        data_end = at + entry.packed_bytes;
    }
    return rest.at == rest.end;
}

bool zip_entry_data(const struct zip_table *table, const struct zip_entry *entry, uint64_t *at)
{
    unsigned char header[LOCAL_BYTES + ZIP_NAME_BYTES];
    const size_t name = strlen(entry->name);

    if (!read_at(table->fd, header, LOCAL_BYTES + name, entry->at) ||
        memcmp(header, "PK\x03\x04", 4) != 0 || little_endian(header + 26, 2) != name ||
        memcmp(header + LOCAL_BYTES, entry->name, name) != 0 ||
        little_endian(header + 8, 2) != (entry->stored ? METHOD_STORED : METHOD_DEFLATED))
        return false;
    *at = entry->at + LOCAL_BYTES + name + little_endian(header + 28, 2);
    return true;
}
