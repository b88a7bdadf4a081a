#include "page/page_internal.h"

#include "figures/ask.h"
#include "table/rows.h"

/* Of prescribing, as audit.json tells them; hospital data have other sums. */
static void write_sums(FILE *file, const struct extract_summary *summary)
{
    if (summary->era != NULL && summary->era->extract->subject != SUBJECT_prescribing) {
        html_figure(file, "", 0);
        html_figure(file, "", 0);
        return;
    }
    html_ratio(file, summary->items, 1, 0);
    html_cost(file, summary->actual_cost, summary->unknown_costs > 0);
}

static void write_file_row(FILE *file, const struct audit_file *one)
{
    const struct extract_summary *const summary = &one->summary;
    char first[MONTH_TEXT] = "";
    char last[MONTH_TEXT] = "";

    if (summary->month_count > 0) {
        month_print(summary->months[0].month, first);
        month_print(summary->months[summary->month_count - 1].month, last);
    }
    fputs("<tr><th scope=\"row\">", file);
    html_words(file, one->name);
    fprintf(file, "<td class=\"code\">%s%s%s", first, summary->month_count > 1 ? " to " : "",
            summary->month_count > 1 ? last : "");
    html_cell(file, view_of(summary->era != NULL ? summary->era->id : ""));
    html_ratio(file, (wide_t)summary->rows_read, 1, 0);
    html_ratio(file, (wide_t)summary->rows_kept, 1, 0);
    html_ratio(file, (wide_t)summary->rows_out_of_scope, 1, 0);
    html_ratio(file, (wide_t)summary->rejects.count, 1, 0);
    write_sums(file, summary);
    html_cell(file, view_of(one->refused[0] != '\0'   ? one->refused
                            : one->replaced.count > 0 ? "another file replaced months of it"
                                                      : "taken"));
    fputs("\n", file);
}

static void write_files(FILE *file, const struct figures *figures)
{
    static const char *const columns[] = {"File",
                                          "Months",
                                          "Layout",
                                          "Rows read",
                                          "Rows kept",
                                          "Out of scope",
                                          "Rejected",
                                          "Items of all rows",
                                          "Actual cost of all, \xc2\xa3",
                                          "What became of it"};

    details_begin(file, "The files of this run");
    table_begin(file, "files-table", "The files of this run", "all-n text-3 text-last");
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        table_column(file, columns[i], i >= 3 && i <= 8);
    fputs("</thead>\n<tbody>\n", file);
    for (size_t i = 0; i < figures->inputs.file_count; i++)
        if (!figures->inputs.files[i].companion)
            write_file_row(file, &figures->inputs.files[i]);
    table_end(file);
    details_end(file);
}

struct file_sums {
    size_t files;
    size_t refused;
    wide_t read;
    wide_t kept;
    wide_t rejected;
};

static struct file_sums sum_files(const struct figures *figures)
{
    struct file_sums sums = {0};

    for (size_t i = 0; i < figures->inputs.file_count; i++) {
        const struct audit_file *const one = &figures->inputs.files[i];

        sums.files += !one->companion;
        sums.refused += one->refused[0] != '\0';
        if (one->refused[0] != '\0')
            continue;
        sums.read += (wide_t)one->summary.rows_read;
        sums.kept += (wide_t)one->summary.rows_kept;
        sums.rejected += (wide_t)one->summary.rejects.count;
    }
    return sums;
}

static void tell_count(FILE *file, wide_t count, const char *words)
{
    char printed[DECIMAL_TEXT];
    char figure[DECIMAL_TEXT];

    fprintf(file, "<li>%s %s", figure_print(ratio_print(count, 1, 0, printed), 0, figure), words);
}

/* Months without any row of what the page is about. */
static void tell_months(FILE *file, const struct page *page)
{
    char month[MONTH_WORDS];
    size_t missing = 0;

    for (size_t i = 0; i < page->months; i++)
        missing += page->subject.months[i] == NULL;
    tell_count(file, (wide_t)(page->months - missing), "months with data");
    if (missing == 0) {
        fputs(", none between them missing\n", file);
        return;
    }
    fprintf(file, "; %zu missing:", missing);
    for (size_t i = 0; i < page->months; i++)
        if (page->subject.months[i] == NULL)
            fprintf(file, " %s,", month_words(page->first + (month_t)i, month));
    fputs(" which the charts leave open\n", file);
}

