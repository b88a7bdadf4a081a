#ifndef BASE_WORD_H
#define BASE_WORD_H

/* Numbers and codes read eight bytes at a time, without a loop.  In a header because
 * nineteen rows of a national month in twenty are read by little else: a call and
 * places that are not known to the compiler cost as much as the work. */

#include "base/view.h"

#include <stdint.h>

/* Bytes before and behind a text given to these that may be read, whatever they are. */
#define WORD_SLACK 16

#define EACH_BYTE UINT64_C(0x0101010101010101)
#define HIGH_BITS (EACH_BYTE * 0x80)

/* Eight bytes, the first in the lowest bits. */
static inline uint64_t word_load(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The bytes of a word that its first `count` bytes fill, 0 to 8. */
static inline uint64_t word_mask(size_t count)
{
    return count < 8 ? (UINT64_C(1) << 8 * count) - 1 : ~UINT64_C(0);
}

/* The number of eight digits, each a byte of 0 to 9, the first digit in the
 * lowest byte: neighbours are joined to pairs, pairs to fours, fours to the number. */
static inline uint64_t word_join(uint64_t digits)
{
    digits = digits * 10 + (digits >> 8);
    return ((digits & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x000f424000000064) +
            ((digits >> 16) & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x0000271000000001)) >>
           32;
}

/* True when each byte is 0 to 9: above 9 it reaches its high bit by 118 more, or has it. */
static inline bool word_is_digits(uint64_t bytes)
{
    return (((bytes + EACH_BYTE * 118) | bytes) & HIGH_BITS) == 0;
}

/* Up to eight digits with or without a point at the end, no sign; false for anything
 * else, a right number perhaps. */
static inline bool word_whole(struct view text, int64_t *value)
{
    const size_t digits = text.length - (text.at[text.length - 1] == '.');
    uint64_t word;

    if (digits - 1 >= 8)
        return false;
    word = (word_load(text.at) ^ EACH_BYTE * '0') << (64 - 8 * digits);
    if (!word_is_digits(word))
        return false;
    *value = (int64_t)word_join(word);
    return true;
}

/* Up to eight digits, a point within the first eight characters, no sign; false for
 * anything else, a right number perhaps.  text.length > 0, places 0 to 7. */
static inline bool word_number(struct view text, int places, int64_t *value)
{
    static const int64_t units[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
    const uint64_t word = word_load(text.at) ^ EACH_BYTE * '0';
    const uint64_t other = word ^ EACH_BYTE * ('.' ^ '0');
    const uint64_t points = (other - EACH_BYTE) & ~other & HIGH_BITS; /* the lowest is right */
    size_t point = points != 0 ? (size_t)__builtin_ctzll(points) / 8 : 8;
    size_t after = 0;
    uint64_t whole;
    uint64_t part;

    if (point < text.length) {
        after = text.length - point - 1;
        if (point == 8 || after > (size_t)places)
            return false;
    } else {
        point = text.length;
    }
    if (point == 0)
        return false;
    if (text.length <= 8) { /* nine of ten costs: the digits behind the point close up */
        const uint64_t before = word_mask(point);
        const uint64_t digits = (word & before) | ((word >> 8) & ~before);
        const size_t count = point + after;

        whole = digits << (64 - 8 * count);
        if (!word_is_digits(whole))
            return false;
        *value = (int64_t)word_join(whole) * units[(size_t)places - after];
        return true;
    }
    whole = word << (64 - 8 * point);
    part = (word_load(text.at + point + 1) ^ EACH_BYTE * '0') & word_mask(after);
    part = places > 0 ? part << (64 - 8 * (size_t)places) : 0;
    if (!word_is_digits(whole) || !word_is_digits(part))
        return false;
    *value = (int64_t)word_join(whole) * units[places] + (int64_t)word_join(part);
    return true;
}

/* High bits of the bytes (all below 128) that are at least `least`. */
static inline uint64_t word_at_least(uint64_t word, int least)
{
    return word + EACH_BYTE * (uint64_t)(128 - least);
}

/* True when all eight bytes are of 0-9 and A-Z. */
static inline bool word_is_code(uint64_t word)
{
    const uint64_t digit = word_at_least(word, '0') & ~word_at_least(word, '9' + 1);
    const uint64_t letter = word_at_least(word, 'A') & ~word_at_least(word, 'Z' + 1);

    return ((digit | letter) & ~word & HIGH_BITS) == HIGH_BITS;
}

/* True when all eight bytes are ASCII and stand in a cell of a CSV file as they are: no
 * control character, quotation mark or comma. */
static inline bool word_is_plain(uint64_t word)
{
    const uint64_t quote = word ^ EACH_BYTE * '"';
    const uint64_t comma = word ^ EACH_BYTE * ',';
    const uint64_t deleted = word ^ EACH_BYTE * 0x7f;

    return (((word | (quote - EACH_BYTE) | (comma - EACH_BYTE) | (deleted - EACH_BYTE)) &
             HIGH_BITS) |
            (~word_at_least(word, ' ') & HIGH_BITS)) == 0;
}

#endif
