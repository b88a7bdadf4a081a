#include "stream/sweep_internal.h"

#if defined(__aarch64__)

#include <arm_neon.h>

/* Four registers of 16 bytes.  A mask of 64 bits is made by keeping one bit of
 * each byte and adding neighbours up three times. */

SWEEP_INLINE uint64_t join(const uint8x16_t part[4])
{
    static const uint8_t bit_of[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bits = vld1q_u8(bit_of);
    const uint8x16_t low = vpaddq_u8(vandq_u8(part[0], bits), vandq_u8(part[1], bits));
    const uint8x16_t high = vpaddq_u8(vandq_u8(part[2], bits), vandq_u8(part[3], bits));
    const uint8x16_t both = vpaddq_u8(low, high);

    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(both, both)), 0);
}

SWEEP_INLINE uint64_t equal(const uint8x16_t bytes[4], char c)
{
    uint8x16_t part[4];

    for (int i = 0; i < 4; i++)
        part[i] = vceqq_u8(bytes[i], vdupq_n_u8((uint8_t)c));
    return join(part);
}

void sweep_neon(const char *text, size_t blocks, struct sweep_index *index)
{
    struct sweep_state state = SWEEP_STATE;

    for (size_t at = 0; at < blocks * SWEEP_BLOCK; at += SWEEP_BLOCK) {
        const size_t before = state.start_count;
        uint8x16_t bytes[4];
        struct sweep_masks masks;
        uint64_t returns;
        uint64_t separator;
        uint64_t quoted;
        uint64_t bad;

        for (size_t i = 0; i < 4; i++)
            bytes[i] = vld1q_u8((const uint8_t *)text + at + 16 * i);
        masks = (struct sweep_masks){
            .quote = equal(bytes, '"'),
            .comma = equal(bytes, ','),
            .end = equal(bytes, '\n'),
        };
        returns = equal(bytes, '\r');
        separator =
            sweep_separators(&state, &masks, sweep_prefix_xor(masks.quote), returns, &quoted, &bad);
        bad |= sweep_controls(&state, &masks, quoted, equal(bytes, '\0'), returns);
        if (bad != 0)
            separator &= sweep_cut(index, at, bad);
        sweep_note_starts(index, &state, at, separator);
        sweep_note_ends(index, &state, before, separator, masks.end & separator);
        if (bad != 0)
            break;
    }
    sweep_close(index, &state);
}

#endif
