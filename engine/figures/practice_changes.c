#include "figures/practice_changes.h"

#include "figures/ask.h"

#include <stdlib.h>

/* Months that a change is measured over, and how far back the others lie. */
#define SPAN 3
#define YEAR 12

static bool add_value(struct measure_value *sum, const struct measure_value *value)
{
    return wide_add(&sum->numerator, value->numerator) &&
           wide_add(&sum->denominator, value->denominator);
}

/* now - then * (inhalers now / inhalers then); false where a rate is missing. */
static bool weigh(struct practice_change *change)
{
    wide_t expected;

    if (change->now.denominator <= 0 || change->then.denominator <= 0 ||
        !wide_multiply(change->then.numerator, change->now.denominator, &expected))
        return false;
    change->weight = change->now.numerator - expected / change->then.denominator;
    return true;
}

static int most_first(const void *a, const void *b)
{
    const struct practice_change *const one = a;
    const struct practice_change *const other = b;

    if (one->weight != other->weight)
        return one->weight > other->weight ? -1 : 1;
    return (one->order > other->order) - (one->order < other->order);
}

/* Rows of a practice are one run of the list; *at goes behind it.  False where a sum overflows. */
static bool sum_practice(const struct results *results, month_t latest, size_t *at,
                         struct practice_change *change)
{
    const size_t measure = ask_headline(results);
    const struct organisation_month *row = &results->organisations[*at];
    const enum level level = row->level;
    bool fits = true;

    *change = (struct practice_change){.practice = row->organisation, .order = *at};
    for (; *at < results->organisation_count && row->level == level &&
           row->organisation == change->practice;
         row = &results->organisations[++*at]) {
        const struct measure_value *const value = ask_value(results, measure, row);

        if (value != NULL && row->month > latest - SPAN)
            fits = add_value(&change->now, value) && fits;
        else if (value != NULL && row->month > latest - YEAR - SPAN && row->month <= latest - YEAR)
            fits = add_value(&change->then, value) && fits;
    }
    return fits && level == LEVEL_PRACTICE;
}

enum status practice_changes_find(struct practice_change_list *changes,
                                  const struct results *results, struct fail *why)
{
    const month_t latest = ask_latest_month(results);

    *changes = (struct practice_change_list){
        .list = calloc(results->organisation_count + 1, sizeof *changes->list)};
    if (changes->list == NULL)
        return fail_nomem(why);
    for (size_t at = 0;
         at < results->organisation_count && results->classified.rules->measures.count > 0;) {
        struct practice_change change;

        if (sum_practice(results, latest, &at, &change) &&
            ask_is_met(results, LEVEL_PRACTICE, change.practice) && weigh(&change))
            changes->list[changes->count++] = change;
    }
    qsort(changes->list, changes->count, sizeof *changes->list, most_first);
    return STATUS_OK;
}

void practice_changes_release(struct practice_change_list *changes)
{
    free(changes->list);
    *changes = (struct practice_change_list){0};
}
