#include "page/page_internal.h"

#include "base/limits.h"
#include "trend/quantile.h"
#include "figures/ask.h"
#include "report/headline.h"
#include "page/svg_picture.h"

#include <math.h>
#include <stdlib.h>

/* Series 1 to 9 of the scratch, NaN in a month with fewer than ten figures. */
static void fill_deciles(const struct page *page)
{
    double *const sorted = calloc(page->member_count + 1, sizeof *sorted);
    char printed[DECIMAL_TEXT];

    for (size_t month = 0; month < page->months; month++) {
        size_t count = 0;

        for (size_t i = 0; sorted != NULL && i < page->member_count; i++)
            if (figure_value(page_figure(page, &page->members[i], page->headline, month, printed),
                             &sorted[count]))
                count++;
        sort_values(sorted, count);
        for (size_t d = 1; d <= DECILES; d++)
            page_scratch(page, d)[month] =
                count >= 10 ? quantile_of_sorted(sorted, count, (double)d / 10) : (double)NAN;
    }
    free(sorted);
}

static void draw_deciles(FILE *file, const struct page *page)
{
    struct picture_line lines[DECILES + 1];
    char sentence[400];
    const struct picture chart = {
        .id = "members-chart",
        .title = "Deciles",
        .sentence = sentence,
        .unit = page_headline_measure(page)->unit,
        .first = page->first,
        .months = page->months,
        .lines = lines,
        .line_count = COUNT_OF(lines),
    };

    for (size_t d = 1; d <= DECILES; d++)
        lines[d - 1] = (struct picture_line){d == 1   ? "lowest 10%"
                                             : d == 5 ? "median"
                                             : d == 9 ? "highest 10%"
                                                      : NULL,
                                             d == 5 ? "middle" : "decile", page_scratch(page, d)};
    lines[DECILES] = (struct picture_line){"overall", "main", page_scratch(page, 0)};
    page_series(page, &page->subject, page->headline, page_scratch(page, 0));
    snprintf(sentence, sizeof sentence,
             "%s by month. The broken lines divide the %s into ten equal groups: the lowest 10%% "
             "are below the lowest line, the highest 10%% above the highest. Half are below the "
             "dark line, the median.",
             page_headline_measure(page)->title, level_words(page->member_level, true));
    fputs("<figure class=\"chart\"><figcaption>", file);
    html_words(file, sentence);
    fputs("</figcaption>\n<div class=\"tools scripted\"><div><label class=\"nhsuk-label\" "
          "for=\"choice\">Show one in the chart</label><select class=\"nhsuk-select\" "
          "id=\"choice\"><option value=\"\">none</select></div><p "
          "id=\"chosen-link\"></p></div>\n<div class=\"live\" id=\"members-live\"></div>\n",
          file);
    svg_picture(file, &chart);
    fputs("</figure>\n", file);
}

static void write_decile_table(FILE *file, const struct page *page)
{
    char name[32];
    char month[MONTH_TEXT];

    details_begin(file, "Figures of this chart");
    table_begin(file, "decile-table", "Deciles by month", "all-n");
    table_column(file, "Month", false);
    for (int d = 1; d <= DECILES; d++) {
        snprintf(name, sizeof name, "%d%%", d * 10);
        table_column(file, name, true);
    }
    fputs("</thead>\n<tbody>\n", file);
    for (size_t i = 0; i < page->months; i++) {
        fprintf(file, "<tr><th scope=\"row\" class=\"code\">%s",
                month_print(page->first + (month_t)i, month));
        for (size_t d = 1; d <= DECILES; d++) {
            const double value = page_scratch(page, d)[i];

            if (isnan(value))
                html_figure(file, "", 0);
            else
                fprintf(file, "<td>%.2f", value);
        }
        fputs("\n", file);
    }
    table_end(file);
    details_end(file);
}

/* Code and name; with a list of its own below, a link to it. */
static void write_who(FILE *file, const struct page *page, const struct page_row *row)
{
    const struct view code = page_code(page, page->member_level, row->organisation);

    fputs("<tr><th scope=\"row\" class=\"code\">", file);
    html_text(file, code);
}

static void write_percentile(FILE *file, uint32_t rank, uint32_t ranked)
{
    char printed[DECIMAL_TEXT];

    percentile_figure(rank, ranked, printed);
    fprintf(file, "<td>%s", printed[0] != '\0' ? printed : "\xe2\x80\x93");
}

