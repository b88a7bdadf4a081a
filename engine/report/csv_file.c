#include "report/table.h"

#include "base/text.h"
#include "base/word.h"

#include <math.h>
#include <string.h>

/* The row so far, into the file. */
static void send(struct csv_file *csv)
{
    fwrite(csv->row, 1, csv->used, csv->file);
    csv->used = 0;
}

static void put_bytes(struct csv_file *csv, const char *bytes, size_t length)
{
    while (length > sizeof csv->row - csv->used) {
        const size_t fits = sizeof csv->row - csv->used;

        memcpy(csv->row + csv->used, bytes, fits);
        csv->used += fits;
        bytes += fits;
        length -= fits;
        send(csv);
    }
    if (length > 0) /* bytes may be NULL then */
        memcpy(csv->row + csv->used, bytes, length);
    csv->used += length;
}

static void put_byte(struct csv_file *csv, char byte)
{
    put_bytes(csv, &byte, 1);
}

static void begin_cell(struct csv_file *csv)
{
    if (csv->column++ > 0)
        put_byte(csv, ',');
}

void table_header(struct csv_file *csv, const struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        cell_number(csv, table->columns[i].name);
    row_end(csv);
}

static void put_quoted(void *context, const char *bytes, size_t length)
{
    struct csv_file *const csv = context;

    while (length > 0) {
        const char *const mark = memchr(bytes, '"', length);
        const size_t before = mark != NULL ? (size_t)(mark - bytes) + 1 : length;

        put_bytes(csv, bytes, before);
        if (mark != NULL)
            put_byte(csv, '"');
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
static bool stands_as_it_is(struct view text)
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

static void put_text(struct csv_file *csv, struct view text, bool guarded)
{
    const bool plain = csv->taker == NULL && stands_as_it_is(text);
    const bool quoted = csv->taker == NULL && !plain && needs_quotes(text);

    if (csv->taker != NULL) {
        csv->taker->text(csv->taker->context, text, guarded);
        return;
    }
    begin_cell(csv);
    if (quoted)
        put_byte(csv, '"');
    if (guarded)
        put_byte(csv, '\'');
    if (plain)
        put_bytes(csv, text.at, text.length);
    else
        visible_write(text, quoted ? put_quoted : put_plain, csv);
    if (quoted)
        put_byte(csv, '"');
}

void cell_text(struct csv_file *csv, struct view text)
{
    put_text(csv, text, looks_like_formula(text));
}

/* The code "-" is that of unidentified prescribers in the national extracts: on
 * its own it is no formula, and tables must join on it. */
void cell_code(struct csv_file *csv, struct view code)
{
    put_text(csv, code, looks_like_formula(code) && !view_is(code, "-"));
}

void cell_printed(struct csv_file *csv, struct view printed)
{
    if (csv->taker != NULL) {
        csv->taker->plain(csv->taker->context, printed);
        return;
    }
    begin_cell(csv);
    put_bytes(csv, printed.at, printed.length);
}

void cell_number(struct csv_file *csv, const char *printed)
{
    cell_printed(csv, view_of(printed));
}

void cell_integer(struct csv_file *csv, uint64_t number)
{
    cell_ratio(csv, (wide_t)number, 1, 0);
}

void cell_ratio(struct csv_file *csv, wide_t top, wide_t bottom, int places)
{
    char printed[DECIMAL_TEXT];

    cell_printed(csv, (struct view){printed, ratio_write(top, bottom, places, printed)});
}

void cell_month(struct csv_file *csv, month_t month)
{
    char printed[MONTH_TEXT];

    cell_number(csv, month_print(month, printed));
}

void cell_empty(struct csv_file *csv)
{
    cell_number(csv, "");
}

void cell_double(struct csv_file *csv, double value)
{
    char printed[DOUBLE_TEXT];

    cell_number(csv, double_print(value, printed));
}

/* To six decimals by the library, which knows every size. */
static char *print_any(double value, char *out)
{
    size_t length = (size_t)snprintf(out, DOUBLE_TEXT, "%.6f", value);

    while (out[length - 1] == '0')
        length--;
    length -= out[length - 1] == '.';
    out[length] = '\0';
    return strcmp(out, "-0") == 0 ? strcpy(out, "0") : out;
}

/* Below 2^53 a double is a whole number of 53 bits over a power of two: its millionths are one
 * product and one shift, exact, and half goes to even as the library has it. */
char *double_print(double value, char *out)
{
    int exponent = 0;
    wide_t scaled;
    wide_t rest;
    wide_t half;
    int shift;

    out[0] = '\0';
    if (!isfinite(value))
        return out;
    scaled = (wide_t)ldexp(frexp(fabs(value), &exponent), 53) * 1000000;
    shift = 53 - exponent;
    if (shift < 1)
        return print_any(value, out);
    if (shift > 100) /* above any millionth's half */
        return strcpy(out, "0");
    half = (wide_t)1 << (shift - 1);
    rest = scaled & (2 * half - 1);
    scaled >>= shift;
    scaled += rest > half || (rest == half && scaled % 2 == 1);
    return decimal_print(value < 0 ? -scaled : scaled, 6, out);
}

void row_end(struct csv_file *csv)
{
    if (csv->taker != NULL) {
        csv->taker->row_end(csv->taker->context);
        return;
    }
    put_byte(csv, '\n');
    send(csv);
    csv->column = 0;
}
