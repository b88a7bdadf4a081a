#include "workbook/xlsx_internal.h"

#include <stdlib.h>

static enum form form_of(const struct column *column, bool wraps)
{
    if (strcmp(column->type, "yearmonth") == 0)
        return FORM_MONTH;
    if (strcmp(column->type, "integer") == 0)
        return FORM_WHOLE;
    if (strcmp(column->type, "number") != 0)
        return wraps ? FORM_WRAPPED : FORM_TEXT;
    if (strcmp(column->unit, "GBP") == 0)
        return FORM_MONEY;
    return strcmp(column->unit, "share") == 0 ? FORM_SHARE : FORM_NUMBER;
}

struct xlsx_sheet *xlsx_table_begin(struct xlsx *xlsx, const char *name, const struct table *table,
                                    bool wraps)
{
    const struct column *const columns = table->columns;
    const size_t count = table->column_count;
    struct xlsx_sheet *const sheet = xlsx_sheet(xlsx, name);

    if (sheet->worksheet == NULL)
        return sheet;
    sheet->table = table;
    sheet->columns = columns;
    sheet->column_count = count;
    sheet->wraps = wraps;
    sheet->forms = calloc(count + 1, sizeof *sheet->forms);
    sheet->widths = calloc(count + 1, sizeof *sheet->widths);
    if (sheet->forms == NULL || sheet->widths == NULL) {
        xlsx_note(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        sheet->worksheet = NULL;
        return sheet;
    }
    for (size_t i = 0; i < count; i++) {
        sheet->forms[i] = form_of(&columns[i], wraps);
        sheet->widths[i] = strlen(columns[i].name) + 3; /* the filter's button */
    }
    xlsx_put(sheet, table->title, FORM_TITLE);
    sheet->row = 1;
    xlsx_cell_link(sheet, "Contents");
    sheet->row = ROW_DATA;
    sheet->column = 0;
    return sheet;
}

void xlsx_limit(struct xlsx_sheet *sheet, size_t most_rows)
{
    sheet->most_rows = most_rows;
}

size_t xlsx_left_out(const struct xlsx_sheet *sheet)
{
    return sheet->left_out;
}

static bool is_full(const struct xlsx_sheet *sheet)
{
    return sheet->most_rows > 0 && xlsx_row_count(sheet) >= sheet->most_rows;
}

static void next_cell(struct xlsx_sheet *sheet, size_t length)
{
    if (sheet->column < sheet->column_count && length > sheet->widths[sheet->column])
        sheet->widths[sheet->column] = length;
    sheet->longest = length > sheet->longest ? length : sheet->longest;
    sheet->column++;
}

static void take_text(void *context, struct view text, bool apostrophe)
{
    struct xlsx_sheet *const sheet = context;

    if (sheet->worksheet == NULL || is_full(sheet))
        return;
    if (text.length > 0)
        xlsx_put(sheet, xlsx_text(sheet->xlsx, text, apostrophe),
                 sheet->wraps ? FORM_WRAPPED : FORM_TEXT);
    next_cell(sheet, text.length);
}

/* A printed decimal; whole numbers below 2^53 and powers of ten to 10^22 are exact doubles, so that
 * the quotient is the double nearest to the text. */
static bool read_number(struct view printed, double *number)
{
    static const double powers[] = {1,   1e1, 1e2, 1e3,  1e4,  1e5, 1e6,
                                    1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
    const char *const point = memchr(printed.at, '.', printed.length);
    const size_t places = point != NULL ? printed.length - (size_t)(point - printed.at) - 1 : 0;
    int64_t value;

    if (places >= COUNT_OF(powers) || decimal_parse(printed, (int)places, &value) != DECIMAL_OK)
        return false;
    *number = (double)value / powers[places];
    return true;
}

static void take_plain(void *context, struct view printed)
{
    struct xlsx_sheet *const sheet = context;
    enum form form = FORM_TEXT;
    double number = 0;
    month_t month;
    bool read;

    if (sheet->worksheet == NULL || sheet->column >= sheet->column_count || is_full(sheet))
        return;
    form = sheet->forms[sheet->column];
    read = form > FORM_MONTH && read_number(printed, &number);
    if (form == FORM_MONTH && month_parse(printed, &month)) {
        number = xlsx_month(month);
        read = true;
    }
    if (read)
        xlsx_note(sheet->xlsx, worksheet_write_number(sheet->worksheet, sheet->row, sheet->column,
                                                      number, sheet->xlsx->formats[form]));
    if (read)
        xlsx_sent(sheet, 1);
    else if (printed.length > 0)
        xlsx_put(sheet, xlsx_text(sheet->xlsx, printed, false), form);
    next_cell(sheet, printed.length);
}

static void end_row(void *context)
{
    struct xlsx_sheet *const sheet = context;

    if (is_full(sheet)) {
        sheet->left_out++;
        return;
    }
    if (sheet->wraps && sheet->worksheet != NULL)
        xlsx_fold_row(sheet, sheet->longest, WIDTH_MOST - 2);
    sheet->longest = 0;
    sheet->row++;
    sheet->column = 0;
}

struct cells xlsx_cells(struct xlsx_sheet *sheet)
{
    sheet->taker = (struct cell_taker){sheet, take_text, take_plain, end_row};
    return cells_into(&sheet->taker, sheet->table);
}

void xlsx_cell_link(struct xlsx_sheet *sheet, const char *to)
{
    char url[64];

    if (sheet->worksheet == NULL)
        return;
    snprintf(url, sizeof url, "internal:'%s'!A1", to);
    xlsx_note(sheet->xlsx, worksheet_write_url_opt(sheet->worksheet, sheet->row, sheet->column, url,
                                                   sheet->xlsx->formats[FORM_LINK], to, NULL));
    xlsx_sent(sheet, 1);
    next_cell(sheet, strlen(to));
}

/* The name of the table in formulas: measures, data_quality. */
static void table_name(const char *name, char *out, size_t size)
{
    size_t i = 0;

    for (; name[i] != '\0' && i + 1 < size; i++)
        out[i] = (char)(name[i] == ' ' ? '_' : name[i] | 0x20);
    out[i] = '\0';
}

static void add_table(struct xlsx_sheet *sheet, lxw_table_column *columns, lxw_table_column **list)
{
    char name[40];
    lxw_table_options options = {
        .name = name,
        .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
        .style_type_number = 1,
        .columns = list,
    };

    table_name(sheet->name, name, sizeof name);
    for (size_t i = 0; i < sheet->column_count; i++) {
        columns[i].header = (char *)(uintptr_t)sheet->columns[i].name; /* it takes no const */
        columns[i].header_format = sheet->xlsx->formats[FORM_HEADING];
        list[i] = &columns[i];
    }
    xlsx_note(sheet->xlsx, worksheet_add_table(sheet->worksheet, ROW_HEADING, 0, sheet->row - 1,
                                               (lxw_col_t)(sheet->column_count - 1), &options));
    sheet->sent.rows++; /* the heading */
    sheet->sent.cells += (uint32_t)sheet->column_count;
}

void xlsx_table_end(struct xlsx_sheet *sheet)
{
    lxw_table_column *const columns = calloc(sheet->column_count + 1, sizeof *columns);
    lxw_table_column **const list = calloc(sheet->column_count + 1, sizeof *list);

    if (columns == NULL || list == NULL)
        xlsx_note(sheet->xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else if (sheet->worksheet != NULL) {
        add_table(sheet, columns, list);
        for (size_t i = 0; i < sheet->column_count; i++) {
            const size_t width = sheet->widths[i] < WIDTH_LEAST  ? WIDTH_LEAST
                                 : sheet->widths[i] > WIDTH_MOST ? WIDTH_MOST
                                                                 : sheet->widths[i];

            xlsx_note(sheet->xlsx, worksheet_set_column(sheet->worksheet, (lxw_col_t)i,
                                                        (lxw_col_t)i, (double)width, NULL));
        }
        worksheet_freeze_panes(sheet->worksheet, ROW_DATA, 0);
        worksheet_set_landscape(sheet->worksheet);
        xlsx_note(sheet->xlsx, worksheet_repeat_rows(sheet->worksheet, ROW_HEADING, ROW_HEADING));
    }
    free(columns);
    free(list);
}
