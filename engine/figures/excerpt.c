#include "figures/excerpt.h"

#include "figures/ask.h"

struct excerpt excerpt_of_all(const struct figures *figures)
{
    return (struct excerpt){
        .row_count = figures->results->organisation_count,
        .use_count = figures->results->use_count,
        .advice_count = figures->advice.count,
        .first = ask_first_month(figures->results),
    };
}

struct excerpt excerpt_begin(const struct figures *figures)
{
    return (struct excerpt){.first = ask_first_month(figures->results)};
}

/* The rows of a practice are one run of each list; all three lists are in the order of the codes of
 * practices, which come first. */
bool excerpt_next(const struct figures *figures, struct excerpt *excerpt)
{
    const struct results *const results = figures->results;
    const struct advice_list *const advice = &figures->advice;
    const size_t row = excerpt->first_row + excerpt->row_count;
    const size_t use = excerpt->first_use + excerpt->use_count;
    const size_t first_advice = excerpt->first_advice + excerpt->advice_count;
    size_t i = row;
    uint32_t practice;

    if (row == results->organisation_count || results->organisations[row].level != LEVEL_PRACTICE)
        return false;
    practice = results->organisations[row].organisation;
    *excerpt = (struct excerpt){
        .first_row = row, .first_use = use, .first_advice = first_advice, .first = excerpt->first};
    for (; i < results->organisation_count && results->organisations[i].level == LEVEL_PRACTICE &&
           results->organisations[i].organisation == practice;
         i++)
        excerpt->row_count++;
    for (i = use; i < results->use_count && results->uses[i].level == LEVEL_PRACTICE &&
                  results->uses[i].organisation == practice;
         i++)
        excerpt->use_count++;
    for (i = first_advice; i < advice->count && advice->list[i].practice == practice; i++)
        excerpt->advice_count++;
    excerpt->now = &results->organisations[row + excerpt->row_count - 1];
    return true;
}
