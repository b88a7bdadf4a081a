#include "stream/sweep_internal.h"

#if defined(__x86_64__)

#include <immintrin.h>

/* One register of 64 bytes, and the places of the separators written by one
 * compression (VBMI2) instead of one by one.  What follows from the masks is worked
 * out for eight blocks at once. */

#define GROUP 8
#define STRETCH 64

#define TARGET      \
    __attribute__(( \
        target("avx512f,avx512bw,avx512dq,avx512vbmi2,vpclmulqdq,pclmul,popcnt,bmi,bmi2")))

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

/* One block by itself: where a group holds something irregular, and behind the last
 * whole group.  False at an irregular byte. */
TARGET SWEEP_INLINE bool sweep_block(const char *text, size_t at, struct sweep_index *index,
                                     struct sweep_state *state, __m512i numbers)
{
    const size_t before = state->start_count;
    const __m512i bytes = _mm512_loadu_si512(text + at);
    const struct sweep_masks masks = {
        .quote = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')),
        .comma = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(',')),
        .end = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')),
    };
    const uint64_t returns = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r'));
    uint64_t quoted;
    uint64_t bad;
    uint64_t separator =
        sweep_separators(state, &masks, prefix_xor(masks.quote), returns, &quoted, &bad);

    bad |= sweep_controls(state, &masks, quoted, _mm512_testn_epi8_mask(bytes, bytes), returns);
    if (bad != 0)
        separator &= sweep_cut(index, at, bad);
    note_starts(index, state, at, separator, numbers);
    sweep_note_ends(index, state, before, separator, masks.end & separator);
    return bad == 0;
}

/* The masks of a stretch of blocks, one word each; groups of eight are loaded as one register. */
struct masks {
    _Alignas(64) uint64_t quote[STRETCH];
    _Alignas(64) uint64_t comma[STRETCH]; /* then the separators */
    _Alignas(64) uint64_t end[STRETCH];
    _Alignas(64) uint64_t control[STRETCH];
};

TARGET SWEEP_INLINE void load_masks(struct masks *masks, const char *text, size_t blocks)
{
    for (size_t i = 0; i < blocks; i++) {
        const __m512i bytes = _mm512_loadu_si512(text + i * SWEEP_BLOCK);

        masks->quote[i] = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"'));
        masks->comma[i] = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(','));
        masks->end[i] = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n'));
        masks->control[i] = _mm512_cmple_epu8_mask(bytes, _mm512_set1_epi8('\r'));
    }
}

/* In each lane bit i: an odd number of quotes at or before i, from the first lane on.
 * A lane that begins inside quotes is turned round. */
TARGET SWEEP_INLINE __m512i inside_quotes(__m512i quote, uint64_t *quoted)
{
    const __m512i ones = _mm512_set1_epi8((char)0xff);
    const __m512i odd = _mm512_unpacklo_epi64(_mm512_clmulepi64_epi128(quote, ones, 0x00),
                                              _mm512_clmulepi64_epi128(quote, ones, 0x01));
    unsigned lanes = (unsigned)_mm512_movepi64_mask(odd); /* that change the state */

    lanes ^= lanes << 1;
    lanes ^= lanes << 2;
    lanes = (lanes ^ lanes << 4) & 0xff;
    lanes = lanes << 1 ^ (unsigned)(*quoted & 0x1ff);
    *quoted = 0 - (uint64_t)(lanes >> 8 & 1);
    return _mm512_xor_si512(odd, _mm512_movm_epi64((__mmask8)lanes));
}

/* Each lane one bit up, with the highest bit of the lane before it. */
TARGET SWEEP_INLINE __m512i one_up(__m512i lanes, uint64_t carry)
{
    const __m512i first = _mm512_maskz_set1_epi64(0x80, (long long)(carry << 63));

    return _mm512_shldi_epi64(lanes, _mm512_alignr_epi64(lanes, first, 7), 1);
}

/* Turns the commas of eight blocks into their separators; false, leaving all alone, when
 * one of them holds anything irregular or a control character. */
TARGET SWEEP_INLINE bool find_separators(struct masks *masks, size_t i, struct sweep_state *state)
{
    const __m512i quote = _mm512_load_si512(masks->quote + i);
    const __m512i end = _mm512_load_si512(masks->end + i);
    const __m512i comma = _mm512_load_si512(masks->comma + i);
    const __m512i control = _mm512_load_si512(masks->control + i);
    uint64_t quoted = state->quoted;
    const __m512i inside = inside_quotes(quote, &quoted);
    const __m512i separator = _mm512_andnot_si512(inside, _mm512_or_si512(comma, end));
    const __m512i close = _mm512_andnot_si512(inside, quote);
    const __m512i open = _mm512_and_si512(inside, quote);
    const __m512i bad_open = _mm512_andnot_si512(one_up(separator, state->after_start), open);
    const __m512i bad_close = _mm512_andnot_si512(separator, one_up(close, state->after_close));
    const __m512i bad_end =
        _mm512_or_si512(_mm512_and_si512(end, inside), _mm512_xor_si512(end, control));
    const __m512i bad = _mm512_or_si512(bad_open, _mm512_or_si512(bad_close, bad_end));

    if (_mm512_test_epi64_mask(bad, bad) != 0 || state->after_return != 0)
        return false;
    _mm512_store_si512(masks->comma + i, separator);
    state->quoted = quoted;
    state->after_start = (uint64_t)_mm512_movepi64_mask(separator) >> (GROUP - 1);
    state->after_close = (uint64_t)_mm512_movepi64_mask(close) >> (GROUP - 1);
    return true;
}

/* Notes what begins and ends in blocks whose separators are known. */
TARGET SWEEP_INLINE void note_blocks(struct sweep_index *index, struct sweep_state *state,
                                     size_t at, const struct masks *masks, size_t blocks,
                                     __m512i numbers)
{
    for (size_t i = 0; i < blocks; i++, at += SWEEP_BLOCK) {
        const size_t before = state->start_count;

        note_starts(index, state, at, masks->comma[i], numbers);
        sweep_note_ends(index, state, before, masks->comma[i], masks->end[i]);
    }
}

TARGET void sweep_avx512(const char *text, size_t blocks, struct sweep_index *index)
{
    const __m512i numbers = count_up();
    struct sweep_state state = SWEEP_STATE;
    struct masks masks;
    bool regular = true;
    size_t done = 0;

    while (regular && done < blocks) {
        const size_t left = blocks - done < STRETCH ? blocks - done : STRETCH;
        size_t plain = 0;

        load_masks(&masks, text + done * SWEEP_BLOCK, left);
        while (plain + GROUP <= left && find_separators(&masks, plain, &state))
            plain += GROUP;
        note_blocks(index, &state, done * SWEEP_BLOCK, &masks, plain, numbers);
        done += plain;
        if (plain == STRETCH)
            continue;
        for (size_t i = 0; regular && i < GROUP && done < blocks; i++, done++)
            regular = sweep_block(text, done * SWEEP_BLOCK, index, &state, numbers);
    }
    sweep_close(index, &state);
}

#endif
