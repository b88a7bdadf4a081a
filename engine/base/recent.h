#ifndef BASE_RECENT_H
#define BASE_RECENT_H

/* What was found for the same few texts a little while ago:
 *     number = recent_find(recent, month, texts, count);
 *     if (number == RECENT_NONE) { ... the long way ...; recent_put(recent, month, texts, count,
 * number); } A fixed table of copies, one entry for each value of a hash; what does not fit is
 * forgotten.  Rows of an extract come in blocks of a few practices, so nine of ten
 * are found here by comparing bytes, without hashing every text. */

#include "base/view.h"

#include <stdint.h>

#define RECENT_NONE UINT32_MAX
#define RECENT_TEXTS 10
#define RECENT_BYTES 400
#define RECENT_ENTRIES 1024 /* a power of two, more than there are presentations in scope */

struct recent_entry {
    uint32_t number;
    int32_t month;
    uint16_t ends[RECENT_TEXTS]; /* of the texts in bytes; all ones: no text at all */
    char bytes[RECENT_BYTES];
};

struct recent {
    struct recent_entry entries[RECENT_ENTRIES]; /* month 0: free */
};

/* Fetches what recent_find() will look at for texts that begin with this one, so that it does not
 * wait. */
void recent_foresee(const struct recent *recent, struct view text);

/* texts[0] is the one that differs most often; month > 0, count <= RECENT_TEXTS and always the
 * same for a table. */
uint32_t recent_find(const struct recent *recent, int32_t month, const struct view *texts,
                     size_t count);
void recent_put(struct recent *recent, int32_t month, const struct view *texts, size_t count,
                uint32_t number);

#endif
