#include "base/view.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool starts_nocase(const char *text, struct view needle)
{
    for (size_t i = 0; i < needle.length; i++)
        if (lower(text[i]) != lower(needle.at[i]))
            return false;
    return true;
}

bool view_equal_nocase(struct view a, struct view b)
{
    return a.length == b.length && starts_nocase(a.at, b);
}

bool view_contains_nocase(struct view text, struct view needle)
{
    for (size_t i = 0; i + needle.length <= text.length; i++)
        if (starts_nocase(text.at + i, needle))
            return true;
    return false;
}
