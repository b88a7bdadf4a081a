#include "base/similar.h"

#include "base/near.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct similar similar_to(const char *text)
{
    return (struct similar){.text = text, .distance = SIZE_MAX};
}

static char small_letter(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool begins_with(const char *text, const char *start, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (small_letter(text[i]) != small_letter(start[i]))
            return false;
    return true;
}

void similar_try(struct similar *similar, const char *word)
{
    const size_t length = strlen(similar->text);
    const size_t other = strlen(word);
    const size_t shorter = least(length, other);
    size_t allowed;
    size_t distance;

    if (length == 0 || other == 0 || length > NEAR_BYTES)
        return;
    allowed = shorter / 3 > 0 ? shorter / 3 : 1;
    distance = near_whole_distance(view_of(similar->text), view_of(word));
    if (shorter >= 3 && begins_with(length > other ? similar->text : word,
                                    length > other ? word : similar->text, shorter))
        allowed = distance;
    if (distance > allowed || distance >= similar->distance)
        return;
    similar->best = word;
    similar->distance = distance;
}
