#include "page/page_internal.h"

#include <string.h>

static void write_term(FILE *file, const char *term, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    fprintf(file, "<dt>%s</dt><dd>", term);
    html_words(file, text);
    fputs("</dd>\n", file);
}

static const char *factor_set_words(const struct page *page, const struct measure *measure)
{
    if (measure->factor_set_id == NULL)
        return NULL;
    return measure->factor_set != NULL ? measure->factor_set->id
                                       : page->figures->results->factors->id;
}

static void write_measure(FILE *file, const struct page *page, const struct measure *measure)
{
    const struct source_rule *const source = rules_source(page->rules, measure->source);

    details_begin(file, measure->title);
    fputs("<dl>\n", file);
    write_term(file, "Name in the files", measure->id);
    write_term(file, "What it is", measure->description);
    write_term(file, "Why", measure->why);
    write_term(file, "Unit", measure->unit);
    write_term(file, "Factor set", factor_set_words(page, measure));
    write_term(file, "Equals", measure->equals);
    write_term(file, "Source", source != NULL ? source->title : measure->source);
    write_term(file, "Source looked up", measure->checked);
    fputs("<dt>To know when using it</dt><dd><ul>\n", file);
    for (size_t i = 0; i < measure->caveats.count; i++) {
        fputs("<li>", file);
        html_words(file, measure->caveats.texts[i]);
        fputs("\n", file);
    }
    fputs("</ul></dd></dl>\n", file);
    details_end(file);
}

/* No word of gases where there are none. */
static bool is_in_run(const struct page *page, const struct measure *measure)
{
    return measure->subject == SUBJECT_hospital ? page->trust_count > 0 : page->months > 0;
}

static void write_sources(FILE *file, const struct page *page)
{
    details_begin(file, "Sources of the rules");
    table_begin(file, "sources-table", "Sources of the rules", "");
    table_column(file, "Source", false);
    table_column(file, "Where", false);
    table_column(file, "Looked up", false);
    fputs("</thead>\n<tbody>\n", file);
    for (size_t i = 0; i < page->rules->sources.count; i++) {
        const struct source_rule *const source = &page->rules->sources.list[i];

        fputs("<tr><th scope=\"row\">", file);
        html_words(file, source->title);
        html_cell(file, view_of(source->where));
        html_cell(file, view_of(source->checked));
        fputs("\n", file);
    }
    table_end(file);
    details_end(file);
}

static void write_versions(FILE *file, const struct page *page)
{
    const struct audit *const audit = page->audit;

    fputs("<p>Made by Canister ", file);
    html_words(file, audit->program_version);
    fputs(" with the rules ", file);
    html_words(file, page->rules->version);
    fprintf(file, " (SHA-256 %.12s\xe2\x80\xa6) and the factor set ", page->rules->sha256);
    html_words(file, page->figures->results->factors->id);
    if (page->trust_count > 0) {
        fputs(", for gases ", file);
        html_words(file, page->figures->results->gas_factors->id);
    }
    fputs(". Every figure here is in the CSV files beside this page, with all of its digits; "
          "audit.json tells what was read.</p>\n",
          file);
}

void page_write_methods(FILE *file, const struct page *page)
{
    fputs("<p><strong>These are measures, not indicators:</strong> they say what was prescribed, "
          "not whether it was right, and none is meant for a decision about one patient.</p>\n"
          "<h3>Measures</h3>\n",
          file);
    for (size_t i = 0; i < page->rules->measures.count; i++)
        if (is_in_run(page, page->rules->measures.list[i]))
            write_measure(file, page, page->rules->measures.list[i]);
    fputs("<h3>Sources and licence</h3>\n", file);
    write_sources(file, page);
    write_versions(file, page);
    fputs("<p>Contains public sector information licensed under the Open Government Licence v3.0. "
          "Source: NHS Business Services Authority and NHS England. The software is free under "
          "GPL-3.0-or-later; the style is made from nhsuk-frontend and the charts by uPlot, both "
          "under the MIT licence. This page is not one of the NHS.</p>\n",
          file);
}
