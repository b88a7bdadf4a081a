#include "workbook/workbook_internal.h"

#include "figures/ask.h"
#include "report/headline.h"
#include "report/html_out.h"

/* More lines cannot be told apart, more columns not be read. */
#define MOST_LINES 8
#define MOST_COLUMNS 400

#define MOST_CHARTS 8

/* A line through months of who is there to be met. */
static bool is_drawable(const struct workbook *book, const struct drawn *drawn, size_t measure)
{
    return drawn->measure == measure && drawn->count > 1 &&
           ask_is_met(book->results, drawn->row->level, drawn->row->organisation);
}

/* The practice, if the workbook is about one; else the nation, and the ICBs if they are few, else
 * the regions. */
static size_t choose_lines(const struct workbook *book, size_t measure, const struct drawn **lines)
{
    size_t icbs = 0;
    size_t count = 0;

    for (size_t i = 0; i < book->drawn_count; i++)
        icbs +=
            is_drawable(book, &book->drawn[i], measure) && book->drawn[i].row->level == LEVEL_ICB;
    for (int pass = book->part.about_one; pass < 2; pass++)
        for (size_t i = 0; i < book->drawn_count && count < MOST_LINES; i++) {
            const struct drawn *const drawn = &book->drawn[i];
            const enum level few = icbs < MOST_LINES ? LEVEL_ICB : LEVEL_REGION;

            if (is_drawable(book, drawn, measure) &&
                drawn->row->level == (book->part.about_one ? LEVEL_PRACTICE
                                      : pass == 0          ? LEVEL_NATION
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
        .last = book->part.last,
    };

    if (count == 0)
        return;
    snprintf(words, sizeof words,
             "Lines of %s from %s to %s, of %zu organisations; the numbers are in the sheet "
             "Measures.",
             rule->title, month_print(chart.first, first), month_print(chart.last, last), count);
    xlsx_chart_begin(book->charts, &chart);
    for (size_t i = 0; i < count; i++)
        xlsx_chart_series(book->charts, &(struct xlsx_series){
                                            .sheet = book->measures,
                                            .first = lines[i]->first,
                                            .count = lines[i]->count,
                                            .x_column = table_find_column(&table_measures, "month"),
                                            .y_column = table_find_column(&table_measures, "value"),
                                            .name_column = table_find_column(&table_measures,
                                                                             "organisation_name"),
                                        });
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
             all ? "" : ": the 400 highest", month_words(book->part.latest, month));
    snprintf(
        words, sizeof words,
        "Columns of %zu practices from the highest to the lowest; the numbers are in the sheet "
        "Practices.",
        count);
    xlsx_chart_begin(book->charts, &chart);
    xlsx_chart_series(book->charts, &(struct xlsx_series){.sheet = book->practices,
                                                          .count = count,
                                                          .y_column = PRACTICE_FIXED});
    xlsx_chart_end(book->charts, &chart);
}

/* The headline of the run's own ICB or nation as an XmR chart. */
static void draw_control(struct workbook *book)
{
    static const char *const lines[][2] = {
        {"value", "Value"}, {"mean", "Mean"}, {"lower", "Lower limit"}, {"upper", "Upper limit"}};
    const struct measure *const rule =
        book->results->classified.rules->measures.list[book->headline];
    const struct organisation_month *const focus = ask_focus(book->results);
    char name[120];
    char title[400];
    char words[600];
    const struct xlsx_chart chart = {
        .title = title,
        .alternative = words,
        .x_name = "Month of prescribing",
        .y_name = rule->unit,
        .first = book->control_from,
        .last = book->part.latest,
        .floor = book->control_floor,
    };

    if (book->control == NULL || focus == NULL)
        return;
    organisation_words(book->results, focus->level, focus->organisation, name, sizeof name);
    snprintf(title, sizeof title, "Control chart: %s, %s", rule->title, name);
    snprintf(words, sizeof words,
             "The values of %zu months with their mean and process limits; the numbers, and which "
             "months are special, are in the sheet Control charts.",
             book->control_count);
    xlsx_chart_begin(book->charts, &chart);
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        xlsx_chart_series(book->charts, &(struct xlsx_series){
                                            .sheet = book->control,
                                            .first = book->control_first,
                                            .count = book->control_count,
                                            .x_column = table_find_column(&table_spc, "month"),
                                            .y_column = table_find_column(&table_spc, lines[i][0]),
                                            .name = lines[i][1],
                                            .plain = true,
                                        });
    xlsx_chart_end(book->charts, &chart);
}

void workbook_charts(struct workbook *book)
{
    const struct rules *const rules = book->results->classified.rules;

    if (book->charts == NULL || rules->measures.count == 0)
        return;
    xlsx_heading(book->charts, "Charts");
    xlsx_line(
        book->charts,
        "The numbers of the charts are in the sheets Measures, Practices and Control charts.");
    draw_practices(book);
    draw_lines(book, book->headline);
    draw_control(book);
    for (size_t m = 0; m < rules->measures.count && m + 2 < MOST_CHARTS; m++)
        if (m != book->headline)
            draw_lines(book, m);
}
