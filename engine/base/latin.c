#include "base/latin.h"

#include "base/text.h"

#include <stdint.h>

bool is_utf8(struct view text)
{
    while (text.length > 0) {
        const size_t step = utf8_step(text);

        if (step == 0)
            return false;
        text = (struct view){text.at + step, text.length - step};
    }
    return true;
}

/* Source: the table of Windows-1252, 0x80 to 0x9F; 0 where there is no character. */
static const uint16_t windows[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static size_t put(uint32_t number, char *out)
{
    if (number < 0x80) {
        out[0] = (char)number;
        return 1;
    }
    if (number < 0x800) {
        out[0] = (char)(0xc0 | number >> 6);
        out[1] = (char)(0x80 | (number & 0x3f));
        return 2;
    }
    out[0] = (char)(0xe0 | number >> 12);
    out[1] = (char)(0x80 | (number >> 6 & 0x3f));
    out[2] = (char)(0x80 | (number & 0x3f));
    return 3;
}

size_t latin_to_utf8(struct view text, char *out)
{
    size_t length = 0;

    for (size_t i = 0; i < text.length; i++) {
        uint32_t number = (unsigned char)text.at[i];

        if (number >= 0x80 && number < 0xa0)
            number = windows[number - 0x80] != 0 ? windows[number - 0x80] : 0xfffd;
        length += put(number, out + length);
    }
    return length;
}
