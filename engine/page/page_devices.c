#include "page/page_internal.h"

static void write_use(FILE *file, const struct page *page, const struct use *use)
{
    char printed[DECIMAL_TEXT];

    fputs("<tr><th scope=\"row\">", file);
    html_words(file, device_text(use->device));
    html_cell(file, view_of(page->rules->classes[use->class_number]));
    html_ratio(file, use->items, 1, 0);
    html_figure(
        file, use->counted ? ratio_print(use->inhalers, inhaler_unit(page->rules), 6, printed) : "",
        0);
    html_figure(
        file,
        use->has_carbon ? ratio_print(use->carbon, kilogram_unit(page->rules), 6, printed) : "", 0);
    html_cost(file, use->nic, use->unknown_nic);
    html_cost(file, use->actual_cost, use->unknown_cost);
    fputs("\n", file);
}

static void write_uses(FILE *file, const struct page *page)
{
    const struct results *const results = page->figures->results;
    char caption[80];
    char month[MONTH_WORDS];

    snprintf(caption, sizeof caption, "Devices and classes, %s", month_words(page->last, month));
    table_begin(file, "devices-table", caption, "sortable all-n text-2");
    table_column(file, "Device", false);
    table_column(file, "Class", false);
    table_column(file, "Items", true);
    table_column(file, "Inhalers", true);
    table_column(file, "kgCO2e", true);
    table_column(file, "Net ingredient cost, \xc2\xa3", true);
    table_column(file, "Actual cost, \xc2\xa3", true);
    fputs("</thead>\n<tbody>\n", file);
    for (size_t i = 0; i < results->use_count; i++) {
        const struct use *const use = &results->uses[i];

        if (use->level == page->level && use->organisation == page->subject.organisation &&
            use->month == page->last)
            write_use(file, page, use);
    }
    table_end(file);
}

static void write_product(FILE *file, const struct page *page, const struct product_month *row)
{
    const struct factor *const factor = row->factor;
    const char *const grade = factor != NULL ? grade_text(factor->grade) : "-";
    char propellants[PROPELLANTS_TEXT];
    char printed[DECIMAL_TEXT];

    fputs("<tr><th scope=\"row\">", file);
    html_words(file, row->product->name);
    html_cell(file, view_of(device_text(product_device(row->product))));
    html_cell(file,
              view_of(product_propellants(row->product, row->version, row->month, propellants)));
    html_ratio(file, row->items, 1, 0);
    html_figure(file,
                row->amounts.counted
                    ? ratio_print(row->amounts.inhalers, inhaler_unit(page->rules), 6, printed)
                    : "",
                0);
    html_figure(file, factor != NULL ? ratio_print(factor->kg, 1000000, 6, printed) : "", 2);
    html_cell(file, view_of(grade));
    html_figure(file,
                factor != NULL && row->amounts.counted
                    ? ratio_print(row->carbon, kilogram_unit(page->rules), 6, printed)
                    : "",
                0);
    html_cost(file, row->actual_cost, row->unknown_cost);
    fputs("\n", file);
}

/* Products are summed over the run, so they are of this page only if all of it is. */
static void write_products(FILE *file, const struct page *page)
{
    const struct results *const results = page->figures->results;

    if (page->level == LEVEL_ICB && page->peers != 1)
        return;
    details_begin(file, "Products, last month");
    table_begin(file, "products-table", "Products, last month", "sortable all-n text-3");
    table_column(file, "Product", false);
    table_column(file, "Device", false);
    table_column(file, "Propellant", false);
    table_column(file, "Items", true);
    table_column(file, "Inhalers", true);
    table_column(file, "kgCO2e of one", true);
    table_column(file, "Grade", false);
    table_column(file, "kgCO2e", true);
    table_column(file, "Actual cost, \xc2\xa3", true);
    fputs("</thead>\n<tbody>\n", file);
    for (size_t i = 0; i < results->product_count; i++)
        if (results->products[i].month == page->last)
            write_product(file, page, &results->products[i]);
    table_end(file);
    details_end(file);
}

void page_write_devices(FILE *file, const struct page *page)
{
    fputs("<p>pMDI: pressurised metered dose inhaler; BAI: one that is actuated by the breath; "
          "DPI: dry "
          "powder; SMI: soft mist. A refill carries no device.</p>\n",
          file);
    write_uses(file, page);
    write_products(file, page);
}
