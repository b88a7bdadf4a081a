#include "extract/prefilter_internal.h"

#if defined(__x86_64__)

#include <immintrin.h>

/* The prefilter with each field in one register of 16 bytes: 120 instructions where words
 * of eight bytes take 280, which is a tenth of a national month.  Quotes stand only at
 * the ends of a field that the sweep gave out, so a number is its digits and one point. */

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,popcnt,bmi,bmi2")))

/* Digits that a number may have, so that in units of any place it fits 64 bits. */
#define MOST_DIGITS 13

TARGET static inline __mmask16 first_lanes(size_t count)
{
    return (__mmask16)_bzhi_u32(0xffff, (unsigned)count);
}

/* Lanes of x that are low..low+count-1. */
TARGET static inline __mmask16 in_range(__m128i x, char low, char count)
{
    return _mm_cmplt_epu8_mask(_mm_sub_epi8(x, _mm_set1_epi8(low)), _mm_set1_epi8(count));
}

TARGET static inline bool is_month(const struct prefilter *prefilter, struct view text)
{
    const __m128i x = _mm_maskz_loadu_epi8(first_lanes(text.length), text.at);
    const __m128i month = _mm_loadu_si128((const __m128i *)(const void *)prefilter->month_text);

    return text.length == prefilter->month_length && text.length > 0 &&
           _mm_cmpneq_epi8_mask(x, month) == 0;
}

TARGET static inline bool is_code_elsewhere(const struct prefilter *prefilter, struct view code)
{
    const __mmask16 lanes = first_lanes(code.length);
    const __m128i x = _mm_maskz_loadu_epi8(lanes, code.at);
    const __mmask16 right = in_range(x, '0', 10) | in_range(x, 'A', 26);
    const __m512i start =
        _mm512_and_si512(_mm512_broadcastq_epi64(x), _mm512_loadu_si512(prefilter->prefix_masks));
    const __mmask8 in_scope =
        _mm512_cmpeq_epi64_mask(start, _mm512_loadu_si512(prefilter->prefixes));

    return code.length >= 8 && code.length <= 16 && right == lanes && in_scope == 0;
}

/* The number of sixteen digits, the last in the highest lane. */
TARGET static inline int64_t join_digits(__m128i digits)
{
    const __m128i pairs = _mm_maddubs_epi16(digits, _mm_set1_epi16(10 | 1 << 8));
    const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(100 | 1 << 16));
    const __m128i eights =
        _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(10000 | 1 << 16));
    const uint64_t both = (uint64_t)_mm_cvtsi128_si64(eights);

    return (int64_t)((both & UINT32_MAX) * 100000000 + (both >> 32));
}

/* text   with its quotes, up to 16 bytes */
TARGET static inline bool read_number(struct view text, int places, int64_t *value)
{
    static const int64_t units[] = {1, 10, 100, 1000, 10000, 100000};
    const __mmask16 lanes = first_lanes(text.length);
    const __m128i x = _mm_maskz_loadu_epi8(lanes, text.at);
    const __mmask16 digits = in_range(x, '0', 10);
    const __mmask16 points = _mm_cmpeq_epi8_mask(x, _mm_set1_epi8('.'));
    const __mmask16 quotes = _mm_cmpeq_epi8_mask(x, _mm_set1_epi8('"'));
    const unsigned behind = digits & ~_blsmsk_u32(points); /* none without a point */
    const int count = __builtin_popcount(digits);
    const int after = __builtin_popcount(behind);
    const __m128i packed = _mm_maskz_compress_epi8(digits, _mm_sub_epi8(x, _mm_set1_epi8('0')));

    if (text.length > 16 || (digits | points | quotes) != lanes || count == 0 ||
        count > MOST_DIGITS || after > places || _blsr_u32(points) != 0)
        return false;
    *value = join_digits(_mm_maskz_expand_epi8((__mmask16)(0xffff0000u >> count), packed)) *
             units[places - after];
    return true;
}

TARGET static inline bool look(const struct prefilter *prefilter, const char *base,
                               const uint16_t *starts, int64_t *items, int64_t *actual_cost)
{
    return is_month(prefilter, prefilter_field(base, starts, prefilter->month)) &&
           is_code_elsewhere(prefilter,
                             prefilter_unquoted(prefilter_field(base, starts, prefilter->code))) &&
           read_number(prefilter_field(base, starts, prefilter->items), PLACES_ITEMS, items) &&
           read_number(prefilter_field(base, starts, prefilter->cost), PLACES_MONEY, actual_cost);
}

TARGET struct prefilter_sums prefilter_avx512(const struct prefilter *prefilter,
                                              const struct sweep_rows *rows)
{
    return prefilter_each(prefilter, rows, look);
}

#endif
