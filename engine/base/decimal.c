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

enum decimal_fault decimal_parse_word(struct view text, int places, int64_t *value)
{
    if (text.length > 0 && text.length <= WORD_SLACK && places < 8 &&
        word_number(text, places, value))
        return DECIMAL_OK;
    return decimal_parse(text, places, value);
}

bool is_code_word(struct view text)
{
    if (text.length == 0 || text.length > WORD_SLACK)
        return false;
    if (text.length < 8)
        return word_is_code((word_load(text.at) & word_mask(text.length)) | EACH_BYTE * '0'
                                                                                << 8 * text.length);
    return word_is_code(word_load(text.at)) && word_is_code(word_load(text.at + text.length - 8));
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

    while (number > INT64_MAX) {
        backwards[length++] = (char)('0' + (int)(number % 10));
        number /= 10;
    }
    for (uint64_t rest = (uint64_t)number; rest > 0 || length == 0; rest /= 10)
        backwards[length++] = (char)('0' + (int)(rest % 10));
    for (size_t i = 0; i < length; i++)
        out[i] = backwards[length - 1 - i];
    return length;
}

/* The next so many digits of rest / bottom, rest < bottom; returns what is left.  By 128
 * bits a digit costs two calls of the compiler's library, by 64 one instruction. */
static wide_t print_part(wide_t rest, wide_t bottom, int places, char *out)
{
    if (bottom <= INT64_MAX / 10) {
        uint64_t left = (uint64_t)rest;

        for (int i = 0; i < places; i++) {
            left *= 10;
            out[i] = (char)('0' + (int)(left / (uint64_t)bottom));
            left %= (uint64_t)bottom;
        }
        return (wide_t)left;
    }
    for (int i = 0; i < places; i++) {
        rest *= 10;
        out[i] = (char)('0' + (int)(rest / bottom));
        rest %= bottom;
    }
    return rest;
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

/* The same for what fits into 64 bits, as nearly all does: one division for the whole and one
 * for the part. */
static size_t print_narrow(bool negative, uint64_t top, uint64_t bottom, int places, uint64_t unit,
                           char *out)
{
    uint64_t whole = top / bottom;
    const uint64_t scaled = top % bottom * unit;
    const uint64_t rest = scaled % bottom;
    uint64_t part = scaled / bottom + (rest >= bottom - rest);
    char backwards[DECIMAL_TEXT];
    size_t length = 0;

    if (part == unit) {
        part = 0;
        whole++;
    }
    for (; places > 0 && part > 0 && part % 10 == 0; places--)
        part /= 10;
    if (part > 0) {
        for (; places > 0; places--, part /= 10)
            backwards[length++] = (char)('0' + part % 10);
        backwards[length++] = '.';
    }
    negative = negative && (length > 0 || whole > 0);
    do
        backwards[length++] = (char)('0' + whole % 10);
    while ((whole /= 10) > 0);
    if (negative)
        backwards[length++] = '-';
    for (size_t i = 0; i < length; i++)
        out[i] = backwards[length - 1 - i];
    out[length] = '\0';
    return length;
}

/* School division: the rest stays below bottom, so nothing overflows as long as
 * ten times bottom fits (bottom < 1.7e37). */
size_t ratio_write(wide_t top, wide_t bottom, int places, char *out)
{
    static const int64_t units[] = {1,           10,           100,          1000,      10000,
                                    100000,      1000000,      10000000,     100000000, 1000000000,
                                    10000000000, 100000000000, 1000000000000};
    const bool negative = top < 0;
    const wide_t magnitude = negative ? -top : top;
    char *const digits = out + 2; /* room for a sign and a carried 1 */
    char *start = digits;
    size_t length;
    wide_t rest;

    if (magnitude <= INT64_MAX && bottom <= INT64_MAX / units[places])
        return print_narrow(negative, (uint64_t)magnitude, (uint64_t)bottom, places,
                            (uint64_t)units[places], out);
    rest = magnitude % bottom;
    length = print_whole(magnitude / bottom, digits);
    if (places > 0)
        digits[length++] = '.';
    rest = print_part(rest, bottom, places, digits + length);
    length += (size_t)places;
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
    return length;
}

char *ratio_print(wide_t top, wide_t bottom, int places, char *out)
{
    ratio_write(top, bottom, places, out);
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

static bool is_narrow(wide_t number)
{
    return number == (int64_t)number;
}

/* Products where they fit, as they nearly always do.  Else Euclid's way: the whole parts decide,
 * else the rests; and rest_a / b orders against rest_c / d as d / rest_c against b / rest_a. */
int ratio_compare(wide_t a, wide_t b, wide_t c, wide_t d)
{
    if (is_narrow(a) && is_narrow(b) && is_narrow(c) && is_narrow(d))
        return (a * d > c * b) - (a * d < c * b);
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
