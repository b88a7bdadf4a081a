#include "page/page_internal.h"

#include "table/words.h"

/* The line under a key figure. */
static void write_small(FILE *file, const char *text)
{
    fputs("<dd class=\"note\">", file);
    html_words(file, text);
    fputs("</dd>", file);
}

static void write_now(FILE *file, const struct page *page)
{
    const struct measure *const measure = page_headline_measure(page);
    char month[MONTH_WORDS];
    char printed[DECIMAL_TEXT];
    char figure[DECIMAL_TEXT];

    page_figure(page, &page->subject, page->headline, page->months - 1, printed);
    fputs("<div><dt>", file);
    html_words(file, measure->title);
    fprintf(file, ", %s</dt><dd><span class=\"big\" id=\"headline-value\">%s</span></dd>",
            month_words(page->last, month),
            printed[0] != '\0' ? figure_print(printed, measure_places(measure), figure)
                               : "not computable");
    write_small(file, measure->unit);
    fputs("</div>\n", file);
}

static void write_change(FILE *file, const struct page *page)
{
    const struct measure *const measure = page_headline_measure(page);
    char words[160];
    char month[MONTH_WORDS];
    char change[DECIMAL_TEXT];
    char printed[DECIMAL_TEXT];
    char figure[DECIMAL_TEXT];

    page_year_change(page, &page->subject, page->headline, change);
    page_figure(page, &page->subject, page->headline, page->months - 13, printed);
    month_words(page->last - 12, month);
    fputs("<div><dt>Change in a year</dt><dd><span class=\"big\">", file);
    if (change[0] == '\0') {
        fputs("not known</span></dd>", file);
        snprintf(words, sizeof words, "there is no figure for %s in this run", month);
    } else {
        fprintf(file, "%s%s</span></dd>", change[0] == '-' ? "" : "+",
                figure_print(change, measure_places(measure), figure));
        snprintf(words, sizeof words, "%s in %s", figure_print(printed, 2, figure), month);
    }
    write_small(file, words);
    fputs("</div>\n", file);
}

static void write_rank(FILE *file, const struct page *page)
{
    const struct organisation_month *const last = page->subject.months[page->months - 1];
    const struct measure_value *const value =
        last != NULL ? measure_value_of(last, page_headline_measure(page)) : NULL;

    if (page->level == LEVEL_NATION)
        return;
    fputs("<div><dt>Rank among ICBs, lowest first</dt><dd><span class=\"big\">", file);
    if (value == NULL || value->ranked < 2) {
        fputs("not known</span></dd>", file);
        write_small(file, "this run holds one ICB; run the whole nation with --icb for the rank");
    } else {
        fprintf(file, "%u of %u</span></dd>", (unsigned)value->rank, (unsigned)value->ranked);
        write_small(file, "ICBs of this run that prescribed any");
    }
    fputs("</div>\n", file);
}

/* The first two totals of the rules: how much there is in all. */
static void write_totals(FILE *file, const struct page *page)
{
    size_t written = 0;

    for (size_t m = 0; m < page->rules->measures.count && written < 2; m++) {
        const struct measure *const measure = page->rules->measures.list[m];
        char printed[DECIMAL_TEXT];
        char figure[DECIMAL_TEXT];
        char month[MONTH_WORDS];

        if (measure->denominator.sum != SUM_NONE)
            continue;
        written++;
        page_figure(page, &page->subject, m, page->months - 1, printed);
        fputs("<div><dt>", file);
        html_words(file, measure->title);
        fprintf(file, ", %s</dt><dd><span class=\"big\">%s</span></dd>",
                month_words(page->last, month),
                printed[0] != '\0' ? figure_print(printed, 0, figure) : "not computable");
        write_small(file, measure->unit);
        fputs("</div>\n", file);
    }
}

/* Every target of the headline measure: what to reach by when, and how likely it is. */
static void write_targets(FILE *file, const struct page *page)
{
    const struct target_answer *answer;
    char printed[DOUBLE_TEXT];
    char figure[DECIMAL_TEXT];
    char month[MONTH_WORDS];

    for (size_t at = 0; (answer = page_next_open_target(page, &at)) != NULL;) {
        if (answer->measure != page->headline)
            continue;
        double_print(answer->target_value, printed);
        fprintf(file, "<div><dt>%s %s by %s</dt><dd><span class=\"big\">%s</span></dd>",
                answer->target->at_least ? "At least" : "At most",
                printed[0] != '\0' ? figure_print(printed, 2, figure) : "the baseline allows",
                month_words(answer->target->due, month), target_status_text(answer->status));
        fputs("<dd class=\"note\">", file);
        if (double_print(answer->probability, printed)[0] != '\0')
            fprintf(file, "probability %s; ", figure_print(printed, 2, figure));
        html_words(file, answer->target->plan);
        fputs("</dd></div>\n", file);
    }
}

void page_write_headline(FILE *file, const struct page *page)
{
    const struct measure *const measure = page_headline_measure(page);

    fputs("<dl class=\"figures\">\n", file);
    write_now(file, page);
    write_targets(file, page);
    write_change(file, page);
    write_rank(file, page);
    write_totals(file, page);
    fputs("</dl>\n<p>", file);
    html_words(file, measure->description);
    fputs(" ", file);
    html_words(file, measure->why);
    fputs("</p>\n", file);
}