/* Standings are of practices. */
static bool has_icb_standings(const struct page *page)
{
    return page->member_level == LEVEL_PRACTICE;
}

static void write_percentiles(FILE *file, const struct page *page, const struct page_row *row)
{
    const struct organisation_month *const last = row->months[page->months - 1];
    const struct measure_value *const value =
        last != NULL ? measure_value_of(last, page_headline_measure(page)) : NULL;
    const struct peer_standing *const standing = row->standing;

    write_percentile(file, value != NULL ? value->rank : 0, value != NULL ? value->ranked : 0);
    if (!has_icb_standings(page))
        return;
    if (standing == NULL || standing->among_icb == SPREAD_NONE)
        write_percentile(file, 0, 0);
    else
        write_percentile(file, standing->rank_in_icb,
                         (uint32_t)page->figures->standings.spreads[standing->among_icb].peers);
}

/* A figure, and in words where its denominator is small. */
static void write_figure(FILE *file, const struct page *page, const struct page_row *row,
                         size_t measure, size_t month)
{
    char printed[DECIMAL_TEXT];

    html_measure(file, page->rules->measures.list[measure],
                 page_figure(page, row, measure, month, printed));
    if (ask_is_small(page->figures->results, measure, row->months[month]))
        fputs(SMALL_WORD, file);
}

static void write_member(FILE *file, const struct page *page, const struct page_row *row)
{
    const struct view code = page_code(page, page->member_level, row->organisation);
    char printed[DECIMAL_TEXT];

    write_who(file, page, row);
    fputs("<td>", file);
    if (page_has_switches(page)) {
        fputs("<a href=\"#list-", file);
        html_text(file, code);
        fputs("\">", file);
    }
    html_text(file, page_name(page, page->member_level, row->organisation));
    if (page_has_switches(page))
        fputs("</a>", file);
    write_figure(file, page, row, page->headline, page->months - 1);
    html_figure(file, page_year_change(page, row, page->headline, printed), 2);
    fputs("<td>", file);
    page_series(page, row, page->headline, page_scratch(page, 10));
    svg_spark(file, page_scratch(page, 10), page->months);
    write_percentiles(file, page, row);
    page_sums(file, page, row->months[page->months - 1]);
    fputs("\n", file);
}

/* A row and how much of the headline's carbon (or what else is above its line) is its own. */
struct weighed_row {
    const struct page_row *row;
    wide_t weight;
};

/* The heaviest first; rows lie in the order of their codes. */
static int heaviest_first(const void *a, const void *b)
{
    const struct weighed_row *const one = a;
    const struct weighed_row *const other = b;

    if (one->weight != other->weight)
        return one->weight > other->weight ? -1 : 1;
    return (one->row > other->row) - (one->row < other->row);
}

/* Who matters most comes first: in the order of codes, where there is no memory. */
static void write_member_rows(FILE *file, const struct page *page)
{
    struct weighed_row *const rows = calloc(page->member_count + 1, sizeof *rows);

    for (size_t i = 0; rows != NULL && i < page->member_count; i++) {
        const struct organisation_month *const last = page->members[i].months[page->months - 1];
        const struct measure_value *const value =
            last != NULL ? measure_value_of(last, page_headline_measure(page)) : NULL;

        rows[i] = (struct weighed_row){&page->members[i], value != NULL ? value->numerator : 0};
    }
    if (rows != NULL)
        qsort(rows, page->member_count, sizeof *rows, heaviest_first);
    for (size_t i = 0; i < page->member_count; i++)
        write_member(file, page, rows != NULL ? rows[i].row : &page->members[i]);
    free(rows);
}

