#include "report/workbook_internal.h"

#include "report/html_out.h"

/* More lines cannot be told apart, more columns not be read. */
#define MOST_LINES 8
#define MOST_COLUMNS 400

#define MOST_CHARTS 8

/* Where a column of measures.csv stands. */
static size_t column_of(const char *name)
{
    size_t at = 0;

    while (strcmp(table_measures.columns[at].name, name) != 0)
        at++;
    return at;
}

/* The practice, if the workbook is about one; else the nation, and the ICBs if they are few, else
 * the regions. */
static size_t choose_lines(const struct workbook *book, size_t measure, const struct drawn **lines)
{
    size_t icbs = 0;
    size_t count = 0;

    for (size_t i = 0; i < book->drawn_count; i++)
        icbs += book->drawn[i].measure == measure && book->drawn[i].row->level == LEVEL_ICB;
    for (int pass = book->about_one; pass < 2; pass++)
        for (size_t i = 0; i < book->drawn_count && count < MOST_LINES; i++) {
            const struct drawn *const drawn = &book->drawn[i];
            const enum level few = icbs < MOST_LINES ? LEVEL_ICB : LEVEL_REGION;

            if (drawn->measure == measure && drawn->count > 1 &&
                drawn->row->level == (book->about_one ? LEVEL_PRACTICE
                                      : pass == 0     ? LEVEL_NATION
                                                      : few))
                lines[count++] = drawn;
        }
    return count;
}

static void draw_lines(struct workbook *book, size_t measure)
{
    const struct measure *const rule = book->results->classified.rules->measures.list[measure];
    const struct drawn *lines[MOST_LINES];
    const size_t count = choose_lines(book, measure, lines);
    char first[MONTH_TEXT];
    char last[MONTH_TEXT];
    char words[400];
    const struct xlsx_chart chart = {
        .title = rule->title,
        .alternative = words,
        .x_name = "Month of prescribing",
        .y_name = rule->unit,
        .first = count > 0 ? lines[0]->row->month : MONTH_NONE,
        .last = book->last,
    };

    if (count == 0)
        return;
    snprintf(words, sizeof words,
             "Lines of %s from %s to %s, of %zu organisations; the numbers are in the sheet "
             "Measures.",
             rule->title, month_print(chart.first, first), month_print(chart.last, last), count);
    xlsx_chart_begin(book->charts, &chart);
    for (size_t i = 0; i < count; i++)
        xlsx_chart_series(book->charts,
                          &(struct xlsx_series){book->measures, lines[i]->first, lines[i]->count,
                                                column_of("month"), column_of("value"),
                                                column_of("organisation_name")});
    xlsx_chart_end(book->charts, &chart);
}

static void draw_practices(struct workbook *book)
{
    const struct measure *const rule =
        book->results->classified.rules->measures.list[book->headline];
    const bool all = book->practices_drawn <= MOST_COLUMNS;
    const size_t count = all ? book->practices_drawn : MOST_COLUMNS;
    char month[MONTH_WORDS];
    char title[200];
    char words[400];
    const struct xlsx_chart chart = {
        .title = title,
        .alternative = words,
        .x_name = "Practice",
        .y_name = rule->unit,
    };

    if (count == 0)
        return;
    snprintf(title, sizeof title, "%s%s, by practice, %s", rule->title,
             all ? "" : ": the 400 highest", month_words(book->latest, month));
    snprintf(
        words, sizeof words,
        "Columns of %zu practices from the highest to the lowest; the numbers are in the sheet "
        "Practices.",
        count);
    xlsx_chart_begin(book->charts, &chart);
    xlsx_chart_series(book->charts,
                      &(struct xlsx_series){book->practices, 0, count, 0, PRACTICE_FIXED, 0});
    xlsx_chart_end(book->charts, &chart);
}

void workbook_charts(struct workbook *book)
{
    const struct rules *const rules = book->results->classified.rules;

    if (book->charts == NULL || rules->measures.count == 0)
        return;
    xlsx_heading(book->charts, "Charts");
    xlsx_line(book->charts, "The numbers of the charts are in the sheets Measures and Practices.");
    draw_practices(book);
    draw_lines(book, book->headline);
    for (size_t m = 0; m < rules->measures.count && m + 2 < MOST_CHARTS; m++)
        if (m != book->headline)
            draw_lines(book, m);
}
