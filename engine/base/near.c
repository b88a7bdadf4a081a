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

/* Optimal string alignment, row by row of the text: the edits of Levenshtein and the swap of two
 * neighbours.  With `anywhere` the word may begin and end at any place of the text (Sellers 1980):
 * nothing is paid for what lies before, and the best row wins. */
static size_t distance(struct view word, struct view text, bool anywhere)
{
    size_t rows[3][NEAR_BYTES + 1];
    size_t best;

    if (word.length == 0 || word.length > NEAR_BYTES)
        return SIZE_MAX;
    for (size_t w = 0; w <= word.length; w++)
        rows[0][w] = w;
    best = rows[0][word.length];
    for (size_t t = 1; t <= text.length; t++) {
        const size_t *const before = rows[(t + 1) % 3];
        const size_t *const last = rows[(t + 2) % 3];
        size_t *const row = rows[t % 3];

        row[0] = anywhere ? 0 : t;
        for (size_t w = 1; w <= word.length; w++) {
            row[w] = least(last[w - 1] + !same(word.at[w - 1], text.at[t - 1]),
                           least(last[w], row[w - 1]) + 1);
            if (w > 1 && t > 1 && same(word.at[w - 1], text.at[t - 2]) &&
                same(word.at[w - 2], text.at[t - 1]))
                row[w] = least(row[w], before[w - 2] + 1);
        }
        best = least(best, row[word.length]);
    }
    return anywhere ? best : rows[text.length % 3][word.length];
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
