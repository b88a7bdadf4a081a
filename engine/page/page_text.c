#include "page/page_internal.h"

static void write_sum(FILE *file, const struct page *page, const struct measure_value *value,
                      wide_t sum, enum sum kind)
{
    if (value == NULL || value->unknown || kind == SUM_NONE)
        html_figure(file, "", 0);
    else
        html_ratio(file, sum, sum_unit(page->rules, kind), kind == SUM_kgco2e ? 1 : 0);
}

void page_sums(FILE *file, const struct page *page, const struct organisation_month *row)
{
    const struct measure *const measure = page_headline_measure(page);
    const struct measure_value *const value = row != NULL ? measure_value_of(row, measure) : NULL;

    write_sum(file, page, value, value != NULL ? value->numerator : 0, measure->numerator.sum);
    write_sum(file, page, value, value != NULL ? value->denominator : 0, measure->denominator.sum);
}

const char *sum_words(enum sum sum)
{
    switch (sum) {
    case SUM_kgco2e:
        return "kgCO2e";
    case SUM_inhalers:
    case SUM_packs:
        return "Inhalers";
    case SUM_items:
        return "Items";
    case SUM_nic:
        return "Net ingredient cost, \xc2\xa3";
    case SUM_actual_cost:
        return "Actual cost, \xc2\xa3";
    default:
        return "";
    }
}

void details_begin(FILE *file, const char *summary)
{
    fputs("<details class=\"nhsuk-details\"><summary class=\"nhsuk-details__summary\">"
          "<span class=\"nhsuk-details__summary-text\">",
          file);
    html_words(file, summary);
    fputs("</span></summary><div class=\"nhsuk-details__text\">\n", file);
}

void details_end(FILE *file)
{
    fputs("</div></details>\n", file);
}