static void write_members(FILE *file, const struct page *page)
{
    char caption[160];
    char month[MONTH_WORDS];

    snprintf(caption, sizeof caption, "All %s, %s; most %s first",
             level_words(page->member_level, true), month_words(page->last, month),
             sum_words(page_headline_measure(page)->numerator.sum));
    fputs("<div class=\"tools scripted\"><div><label class=\"nhsuk-label\" for=\"search\">Find by "
          "code or name</label><input class=\"nhsuk-input nhsuk-input--width-20\" id=\"search\" "
          "type=\"text\" autocomplete=\"off\" spellcheck=\"false\"></div>"
          "<p class=\"note\" id=\"found\" role=\"status\"></p></div>\n",
          file);
    table_begin(file, "members-table", caption, "sortable figures-from-3");
    table_column(file, "Code", false);
    table_column(file, "Name", false);
    table_column(file, page_headline_measure(page)->title, true);
    table_column(file, "Change in a year", true);
    fputs("<th scope=\"col\" data-plain>Trend", file);
    table_column(file, "Percentile among all", true);
    if (has_icb_standings(page))
        table_column(file, "Percentile in its ICB", true);
    table_column(file, sum_words(page_headline_measure(page)->numerator.sum), true);
    table_column(file, sum_words(page_headline_measure(page)->denominator.sum), true);
    fputs("</thead>\n<tbody>\n", file);
    write_member_rows(file, page);
    table_end(file);
}

/* False where nobody has it: per 1,000 patients without a register of list sizes.  Looked up once:
 * for each row again it was the square of the rows. */
static void find_known(const struct page *page, bool *known)
{
    for (size_t m = 0; m < page->rules->measures.count; m++) {
        known[m] = false;
        for (size_t i = 0; i < page->member_count && !known[m]; i++) {
            const struct organisation_month *const last = page->members[i].months[page->months - 1];

            known[m] =
                last != NULL && measure_value_of(last, page->rules->measures.list[m]) != NULL;
        }
    }
}

static void write_measure_heads(FILE *file, const struct page *page, const bool *known)
{
    table_column(file, "Code", false);
    for (size_t m = 0; m < page->rules->measures.count; m++) {
        const struct measure *const measure = page->rules->measures.list[m];

        if (!known[m])
            continue;
        fprintf(file, "<th scope=\"col\" class=\"n\" data-measure=\"%s\">", measure->id);
        html_words(file, measure->title);
    }
    fputs("</thead>\n<tbody>\n", file);
}

/* Every measure of the last month. */
static void write_all_measures(FILE *file, const struct page *page)
{
    bool known[LIMIT_MEASURES];

    find_known(page, known);
    details_begin(file, "All measures in the last month");
    table_begin(file, "measures-table", "All measures in the last month",
                "all-n sortable measures");
    write_measure_heads(file, page, known);
    for (size_t i = 0; i < page->member_count; i++) {
        write_who(file, page, &page->members[i]);
        for (size_t m = 0; m < page->rules->measures.count; m++)
            if (known[m])
                write_figure(file, page, &page->members[i], m, page->months - 1);
        fputs("\n", file);
    }
    table_end(file);
    details_end(file);
}

static void write_months(FILE *file, const struct page *page)
{
    const struct measure *const measure = page_headline_measure(page);
    char month[MONTH_TEXT];

    details_begin(file, "Month by month");
    table_begin(file, "months-table", measure->title, "all-n");
    table_column(file, "Code", false);
    for (size_t m = 0; m < page->months; m++)
        table_column(file, month_print(page->first + (month_t)m, month), true);
    fputs("</thead>\n<tbody>\n", file);
    for (size_t i = 0; i < page->member_count; i++) {
        write_who(file, page, &page->members[i]);
        for (size_t m = 0; m < page->months; m++)
            write_figure(file, page, &page->members[i], page->headline, m);
        fputs("\n", file);
    }
    table_end(file);
    details_end(file);
}

void page_write_members(FILE *file, const struct page *page)
{
    fill_deciles(page);
    draw_deciles(file, page);
    write_decile_table(file, page);
    write_members(file, page);
    if (page->gone > 0)
        fprintf(file,
                "<p class=\"note\">%zu more %s prescribed here in earlier months but not in the "
                "last month, and %s in the figures of those months.</p>\n",
                page->gone, level_words(page->member_level, page->gone != 1),
                plural_words(page->gone, "counts", "count"));
    fprintf(
        file,
        "<p class=\"note\">Percentile: the share of the other %s in the data that have a lower "
        "figure, 0%% for the lowest and 100%% for the highest. The last two columns are the "
        "numerator and the denominator of the figure. " SMALL_SENTENCE
        " A dash means that the figure cannot be calculated, or that the month has no data.</p>\n",
        level_words(page->member_level, true));
    write_all_measures(file, page);
    write_months(file, page);
}
