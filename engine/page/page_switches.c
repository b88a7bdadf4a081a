#include "page/page_internal.h"

/* The lists of practices stand in the order of the advice; what is the same for all of
 * them, doses and what to look at first, stands once, in the legend behind them. */

static bool is_listed(const struct page *page, const struct advice *advice)
{
    return advice->month == page->last &&
           (page->level != LEVEL_ICB || advice->icb == page->subject.organisation);
}

bool page_has_switches(const struct page *page)
{
    const struct advice_list *const advice = &page->figures->advice;

    for (size_t i = 0; i < advice->count && page->member_level == LEVEL_PRACTICE; i++)
        if (is_listed(page, &advice->list[i]))
            return true;
    return false;
}

static unsigned rule_number(const struct page *page, const struct switch_rule *rule)
{
    unsigned number = 0;

    while (page->rules->switches.list[number] != rule)
        number++;
    return number + 1;
}

static void write_kilograms(FILE *file, const struct page *page, bool known, wide_t carbon,
                            int64_t parts)
{
    if (known)
        html_ratio(file, carbon, kilogram_unit(page->rules) * parts, 1);
    else
        html_figure(file, "", 0);
}

static void write_from(FILE *file, const struct page *page, const struct advice *advice,
                       size_t alternatives)
{
    char printed[DECIMAL_TEXT];
    char figure[DECIMAL_TEXT];

    fprintf(file, "<tr><th scope=\"rowgroup\" rowspan=\"%zu\">", alternatives);
    html_words(file, advice->pair->from->name);
    ratio_print(advice->packs, inhaler_unit(page->rules), 6, printed);
    fprintf(file, "<td class=\"n\" rowspan=\"%zu\">%s", alternatives,
            figure_print(printed, 0, figure));
    fprintf(file, "<td class=\"n\" rowspan=\"%zu\">", alternatives);
    if (advice->has_carbon)
        fputs(figure_print(ratio_print(advice->carbon, kilogram_unit(page->rules), 6, printed), 1,
                           figure),
              file);
    else
        fputs("\xe2\x80\x93", file);
}

static void write_to(FILE *file, const struct page *page, const struct advice *advice)
{
    const unsigned number = rule_number(page, advice->rule);

    html_cell(file, view_of(advice->pair->to->name));
    for (size_t i = 0; i < advice->pair->prompt_ids.count; i++) {
        fputs(i == 0 ? " (" : "; ", file);
        html_words(file, advice->pair->prompts[i]->label);
    }
    if (advice->pair->prompt_ids.count > 0)
        fputs(")", file);
    fprintf(file, "<td><a href=\"#s%u\">S%u</a>", number, number);
    write_kilograms(file, page, advice->evidenced, advice->saved, advice->pair->from_inhalers);
    if (advice->has_cost)
        html_ratio(file, advice->cost_top, advice->cost_bottom, 2);
    else
        html_figure(file, "", 0);
    if (advice->grade[0] != '\0')
        fprintf(file, "<td>%s\n", advice->grade);
    else
        html_figure(file, "", 0);
}

/* All that may stand in the place of one product, side by side. */
static void write_rows(FILE *file, const struct page *page, const struct advice *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t alternatives = 0;
        bool seen = false;

        for (size_t k = 0; k < count; k++) {
            const bool same = list[k].pair->from == list[i].pair->from;

            seen = seen || (same && k < i);
            alternatives += same;
        }
        for (size_t k = i; !seen && k < count; k++) {
            if (list[k].pair->from != list[i].pair->from)
                continue;
            if (k == i)
                write_from(file, page, &list[i], alternatives);
            else
                fputs("<tr>", file);
            write_to(file, page, &list[k]);
        }
    }
}

static void write_summary(FILE *file, const struct page *page, const struct advice *first)
{
    char printed[DECIMAL_TEXT];
    char figure[DECIMAL_TEXT];

    html_text(file, page_code(page, LEVEL_PRACTICE, first->practice));
    fputs(" ", file);
    html_text(file, page_name(page, LEVEL_PRACTICE, first->practice));
    if (!first->evidenced)
        return;
    ratio_print(first->saved, kilogram_unit(page->rules) * first->pair->from_inhalers, 6, printed);
    fprintf(file, ": up to %s kg by one change", figure_print(printed, 1, figure));
}

static void write_list(FILE *file, const struct page *page, const struct advice *list, size_t count)
{
    static const char *const columns[] = {"Prescribed now",        "Inhalers", "kgCO2e now",
                                          "What could be instead", "Switch",   "kgCO2e saved",
                                          "Cost change, \xc2\xa3", "Grade"};

    fputs("<details class=\"nhsuk-details practice\" id=\"list-", file);
    html_text(file, page_code(page, LEVEL_PRACTICE, list->practice));
    fputs("\"><summary class=\"nhsuk-details__summary\"><span "
          "class=\"nhsuk-details__summary-text\">",
          file);
    write_summary(file, page, list);
    fputs(
        "</span></summary><div class=\"nhsuk-details__text\"><div class=\"across\" tabindex=\"0\" "
        "role=\"region\" aria-label=\"Switch list of ",
        file);
    html_text(file, page_code(page, LEVEL_PRACTICE, list->practice));
    fputs("\"><table class=\"list\"><thead><tr>", file);
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        table_column(file, columns[i], i == 1 || i == 2 || i == 5 || i == 6);
    fputs("</thead>\n<tbody>\n", file);
    write_rows(file, page, list, count);
    fputs("</table></div></div></details>\n", file);
}

