#include "page/page_internal.h"

#include "figures/ask.h"

#include "trend/history.h"
#include "table/rows.h"
#include "page/svg_picture.h"

#include <math.h>

/* --- whose gases: the trusts of the page's ICB where registers tell it, else all of the run ------
 */

struct trust_search {
    struct page *page;
    bool *own;     /* by trust: of the page's ICB */
    uint32_t *row; /* 1 + index into trusts */
};

static bool is_trust_row(const struct organisation_month *row)
{
    return row->subject == SUBJECT_hospital && row->level == LEVEL_TRUST;
}

static void find_own(struct trust_search *search)
{
    struct page *const page = search->page;
    const struct results *const results = page->figures->results;
    const struct cube *const cube = results->classified.cube;

    for (size_t i = 0; i < cube->count && page->level == LEVEL_ICB; i++) {
        const struct cell *const cell = &cube->cells[i];
        const uint32_t trust = cell_organisation(results, cell, LEVEL_TRUST);
        const uint32_t icb = trust != ORGANISATION_NONE
                                 ? cell_organisation(results, cell, LEVEL_ICB)
                                 : ORGANISATION_NONE;

        if (icb == ORGANISATION_NONE)
            continue;
        page->trusts_placed = true;
        search->own[trust] = search->own[trust] || icb == page->subject.organisation;
    }
}

static bool is_listed(const struct trust_search *search, const struct organisation_month *row)
{
    return is_trust_row(row) && (!search->page->trusts_placed || search->own[row->organisation]);
}

static enum status fill_trust(struct trust_search *search, const struct organisation_month *month,
                              struct fail *why)
{
    struct page *const page = search->page;
    uint32_t *const number = &search->row[month->organisation];
    struct page_row *trust;

    if (*number == 0) {
        trust = &page->trusts[page->trust_count];
        trust->organisation = month->organisation;
        trust->months =
            arena_array(&page->arena, page->trust_months + 1, sizeof(struct organisation_month *));
        if (trust->months == NULL)
            return fail_nomem(why);
        *number = (uint32_t)++page->trust_count;
    }
    page->trusts[*number - 1].months[month->month - page->trust_first] = month;
    return STATUS_OK;
}

enum status page_find_trusts(struct page *page, struct fail *why)
{
    const struct results *const results = page->figures->results;
    const size_t count = results->classified.cube->places.levels[LEVEL_TRUST].codes.count;
    struct trust_search search = {
        .page = page,
        .own = arena_array(&page->arena, count + 1, sizeof *search.own),
        .row = arena_array(&page->arena, count + 1, sizeof *search.row),
    };
    enum status status = STATUS_OK;

    page->trusts = arena_array(&page->arena, count + 1, sizeof *page->trusts);
    if (search.own == NULL || search.row == NULL || page->trusts == NULL)
        return fail_nomem(why);
    results_months(results, SUBJECT_hospital, &page->trust_first, &page->trust_last);
    if (page->trust_last == MONTH_NONE)
        return STATUS_OK;
    page->trust_months = (size_t)(page->trust_last - page->trust_first) + 1;
    find_own(&search);
    for (size_t i = 0; i < results->organisation_count && status == STATUS_OK; i++)
        if (is_listed(&search, &results->organisations[i]))
            status = fill_trust(&search, &results->organisations[i], why);
    return status;
}

/* --- the section -------------------------------------------------------------------------------
 */

bool page_has_gases(const struct page *page)
{
    return page->trust_count > 0;
}

static char *trust_figure(const struct page *page, const struct page_row *trust, size_t measure,
                          size_t month, char *out)
{
    return month < page->trust_months ? row_figure(page, trust->months[month], measure, out)
                                      : strcpy(out, "");
}

