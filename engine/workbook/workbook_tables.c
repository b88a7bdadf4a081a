#include "workbook/workbook_internal.h"

#include "base/grow.h"
#include "report/csv_results.h"

#include <stdlib.h>

/* One table of the workbook out of a list of the results. */
struct listed {
    const char *name;
    const struct table *table;
    size_t (*count)(const struct workbook *book);
    /* of one entry: its month, MONTH_NONE when it is not for the sheet */
    month_t (*month)(const struct workbook *book, size_t entry);
    void (*row)(struct workbook *book, struct csv_file *cells, size_t entry);
};

/* The first month from which on all rows fit, the last in any case.  counts: rows by
 * month from book->first. */
static month_t fitting_month(const struct workbook *book, const size_t *counts)
{
    size_t rows = counts[book->last - book->first];
    month_t from = book->last;

    while (from > book->first && rows + counts[from - 1 - book->first] <= book->most_rows) {
        from--;
        rows += counts[from - book->first];
    }
    return from;
}

static void put_rows(struct workbook *book, const struct listed *listed, month_t from)
{
    struct xlsx_sheet *const sheet = workbook_table(book, listed->name, listed->table, false);
    struct csv_file cells = xlsx_cells(sheet);
    const size_t entries = listed->count(book);
    char month[MONTH_TEXT];
    size_t entry = 0;

    book->sheet = sheet;
    for (; entry < entries && xlsx_row_count(sheet) < book->most_rows; entry++)
        if (listed->month(book, entry) >= from)
            listed->row(book, &cells, entry);
    xlsx_table_end(sheet);
    if (entry < entries)
        workbook_note(book, listed->name, "The first %zu rows; %s has all.", xlsx_row_count(sheet),
                      listed->table->file);
    else if (from > book->first)
        workbook_note(book, listed->name,
                      "The sheet begins with %s, so that it opens fast; %s has all months.",
                      month_print(from, month), listed->table->file);
}

/* Leaves out a sheet without rows. */
static enum status add_listed(struct workbook *book, const struct listed *listed)
{
    size_t *const counts = calloc((size_t)(book->last - book->first) + 1, sizeof *counts);
    size_t all = 0;

    if (counts == NULL)
        return fail_nomem(book->why);
    for (size_t entry = 0; entry < listed->count(book); entry++) {
        const month_t month = listed->month(book, entry);

        if (month == MONTH_NONE)
            continue;
        counts[month - book->first]++;
        all++;
    }
    if (all > 0)
        put_rows(book, listed, fitting_month(book, counts));
    else
        workbook_note(book, listed->name, "There are no such rows, so there is no sheet.");
    free(counts);
    return STATUS_OK;
}

/* --- measures of all levels above the practice: an entry is a measure and a row ----------------
 */

static size_t measure_count(const struct workbook *book)
{
    return book->results->classified.rules->measures.count * book->rows.row_count;
}

static const struct organisation_month *measured(const struct workbook *book, size_t entry)
{
    return &book->results->organisations[book->rows.first_row + entry % book->rows.row_count];
}

static month_t measure_month(const struct workbook *book, size_t entry)
{
    const struct organisation_month *const row = measured(book, entry);

    const size_t number = entry / book->rows.row_count;
    const struct measure *const measure = book->results->classified.rules->measures.list[number];

    if (measure_value_of(row, measure) == NULL)
        return MONTH_NONE;
    return row->level == LEVEL_PRACTICE && !book->about_one ? MONTH_NONE : row->month;
}

/* For the charts: where the rows of an organisation stand. */
static void remember(struct workbook *book, size_t measure, const struct organisation_month *row)
{
    struct drawn *const last = book->drawn_count > 0 ? &book->drawn[book->drawn_count - 1] : NULL;

    if (last != NULL && last->measure == measure && last->row->level == row->level &&
        last->row->organisation == row->organisation)
        last->count++;
    else if (grow(&book->drawn, &book->drawn_room, book->drawn_count + 1, sizeof *book->drawn))
        book->drawn[book->drawn_count++] =
            (struct drawn){measure, row, xlsx_row_count(book->sheet), 1};
}

static void put_measure(struct workbook *book, struct csv_file *cells, size_t entry)
{
    const struct results *const results = book->results;
    const size_t measure = entry / book->rows.row_count;

    remember(book, measure, measured(book, entry));
    measure_row(cells, results, results->classified.rules->measures.list[measure],
                measured(book, entry));
}

/* --- switches: of the latest month, of every practice the first ranks that fit ------------------
 */

#define MOST_RANKS 1000

