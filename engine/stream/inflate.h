#ifndef STREAM_INFLATE_H
#define STREAM_INFLATE_H

/* gzip, by ISA-L: one member or several behind each other.  libarchive's gzip
 * filter does not check the CRC of a member, ISA-L does. */

#include "stream/raw.h"

struct inflate;

/* first   bytes already taken from raw, borrowed until they are used up */
struct inflate *inflate_new(struct raw *raw, const unsigned char *first, size_t length);

/* got is 0 only when every member ended with the right CRC and length and
 * nothing but gzip members stood in the file. */
MUST_USE
enum status inflate_read(struct inflate *inflate, void *bytes, size_t room, size_t *got,
                         struct fail *why);

void inflate_free(struct inflate *inflate);

#endif
