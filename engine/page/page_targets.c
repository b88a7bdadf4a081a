#include "page/page_internal.h"

#include "table/words.h"

bool page_has_targets(const struct page *page)
{
    size_t at = 0;

    return page_next_target(page, &at) != NULL;
}

static void write_value(FILE *file, const struct measure *measure, double value)
{
    char printed[DOUBLE_TEXT];

    html_measure(file, measure, double_print(value, printed));
}

static void write_answer(FILE *file, const struct page *page, const struct target_answer *answer)
{
    const struct measure *const measure = page->rules->measures.list[answer->measure];
    char printed[DOUBLE_TEXT];

    fputs("<tr><th scope=\"row\">", file);
    html_words(file, answer->target->title);
    fputs("<br><span class=\"note\">", file);
    html_words(file, answer->target->plan);
    if (answer->part) {
        fputs(": ", file);
        html_text(file, target_name(answer, page->figures->results));
    }
    fputs("</span>", file);
    html_month(file, answer->target->due);
    write_value(file, measure, answer->target_value);
    write_value(file, measure, answer->latest_value);
    write_value(file, measure, answer->forecast);
    write_value(file, measure, answer->low);
    write_value(file, measure, answer->high);
    html_figure(file, double_print(answer->probability, printed), 2);
    html_cell(file, view_of(target_status_text(answer->status)));
    html_cell(file, view_of(answer->why));
    fputs("\n", file);
}

void page_write_targets(FILE *file, const struct page *page)
{
    static const char *const columns[] = {"Target",
                                          "Due",
                                          "To reach",
                                          "Latest",
                                          "Expected",
                                          "Low, 80\xc2\xa0%",
                                          "High, 80\xc2\xa0%",
                                          "Probability",
                                          "Status",
                                          "What decides"};
    const struct target_answer *answer;

    fputs("<p>Expected: the middle of what may be when it is due; in four cases of five it is "
          "between low and high. On course: met with a probability of 0.8 or more; off course: of "
          "0.2 or less, or due and not met. A target whose month is past is judged by that month, "
          "whatever came after it.</p>\n",
          file);
    table_begin(file, "targets-table", "All targets", "targets all-n text-2 text-last");
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        table_column(file, columns[i], i >= 2 && i <= 7);
    fputs("</thead>\n<tbody>\n", file);
    for (size_t at = 0; (answer = page_next_target(page, &at)) != NULL;)
        if (answer->target->measure != NULL)
            write_answer(file, page, answer);
    table_end(file);
}
