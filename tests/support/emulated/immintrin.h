#ifndef TESTS_EMULATED_IMMINTRIN_H
#define TESTS_EMULATED_IMMINTRIN_H

/* In place of the compiler's <immintrin.h>: the instructions that the kernels for AVX-512 use, in
 * plain C, so that these kernels run in the tests of machines without them.  Each does what the
 * operation in Intel's Intrinsics Guide says, lane by lane, and nothing faster.
 * A kernel's `target` would let the compiler use the instructions itself. */

#include <stdint.h>
#include <string.h>

#define target(features) unused

typedef struct {
    union {
        uint8_t b[16];
        uint16_t w[8];
        uint32_t d[4];
        uint64_t q[2];
    };
} __m128i;
typedef struct {
    union {
        uint8_t b[32];
        uint16_t w[16];
        uint64_t q[4];
    };
} __m256i;
typedef struct {
    union {
        uint8_t b[64];
        uint16_t w[32];
        uint32_t d[16];
        uint64_t q[8];
    };
} __m512i;
typedef uint8_t __mmask8;
typedef uint16_t __mmask16;
typedef uint64_t __mmask64;

#define EACH(lanes) for (int i = 0; i < (lanes); i++)
#define EMULATED static inline __attribute__((unused))

/* --- one number ------------------------------------------------------------------------------ */

EMULATED uint32_t _bzhi_u32(uint32_t x, uint32_t n)
{
    n &= 0xff;
    return n < 32 ? x & ((UINT32_C(1) << n) - 1) : x;
}

EMULATED uint32_t _blsmsk_u32(uint32_t x)
{
    return (x - 1) ^ x;
}

EMULATED uint32_t _blsr_u32(uint32_t x)
{
    return x & (x - 1);
}

/* A product without carries. */
EMULATED void carryless(uint64_t a, uint64_t b, uint64_t *low, uint64_t *high)
{
    *low = *high = 0;
    EACH(64)
    if ((b >> i & 1) != 0) {
        *low ^= a << i;
        *high ^= i > 0 ? a >> (64 - i) : 0;
    }
}

/* --- 16 bytes -------------------------------------------------------------------------------- */

EMULATED __m128i _mm_set_epi64x(int64_t high, int64_t low)
{
    return (__m128i){.q = {(uint64_t)low, (uint64_t)high}};
}

EMULATED __m128i _mm_set1_epi8(char x)
{
    __m128i r;

    memset(r.b, x, sizeof r.b);
    return r;
}

EMULATED __m128i _mm_set1_epi16(short x)
{
    __m128i r;

    EACH(8) r.w[i] = (uint16_t)x;
    return r;
}

EMULATED __m128i _mm_set1_epi32(int x)
{
    __m128i r;

    EACH(4) r.d[i] = (uint32_t)x;
    return r;
}

EMULATED __m128i _mm_set_epi8(char f, char e, char d, char c, char b, char a, char n9, char n8,
                              char n7, char n6, char n5, char n4, char n3, char n2, char n1,
                              char n0)
{
    const char x[] = {n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, a, b, c, d, e, f};
    __m128i r;

    memcpy(r.b, x, sizeof r.b);
    return r;
}

EMULATED int64_t _mm_cvtsi128_si64(__m128i x)
{
    return (int64_t)x.q[0];
}

EMULATED __m128i _mm_clmulepi64_si128(__m128i a, __m128i b, int which)
{
    __m128i r;

    carryless(a.q[which & 1], b.q[which >> 4 & 1], &r.q[0], &r.q[1]);
    return r;
}

EMULATED __m128i _mm_loadu_si128(const __m128i *at)
{
    __m128i r;

    memcpy(&r, at, sizeof r);
    return r;
}

/* Lanes that are left out are not read. */
EMULATED __m128i _mm_maskz_loadu_epi8(__mmask16 lanes, const void *at)
{
    __m128i r = {.q = {0, 0}};

    EACH(16) if ((lanes >> i & 1) != 0) r.b[i] = ((const uint8_t *)at)[i];
    return r;
}

EMULATED __m128i _mm_sub_epi8(__m128i a, __m128i b)
{
    EACH(16) a.b[i] = (uint8_t)(a.b[i] - b.b[i]);
    return a;
}

EMULATED __mmask16 _mm_cmplt_epu8_mask(__m128i a, __m128i b)
{
    __mmask16 r = 0;

    EACH(16) r |= (__mmask16)((a.b[i] < b.b[i]) << i);
    return r;
}

EMULATED __mmask16 _mm_cmpeq_epi8_mask(__m128i a, __m128i b)
{
    __mmask16 r = 0;

    EACH(16) r |= (__mmask16)((a.b[i] == b.b[i]) << i);
    return r;
}

EMULATED __mmask16 _mm_cmpneq_epi8_mask(__m128i a, __m128i b)
{
    return (__mmask16)~_mm_cmpeq_epi8_mask(a, b);
}

