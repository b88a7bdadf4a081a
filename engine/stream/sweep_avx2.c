#include "stream/sweep_internal.h"

#if defined(__x86_64__)

#include <immintrin.h>

/* Two registers of 32 bytes; the quote state by one carry-less multiplication. */

#define TARGET __attribute__((target("avx2,pclmul,popcnt,bmi,bmi2")))

TARGET SWEEP_INLINE uint64_t join(__m256i low, __m256i high)
{
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

TARGET SWEEP_INLINE uint64_t equal(__m256i low, __m256i high, char c)
{
    const __m256i wanted = _mm256_set1_epi8(c);

    return join(_mm256_cmpeq_epi8(low, wanted), _mm256_cmpeq_epi8(high, wanted));
}

/* Bytes 0 to 13, unsigned. */
TARGET SWEEP_INLINE uint64_t control(__m256i low, __m256i high)
{
    const __m256i limit = _mm256_set1_epi8('\r');

    return join(_mm256_cmpeq_epi8(_mm256_min_epu8(low, limit), low),
                _mm256_cmpeq_epi8(_mm256_min_epu8(high, limit), high));
}

TARGET SWEEP_INLINE uint64_t prefix_xor(uint64_t bits)
{
    return (uint64_t)_mm_cvtsi128_si64(
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)bits), _mm_set1_epi8((char)0xff), 0));
}

TARGET void sweep_avx2(const char *text, size_t blocks, struct sweep_index *index)
{
    struct sweep_state state = SWEEP_STATE;

    for (size_t at = 0; at < blocks * SWEEP_BLOCK; at += SWEEP_BLOCK) {
        const size_t before = state.start_count;
        const __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)(text + at));
        const __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(text + at + 32));
        const struct sweep_masks masks = {
            .quote = equal(low, high, '"'),
            .comma = equal(low, high, ','),
            .end = equal(low, high, '\n'),
            .control = control(low, high),
        };
        const bool controls = (masks.control ^ masks.end) != 0 || state.after_return != 0;
        uint64_t returns = 0;
        uint64_t separator;
        uint64_t quoted;
        uint64_t bad;

        if (__builtin_expect(controls, 0))
            returns = equal(low, high, '\r');
        separator =
            sweep_separators(&state, &masks, prefix_xor(masks.quote), returns, &quoted, &bad);
        if (__builtin_expect(controls, 0))
            bad |= sweep_controls(&state, &masks, quoted, equal(low, high, '\0'), returns);
        if (__builtin_expect(bad != 0, 0))
            separator &= sweep_cut(index, at, bad);
        sweep_note_starts(index, &state, at, separator);
        sweep_note_ends(index, &state, before, separator, masks.end & separator);
        if (__builtin_expect(bad != 0, 0))
            break;
    }
    sweep_close(index, &state);
}

#endif
