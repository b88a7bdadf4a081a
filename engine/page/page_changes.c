#include "page/page_internal.h"

#include <stdlib.h>

static const struct organisation_change *find_change(const struct page *page)
{
    const struct change_list *const changes = &page->figures->changes;

    for (size_t i = 0; i < changes->count; i++)
        if (changes->list[i].level == page->level &&
            changes->list[i].organisation == page->subject.organisation)
            return &changes->list[i];
    return NULL;
}

bool page_has_changes(const struct page *page)
{
    return find_change(page) != NULL;
}

static const struct {
    const char *name;
    const char *meaning;
} parts[DRIVERS] = {
    [DRIVER_VOLUME] = {"Volume", "more or fewer inhalers and refill packs"},
    [DRIVER_CLASS] = {"Classes", "the mix of therapeutic classes"},
    [DRIVER_DEVICE] = {"Devices", "the mix of devices within the classes"},
    [DRIVER_BRAND] = {"Products", "the mix of products within class and device"},
    [DRIVER_FACTOR] = {"Factors", "another carbon factor of the same product"},
};

static void write_row(FILE *file, const char *name, const char *meaning, int64_t milligrams)
{
    char printed[DECIMAL_TEXT];

    fprintf(file, "<tr><th scope=\"row\">%s", name);
    html_cell(file, view_of(meaning));
    html_figure(file, decimal_print(milligrams, PLACES_CARBON, printed), 0);
    fputs("\n", file);
}

static void tell(FILE *file, const struct page *page, const struct organisation_change *change)
{
    const struct driver_periods *const periods = &page->figures->changes.periods;
    const int64_t difference = change->milligrams[1] - change->milligrams[0];
    int largest = 0;
    char month[4][MONTH_WORDS];
    char printed[DECIMAL_TEXT];
    char figure[DECIMAL_TEXT];

    for (int d = 1; d < DRIVERS; d++)
        if (llabs(change->parts[d]) > llabs(change->parts[largest]))
            largest = d;
    fprintf(file, "<p>All inhalers and refills with a factor, %s to %s against %s to %s: ",
            month_words(periods->from[1], month[0]), month_words(periods->to[1], month[1]),
            month_words(periods->from[0], month[2]), month_words(periods->to[0], month[3]));
    fprintf(file, "%s kgCO2e. ",
            figure_print(decimal_print(difference, PLACES_CARBON, printed), 0, figure));
    fprintf(
        file,
        "The largest part of it is %s. The parts sum to the change; rounded to kilograms they may "
        "be one off, in drivers.csv they are not.</p>\n",
        parts[largest].meaning);
}

void page_write_changes(FILE *file, const struct page *page)
{
    const struct organisation_change *const change = find_change(page);

    tell(file, page, change);
    table_begin(file, "changes-table", "Why the carbon changed", "figures-from-3");
    table_column(file, "Part", false);
    table_column(file, "What it is", false);
    table_column(file, "kgCO2e", true);
    fputs("</thead>\n<tbody>\n", file);
    write_row(file, "Before", "the earlier period", change->milligrams[0]);
    for (int d = 0; d < DRIVERS; d++)
        write_row(file, parts[d].name, parts[d].meaning, change->parts[d]);
    write_row(file, "After", "the later period", change->milligrams[1]);
    table_end(file);
}