static void limit_ranks(struct workbook *book)
{
    const struct advice_list *const advice = &book->figures->advice;
    size_t by_rank[MOST_RANKS] = {0};
    size_t rows = 0;
    uint32_t rank = 1;
    uint32_t last = 0;

    for (size_t i = 0; i < book->rows.advice_count; i++) {
        const struct advice *const row = &advice->list[book->rows.first_advice + i];

        if (row->month != book->latest)
            continue;
        by_rank[row->rank < MOST_RANKS ? row->rank : MOST_RANKS - 1]++;
        last = row->rank > last ? row->rank : last;
    }
    rows = by_rank[1];
    while (rank < last && rank + 1 < MOST_RANKS && rows + by_rank[rank + 1] <= book->most_rows)
        rows += by_rank[++rank];
    book->last_rank = rank;
    workbook_note(book, "Switches",
                  "The latest month; switches.csv has all months. The rows of a practice are "
                  "alternatives: do not add them up.");
    if (rank < last)
        workbook_note(book, "Switches", "The first %u of up to %u ranks of each practice.", rank,
                      last);
}

static size_t switch_count(const struct workbook *book)
{
    return book->rows.advice_count;
}

static month_t switch_month(const struct workbook *book, size_t entry)
{
    const struct advice *const row = &book->figures->advice.list[book->rows.first_advice + entry];

    return row->month == book->latest && row->rank <= book->last_rank ? row->month : MONTH_NONE;
}

static void put_switch(struct workbook *book, struct csv_file *cells, size_t entry)
{
    advice_row(cells, book->results, &book->figures->advice.list[book->rows.first_advice + entry]);
}

/* --- devices by ICB, region and nation; products; organisations; what is not counted
 * ---------------------------
 */

static size_t use_count(const struct workbook *book)
{
    return book->rows.use_count;
}

static month_t use_month(const struct workbook *book, size_t entry)
{
    const struct use *const use = &book->results->uses[book->rows.first_use + entry];

    return book->about_one || use->level == LEVEL_ICB || use->level == LEVEL_REGION ||
                   use->level == LEVEL_NATION
               ? use->month
               : MONTH_NONE;
}

static void put_use(struct workbook *book, struct csv_file *cells, size_t entry)
{
    use_row(cells, book->results, &book->results->uses[book->rows.first_use + entry]);
}

static size_t product_count(const struct workbook *book)
{
    return book->results->product_count;
}

static month_t product_month(const struct workbook *book, size_t entry)
{
    return book->results->products[entry].month;
}

static void put_product(struct workbook *book, struct csv_file *cells, size_t entry)
{
    product_row(cells, book->results, &book->results->products[entry]);
}

/* Periods of any length: all of them. */
static size_t period_count(const struct workbook *book)
{
    return book->results->period_count;
}

static month_t period_month(const struct workbook *book, size_t entry)
{
    (void)entry;
    return book->last;
}

static void put_period(struct workbook *book, struct csv_file *cells, size_t entry)
{
    period_row(cells, book->results, &book->results->periods[entry]);
}

static size_t unclassified_count(const struct workbook *book)
{
    return book->results->unclassified_count;
}

static month_t unclassified_month(const struct workbook *book, size_t entry)
{
    return book->results->unclassified[entry].month;
}

static void put_unclassified(struct workbook *book, struct csv_file *cells, size_t entry)
{
    unclassified_row(cells, book->results, &book->results->unclassified[entry]);
}

static const struct listed lists[] = {
    {"Measures", &table_measures, measure_count, measure_month, put_measure},
    {"Switches", &table_switches, switch_count, switch_month, put_switch},
    {"Devices", &table_prescribing, use_count, use_month, put_use},
    {"Products", &table_products, product_count, product_month, put_product},
    {"Organisations", &table_organisations, period_count, period_month, put_period},
    {"Unclassified", &table_unclassified, unclassified_count, unclassified_month, put_unclassified},
};

#define LISTS_OF_PRACTICE 3 /* the first */

enum status workbook_lists(struct workbook *book)
{
    const size_t count = book->about_one ? LISTS_OF_PRACTICE : COUNT_OF(lists);
    enum status status = STATUS_OK;

    limit_ranks(book);
    if (!book->about_one) {
        workbook_note(book, "Measures",
                      "All levels above the practice; measures.csv has practices too.");
        workbook_note(book, "Devices", "ICBs, regions and nation; prescribing.csv has all levels.");
    }
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = add_listed(book, &lists[i]);
        if (i == 0)
            book->measures = book->sheet;
        if (i == 0 && status == STATUS_OK && !book->about_one)
            status = workbook_practices(book);
    }
    return status;
}