EMULATED int32_t within_16_bits(int32_t x)
{
    return x > INT16_MAX ? INT16_MAX : x < INT16_MIN ? INT16_MIN : x;
}

/* Bytes without sign times bytes with one, two products added. */
EMULATED __m128i _mm_maddubs_epi16(__m128i a, __m128i b)
{
    __m128i r;

    EACH(8)
    r.w[i] = (uint16_t)within_16_bits(a.b[2 * i] * (int8_t)b.b[2 * i] +
                                      a.b[2 * i + 1] * (int8_t)b.b[2 * i + 1]);
    return r;
}

EMULATED __m128i _mm_madd_epi16(__m128i a, __m128i b)
{
    __m128i r;

    EACH(4)
    r.d[i] = (uint32_t)((int16_t)a.w[2 * i] * (int16_t)b.w[2 * i] +
                        (int16_t)a.w[2 * i + 1] * (int16_t)b.w[2 * i + 1]);
    return r;
}

EMULATED uint16_t without_sign(uint32_t x)
{
    const int32_t number = (int32_t)x;

    return (uint16_t)(number < 0 ? 0 : number > UINT16_MAX ? UINT16_MAX : number);
}

EMULATED __m128i _mm_packus_epi32(__m128i a, __m128i b)
{
    __m128i r;

    EACH(4)
    {
        r.w[i] = without_sign(a.d[i]);
        r.w[i + 4] = without_sign(b.d[i]);
    }
    return r;
}

EMULATED __m128i _mm_maskz_compress_epi8(__mmask16 lanes, __m128i a)
{
    __m128i r = {.q = {0, 0}};
    int to = 0;

    EACH(16) if ((lanes >> i & 1) != 0) r.b[to++] = a.b[i];
    return r;
}

EMULATED __m128i _mm_maskz_expand_epi8(__mmask16 lanes, __m128i a)
{
    __m128i r = {.q = {0, 0}};
    int from = 0;

    EACH(16) if ((lanes >> i & 1) != 0) r.b[i] = a.b[from++];
    return r;
}

/* --- 32 bytes -------------------------------------------------------------------------------- */

EMULATED __m256i _mm256_set1_epi16(short x)
{
    __m256i r;

    EACH(16) r.w[i] = (uint16_t)x;
    return r;
}

EMULATED __m256i _mm256_add_epi16(__m256i a, __m256i b)
{
    EACH(16) a.w[i] = (uint16_t)(a.w[i] + b.w[i]);
    return a;
}

EMULATED __m256i _mm256_cvtepu8_epi16(__m128i x)
{
    __m256i r;

    EACH(16) r.w[i] = x.b[i];
    return r;
}

EMULATED void _mm256_storeu_si256(__m256i *at, __m256i x)
{
    memcpy(at, &x, sizeof x);
}

/* --- 64 bytes -------------------------------------------------------------------------------- */

EMULATED __m512i _mm512_loadu_si512(const void *at)
{
    __m512i r;

    memcpy(&r, at, sizeof r);
    return r;
}
#define _mm512_load_si512 _mm512_loadu_si512

EMULATED void _mm512_storeu_si512(void *at, __m512i x)
{
    memcpy(at, &x, sizeof x);
}
#define _mm512_store_si512 _mm512_storeu_si512

EMULATED __m512i _mm512_set1_epi8(char x)
{
    __m512i r;

    memset(r.b, x, sizeof r.b);
    return r;
}

EMULATED __m512i _mm512_set1_epi16(short x)
{
    __m512i r;

    EACH(32) r.w[i] = (uint16_t)x;
    return r;
}

EMULATED __m512i _mm512_set_epi32(int f, int e, int d, int c, int b, int a, int n9, int n8, int n7,
                                  int n6, int n5, int n4, int n3, int n2, int n1, int n0)
{
    const int x[] = {n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, a, b, c, d, e, f};
    __m512i r;

    memcpy(r.d, x, sizeof r.d);
    return r;
}

EMULATED __m512i _mm512_maskz_set1_epi64(__mmask8 lanes, long long x)
{
    __m512i r;

    EACH(8) r.q[i] = (lanes >> i & 1) != 0 ? (uint64_t)x : 0;
    return r;
}

EMULATED __m512i _mm512_broadcast_i32x4(__m128i x)
{
    __m512i r;

    EACH(8) r.q[i] = x.q[i & 1];
    return r;
}

EMULATED __m512i _mm512_broadcastq_epi64(__m128i x)
{
    __m512i r;

    EACH(8) r.q[i] = x.q[0];
    return r;
}

EMULATED __m128i _mm512_castsi512_si128(__m512i x)
{
    return (__m128i){.q = {x.q[0], x.q[1]}};
}

