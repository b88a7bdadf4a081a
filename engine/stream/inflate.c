#include "stream/inflate.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_BYTES (256 * 1024)

struct inflate {
    struct raw *raw;
    struct inflate_state state;
    bool ended;
    unsigned char input[INPUT_BYTES];
};

/* A fresh member at the place where the last one ended. */
static void begin_member(struct inflate *inflate)
{
    struct inflate_state *const state = &inflate->state;
    uint8_t *const next_in = state->next_in;
    uint8_t *const next_out = state->next_out;
    const uint32_t avail_in = state->avail_in;
    const uint32_t avail_out = state->avail_out;

    isal_inflate_init(state);
    state->crc_flag = ISAL_GZIP;
    state->next_in = next_in;
    state->next_out = next_out;
    state->avail_in = avail_in;
    state->avail_out = avail_out;
}

struct inflate *inflate_new(struct raw *raw, const unsigned char *first, size_t length)
{
    struct inflate *inflate = malloc(sizeof *inflate);

    if (inflate == NULL || length > INPUT_BYTES) {
        free(inflate);
        return NULL;
    }
    inflate->raw = raw;
    inflate->ended = false;
    memcpy(inflate->input, first, length);
    inflate->state.next_in = inflate->input;
    inflate->state.avail_in = (uint32_t)length;
    inflate->state.next_out = NULL;
    inflate->state.avail_out = 0;
    begin_member(inflate);
    return inflate;
}

static enum status refill(struct inflate *inflate, struct fail *why)
{
    size_t got;
    const enum status status = raw_read(inflate->raw, inflate->input, INPUT_BYTES, &got, why);

    inflate->state.next_in = inflate->input;
    inflate->state.avail_in = (uint32_t)got;
    return status;
}

/* Between members: the end of the file, or the first byte of another. */
static enum status next_member(struct inflate *inflate, struct fail *why)
{
    if (inflate->state.avail_in == 0) {
        const enum status status = refill(inflate, why);

        if (status != STATUS_OK)
            return status;
    }
    if (inflate->state.avail_in == 0) {
        inflate->ended = true;
        return STATUS_OK;
    }
    if (inflate->state.next_in[0] != 0x1f)
        return fail_set(why, STATUS_DATA, "holds bytes behind its gzip data that are not gzip");
    begin_member(inflate);
    return STATUS_OK;
}

static enum status explain(int code, struct fail *why)
{
    if (code == ISAL_INCORRECT_CHECKSUM)
        return fail_set(why, STATUS_DATA,
                        "is damaged: the gzip checksum or length does not fit the data");
    return fail_set(why, STATUS_DATA, "is damaged: not valid gzip data (code %d)", code);
}

/* One call of the library.  It may hold back output while it has no input, so
 * the file counts as cut only when it wants more, gives nothing, and the file has ended. */
static enum status step(struct inflate *inflate, struct fail *why)
{
    const uint32_t room = inflate->state.avail_out;
    const uint32_t given = inflate->state.avail_in;
    int code;

    if (inflate->state.block_state == ISAL_BLOCK_FINISH)
        return next_member(inflate, why);
    code = isal_inflate(&inflate->state);
    if (code < 0)
        return explain(code, why);
    if (inflate->state.block_state == ISAL_BLOCK_FINISH || inflate->state.avail_out < room ||
        inflate->state.avail_in < given)
        return STATUS_OK;
    if (inflate->raw->ended)
        return fail_set(why, STATUS_DATA, "is cut: the gzip data end too early");
    return refill(inflate, why);
}

enum status inflate_read(struct inflate *inflate, void *bytes, size_t room, size_t *got,
                         struct fail *why)
{
    enum status status = STATUS_OK;
    const uint32_t wanted = room > INT32_MAX ? INT32_MAX : (uint32_t)room;

    inflate->state.next_out = bytes;
    inflate->state.avail_out = wanted;
    while (status == STATUS_OK && !inflate->ended && inflate->state.avail_out == wanted)
        status = step(inflate, why);
    *got = wanted - inflate->state.avail_out;
    return status;
}

void inflate_free(struct inflate *inflate)
{
    free(inflate);
}
