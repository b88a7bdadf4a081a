#include "page/page_internal.h"

#include "table/rows.h"

#include <stdlib.h>

/* Of the page itself all measures; of what it lists the one that the page begins with: all were
 * 0.7 MB for 300 practices, and alerts.csv has them. */
static bool is_told(const struct page *page, const struct alert *one, enum level level)
{
    if (one->level != level)
        return false;
    if (level == page->level)
        return one->organisation == page->subject.organisation;
    if (one->measure != page->headline)
        return false;
    for (size_t i = 0; i < page->member_count; i++)
        if (page->members[i].organisation == one->organisation)
            return true;
    return false;
}

static const struct alert *next_alert(const struct page *page, enum level level, size_t *at)
{
    const struct alert_list *const all = &page->figures->alerts;

    while (*at < all->count) {
        const struct alert *const one = &all->list[(*at)++];

        /* hospital data move in months of their own, and a nation has both */
        if (page->rules->measures.list[one->measure]->subject == SUBJECT_prescribing &&
            is_told(page, one, level))
            return one;
    }
    return NULL;
}

bool page_has_alerts(const struct page *page)
{
    size_t at = 0;
    size_t other = 0;

    return next_alert(page, page->level, &at) != NULL ||
           next_alert(page, page->member_level, &other) != NULL;
}

#define ALERT_SHOWN                                                                     \
    {"kind", "Seen by", SHOWN_TEXT}, {"since", "Since", SHOWN_TEXT},                    \
        {"direction", "Direction", SHOWN_TEXT}, {"before", "Mean before", SHOWN_VALUE}, \
        {"now", "Now", SHOWN_VALUE},                                                    \
    {                                                                                   \
        "reason", "Which rule", SHOWN_TEXT                                              \
    }

static void write_list(FILE *file, const struct page *page, enum level level, const char *id,
                       const char *caption, const struct shown *shown, size_t count)
{
    struct html_table html = {.file = file,
                              .table = &table_alerts,
                              .shown = shown,
                              .count = count,
                              .caption = caption,
                              .id = id,
                              .look = "sortable moved"};
    const struct alert *one;
    struct cells cells = html_table_begin(&html);

    for (size_t at = 0; (one = next_alert(page, level, &at)) != NULL;) {
        html.measure = page->rules->measures.list[one->measure];
        alerts_row(&cells, page->figures->results, one);
    }
    html_table_end(&html);
}

struct counts {
    size_t lower; /* by the measure that the page begins with */
    size_t higher;
};

/* An organisation that both charts see moves once; where they differ the later one counts. */
static struct counts count_members(const struct page *page)
{
    struct counts counts = {0};
    const struct alert *one;
    const struct alert *last = NULL;

    for (size_t at = 0; (one = next_alert(page, page->member_level, &at)) != NULL;) {
        if (last != NULL && last->organisation == one->organisation)
            *(last->departure.way < 0 ? &counts.lower : &counts.higher) -= 1;
        *(one->departure.way < 0 ? &counts.lower : &counts.higher) += 1;
        last = one;
    }
    return counts;
}

void page_write_alerts(FILE *file, const struct page *page)
{
    static const struct shown own[] = {{"measure", "Measure", SHOWN_MEASURE}, ALERT_SHOWN};
    static const struct shown members[] = {
        {"organisation_code", "Code", SHOWN_CODE},
        {"organisation_name", "Name", SHOWN_TEXT},
        ALERT_SHOWN,
    };
    const struct counts counts = count_members(page);
    char caption[80];
    size_t at = 0;

    fprintf(file,
            "<p>Each followed measure at its last month, looked at in two ways. cusum: it has "
            "moved from its mean and stays away, as OpenPrescribing alerts. spc: its last point "
            "is special on the control chart. Improvement and concern follow the aim of the "
            "measure; figures with fewer than 15 below the line are left out.</p>\n<p>By the "
            "measure that this page begins with, %zu of %zu %s have moved down and %zu up "
            "(alerts.csv has all measures).</p>\n",
            counts.lower, page->member_count, level_words(page->member_level, true), counts.higher);
    if (next_alert(page, page->level, &at) != NULL)
        write_list(file, page, page->level, "moved-table", "What has moved here", own,
                   COUNT_OF(own));
    at = 0;
    if (next_alert(page, page->member_level, &at) == NULL)
        return;
    snprintf(caption, sizeof caption, "What has moved: %s", level_words(page->member_level, true));
    details_begin(file, caption);
    write_list(file, page, page->member_level, "members-moved-table", caption, members,
               COUNT_OF(members));
    details_end(file);
}