/* False where no trust has it: no files of supply and use, say. */
static bool is_known(const struct page *page, size_t measure)
{
    char printed[DECIMAL_TEXT];

    if (page->rules->measures.list[measure]->subject != SUBJECT_hospital)
        return false;
    for (size_t i = 0; i < page->trust_count; i++)
        if (trust_figure(page, &page->trusts[i], measure, page->trust_months - 1, printed)[0] !=
            '\0')
            return true;
    return false;
}

/* Hospital data have none; registers have. */
static bool has_names(const struct page *page)
{
    for (size_t i = 0; i < page->trust_count; i++)
        if (page_name(page, LEVEL_TRUST, page->trusts[i].organisation).length > 0)
            return true;
    return false;
}

static void write_trust_names(FILE *file, const struct page *page, const struct page_row *trust)
{
    fputs("<tr><th scope=\"row\" class=\"code\">", file);
    html_text(file, page_code(page, LEVEL_TRUST, trust->organisation));
    if (has_names(page))
        html_cell(file, page_name(page, LEVEL_TRUST, trust->organisation));
}

/* The latest months of a measure, small. */
static void write_spark(FILE *file, const struct page *page, const struct page_row *trust,
                        size_t measure)
{
    const size_t count = page->trust_months < HISTORY_MONTHS ? page->trust_months : HISTORY_MONTHS;
    double values[HISTORY_MONTHS];
    char printed[DECIMAL_TEXT];

    for (size_t i = 0; i < count; i++)
        if (!figure_value(
                trust_figure(page, trust, measure, page->trust_months - count + i, printed),
                &values[i]))
            values[i] = (double)NAN;
    fputs("<td>", file);
    svg_spark(file, values, count);
}

static void write_heads(FILE *file, const struct page *page, bool followed)
{
    table_column(file, "Code", false);
    if (has_names(page))
        table_column(file, "Name", false);
    for (size_t m = 0; m < page->rules->measures.count; m++) {
        const struct measure *const measure = page->rules->measures.list[m];

        if (!is_known(page, m) || (followed && !measure->followed))
            continue;
        fprintf(file, "<th scope=\"col\" class=\"n\" data-measure=\"%s\">", measure->id);
        html_words(file, measure->title);
        if (followed)
            fputs("<th scope=\"col\" data-plain>Trend", file);
    }
    fputs("</thead>\n<tbody>\n", file);
}

static void write_trusts(FILE *file, const struct page *page, const char *id, const char *caption,
                         bool followed)
{
    char printed[DECIMAL_TEXT];

    table_begin(file, id, caption, "sortable gases measures");
    write_heads(file, page, followed);
    for (size_t i = 0; i < page->trust_count; i++) {
        write_trust_names(file, page, &page->trusts[i]);
        for (size_t m = 0; m < page->rules->measures.count; m++) {
            if (!is_known(page, m) || (followed && !page->rules->measures.list[m]->followed))
                continue;
            html_measure(file, page->rules->measures.list[m],
                         trust_figure(page, &page->trusts[i], m, page->trust_months - 1, printed));
            if (followed)
                write_spark(file, page, &page->trusts[i], m);
        }
        fputs("\n", file);
    }
    table_end(file);
}

static bool is_own_trust(const struct page *page, uint32_t trust)
{
    for (size_t i = 0; i < page->trust_count; i++)
        if (page->trusts[i].organisation == trust)
            return true;
    return false;
}

/* --- products: rows of gases.csv -----------------------------------------------------------------
 */

static const struct shown products_shown[] = {
    {"organisation_code", "Code", SHOWN_CODE},
    {"gas", "Gas", SHOWN_TEXT},
    {"source", "Where from", SHOWN_TEXT},
    {"name", "Product", SHOWN_TEXT},
    {"unit", "Unit", SHOWN_TEXT},
    {"quantity", "Net", 0},
    {"quantity_returned", "Of it returned", 0},
    {"ml", "ml", 0},
    {"litres", "Litres", 0},
    {"kgco2e", "kgCO2e", 0},
    {"indicative_cost_gbp", "Indicative cost, \xc2\xa3", 0},
};

