#include "stream/zip_member.h"

#include <errno.h>
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INPUT_BYTES (256 * 1024)

struct zip_member {
    int fd;
    bool stored;
    uint64_t at;          /* of the next packed bytes in the file */
    uint64_t packed_left; /* bytes from there on */
    uint64_t left;        /* bytes still to come out */
    uint32_t crc;
    uint32_t wanted_crc;
    struct inflate_state state;
    unsigned char input[INPUT_BYTES];
};

struct zip_member *zip_member_new(int fd, const struct zip_entry *entry, uint64_t at)
{
    struct zip_member *const member = malloc(sizeof *member);

    if (member == NULL)
        return NULL;
    member->fd = fd;
    member->stored = entry->stored;
    member->at = at;
    member->packed_left = entry->packed_bytes;
    member->left = entry->bytes;
    member->crc = 0;
    member->wanted_crc = entry->crc;
    isal_inflate_init(&member->state);
    member->state.avail_in = 0;
    return member;
}

/* Up to `room` packed bytes; got is 0 when there are no more of this member. */
static enum status read_packed(struct zip_member *member, void *bytes, size_t room, size_t *got,
                               struct fail *why)
{
    const size_t wanted = member->packed_left < room ? (size_t)member->packed_left : room;
    ssize_t count;

    *got = 0;
    if (wanted == 0)
        return STATUS_OK;
    do {
        count = pread(member->fd, bytes, wanted, (off_t)member->at);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return fail_set(why, STATUS_IO, "cannot be read: %s", strerror(errno));
    if (count == 0)
        return fail_set(why, STATUS_DATA, "is cut or damaged: a member ends too early");
    member->at += (uint64_t)count;
    member->packed_left -= (uint64_t)count;
    *got = (size_t)count;
    return STATUS_OK;
}

static enum status damaged(struct fail *why)
{
    return fail_set(why, STATUS_DATA, "is cut or damaged: a member is not valid deflate data");
}

static enum status refill(struct zip_member *member, struct fail *why)
{
    size_t fresh = 0;
    enum status status;

    if (member->packed_left == 0)
        return damaged(why); /* it wants more, and there is no more */
    status = read_packed(member, member->input, INPUT_BYTES, &fresh, why);
    member->state.next_in = member->input;
    member->state.avail_in = (uint32_t)fresh;
    return status;
}

/* Inflates until something came out or the data are over. */
static enum status inflate(struct zip_member *member, void *bytes, size_t room, size_t *got,
                           struct fail *why)
{
    struct inflate_state *const state = &member->state;
    const uint32_t wanted = room > INT32_MAX ? INT32_MAX : (uint32_t)room;
    enum status status = STATUS_OK;

    state->next_out = bytes;
    state->avail_out = wanted;
    while (status == STATUS_OK && state->avail_out == wanted &&
           state->block_state != ISAL_BLOCK_FINISH) {
        const uint32_t given = state->avail_in;

        if (isal_inflate(state) < 0)
            return damaged(why);
        if (state->avail_out == wanted && state->avail_in == given &&
            state->block_state != ISAL_BLOCK_FINISH)
            status = refill(member, why);
    }
    *got = status == STATUS_OK ? wanted - state->avail_out : 0;
    return status;
}

static enum status check_end(const struct zip_member *member, struct fail *why)
{
    if (member->left != 0 || member->packed_left != 0 || member->state.avail_in != 0)
        return fail_set(why, STATUS_DATA, "is damaged: a member has not the length it should have");
    if (member->crc != member->wanted_crc)
        return fail_set(why, STATUS_DATA,
                        "is damaged: the checksum of a member does not fit its data");
    return STATUS_OK;
}

enum status zip_member_read(struct zip_member *member, void *bytes, size_t room, size_t *got,
                            struct fail *why)
{
    enum status status;

    *got = 0;
    status = member->stored ? read_packed(member, bytes, room, got, why)
                            : inflate(member, bytes, room, got, why);
    if (status != STATUS_OK)
        return status;
    if (*got == 0)
        return check_end(member, why);
    if (*got > member->left) {
        *got = 0;
        return fail_set(why, STATUS_DATA, "is damaged: a member has not the length it should have");
    }
    member->left -= *got;
    member->crc = crc32_gzip_refl(member->crc, bytes, *got);
    return STATUS_OK;
}

uint64_t zip_member_place(const struct zip_member *member)
{
    return member->at;
}

void zip_member_free(struct zip_member *member)
{
    free(member);
}
