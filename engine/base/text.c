#include "base/text.h"

#include "base/word.h"

#include <stdio.h>

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

static uint32_t code_point(const char *text, size_t step)
{
    const unsigned char *const at = (const unsigned char *)text;

    if (step == 1)
        return at[0];
    if (step == 2)
        return (uint32_t)(at[0] & 0x1f) << 6 | (at[1] & 0x3f);
    if (step == 3)
        return (uint32_t)(at[0] & 0x0f) << 12 | (uint32_t)(at[1] & 0x3f) << 6 | (at[2] & 0x3f);
    return 0x10000; /* none of those is hidden */
}

/* Unicode 15, category Cc, Bidi_Control, and the separators of lines and of interlinear notes. */
static bool is_hidden(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point <= 0x9f) || point == 0x061c || point == 0x200e ||
           point == 0x200f || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xfeff ||
           (point >= 0xfff9 && point <= 0xfffb);
}

uint32_t hidden_character(struct view text, size_t *step)
{
    uint32_t point;

    *step = utf8_step(text);
    point = *step > 0 ? code_point(text.at, *step) : 'x';
    return is_hidden(point) ? point : 0;
}

static size_t name_hidden(uint32_t point, char out[8])
{
    if (point == '\n' || point == '\r' || point == '\t')
        return (size_t)snprintf(out, 8, "\\%c", point == '\n' ? 'n' : point == '\r' ? 'r' : 't');
    return (size_t)snprintf(out, 8, point < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)point);
}

void visible_write(struct view text, void (*put)(void *context, const char *bytes, size_t length),
                   void *context)
{
    const bool valid = utf8_valid(text);
    size_t from = 0; /* not put yet */
    size_t step;
    char named[8];

    for (size_t at = 0; at < text.length; at += step) {
        const struct view rest = {text.at + at, text.length - at};
        uint32_t point;

        step = valid ? utf8_step(rest) : 1;
        point = code_point(rest.at, step);
        if (!is_hidden(point) && (valid || point < 0x80))
            continue;
        if (at > from)
            put(context, text.at + from, at - from);
        if (is_hidden(point))
            put(context, named, name_hidden(point, named));
        else
            utf8_write((struct view){rest.at, 1}, put, context); /* as Latin-1 */
        from = at + step;
    }
    if (text.length > from)
        put(context, text.at + from, text.length - from);
}

struct buffer {
    char *at;
    size_t room;
};

static void fill_buffer(void *context, const char *bytes, size_t length)
{
    struct buffer *const buffer = context;
    const bool fits = length <= buffer->room;

    while (length > buffer->room ||
           (!fits && length > 0 && continues((unsigned char)bytes[length])))
        length--; /* a cut text ends with a whole character, */
    memcpy(buffer->at, bytes, length);
    buffer->at += length;
    buffer->room = fits ? buffer->room - length : 0; /* and nothing comes behind it */
}

char *visible_text(struct view text, char *out, size_t size)
{
    struct buffer buffer = {out, size - 1};

    visible_write(text, fill_buffer, &buffer);
    *buffer.at = '\0';
    return out;
}
