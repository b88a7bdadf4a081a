#include "base/decimal.h"

#include <string.h>

const char *decimal_fault_text(enum decimal_fault fault)
{
    static const char *const texts[] = {
#define X(name, text) text,
        DECIMAL_LIST(X)
#undef X
    };

    return texts[fault];
}

/* value = value * 10 + digit, or false on overflow */
static bool push_digit(int64_t *value, int digit)
{
    return !__builtin_mul_overflow(*value, 10, value) &&
           !__builtin_add_overflow(*value, digit, value);
}

/* One character behind the sign.  after_point is -1 until the point was seen. */
static enum decimal_fault read_character(char c, int places, int64_t *value, int *after_point)
{
    if (c == '.' && *after_point < 0) {
        *after_point = 0;
        return DECIMAL_OK;
    }
    if (c < '0' || c > '9')
        return DECIMAL_SHAPE;
    if (*after_point == places)
        return c == '0' ? DECIMAL_OK : DECIMAL_PLACES;
    *after_point += *after_point >= 0;
    return push_digit(value, c - '0') ? DECIMAL_OK : DECIMAL_RANGE;
}

/* The first fault of the digits from `at` on.  A letter behind too many places
 * is still a letter: the shape is judged over the whole text. */
static enum decimal_fault read_digits(struct view text, size_t at, int places, int64_t *value)
{
    enum decimal_fault worst = DECIMAL_OK;
    int after_point = -1;
    size_t digits = 0;

    for (; at < text.length; at++) {
        const enum decimal_fault fault = read_character(text.at[at], places, value, &after_point);

        if (fault == DECIMAL_SHAPE)
            return fault;
        digits += text.at[at] != '.';
        if (worst == DECIMAL_OK)
            worst = fault;
    }
    if (digits == 0)
        return DECIMAL_SHAPE;
    if (after_point < 0)
        after_point = 0;
    for (; worst == DECIMAL_OK && after_point < places; after_point++)
        if (!push_digit(value, 0))
            worst = DECIMAL_RANGE;
    return worst;
}

enum decimal_fault decimal_parse(struct view text, int places, int64_t *value)
{
    const bool negative = text.length > 0 && text.at[0] == '-';
    int64_t magnitude = 0;
    enum decimal_fault fault;

    if (text.length == 0)
        return DECIMAL_EMPTY;
    fault = read_digits(text, negative, places, &magnitude);
    if (fault == DECIMAL_OK)
        *value = negative ? -magnitude : magnitude;
    return fault;
}

#define EACH_BYTE UINT64_C(0x0101010101010101)
#define HIGH_BITS (EACH_BYTE * 0x80)

