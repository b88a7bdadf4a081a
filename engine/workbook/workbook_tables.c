#include "workbook/workbook_internal.h"

#include "base/grow.h"
#include "figures/ask.h"
#include "table/rows.h"

#include <math.h>
#include <stdlib.h>

/* The first month from which on all rows fit, the last in any case.  counts: rows by
 * month from book->first. */
static month_t fitting_month(const struct workbook *book, const size_t *counts)
{
    size_t rows = counts[book->part.last - book->first];
    month_t from = book->part.last;

    while (from > book->first && rows + counts[from - 1 - book->first] <= book->most_rows) {
        from--;
        rows += counts[from - book->first];
    }
    return from;
}

/* For the charts: where the rows of an organisation are. */
static void remember(struct workbook *book, size_t entry)
{
    const size_t measure = measures_entry_measure(&book->part, entry);
    const struct organisation_month *const row = measures_entry_row(&book->part, entry);
    struct drawn *const last = book->drawn_count > 0 ? &book->drawn[book->drawn_count - 1] : NULL;

    if (last != NULL && last->measure == measure && last->row->level == row->level &&
        last->row->organisation == row->organisation)
        last->count++;
    else if (grow(&book->drawn, &book->drawn_room, book->drawn_count + 1, sizeof *book->drawn))
        book->drawn[book->drawn_count++] =
            (struct drawn){measure, row, xlsx_row_count(book->sheet), 1};
}

static void put_rows(struct workbook *book, const struct table *table, month_t from)
{
    const struct table_entries *const entries = table->sheet.entries;
    struct xlsx_sheet *const sheet = workbook_table(book, table->sheet.name, table, false);
    struct cells cells = xlsx_cells(sheet);
    const size_t count = entries->count(&book->part);
    char month[MONTH_TEXT];
    size_t entry = 0;

    book->sheet = sheet;
    for (; entry < count && xlsx_row_count(sheet) < book->most_rows; entry++) {
        if (entries->month(&book->part, entry) < from)
            continue;
        if (table == &table_measures)
            remember(book, entry);
        entries->row(&cells, &book->part, entry);
    }
    xlsx_table_end(sheet);
    if (entry < count)
        workbook_note(book, table->sheet.name, "The first %zu rows; %s has all.",
                      xlsx_row_count(sheet), table->file);
    else if (from > book->first)
        workbook_note(book, table->sheet.name,
                      "The sheet begins with %s, so that it opens fast; %s has all months.",
                      month_print(from, month), table->file);
}

/* The latest months that fit.  Leaves out a sheet without rows. */
static enum status add_latest(struct workbook *book, const struct table *table)
{
    const struct table_entries *const entries = table->sheet.entries;
    size_t *const counts = calloc((size_t)(book->part.last - book->first) + 1, sizeof *counts);
    size_t all = 0;

    if (counts == NULL)
        return fail_nomem(book->why);
    for (size_t entry = 0; entry < entries->count(&book->part); entry++) {
        const month_t month = entries->month(&book->part, entry);

        if (month == MONTH_NONE)
            continue;
        counts[month - book->first]++;
        all++;
    }
    if (all > 0)
        put_rows(book, table, fitting_month(book, counts));
    else
        workbook_note(book, table->sheet.name, "There are no such rows, so there is no sheet.");
    free(counts);
    return STATUS_OK;
}

/* The first rows that fit, where there are any. */
static void add_first(struct workbook *book, const struct table *table)
{
    table_rows *const rows = table->sheet.rows != NULL ? table->sheet.rows : table->rows;
    struct cells cells;

    if (table_count_rows(rows, book->figures) == 0)
        return;
    book->sheet = workbook_table(book, table->sheet.name, table, false);
    cells = xlsx_cells(book->sheet);
    xlsx_limit(book->sheet, book->most_rows);
    rows(&cells, book->figures);
    xlsx_table_end(book->sheet);
    if (table->sheet.note != NULL)
        workbook_note(book, table->sheet.name, "%s", table->sheet.note);
    if (xlsx_left_out(book->sheet) > 0)
        workbook_note(book, table->sheet.name, "The first %zu rows; %s has all.",
                      xlsx_row_count(book->sheet), table->file);
}

/* The rows that the control chart draws: of the run's own ICB or nation. */
static void remember_control(struct workbook *book)
{
    const struct organisation_month *const focus = ask_focus(book->results);
    const size_t rows = xlsx_row_count(book->sheet);
    struct spc_found found;

    if (focus == NULL || !spc_find_in_sheet(book->figures, book->headline, focus, &found) ||
        found.count < 2 || found.first + 2 > rows)
        return;
    book->control = book->sheet;
    book->control_first = found.first;
    book->control_count = found.first + found.count > rows ? rows - found.first : found.count;
    book->control_from = found.series.first;
    book->control_floor = found.series.values[found.series.count - 1];
    for (size_t i = 0; i < found.series.count; i++)
        if (found.series.values[i] < book->control_floor)
            book->control_floor = found.series.values[i];
    book->control_floor = floor(0.9 * book->control_floor);
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

    for (size_t i = 0; i < book->part.rows.advice_count; i++) {
        const struct advice *const row = &advice->list[book->part.rows.first_advice + i];

        if (row->month != book->part.latest)
            continue;
        by_rank[row->rank < MOST_RANKS ? row->rank : MOST_RANKS - 1]++;
        last = row->rank > last ? row->rank : last;
    }
    rows = by_rank[1];
    while (rank < last && rank + 1 < MOST_RANKS && rows + by_rank[rank + 1] <= book->most_rows)
        rows += by_rank[++rank];
    book->part.last_rank = rank;
    workbook_note(book, "Switches",
                  "The latest month; switches.csv has all months. The rows of a practice are "
                  "alternatives: do not add them up.");
    if (rank < last)
        workbook_note(book, "Switches", "The first %u of up to %u ranks of each practice.", rank,
                      last);
}

/* The tables that have a sheet here, in the order of the sheets. */
static size_t find_sheets(const struct workbook *book, const struct table **list)
{
    size_t count = 0;

    for (size_t i = 0; i < table_count && count < MOST_SHEETS; i++) {
        const struct table *const table = tables[i];
        size_t at = count;

        if (table->sheet.name == NULL || (book->part.about_one && !table->sheet.of_one))
            continue;
        for (; at > 0 && list[at - 1]->sheet.place > table->sheet.place; at--)
            list[at] = list[at - 1];
        list[at] = table;
        count++;
    }
    return count;
}

static enum status add_sheet(struct workbook *book, const struct table *table)
{
    enum status status = STATUS_OK;

    if (table->sheet.entries != NULL)
        status = add_latest(book, table);
    else
        add_first(book, table);
    if (table == &table_measures) {
        book->measures = book->sheet;
        if (status == STATUS_OK && !book->part.about_one)
            status = workbook_practices(book);
    }
    if (table == &table_spc && book->sheet_count > 0 &&
        book->sheets[book->sheet_count - 1].table == table)
        remember_control(book);
    return status;
}

enum status workbook_sheets(struct workbook *book)
{
    const struct table *list[MOST_SHEETS];
    const size_t count = find_sheets(book, list);
    enum status status = STATUS_OK;

    limit_ranks(book);
    for (size_t i = 0; i < count && !book->part.about_one; i++)
        if (list[i]->sheet.entries != NULL && list[i]->sheet.note != NULL)
            workbook_note(book, list[i]->sheet.name, "%s", list[i]->sheet.note);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_sheet(book, list[i]);
    return status;
}
