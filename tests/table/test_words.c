#include "table/words.h"

#include "support/cases.h"

#include <math.h>

static const struct {
    uint32_t rank;
    uint32_t ranked;
    const char *words;
} ranks[] = {
    {1, 36, "lowest of 36"},           {2, 36, "2nd lowest of 36"},
    {3, 36, "3rd lowest of 36"},       {4, 36, "4th lowest of 36"},
    {11, 36, "11th lowest of 36"},     {12, 36, "12th lowest of 36"},
    {13, 36, "13th lowest of 36"},     {21, 36, "21st lowest of 36"},
    {36, 36, "highest of 36"},         {111, 999, "111th lowest of 999"},
    {122, 999, "122nd lowest of 999"},
};

Test(table_words, a_place_in_a_ranking_has_the_ending_of_its_number)
{
    char words[RANK_WORDS];

    for (size_t i = 0; i < LENGTH_OF(ranks); i++)
        cr_expect(
            eq(str, rank_words(ranks[i].rank, ranks[i].ranked, words), (char *)ranks[i].words));
}

static const struct {
    double probability;
    const char *words;
} probabilities[] = {
    {0, "<1%"},     {0.0099, "<1%"}, {0.01, "1%"},    {0.5, "50%"},
    {0.852, "85%"}, {0.99, "99%"},   {0.991, ">99%"}, {1, ">99%"},
};

Test(table_words, a_probability_is_never_certain)
{
    char words[PROBABILITY_WORDS];

    for (size_t i = 0; i < LENGTH_OF(probabilities); i++)
        cr_expect(eq(str, probability_words(probabilities[i].probability, words),
                     (char *)probabilities[i].words));
    cr_expect(eq(str, probability_words((double)NAN, words), (char *)""));
}

Test(table_words, one_is_singular)
{
    cr_expect(eq(str, (char *)plural_words(0, "row", "rows"), (char *)"rows"));
    cr_expect(eq(str, (char *)plural_words(1, "row", "rows"), (char *)"row"));
    cr_expect(eq(str, (char *)plural_words(2, "row", "rows"), (char *)"rows"));
}

Test(table_words, a_share_is_per_cent_without_a_space)
{
    const struct measure share = {.unit = "share"};
    char figure[DECIMAL_TEXT];

    cr_expect(eq(str, measure_figure(&share, "0.528", figure), (char *)"52.8%"));
    cr_expect(eq(str, percentile_figure(4, 5, figure), (char *)"75%"));
}
