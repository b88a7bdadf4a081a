#include "base/text.h"

#include "base/word.h"

static bool continues(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* The forms of RFC 3629: no overlong ones, no surrogates, nothing above U+10FFFF. */
size_t utf8_step(struct view text)
{
    const unsigned char *const at = (const unsigned char *)text.at;
    const size_t left = text.length;

    if (left == 0)
        return 0;
    if (at[0] < 0x80)
        return 1;
    if (at[0] >= 0xc2 && at[0] <= 0xdf)
        return left >= 2 && continues(at[1]) ? 2 : 0;
    if (at[0] >= 0xe0 && at[0] <= 0xef) {
        if (left < 3 || !continues(at[1]) || !continues(at[2]))
            return 0;
        if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f))
            return 0;
        return 3;
    }
    if (at[0] >= 0xf0 && at[0] <= 0xf4) {
        if (left < 4 || !continues(at[1]) || !continues(at[2]) || !continues(at[3]))
            return 0;
        if ((at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
            return 0;
        return 4;
    }
    return 0;
}

static bool utf8_valid(struct view text)
{
    while (text.length > 0) {
        const bool ascii = text.length >= sizeof(uint64_t) && (word_load(text.at) & HIGH_BITS) == 0;
        const size_t step = ascii ? sizeof(uint64_t) : utf8_step(text);

        if (step == 0)
            return false;
        text.at += step;
        text.length -= step;
    }
    return true;
}

void utf8_write(struct view text, void (*put)(void *context, const char *bytes, size_t length),
                void *context)
{
    if (utf8_valid(text)) {
        put(context, text.at, text.length);
        return;
    }
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char byte = (unsigned char)text.at[i];
        const char two[2] = {(char)(0xc0 | byte >> 6), (char)(0x80 | (byte & 0x3f))};

        if (byte < 0x80)
            put(context, text.at + i, 1);
        else
            put(context, two, 2);
    }
}
