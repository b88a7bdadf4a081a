#include "table/table_follow.h"

/* A run of one month goes nowhere. */
static bool is_followed(const struct results *results, const struct measure *measure)
{
    month_t first;
    month_t last;

    results_months(results, measure->subject, &first, &last);
    return measure->followed && first != last;
}

static bool is_whole(enum level level)
{
    return level == LEVEL_ICB || level == LEVEL_REGION || level == LEVEL_NATION;
}

bool table_follow_next(struct table_follow *walk)
{
    const struct rules *const rules = walk->results->classified.rules;

    for (; walk->number < rules->measures.count; walk->number++, walk->at = 0) {
        walk->measure = rules->measures.list[walk->number];
        while (is_followed(walk->results, walk->measure) &&
               history_next(walk->results, &walk->at, &walk->history)) {
            if (!history_is_of(&walk->history, walk->measure) ||
                (walk->wholes && !is_whole(walk->history.rows[0].level)))
                continue;
            follow(walk->results, &walk->history, walk->number, &walk->followed);
            if (walk->followed.series.count > 0)
                return true;
        }
    }
    return false;
}
