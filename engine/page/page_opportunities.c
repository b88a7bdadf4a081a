#include "page/page_internal.h"

#include "table/words.h"

static const struct page_row *find_member(const struct page *page, uint32_t organisation)
{
    for (size_t i = 0; i < page->member_count; i++)
        if (page->members[i].organisation == organisation)
            return &page->members[i];
    return NULL;
}

/* Those of the page itself, or of what it lists. */
static bool is_here(const struct page *page, const struct peer_group *group,
                    const struct opportunity *one)
{
    if (group->level == page->level)
        return one->organisation == page->subject.organisation;
    return group->level == page->member_level && find_member(page, one->organisation) != NULL;
}

bool page_has_opportunities(const struct page *page)
{
    const struct opportunity_list *const all = &page->figures->opportunities;

    for (size_t g = 0; g < all->group_count; g++)
        for (size_t i = 0; i < all->groups[g].count; i++)
            if (is_here(page, &all->groups[g], &all->list[all->groups[g].first + i]))
                return true;
    return false;
}

static void write_one(FILE *file, const struct page *page, const struct peer_group *group,
                      const struct opportunity *one)
{
    const struct measure *const measure = page->rules->measures.list[group->measure];
    const double marks[] = {one->value, group->marks[BENCHMARK_MEDIAN],
                            group->marks[BENCHMARK_QUARTILE], group->marks[BENCHMARK_DECILE]};
    char printed[DOUBLE_TEXT];

    fputs("<tr><th scope=\"row\" class=\"code\">", file);
    html_text(file, page_code(page, group->level, one->organisation));
    html_cell(file, page_name(page, group->level, one->organisation));
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        html_measure(file, measure, double_print(marks[i], printed));
    for (int b = 0; b < BENCHMARKS; b++)
        html_figure(file, double_print(one->savings[b], printed),
                    measure->numerator.sum == SUM_kgco2e ? 1 : 0);
    fprintf(file, "<td>%zu<td>%s\n", group->peers, one->small ? "yes" : "");
}

static void write_group(FILE *file, const struct page *page, const struct peer_group *group)
{
    const struct opportunity_list *const all = &page->figures->opportunities;
    const struct measure *const measure = page->rules->measures.list[group->measure];
    const bool carbon = measure->numerator.sum == SUM_kgco2e;
    const char *const columns[] = {"Code",
                                   "Name",
                                   measure->unit,
                                   "Middle peer",
                                   "Best quarter",
                                   "Best tenth",
                                   carbon ? "Tonnes at the middle" : "\xc2\xa3 at the middle",
                                   carbon ? "Tonnes at the quarter" : "\xc2\xa3 at the quarter",
                                   carbon ? "Tonnes at the tenth" : "\xc2\xa3 at the tenth",
                                   "Peers",
                                   "Small numbers"};
    char id[80];
    char caption[200];

    snprintf(id, sizeof id, "opportunities-%s-%s", measure->id, level_text(group->level));
    snprintf(caption, sizeof caption, "%s, %s", measure->title, level_words(group->level, true));
    details_begin(file, caption);
    table_begin(file, id, caption, "sortable figures-from-3 opportunities");
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        table_column(file, columns[i], i >= 2);
    fputs("</thead>\n<tbody>\n", file);
    for (size_t i = 0; i < group->count; i++)
        if (is_here(page, group, &all->list[group->first + i]))
            write_one(file, page, group, &all->list[group->first + i]);
    table_end(file);
    details_end(file);
}

void page_write_opportunities(FILE *file, const struct page *page)
{
    const struct opportunity_list *const all = &page->figures->opportunities;
    char from[MONTH_WORDS];
    char to[MONTH_WORDS];

    fprintf(file,
            "<p>What would be saved from %s to %s at the level of peers: all organisations of the "
            "same level in this run with 15 or more below the line. 0 where it is better than they "
            "are; the largest saving at the best tenth first. Savings of several measures overlap: "
            "do not add them up.</p>\n",
            month_words(all->from, from), month_words(all->to, to));
    for (size_t g = 0; g < all->group_count; g++) {
        const struct peer_group *const group = &all->groups[g];
        bool any = false;

        for (size_t i = 0; i < group->count && !any; i++)
            any = is_here(page, group, &all->list[group->first + i]);
        if (any)
            write_group(file, page, group);
    }
}
