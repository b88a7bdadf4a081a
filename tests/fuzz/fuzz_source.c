/* Any bytes as a file, plain or packed: it is read to a good end or refused with a sentence, and
 * the size of the reads makes no difference to either. */

#include "stream/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST_BYTES (1 << 20) /* of what comes out: a few bytes can stand for many */

struct told {
    enum status status;
    size_t length;
    size_t members;
    char bytes[MOST_BYTES];
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static enum status read_member(struct source *source, size_t piece, struct told *told,
                               struct fail *why)
{
    enum status status = STATUS_OK;
    size_t got = 1;

    while (status == STATUS_OK && got > 0 && told->length < MOST_BYTES) {
        const size_t room = MOST_BYTES - told->length;

        status =
            source_read(source, told->bytes + told->length, piece < room ? piece : room, &got, why);
        if (status == STATUS_OK)
            told->length += got;
    }
    return status;
}

static void read_all(const char *path, size_t piece, struct told *told)
{
    struct source *source = NULL;
    struct fail why = {0};
    bool found = true;

    told->length = 0;
    told->members = 0;
    told->status = source_open(&source, path, &why);
    while (told->status == STATUS_OK && found && told->length < MOST_BYTES) {
        told->status = source_next(source, &found, &why);
        if (told->status != STATUS_OK || !found)
            break;
        told->members++;
        told->status = read_member(source, piece, told, &why);
    }
    if (told->status != STATUS_OK && (told->status != STATUS_DATA || why.text[0] == '\0'))
        abort();
    source_free(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct told large;
    static struct told small;
    static char path[64];
    static int file = -1;

    if (file < 0)
        file = memfd_create("input", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (ftruncate(file, 0) != 0 || pwrite(file, bytes, length, 0) != (ssize_t)length)
        abort();
    read_all(path, MOST_BYTES, &large);
    read_all(path, 61, &small);
    /* what comes out before a refusal depends on the reads, the verdict does not, where all is read
     */
    if (large.length < MOST_BYTES && small.length < MOST_BYTES && large.status != small.status)
        abort();
    if (large.status == STATUS_OK && small.status == STATUS_OK &&
        (large.length != small.length || large.members != small.members ||
         memcmp(large.bytes, small.bytes, large.length) != 0))
        abort();
    return 0;
}