static void write_lists(FILE *file, const struct page *page)
{
    const struct advice_list *const advice = &page->figures->advice;

    fputs("<div id=\"practice-lists\">\n", file);
    for (size_t i = 0; i < advice->count;) {
        size_t count = 1;

        while (i + count < advice->count &&
               advice->list[i + count].practice == advice->list[i].practice &&
               advice->list[i + count].month == advice->list[i].month &&
               advice->list[i + count].icb == advice->list[i].icb)
            count++;
        if (is_listed(page, &advice->list[i]))
            write_list(file, page, &advice->list[i], count);
        i += count;
    }
    fputs("</div>\n", file);
}

static bool is_used(const struct page *page, const struct switch_rule *rule)
{
    const struct advice_list *const advice = &page->figures->advice;

    for (size_t i = 0; i < advice->count; i++)
        if (advice->list[i].rule == rule && is_listed(page, &advice->list[i]))
            return true;
    return false;
}

static void write_rule(FILE *file, const struct page *page, unsigned number,
                       const struct switch_rule *rule)
{
    const struct source_rule *const source = rules_source(page->rules, rule->source);

    fprintf(file, "<tr id=\"s%u\"><th scope=\"row\">S%u", number, number);
    html_cell(file, view_of(rule->title));
    fputs("<span class=\"hidden-text\"> (", file);
    html_words(file, rule->id);
    fputs(")</span>", file);
    html_cell(file, view_of(rule->change));
    html_cell(file, view_of(rule->dose));
    fputs("<td>", file);
    for (size_t i = 0; i < rule->prompt_ids.count; i++) {
        fputs(i > 0 ? "; " : "", file);
        html_words(file, rule->prompts[i]->label);
    }
    html_cell(file, view_of(source != NULL ? source->title : rule->source));
    fputs("\n", file);
}

static void write_rules(FILE *file, const struct page *page)
{
    static const char *const columns[] = {"Switch", "What",          "What changes",
                                          "Dose",   "Look at first", "Source"};

    fputs("<h4>The switches</h4><div class=\"across\" tabindex=\"0\" role=\"region\" "
          "aria-label=\"The switches\"><table><thead><tr>",
          file);
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        table_column(file, columns[i], false);
    fputs("</thead>\n<tbody>\n", file);
    for (unsigned i = 0; i < page->rules->switches.count; i++)
        if (is_used(page, page->rules->switches.list[i]))
            write_rule(file, page, i + 1, page->rules->switches.list[i]);
    fputs("</table></div>\n", file);
}

static void write_prompts(FILE *file, const struct page *page)
{
    fputs("<h4>What to look at first</h4><dl>\n", file);
    for (size_t i = 0; i < page->rules->prompts.count; i++) {
        const struct prompt *const prompt = page->rules->prompts.list[i];

        fputs("<dt>", file);
        html_words(file, prompt->label);
        fputs("</dt><dd>", file);
        html_words(file, prompt->text);
        fputs("</dd>\n", file);
    }
    fputs("</dl>\n", file);
}

static bool is_from(const struct page *page, const struct product *product)
{
    const struct advice_list *const advice = &page->figures->advice;

    for (size_t i = 0; i < advice->count; i++)
        if (advice->list[i].pair->from == product && is_listed(page, &advice->list[i]))
            return true;
    return false;
}

/* Without its kind, as a search takes it. */
static const char *dmd_identifier(const char *text)
{
    const char *const kind_end = strchr(text, ':');

    return kind_end != NULL ? kind_end + 1 : text;
}

/* What finds the patients in the clinical systems. */
static void write_codes(FILE *file, const struct page *page)
{
    fputs(
        "<h4>Codes to search for</h4><div class=\"across\" tabindex=\"0\" role=\"region\" "
        "aria-label=\"Codes to search for\"><table><thead><tr><th scope=\"col\">Prescribed now<th "
        "scope=\"col\">BNF<th scope=\"col\">dm+d</thead>\n<tbody>\n",
        file);
    for (size_t i = 0; i < page->rules->products.count; i++) {
        const struct product *const product = page->rules->products.list[i];

        if (!is_from(page, product))
            continue;
        fputs("<tr><th scope=\"row\">", file);
        html_words(file, product->name);
        html_cell(file, view_of(product->codes.texts[0]));
        fputs("<td>", file);
        for (size_t d = 0; d < product->dmd.count; d++) {
            fputs(d > 0 ? ", " : "", file);
            html_words(file, dmd_identifier(product->dmd.texts[d]));
        }
        fputs("\n", file);
    }
    fputs("</table></div>\n", file);
}

void page_write_switches(FILE *file, const struct page *page)
{
    char month[MONTH_WORDS];

    fprintf(file,
            "<div class=\"nhsuk-inset-text\"><p>A switch list is where a conversation begins, not "
            "a decision: nobody's inhaler should be changed because of a row in a list. Rows are "
            "alternatives: do not add them up. All is of %s.</p></div>\n"
            "<div class=\"tools scripted\"><button class=\"nhsuk-button nhsuk-button--secondary\" "
            "type=\"button\" id=\"open-all\">Open all lists</button><button class=\"nhsuk-button "
            "nhsuk-button--secondary\" type=\"button\" id=\"close-all\">Close all lists</button>"
            "</div>\n",
            month_words(page->last, month));
    write_lists(file, page);
    fputs(
        "<div id=\"switch-legend\">\n<h3>How to read the lists</h3>\n<p class=\"note\">Grade: A, a "
        "figure for the product itself; B, second hand or derived; B2, the same maker, device and "
        "pack in another strength; C, an analogue; D, a default; "
        "of the two products the worse. A dash for kgCO2e saved: no saving is evidenced. A dash "
        "for cost: nobody here prescribed the alternative, so its price is not known. Paper "
        "shows the lists that are open.</p>\n",
        file);
    write_rules(file, page);
    write_prompts(file, page);
    write_codes(file, page);
    fputs("</div>\n", file);
}
