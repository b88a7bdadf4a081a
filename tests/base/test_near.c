#include "base/near.h"

#include "support/cases.h"

static const struct near_case {
    const char *word;
    const char *text;
    size_t within; /* as a part of the text */
    size_t whole;
} near_cases[] = {
    {"sampel", "NHS SAMPLE MID", 1, 9}, {"qzb", "QZA", 1, 1}, {"north", "NHS Sample North", 0, 11},
    {"derbi", "Derby", 1, 1},           {"abc", "", 3, 3},
};

Test(near, counts_what_must_change_without_regard_to_case)
{
    for (size_t i = 0; i < LENGTH_OF(near_cases); i++) {
        const struct near_case *const row = &near_cases[i];

        cr_expect(eq(sz, near_distance(view_of(row->word), view_of(row->text)), row->within),
                  "%s in %s", row->word, row->text);
        cr_expect(eq(sz, near_whole_distance(view_of(row->word), view_of(row->text)), row->whole),
                  "%s, %s", row->word, row->text);
    }
}

Test(near, an_empty_or_endless_word_is_near_nothing)
{
    char word[NEAR_BYTES + 2];

    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    cr_expect(eq(sz, near_distance(view_of(""), view_of("a")), SIZE_MAX));
    cr_expect(eq(sz, near_distance(view_of(word), view_of(word)), SIZE_MAX));
}
