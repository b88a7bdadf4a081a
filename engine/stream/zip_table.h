#ifndef STREAM_ZIP_TABLE_H
#define STREAM_ZIP_TABLE_H

/* The table of contents at the end of a ZIP, read and checked by ourselves, so
 * that its members can be inflated by ISA-L, three times as fast as libarchive does it.
 *
 * Only what the national archives are made of is taken: files and folders with ASCII
 * names, deflated or stored, not encrypted, in the order of the file.  For anything
 * else zip_table_is_plain() says no, and libarchive reads the archive. */

#include <stdbool.h>
#include <stdint.h>

#define ZIP_NAME_BYTES 512

struct zip_table {
    int fd;
    uint64_t at;   /* of the next entry; at first where the table begins */
    uint64_t end;  /* behind the last one */
    uint64_t left; /* entries */
};

struct zip_entry {
    char name[ZIP_NAME_BYTES];
    bool folder;
    bool stored; /* else deflated */
    uint32_t crc;
    uint64_t packed_bytes;
    uint64_t bytes;
    uint64_t at; /* of the local header */
};

/* fd is a regular file.  False when there is no table, or not where it must be. */
bool zip_table_find(struct zip_table *table, int fd);

/* The next entry; false when it is not as promised above.  Not to be called when none is left. */
bool zip_table_next(struct zip_table *table, struct zip_entry *entry);

/* True when every entry is; table is left as it was. */
bool zip_table_is_plain(const struct zip_table *table);

/* Where the data of an entry begin; false when its local header is not there or
 * has another name. */
bool zip_entry_data(const struct zip_table *table, const struct zip_entry *entry, uint64_t *at);

#endif
