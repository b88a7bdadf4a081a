#include "table/cells.h"

#include "base/text.h"
#include "base/word.h"
#include "table/table.h"
#include "table/words.h"

#include <assert.h>
#include <string.h>

/* The row so far, into the file. */
static void send(struct cells *cells)
{
    fwrite(cells->row, 1, cells->used, cells->file);
    cells->used = 0;
}

static void put_bytes(struct cells *cells, const char *bytes, size_t length)
{
    while (length > sizeof cells->row - cells->used) {
        const size_t fits = sizeof cells->row - cells->used;

        memcpy(cells->row + cells->used, bytes, fits);
        cells->used += fits;
        bytes += fits;
        length -= fits;
        send(cells);
    }
    if (length > 0) /* bytes may be NULL then */
        memcpy(cells->row + cells->used, bytes, length);
    cells->used += length;
}

static void put_byte(struct cells *cells, char byte)
{
    put_bytes(cells, &byte, 1);
}

static void begin_cell(struct cells *cells)
{
    if (cells->column++ > 0)
        put_byte(cells, ',');
}

static void put_quoted(void *context, const char *bytes, size_t length)
{
    struct cells *const cells = context;

    while (length > 0) {
        const char *const mark = memchr(bytes, '"', length);
        const size_t before = mark != NULL ? (size_t)(mark - bytes) + 1 : length;

        put_bytes(cells, bytes, before);
        if (mark != NULL)
            put_byte(cells, '"');
        bytes += before;
        length -= before;
    }
}

static void put_plain(void *context, const char *bytes, size_t length)
{
    put_bytes(context, bytes, length);
}

static bool needs_quotes(struct view text)
{
    static const char marks[] = {',', '"', '\r', '\n', '\0'};
    bool found = false;

    for (size_t i = 0; i < sizeof marks && text.length > 0; i++)
        found = found || memchr(text.at, marks[i], text.length) != NULL;
    return found;
}

/* What a spreadsheet takes for the start of a formula. */
static bool looks_like_formula(struct view text)
{
    return text.length > 0 && text.at[0] != '\0' && strchr("=+-@\t\r", text.at[0]) != NULL;
}

/* Nearly every text: eight bytes at a time, the last eight together with some seen before. */
static bool is_plain(struct view text)
{
    char eight[] = "        ";
    bool plain = true;

    if (text.length < 8) {
        if (text.length > 0)
            memcpy(eight, text.at, text.length);
        return word_is_plain(word_load(eight));
    }
    for (size_t at = 0; plain && at < text.length; at += 8)
        plain = word_is_plain(word_load(text.at + (at + 8 <= text.length ? at : text.length - 8)));
    return plain;
}

static void put_text(struct cells *cells, struct view text, bool guarded)
{
    const bool plain = cells->taker == NULL && is_plain(text);
    const bool quoted = cells->taker == NULL && !plain && needs_quotes(text);

    if (cells->taker != NULL) {
        cells->column++;
        cells->taker->text(cells->taker->context, text, guarded);
        return;
    }
    begin_cell(cells);
    if (quoted)
        put_byte(cells, '"');
    if (guarded)
        put_byte(cells, '\'');
    if (plain)
        put_bytes(cells, text.at, text.length);
    else
        visible_write(text, quoted ? put_quoted : put_plain, cells);
    if (quoted)
        put_byte(cells, '"');
}

void cell_text(struct cells *cells, struct view text)
{
    put_text(cells, text, looks_like_formula(text));
}

/* The code "-" is that of unidentified prescribers in the national extracts: on
 * its own it is no formula, and tables must join on it. */
void cell_code(struct cells *cells, struct view code)
{
    put_text(cells, code, looks_like_formula(code) && !view_is(code, "-"));
}

static void put_plain_cell(struct cells *cells, struct view printed)
{
    if (cells->taker != NULL) {
        cells->column++;
        cells->taker->plain(cells->taker->context, printed);
        return;
    }
    begin_cell(cells);
    put_bytes(cells, printed.at, printed.length);
}

void cells_printed(struct cells *cells, struct view printed, size_t count)
{
    assert(cells->taker == NULL && count > 0);
    put_plain_cell(cells, printed);
    cells->column += count - 1;
}

void cells_skip(struct cells *cells)
{
    cells->column++;
}

void cell_number(struct cells *cells, const char *printed)
{
    put_plain_cell(cells, view_of(printed));
}

void cell_integer(struct cells *cells, uint64_t number)
{
    cell_ratio(cells, (wide_t)number, 1, 0);
}

void cell_ratio(struct cells *cells, wide_t top, wide_t bottom, int places)
{
    char printed[DECIMAL_TEXT];

    put_plain_cell(cells, (struct view){printed, ratio_write(top, bottom, places, printed)});
}

void cell_month(struct cells *cells, month_t month)
{
    char printed[MONTH_TEXT];

    cell_number(cells, month_print(month, printed));
}

void cell_empty(struct cells *cells)
{
    cell_number(cells, "");
}

void cell_double(struct cells *cells, double value)
{
    char printed[DOUBLE_TEXT];

    cell_number(cells, double_print(value, printed));
}

void cells_row_end(struct cells *cells)
{
    /* fails where a table's row function and its columns differ */
    assert(cells->table == NULL || cells->column == cells->table->column_count);
    cells->column = 0;
    if (cells->taker != NULL) {
        cells->taker->row_end(cells->taker->context);
        return;
    }
    put_byte(cells, '\n');
    send(cells);
}

struct cells cells_csv(FILE *file, const struct table *table)
{
    struct cells cells = {.file = file, .table = table};

    for (size_t i = 0; i < table->column_count; i++)
        cell_number(&cells, table->columns[i].name);
    cells_row_end(&cells);
    return cells;
}

struct cells cells_into(const struct cell_taker *taker, const struct table *table)
{
    return (struct cells){.taker = taker, .table = table};
}