/* Months that will come again with other figures. */
static void tell_provisional(FILE *file, const struct page *page)
{
    char month[MONTH_WORDS];
    size_t count = 0;

    if (page->trust_count == 0)
        return;
    for (size_t i = 0; i < page->trust_months; i++) {
        const month_t at = page->trust_first + (month_t)i;
        const struct series_rule *const series = ask_hospital_series(page->figures, at);

        if (series == NULL || !series->provisional)
            continue;
        fprintf(file, "%s %s", count++ == 0 ? "<li>Provisional months of hospital data:" : ",",
                month_words(at, month));
    }
    fputs(count > 0 ? ": their figures will change\n"
                    : "<li>No provisional month of hospital data\n",
          file);
}

static void tell_rows(FILE *file, const struct page *page)
{
    const struct file_sums sums = sum_files(page->figures);

    fputs("<ul>\n", file);
    if (page->months > 0)
        tell_months(file, page);
    tell_count(file, (wide_t)sums.files, "files");
    fprintf(file, ", %zu of them refused and not used\n", sums.refused);
    tell_count(file, sums.read, "rows read");
    fputs("\n", file);
    tell_count(file, sums.kept, "rows kept: those of the sections that inhalers are in\n");
    tell_count(file, sums.rejected, "rows rejected (rejects.csv)\n");
    tell_count(file, (wide_t)page->figures->results->unclassified_count,
               "products by month that are not counted in full, or provisionally by their name "
               "(unclassified.csv)\n");
    tell_provisional(file, page);
    fputs("</ul>\n", file);
}

static void write_unclassified_row(FILE *file, const struct page *page,
                                   const struct unclassified *row)
{
    const struct cube *const cube = page->figures->results->classified.cube;

    fputs("<tr><th scope=\"row\">", file);
    html_text(file, presentation_code(intern_text(&cube->codes, row->presentation)));
    html_cell(file, cube->names[row->presentation].text);
    html_month(file, row->month);
    html_ratio(file, (wide_t)row->rows, 1, 0);
    html_ratio(file, row->items, 1, 0);
    html_ratio(file, row->quantity, 1000, 0);
    html_cost(file, row->actual_cost, row->unknown_cost);
    html_cell(file, view_of(row->reason));
    fputs("\n", file);
}

/* Of the last month; all months are in unclassified.csv. */
static void write_unclassified_table(FILE *file, const struct page *page)
{
    static const char *const columns[] = {
        "BNF code", "Name", "Month", "Rows", "Items", "Quantity", "Actual cost, \xc2\xa3", "Why"};
    const struct results *const results = page->figures->results;

    if (results->unclassified_count == 0)
        return;
    details_begin(file, "What no rule counts in full, last month");
    table_begin(file, "unclassified-table", "What no rule counts in full, last month",
                "all-n text-3 text-last");
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        table_column(file, columns[i], i >= 3 && i <= 6);
    fputs("</thead>\n<tbody>\n", file);
    for (size_t i = 0; i < results->unclassified_count; i++)
        if (results->unclassified[i].month == page->last)
            write_unclassified_row(file, page, &results->unclassified[i]);
    table_end(file);
    details_end(file);
}

/* In per cent; a dash of nothing. */
static void write_part(FILE *file, wide_t part, wide_t all)
{
    char printed[DECIMAL_TEXT];
    char figure[DECIMAL_TEXT];

    if (all <= 0)
        html_figure(file, "", 1);
    else
        fprintf(file, "<td>%s %%",
                figure_print(ratio_print(100 * part, all, 1, printed), 1, figure));
}

