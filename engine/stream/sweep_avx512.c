#include "stream/sweep_internal.h"

#if defined(__x86_64__)

#include <immintrin.h>

/* One register of 64 bytes, and the places of the separators written by one
 * compression (VBMI2) instead of one by one. */

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vbmi2,pclmul,popcnt,bmi,bmi2")))

TARGET SWEEP_INLINE uint64_t prefix_xor(uint64_t bits)
{
    return (uint64_t)_mm_cvtsi128_si64(
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)bits), _mm_set1_epi8((char)0xff), 0));
}

TARGET SWEEP_INLINE void note_starts(struct sweep_index *index, struct sweep_state *state,
                                     size_t at, uint64_t separator, __m512i numbers)
{
    uint16_t *const starts = index->starts + state->start_count;
    const size_t count = (size_t)__builtin_popcountll(separator);
    const __m512i packed = _mm512_maskz_compress_epi8(separator, numbers);
    const __m256i few = _mm256_cvtepu8_epi16(_mm512_castsi512_si128(packed));

    /* sixteen places cover nearly every block; wider stores would cross a cache line each time */
    _mm256_storeu_si256((__m256i *)(void *)starts,
                        _mm256_add_epi16(few, _mm256_set1_epi16((short)(at + 1))));
    if (__builtin_expect(count > 16, 0)) {
        const __m512i base = _mm512_set1_epi16((short)(at + 1));
        const __m512i low = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(packed));
        const __m512i high = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(packed, 1));

        _mm512_storeu_si512(starts, _mm512_add_epi16(low, base));
        _mm512_storeu_si512(starts + 32, _mm512_add_epi16(high, base));
    }
    state->start_count += count;
}

TARGET SWEEP_INLINE __m512i count_up(void)
{
    const __m128i first = _mm_set_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const __m512i lanes = _mm512_broadcast_i32x4(first);

    return _mm512_add_epi8(lanes, _mm512_set_epi32(0x30303030, 0x30303030, 0x30303030, 0x30303030,
                                                   0x20202020, 0x20202020, 0x20202020, 0x20202020,
                                                   0x10101010, 0x10101010, 0x10101010, 0x10101010,
                                                   0, 0, 0, 0));
}

TARGET void sweep_avx512(const char *text, size_t blocks, struct sweep_index *index)
{
    const __m512i numbers = count_up();
    struct sweep_state state = SWEEP_STATE;

    for (size_t at = 0; at < blocks * SWEEP_BLOCK; at += SWEEP_BLOCK) {
        const size_t before = state.start_count;
        const __m512i bytes = _mm512_loadu_si512(text + at);
        const struct sweep_masks masks = {
            .quote = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')),
            .comma = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(',')),
            .end = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')),
            .control = _mm512_cmple_epu8_mask(bytes, _mm512_set1_epi8('\r')),
        };
        const bool controls = (masks.control ^ masks.end) != 0 || state.after_return != 0;
        uint64_t returns = 0;
        uint64_t separator;
        uint64_t quoted;
        uint64_t bad;

        if (__builtin_expect(controls, 0))
            returns = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r'));
        separator =
            sweep_separators(&state, &masks, prefix_xor(masks.quote), returns, &quoted, &bad);
        if (__builtin_expect(controls, 0))
            bad |= sweep_controls(&state, &masks, quoted, _mm512_testn_epi8_mask(bytes, bytes),
                                  returns);
        if (__builtin_expect(bad != 0, 0))
            separator &= sweep_cut(index, at, bad);
        note_starts(index, &state, at, separator, numbers);
        sweep_note_ends(index, &state, before, separator, masks.end & separator);
        if (__builtin_expect(bad != 0, 0))
            break;
    }
    sweep_close(index, &state);
}

#endif
