#include "page/page_internal.h"

#include "figures/ask.h"
#include "page/page_assets.h"

#include <ctype.h>

/* In the order of the page; is_there is NULL for those that every page has. */
struct page_section {
    const char *id;
    const char *title; /* NULL for the level of the members: "Practices" */
    bool (*is_there)(const struct page *page);
    void (*write)(FILE *file, const struct page *page);
};

static const struct page_section sections[] = {
    {"headline", "Summary", NULL, page_write_headline},
    {"trend", "Trend", NULL, page_write_trend},
    {"changes", "Why it changed", page_has_changes, page_write_changes},
    {"moved", "Alerts", page_has_alerts, page_write_alerts},
    {"members", NULL, NULL, page_write_members},
    {"switches", "Switch lists", page_has_switches, page_write_switches},
    {"devices", "Devices and products", NULL, page_write_devices},
    {"gases", "Anaesthetic gases", page_has_gases, page_write_gases},
    {"targets", "Targets", page_has_targets, page_write_targets},
    {"opportunities", "Opportunities", page_has_opportunities, page_write_opportunities},
    {"quality", "Data quality", NULL, page_write_quality},
    {"methods", "Definitions and methods", NULL, page_write_methods},
};

static void write_title(FILE *file, const struct page_section *section, const struct page *page)
{
    const char *const level = level_words(page->member_level, true);

    if (section->title != NULL)
        fputs(section->title, file);
    else
        fprintf(file, "%c%s", toupper((unsigned char)level[0]), level + 1);
}

static bool is_there(const struct page_section *section, const struct page *page)
{
    if (page->months == 0) /* hospital data alone */
        return section->write == page_write_quality || section->write == page_write_methods ||
               (section->write == page_write_gases && page_has_gases(page));
    return section->is_there == NULL || section->is_there(page);
}

static void write_head(FILE *file, const struct page *page)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
          "'unsafe-inline'; script-src '",
          file);
    fwrite(page_script_hash.at, 1, page_script_hash.length, file);
    fputs("'; base-uri 'none'; form-action 'none'\">\n<title>", file);
    html_text(file, page_name(page, page->level, page->subject.organisation));
    fputs(page->months > 0 ? ": inhalers and their carbon" : ": anaesthetic gases", file);
    fputs("</title>\n<style>", file);
    fwrite(page_style.at, 1, page_style.length, file);
    fputs("</style>\n</head>\n", file);
}

static void write_contents(FILE *file, const struct page *page)
{
    fputs("<nav aria-label=\"Contents\" class=\"no-print\"><ul class=\"contents\">\n", file);
    for (size_t i = 0; i < COUNT_OF(sections); i++)
        if (is_there(&sections[i], page)) {
            fprintf(file, "<li><a href=\"#%s\">", sections[i].id);
            write_title(file, &sections[i], page);
            fputs("</a>\n", file);
        }
    fputs("</ul></nav>\n", file);
}

static void write_section(FILE *file, const struct page_section *section, const struct page *page)
{
    const char *const id = section->id;

    fprintf(file, "<section id=\"%s\" aria-labelledby=\"%s-h\">\n<h2 id=\"%s-h\">", id, id, id);
    write_title(file, section, page);
    fputs("</h2>\n", file);
    section->write(file, page);
    fputs("</section>\n", file);
}

/* A period with months that nobody sent is not that period. */
static void write_gaps(FILE *file, const struct page *page, month_t from, month_t to)
{
    const int missing = ask_missing_months(page->figures->results, from, to);

    if (missing > 0)
        fprintf(file, " (%d month%s missing)", missing, missing == 1 ? "" : "s");
}

static void write_top(FILE *file, const struct page *page)
{
    const bool gases = page->months == 0 && page->trust_months > 0;
    const size_t months = gases ? page->trust_months : page->months;
    const month_t from = gases ? page->trust_first : page->first;
    char first[MONTH_WORDS];
    char last[MONTH_WORDS];

    fputs("<body>\n<a class=\"nhsuk-skip-link\" href=\"#main\">Skip to main content</a>\n"
          "<header class=\"page-top\"><div class=\"nhsuk-width-container\"><h1>",
          file);
    html_text(file, page_name(page, page->level, page->subject.organisation));
    fprintf(file, "</h1>\n<p class=\"nhsuk-lede-text\">%s and their carbon, ",
            gases ? "Anaesthetic gases" : "Inhalers");
    if (months > 1)
        fprintf(file, "%s to ", month_words(from, first));
    fputs(months > 0 ? month_words(from + (month_t)months - 1, last) : "no data", file);
    if (months > 0)
        write_gaps(file, page, from, from + (month_t)months - 1);
    fputs("</p></div></header>\n<div class=\"nhsuk-width-container\">\n", file);
}

void write_page(FILE *file, const struct page *page)
{
    write_head(file, page);
    write_top(file, page);
    write_contents(file, page);
    fputs("<main id=\"main\">\n", file);
    for (size_t i = 0; i < COUNT_OF(sections); i++)
        if (is_there(&sections[i], page))
            write_section(file, &sections[i], page);
    fputs("</main>\n</div>\n<script>", file);
    fwrite(page_script.at, 1, page_script.length, file);
    fputs("</script>\n</body>\n</html>\n", file);
}
