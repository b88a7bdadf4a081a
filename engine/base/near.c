#include "base/near.h"

#include <ctype.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Sellers 1980: the edit distance row by row; with `anywhere` the word may begin and end at any
 * place of the text, so row 0 costs nothing and the best column wins. */
static size_t distance(struct view word, struct view text, bool anywhere)
{
    size_t column[NEAR_BYTES + 1];
    size_t best;

    if (word.length == 0 || word.length > NEAR_BYTES)
        return SIZE_MAX;
    for (size_t w = 0; w <= word.length; w++)
        column[w] = w;
    best = column[word.length];
    for (size_t t = 0; t < text.length; t++) {
        size_t before = column[0];

        column[0] = anywhere ? 0 : t + 1;
        for (size_t w = 1; w <= word.length; w++) {
            const size_t here = column[w];
            const size_t changed = before + !same(word.at[w - 1], text.at[t]);

            column[w] = least(changed, least(here, column[w - 1]) + 1);
            before = here;
        }
        best = least(best, column[word.length]);
    }
    return anywhere ? best : column[word.length];
}

size_t near_distance(struct view word, struct view text)
{
    return distance(word, text, true);
}

size_t near_whole_distance(struct view word, struct view text)
{
    return distance(word, text, false);
}

size_t near_limit(struct view word)
{
    return word.length / 3 > 1 ? word.length / 3 : 1;
}