/* Eight bytes, the first in the lowest bits. */
static inline uint64_t load_word(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The first `count` bytes of a word, 0 to 7; the others become zeros. */
static inline uint64_t first_bytes(uint64_t word, size_t count)
{
    return word & ((UINT64_C(1) << 8 * count) - 1);
}

/* The number of eight digits, each a byte of 0 to 9, the first digit in the
 * lowest byte: neighbours are joined to pairs, pairs to fours, fours to the number. */
static inline uint64_t join_digits(uint64_t digits)
{
    digits = digits * 10 + (digits >> 8);
    return ((digits & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x000f424000000064) +
            ((digits >> 16) & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x0000271000000001)) >>
           32;
}

/* Up to eight digits, a point within the first eight characters, no sign. */
static bool parse_short(struct view text, int places, int64_t *value)
{
    static const int64_t units[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
    const uint64_t word = load_word(text.at) ^ EACH_BYTE * '0';
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
    whole = word << (64 - 8 * point);
    part = first_bytes(load_word(text.at + point + 1) ^ EACH_BYTE * '0', after);
    part = places > 0 ? part << (64 - 8 * (size_t)places) : 0;
    /* above 9 a byte reaches its high bit by 118 more, or has it */
    if ((((whole + EACH_BYTE * 118) | whole | (part + EACH_BYTE * 118) | part) & HIGH_BITS) != 0)
        return false;
    *value = (int64_t)join_digits(whole) * units[places] + (int64_t)join_digits(part);
    return true;
}

enum decimal_fault decimal_parse_word(struct view text, int places, int64_t *value)
{
    if (text.length > 0 && text.length <= WORD_SLACK && places < 8 &&
        parse_short(text, places, value))
        return DECIMAL_OK;
    return decimal_parse(text, places, value);
}

/* High bits of the bytes (all below 128) that are at least `least`. */
static inline uint64_t at_least(uint64_t word, int least)
{
    return word + EACH_BYTE * (uint64_t)(128 - least);
}

static inline bool is_code_of_eight(uint64_t word)
{
    const uint64_t digit = at_least(word, '0') & ~at_least(word, '9' + 1);
    const uint64_t letter = at_least(word, 'A') & ~at_least(word, 'Z' + 1);

    return ((digit | letter) & ~word & HIGH_BITS) == HIGH_BITS;
}

bool is_code_word(struct view text)
{
    if (text.length < 8 || text.length > 16) {
        if (text.length == 0 || text.length > 16)
            return false;
        return is_code_of_eight(first_bytes(load_word(text.at), text.length) |
                                EACH_BYTE * '0' << 8 * text.length);
    }
    return is_code_of_eight(load_word(text.at)) &&
           is_code_of_eight(load_word(text.at + text.length - 8));
}

bool exact_add(int64_t *total, int64_t amount)
{
    int64_t sum;

    if (__builtin_add_overflow(*total, amount, &sum))
        return false;
    *total = sum;
    return true;
}

bool wide_add(wide_t *total, wide_t amount)
{
    wide_t sum;

    if (__builtin_add_overflow(*total, amount, &sum))
        return false;
    *total = sum;
    return true;
}

bool wide_multiply(wide_t a, wide_t b, wide_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

/* Writes the digits of a whole number >= 0; returns how many. */
static size_t print_whole(wide_t number, char *out)
{
    char backwards[DECIMAL_TEXT];
    size_t length = 0;

    do {
        backwards[length++] = (char)('0' + (int)(number % 10));
        number /= 10;
    } while (number > 0);
    for (size_t i = 0; i < length; i++)
        out[i] = backwards[length - 1 - i];
    return length;
}

/* Adds one to the last of `length` digits, carrying over the point; true when
 * the carry runs out at the front ("9.9" becomes "0.0" with a carry of one). */
static bool round_up(char *digits, size_t length)
{
    for (size_t i = length; i-- > 0;) {
        if (digits[i] == '.')
            continue;
        if (digits[i] != '9') {
            digits[i]++;
            return false;
        }
        digits[i] = '0';
    }
    return true;
}

static size_t strip_zeros(const char *digits, size_t length)
{
    while (length > 0 && digits[length - 1] == '0')
        length--;
    return length > 0 && digits[length - 1] == '.' ? length - 1 : length;
}

/* School division: the rest stays below bottom, so nothing overflows as long as
 * ten times bottom fits (bottom < 1.7e37). */
char *ratio_print(wide_t top, wide_t bottom, int places, char *out)
{
    const bool negative = top < 0;
    const wide_t magnitude = negative ? -top : top;
    wide_t rest = magnitude % bottom;
    char *const digits = out + 2; /* room for a sign and a carried 1 */
    size_t length = print_whole(magnitude / bottom, digits);
    char *start = digits;

    if (places > 0)
        digits[length++] = '.';
    for (int i = 0; i < places; i++) {
        rest *= 10;
        digits[length++] = (char)('0' + (int)(rest / bottom));
        rest %= bottom;
    }
    if (rest >= bottom - rest && round_up(digits, length))
        *--start = '1';
    if (places > 0)
        length = strip_zeros(digits, length);
    length += (size_t)(digits - start);
    if (negative && !(length == 1 && *start == '0')) {
        *--start = '-';
        length++;
    }
    memmove(out, start, length);
    out[length] = '\0';
    return out;
}

char *decimal_print(wide_t value, int places, char *out)
{
    wide_t unit = 1;

    for (int i = 0; i < places; i++)
        unit *= 10;
    return ratio_print(value, unit, places, out);
}

/* Floor division: the rest is never negative. */
static wide_t floor_divide(wide_t top, wide_t bottom, wide_t *rest)
{
    wide_t whole = top / bottom;

    *rest = top % bottom;
    if (*rest < 0) {
        *rest += bottom;
        whole--;
    }
    return whole;
}

/* Euclid's way: the whole parts decide, else the rests; and rest_a / b orders
 * against rest_c / d as d / rest_c against b / rest_a.  No product is formed. */
int ratio_compare(wide_t a, wide_t b, wide_t c, wide_t d)
{
    for (;;) {
        wide_t rest_a;
        wide_t rest_c;
        const wide_t whole_a = floor_divide(a, b, &rest_a);
        const wide_t whole_c = floor_divide(c, d, &rest_c);

        if (whole_a != whole_c)
            return whole_a < whole_c ? -1 : 1;
        if (rest_a == 0 || rest_c == 0)
            return (rest_a != 0) - (rest_c != 0);
        a = d;
        c = b;
        b = rest_c;
        d = rest_a;
    }
}
