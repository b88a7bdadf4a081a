#ifndef BASE_VIEW_H
#define BASE_VIEW_H

/* A piece of text somebody else owns: not NUL-terminated, any bytes. */

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct view {
    const char *at;
    size_t length;
};

/* A list of NUL-terminated texts that somebody else owns. */
struct text_list {
    const char **texts;
    size_t count;
};

static inline struct view view_of(const char *text)
{
    return (struct view){text, strlen(text)};
}

static inline struct view view_none(void)
{
    const struct view none = {NULL, 0};

    return none;
}

static inline bool view_equal(struct view a, struct view b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

static inline bool view_is(struct view a, const char *text)
{
    return view_equal(a, view_of(text));
}

/* Byte by byte: the four of a BNF section are compared faster than memcmp is called. */
static inline bool view_starts(struct view a, struct view prefix)
{
    size_t same = 0;

    while (same < prefix.length && same < a.length && a.at[same] == prefix.at[same])
        same++;
    return same == prefix.length;
}

/* Bytewise order, a prefix first: the order of every sorted output. */
static inline int view_compare(struct view a, struct view b)
{
    const size_t shorter = a.length < b.length ? a.length : b.length;
    const int order = shorter == 0 ? 0 : memcmp(a.at, b.at, shorter);

    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Without blanks and tabs at both ends: the padding of the older extracts.  Here
 * and not in view.c because most fields of most rows have none. */
static inline struct view view_trim(struct view text)
{
    while (text.length > 0 && is_blank(text.at[0])) {
        text.at++;
        text.length--;
    }
    while (text.length > 0 && is_blank(text.at[text.length - 1]))
        text.length--;
    return text;
}

/* ASCII letters compared without case. */
bool view_equal_nocase(struct view a, struct view b);

/* True if `needle` occurs in text, ASCII letters compared without case. */
bool view_contains_nocase(struct view text, struct view needle);

#endif
