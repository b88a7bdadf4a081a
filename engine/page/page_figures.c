#include "page/page_internal.h"

#include <math.h>

const struct measure *page_headline_measure(const struct page *page)
{
    return page->rules->measures.count > 0 ? page->rules->measures.list[page->headline] : NULL;
}

char *row_figure(const struct page *page, const struct organisation_month *row, size_t measure,
                 char *out)
{
    const struct measure *const one = page->rules->measures.list[measure];
    const struct measure_value *const value = row != NULL ? measure_value_of(row, one) : NULL;

    out[0] = '\0';
    return value != NULL ? measure_print(page->rules, one, value, out) : out;
}

char *page_figure(const struct page *page, const struct page_row *row, size_t measure, size_t month,
                  char *out)
{
    return row_figure(page, month < page->months ? row->months[month] : NULL, measure, out);
}

void page_series(const struct page *page, const struct page_row *row, size_t measure,
                 double *values)
{
    char printed[DECIMAL_TEXT];

    for (size_t i = 0; i < page->span; i++)
        if (!figure_value(page_figure(page, row, measure, i, printed), &values[i]))
            values[i] = (double)NAN;
}

/* The page's own, or of an organisation that ended and of which the page's own has a part. */
static bool is_of_subject(const struct page *page, const struct target_answer *answer)
{
    if (!answer->anybody || answer->level != page->level)
        return false;
    for (size_t i = 0; i < answer->heir_count; i++)
        if (answer->heirs[i] == page->subject.organisation)
            return true;
    return answer->organisation == page->subject.organisation;
}

const struct target_answer *page_next_target(const struct page *page, size_t *at)
{
    const struct target_list *const targets = &page->figures->targets;

    while (*at < targets->count) {
        const struct target_answer *const answer = &targets->list[(*at)++];

        if (!answer->repeated && is_of_subject(page, answer))
            return answer;
    }
    return NULL;
}

const struct target_answer *page_next_open_target(const struct page *page, size_t *at)
{
    const struct target_answer *answer = page_next_target(page, at);

    while (answer != NULL &&
           (!target_is_open(answer) || answer->organisation != page->subject.organisation))
        answer = page_next_target(page, at);
    return answer;
}

double *page_scratch(const struct page *page, size_t number)
{
    return page->scratch + number * page->span;
}

char *page_year_change(const struct page *page, const struct page_row *row, size_t measure,
                       char *out)
{
    char now[DECIMAL_TEXT];
    char then[DECIMAL_TEXT];
    int64_t one;
    int64_t other;

    page_figure(page, row, measure, page->months - 1, now);
    page_figure(page, row, measure, page->months - 13, then); /* wraps below 13: none */
    out[0] = '\0';
    if (decimal_parse(view_of(now), 6, &one) == DECIMAL_OK &&
        decimal_parse(view_of(then), 6, &other) == DECIMAL_OK)
        decimal_print((wide_t)one - other, 6, out);
    return out;
}