static void write_grades(FILE *file, const struct page *page)
{
    static const char *const columns[] = {
        "Grade",  "Items",       "Share of items",         "Inhalers and refill packs",
        "kgCO2e", "Share of it", "Low end of the factors", "High end"};
    const struct grade_sums *const sums = page->figures->grades;
    struct grade_sums all = {0};

    for (size_t i = 0; i < CARBON_GRADES; i++) {
        all.items += sums[i].items;
        all.carbon += sums[i].carbon;
    }
    fputs("<h3>How well the factors are known</h3>\n<p>All months and all files of this run. A: a "
          "figure for the product itself; B: second hand or derived; B2: the same maker, device "
          "and pack in another strength; C: an analogue; D: a "
          "default.</p>\n",
          file);
    table_begin(file, "grades-table", "Carbon by grade of the factor", "all-n");
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        table_column(file, columns[i], i > 0);
    fputs("</thead>\n<tbody>\n", file);
    for (size_t i = 0; i < CARBON_GRADES; i++) {
        const wide_t unit = kilogram_unit(page->rules);

        fprintf(file, "<tr><th scope=\"row\">%s", carbon_grades[i]);
        html_ratio(file, sums[i].items, 1, 0);
        write_part(file, sums[i].items, all.items);
        html_ratio(file, sums[i].packs, inhaler_unit(page->rules), 0);
        html_ratio(file, sums[i].carbon, unit, 0);
        write_part(file, sums[i].carbon, all.carbon);
        html_ratio(file, sums[i].low, unit, 0);
        html_ratio(file, sums[i].high, unit, 0);
        fputs("\n", file);
    }
    table_end(file);
}

/* The page's own rows of factor_sets.csv. */
static const struct factor_comparison *next_factor_comparison(const struct page *page, size_t *at)
{
    const struct factor_comparison_list *const all = &page->figures->factor_comparisons;

    while (*at < all->count) {
        const struct factor_comparison *const one = &all->list[(*at)++];

        if (one->measure == page->headline && one->row->level == page->level &&
            one->row->organisation == page->subject.organisation)
            return one;
    }
    return NULL;
}

static void write_factor_comparisons(FILE *file, const struct page *page,
                                     const struct factor_comparison *one)
{
    const struct results *const results = page->figures->results;
    const int places = measure_places(page_headline_measure(page));
    char printed[DECIMAL_TEXT];

    fputs("<tr><th scope=\"row\">", file);
    html_words(file, one->set->title);
    html_cell(file, view_of(one->set->id));
    html_cell(file, view_of(one->own ? "yes" : ""));
    html_ratio(file, one->packs, inhaler_unit(page->rules), 0);
    html_ratio(file, one->whole - one->packs, inhaler_unit(page->rules), 0);
    html_figure(file, factor_sets_print(results, one, one->carbon, printed), places);
    html_figure(file, factor_sets_print(results, one, one->low, printed), places);
    html_figure(file, factor_sets_print(results, one, one->high, printed), places);
    fputs("\n", file);
}

static void write_factor_sensitivity(FILE *file, const struct page *page)
{
    static const char *const columns[] = {"Factor set",
                                          "Its id",
                                          "Used above",
                                          "Inhalers it weighs",
                                          "Not weighed",
                                          NULL,
                                          "At the low end of its factors",
                                          "At the high end"};
    const struct factor_comparison *one;
    size_t at = 0;

    if (next_factor_comparison(page, &at) == NULL)
        return;
    fputs("<h3>How much the choice of factors matters</h3>\n<p>The inhalers of the last month that "
          "the first figure of this page counts, weighed with each factor set of the rules "
          "(factor_sets.csv). A factor without a range has its own value at both ends.</p>\n",
          file);
    table_begin(file, "factors-table", "The headline by factor set", "all-n text-3 measures");
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        table_column(file, columns[i] != NULL ? columns[i] : page_headline_measure(page)->unit,
                     i > 2);
    fputs("</thead>\n<tbody>\n", file);
    for (at = 0; (one = next_factor_comparison(page, &at)) != NULL;)
        write_factor_comparisons(file, page, one);
    table_end(file);
}

void page_write_quality(FILE *file, const struct page *page)
{
    tell_rows(file, page);
    write_files(file, page->figures);
    write_unclassified_table(file, page);
    if (page->months > 0)
        write_grades(file, page);
    write_factor_sensitivity(file, page);
    page_write_gas_findings(file, page);
}
