#ifndef STREAM_ZIP_MEMBER_H
#define STREAM_ZIP_MEMBER_H

/* The bytes of one member of a ZIP, by ISA-L. */

#include "base/fail.h"
#include "stream/zip_table.h"

struct zip_member;

/* entry   copied;   at: where its data begin */
struct zip_member *zip_member_new(int fd, const struct zip_entry *entry, uint64_t at);

/* got is 0 only when the member had the length and the CRC of the table,
 * and its packed bytes were used up. */
MUST_USE
enum status zip_member_read(struct zip_member *member, void *bytes, size_t room, size_t *got,
                            struct fail *why);

/* Place in the file behind what was read of it. */
uint64_t zip_member_place(const struct zip_member *member);

void zip_member_free(struct zip_member *member);

#endif