static void write_products(FILE *file, const struct page *page)
{
    const struct results *const results = page->figures->results;
    struct html_table html = {.file = file,
                              .table = &table_gases,
                              .shown = products_shown,
                              .count = COUNT_OF(products_shown),
                              .caption = "Products of that month",
                              .id = "gas-products-table",
                              .look = "sortable gas-products"};
    struct cells cells;

    details_begin(file, "Products of that month");
    cells = html_table_begin(&html);
    for (size_t i = 0; i < results->gas_count; i++)
        if (results->gases[i].month == page->trust_last &&
            is_own_trust(page, results->gases[i].trust))
            gases_row(&cells, page->figures, &results->gases[i]);
    html_table_end(&html);
    details_end(file);
}

static bool has_finding(const struct page *page, enum gas_finding_kind kind)
{
    const struct results *const results = page->figures->results;

    for (size_t i = 0; i < results->gas_finding_count; i++)
        if (results->gas_findings[i].kind == kind)
            return true;
    return false;
}

static void tell(FILE *file, const struct page *page)
{
    const struct series_rule *const series = ask_hospital_series(page->figures, page->trust_last);
    char month[MONTH_WORDS];

    fprintf(file, "<p>%zu %s, %s, weighed with the factor set ", page->trust_count,
            level_words(LEVEL_TRUST, page->trust_count != 1), month_words(page->trust_last, month));
    html_words(file, page->figures->results->gas_factors->id);
    fputs(".", file);
    if (series != NULL && series->provisional)
        fputs(" That month is provisional: its figures will change.", file);
    if (page->level == LEVEL_ICB && !page->trusts_placed)
        fputs(" No register of this run tells to which ICB a trust belongs, so these are all "
              "trusts of the run.",
              file);
    if (has_finding(page, GAS_FINDING_PIPED_MISSING))
        fputs(" To know: " GAS_PIPED_SENTENCE ".", file);
    fputs(" A dash: not in the data of that month, or not computable.</p>\n", file);
}

void page_write_gases(FILE *file, const struct page *page)
{
    tell(file, page);
    write_trusts(file, page, "gases-table", "Gases by trust", true);
    details_begin(file, "All measures of gases, that month");
    write_trusts(file, page, "gas-measures-table", "All measures of gases, that month", false);
    details_end(file);
    write_products(file, page);
}

/* --- what to know first: rows of gases_quality.csv
 * ------------------------------------------------
 */

static const struct shown findings_shown[] = {
    {"organisation_code", "Code", SHOWN_CODE},
    {"organisation_name", "Name", SHOWN_TEXT},
    {"month", "Month", SHOWN_TEXT},
    {"finding", "What", SHOWN_WORDS},
    {"about", "Of what", SHOWN_WORDS},
    {"name", "Product", SHOWN_TEXT},
    {"quantity", "Quantity", 0},
    {"unit", "Unit", SHOWN_TEXT},
    {"detail", "What it means", SHOWN_TEXT},
};

void page_write_gas_findings(FILE *file, const struct page *page)
{
    const struct results *const results = page->figures->results;
    struct html_table html = {.file = file,
                              .table = &table_gases_quality,
                              .shown = findings_shown,
                              .count = COUNT_OF(findings_shown),
                              .caption = "What to know about the gases",
                              .id = "gas-findings-table",
                              .look = "sortable findings"};
    struct cells cells;

    if (page->trust_count == 0)
        return;
    details_begin(file, "What to know about the gases");
    cells = html_table_begin(&html);
    gases_quality_provisional(&cells, page->figures);
    for (size_t i = 0; i < results->gas_finding_count; i++) {
        const struct gas_finding *const finding = &results->gas_findings[i];

        if (finding->level != LEVEL_TRUST || is_own_trust(page, finding->organisation))
            gases_quality_row(&cells, results, finding);
    }
    html_table_end(&html);
    details_end(file);
}
