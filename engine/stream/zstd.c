#include "stream/zstd.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

#define INPUT_BYTES (256 * 1024)
#define HEADER_BYTES 18 /* of a frame, at most (RFC 8878, 3.1.1) */

struct zstd {
    struct raw *raw;
    ZSTD_DCtx *context;
    ZSTD_inBuffer input; /* of first, then of `bytes` */
    bool between;        /* two frames, or in front of the first */
    uint64_t wanted;     /* bytes of the frame, as it says, or ZSTD_CONTENTSIZE_UNKNOWN */
    uint64_t given;      /* of them */
    bool ended;
    unsigned char bytes[INPUT_BYTES];
};

static bool is_frame(unsigned char first)
{
    return first == 0x28;
}

/* The sixteen kinds of frame to be skipped, which other formats have too. */
static bool is_skipped(unsigned char first)
{
    return first >> 4 == 5;
}

bool zstd_is(struct view first)
{
    const unsigned char *const at = (const unsigned char *)first.at;

    return first.length >= 4 && ((is_frame(at[0]) && memcmp(at + 1, "\xb5\x2f\xfd", 3) == 0) ||
                                 (is_skipped(at[0]) && memcmp(at + 1, "\x2a\x4d\x18", 3) == 0));
}

struct zstd *zstd_new(struct raw *raw, struct view first)
{
    struct zstd *const zstd = malloc(sizeof *zstd);

    if (zstd == NULL)
        return NULL;
    zstd->raw = raw;
    zstd->context = ZSTD_createDCtx();
    zstd->input = (ZSTD_inBuffer){.src = first.at, .size = first.length};
    zstd->between = true;
    zstd->ended = false;
    if (zstd->context == NULL || ZSTD_isError(ZSTD_DCtx_setParameter(
                                     zstd->context, ZSTD_d_windowLogMax, LIMIT_ZSTD_WINDOW_LOG))) {
        zstd_free(zstd);
        return NULL;
    }
    return zstd;
}

static size_t bytes_left(const struct zstd *zstd)
{
    return zstd->input.size - zstd->input.pos;
}

/* More bytes behind those that are left, which are fewer than a header. */
static enum status refill(struct zstd *zstd, struct fail *why)
{
    const size_t left = bytes_left(zstd);
    size_t got;
    enum status status;

    if (left > 0)
        memmove(zstd->bytes, (const char *)zstd->input.src + zstd->input.pos, left);
    status = raw_read(zstd->raw, zstd->bytes + left, INPUT_BYTES - left, &got, why);
    zstd->input = (ZSTD_inBuffer){.src = zstd->bytes, .size = left + got};
    return status;
}

/* Between frames: the end of the file, or another frame.  Its length is looked up here, because
 * the library does not compare it when the last block of a frame is empty. */
static enum status next_frame(struct zstd *zstd, struct fail *why)
{
    const unsigned char *at;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && bytes_left(zstd) < HEADER_BYTES && !zstd->raw->ended)
        status = refill(zstd, why);
    if (status != STATUS_OK)
        return status;
    zstd->ended = bytes_left(zstd) == 0;
    if (zstd->ended)
        return STATUS_OK;
    at = (const unsigned char *)zstd->input.src + zstd->input.pos;
    if (!is_frame(at[0]) && !is_skipped(at[0]))
        return fail_set(why, STATUS_DATA, "holds bytes behind its zstd data that are not zstd");
    zstd->wanted = ZSTD_getFrameContentSize(at, bytes_left(zstd));
    zstd->given = 0;
    zstd->between = false;
    return STATUS_OK;
}

/* A frame that says no length may have any. */
static enum status end_frame(struct zstd *zstd, struct fail *why)
{
    zstd->between = true;
    if (zstd->wanted != ZSTD_CONTENTSIZE_UNKNOWN && zstd->wanted != zstd->given)
        return fail_set(why, STATUS_DATA,
                        "is damaged: a zstd frame has not the length it should have");
    return STATUS_OK;
}

static enum status explain(size_t code, struct fail *why)
{
    switch (ZSTD_getErrorCode(code)) {
    case ZSTD_error_memory_allocation:
        return fail_nomem(why);
    case ZSTD_error_frameParameter_windowTooLarge:
        return fail_set(why, STATUS_DATA,
                        "is compressed by zstd with a window of more than %d MiB, which is not "
                        "read: unpack it by zstd -d --long=31",
                        1 << (LIMIT_ZSTD_WINDOW_LOG - 20));
    case ZSTD_error_dictionary_wrong:
        return fail_set(why, STATUS_DATA, "is compressed by zstd with a dictionary: unpack it");
    case ZSTD_error_checksum_wrong:
        return fail_set(why, STATUS_DATA, "is damaged: the zstd checksum does not fit the data");
    default:
        return fail_set(why, STATUS_DATA, "is damaged: not valid zstd data (%s)",
                        ZSTD_getErrorName(code));
    }
}

/* One call of the library.  It may hold back output while it has no input, so
 * the file counts as cut only when it wants more, gives nothing, and the file has ended. */
static enum status step(struct zstd *zstd, ZSTD_outBuffer *out, struct fail *why)
{
    const size_t used = zstd->input.pos;
    size_t code;

    if (zstd->between)
        return next_frame(zstd, why);
    code = ZSTD_decompressStream(zstd->context, out, &zstd->input);
    if (ZSTD_isError(code))
        return explain(code, why);
    zstd->given += out->pos;
    if (code == 0)
        return end_frame(zstd, why);
    if (out->pos > 0 || zstd->input.pos > used || bytes_left(zstd) > 0)
        return STATUS_OK;
    if (zstd->raw->ended)
        return fail_set(why, STATUS_DATA, "is cut: the zstd data end too early");
    return refill(zstd, why);
}

enum status zstd_read(struct zstd *zstd, void *bytes, size_t room, size_t *got, struct fail *why)
{
    ZSTD_outBuffer out = {.dst = bytes, .size = room};
    enum status status = STATUS_OK;

    while (status == STATUS_OK && !zstd->ended && out.pos == 0)
        status = step(zstd, &out, why);
    *got = out.pos;
    return status;
}

void zstd_free(struct zstd *zstd)
{
    if (zstd == NULL)
        return;
    ZSTD_freeDCtx(zstd->context);
    free(zstd);
}
