#include "base/similar.h"

#include "support/cases.h"

static const char *const words[] = {"direction", "description", "denominator", "inhalers",
                                    "items",     "nic",         "pMDI",        "S01"};

/* "" for none. */
static const char *nearest(const char *text)
{
    struct similar near = similar_to(text);

    for (size_t i = 0; i < LENGTH_OF(words); i++)
        similar_try(&near, words[i]);
    return near.best != NULL ? near.best : "";
}

static const struct {
    const char *said, *meant;
} cases[] = {
    {"directon", "direction"},
    {"dircetion", "direction"},
    {"Direction", "direction"},
    {"direktion", "direction"},
    {"inhaler", "inhalers"},
    {"itmes", "items"},
    {"MDI", "pMDI"},
    {"S1", "S01"},
    {"desc", "description"},
    {"denominators", "denominator"},
    {"colour", ""},
    {"", ""},
    {"zzz", ""},
    {"x", ""},
};

Test(similar, the_nearest_word_is_found_and_a_far_one_is_not)
{
    char longest[200];

    for (size_t i = 0; i < LENGTH_OF(cases); i++)
        cr_expect(strcmp(nearest(cases[i].said), cases[i].meant) == 0, "%s: %s, not %s",
                  cases[i].said, nearest(cases[i].said), cases[i].meant);
    memset(longest, 'i', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    cr_expect(strcmp(nearest(longest), "") == 0, "a long one is passed by");
}