EMULATED __m256i _mm512_extracti64x4_epi64(__m512i x, int half)
{
    const uint64_t *const from = x.q + 4 * half;

    return (__m256i){.q = {from[0], from[1], from[2], from[3]}};
}

EMULATED __m256i _mm512_castsi512_si256(__m512i x)
{
    return _mm512_extracti64x4_epi64(x, 0);
}

EMULATED __m512i _mm512_cvtepu8_epi16(__m256i x)
{
    __m512i r;

    EACH(32) r.w[i] = x.b[i];
    return r;
}

EMULATED __m512i _mm512_add_epi8(__m512i a, __m512i b)
{
    EACH(64) a.b[i] = (uint8_t)(a.b[i] + b.b[i]);
    return a;
}

EMULATED __m512i _mm512_add_epi16(__m512i a, __m512i b)
{
    EACH(32) a.w[i] = (uint16_t)(a.w[i] + b.w[i]);
    return a;
}

EMULATED __m512i _mm512_and_si512(__m512i a, __m512i b)
{
    EACH(8) a.q[i] &= b.q[i];
    return a;
}

EMULATED __m512i _mm512_or_si512(__m512i a, __m512i b)
{
    EACH(8) a.q[i] |= b.q[i];
    return a;
}

EMULATED __m512i _mm512_xor_si512(__m512i a, __m512i b)
{
    EACH(8) a.q[i] ^= b.q[i];
    return a;
}

/* Not a, and b. */
EMULATED __m512i _mm512_andnot_si512(__m512i a, __m512i b)
{
    EACH(8) a.q[i] = ~a.q[i] & b.q[i];
    return a;
}

EMULATED __mmask64 _mm512_cmpeq_epi8_mask(__m512i a, __m512i b)
{
    __mmask64 r = 0;

    EACH(64) r |= (__mmask64)(a.b[i] == b.b[i]) << i;
    return r;
}

EMULATED __mmask64 _mm512_cmple_epu8_mask(__m512i a, __m512i b)
{
    __mmask64 r = 0;

    EACH(64) r |= (__mmask64)(a.b[i] <= b.b[i]) << i;
    return r;
}

EMULATED __mmask64 _mm512_testn_epi8_mask(__m512i a, __m512i b)
{
    __mmask64 r = 0;

    EACH(64) r |= (__mmask64)((a.b[i] & b.b[i]) == 0) << i;
    return r;
}

EMULATED __mmask8 _mm512_cmpeq_epi64_mask(__m512i a, __m512i b)
{
    __mmask8 r = 0;

    EACH(8) r |= (__mmask8)((a.q[i] == b.q[i]) << i);
    return r;
}

EMULATED __mmask8 _mm512_test_epi64_mask(__m512i a, __m512i b)
{
    __mmask8 r = 0;

    EACH(8) r |= (__mmask8)(((a.q[i] & b.q[i]) != 0) << i);
    return r;
}

/* The highest bits. */
EMULATED __mmask8 _mm512_movepi64_mask(__m512i a)
{
    __mmask8 r = 0;

    EACH(8) r |= (__mmask8)((a.q[i] >> 63) << i);
    return r;
}

EMULATED __m512i _mm512_movm_epi64(__mmask8 lanes)
{
    __m512i r;

    EACH(8) r.q[i] = (lanes >> i & 1) != 0 ? UINT64_MAX : 0;
    return r;
}

EMULATED __m512i _mm512_maskz_compress_epi8(__mmask64 lanes, __m512i a)
{
    __m512i r = {.q = {0}};
    int to = 0;

    EACH(64) if ((lanes >> i & 1) != 0) r.b[to++] = a.b[i];
    return r;
}

/* In each half of 16 bytes. */
EMULATED __m512i _mm512_unpacklo_epi64(__m512i a, __m512i b)
{
    __m512i r;

    EACH(4)
    {
        r.q[2 * i] = a.q[2 * i];
        r.q[2 * i + 1] = b.q[2 * i];
    }
    return r;
}

EMULATED __m512i _mm512_clmulepi64_epi128(__m512i a, __m512i b, int which)
{
    __m512i r;

    EACH(4)
    carryless(a.q[2 * i + (which & 1)], b.q[2 * i + (which >> 4 & 1)], &r.q[2 * i],
              &r.q[2 * i + 1]);
    return r;
}

/* The high half of a and b, moved up. */
EMULATED __m512i _mm512_shldi_epi64(__m512i a, __m512i b, int bits)
{
    EACH(8) a.q[i] = a.q[i] << bits | b.q[i] >> (64 - bits);
    return a;
}

/* Eight lanes of a over b, from a lane of b on. */
EMULATED __m512i _mm512_alignr_epi64(__m512i a, __m512i b, int from)
{
    __m512i r;

    EACH(8) r.q[i] = i + from < 8 ? b.q[i + from] : a.q[i + from - 8];
    return r;
}

#endif
