#include "base/similar.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define LONGEST 80

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

/* Optimal string alignment: the edits of Levenshtein and the swap of two neighbours. */
static size_t distance_of(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0];
    size_t *last = rows[1];
    size_t *row = rows[2];

    for (size_t j = 0; j <= b_length; j++) {
        before[j] = 0;
        last[j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        size_t *const oldest = before;

        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            const bool same = small_letter(a[i - 1]) == small_letter(b[j - 1]);

            row[j] = least(last[j - 1] + !same, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && small_letter(a[i - 1]) == small_letter(b[j - 2]) &&
                small_letter(a[i - 2]) == small_letter(b[j - 1]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
        row = oldest;
    }
    return last[b_length];
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

    if (length == 0 || other == 0 || length > LONGEST || other > LONGEST)
        return;
    allowed = shorter / 3 > 0 ? shorter / 3 : 1;
    distance = distance_of(similar->text, length, word, other);
    if (shorter >= 3 && begins_with(length > other ? similar->text : word,
                                    length > other ? word : similar->text, shorter))
        allowed = distance;
    if (distance > allowed || distance >= similar->distance)
        return;
    similar->best = word;
    similar->distance = distance;
}
