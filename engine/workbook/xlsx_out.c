#include "workbook/xlsx_internal.h"

#include "base/text.h"

#include <errno.h>
#include <stdlib.h>

static const char *const number_formats[FORMS] = {
    [FORM_MONTH] = XLSX_MONTHS, [FORM_WHOLE] = "#,##0", [FORM_NUMBER] = "#,##0.0##",
    [FORM_MONEY] = "#,##0.00",  [FORM_SHARE] = "0.0%",
};

const char *xlsx_library_version(void)
{
    return lxw_version();
}

void xlsx_note(struct xlsx *xlsx, lxw_error error)
{
    if (xlsx->error == LXW_NO_ERROR)
        xlsx->error = error;
}

static void make_formats(struct xlsx *xlsx)
{
    for (int form = 0; form < FORMS; form++) {
        lxw_format *const format = workbook_add_format(xlsx->workbook);

        if (format == NULL) {
            xlsx_note(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return;
        }
        if (number_formats[form] != NULL)
            format_set_num_format(format, number_formats[form]);
        if (form == FORM_WRAPPED || form == FORM_HEADING)
            format_set_text_wrap(format);
        if (form != FORM_TITLE)
            format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        if (form == FORM_TITLE || form == FORM_HEADING)
            format_set_bold(format);
        if (form == FORM_TITLE)
            format_set_font_size(format, 14);
        if (form == FORM_LINK) {
            format_set_underline(format, LXW_UNDERLINE_SINGLE);
            format_set_font_color(format, LXW_COLOR_BLUE);
        }
        xlsx->formats[form] = format;
    }
}

/* Days from 1 January 1970 to the first day of a month, of the years from 1970: the months before
 * it in its year, and a leap day every fourth year but 1900 and 2100. */
static int month_day(month_t month)
{
    static const int days[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    const int year = month / 12;
    const int leaps = (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 - 477;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return (year - 1970) * 365 + leaps + days[month % 12] + (leap && month % 12 > 1);
}

/* Excel counts days from 30 December 1899. */
double xlsx_month(month_t month)
{
    return month_day(month) + 25569;
}

enum status xlsx_new(struct xlsx **xlsx, const char *path, const char *folder,
                     const struct xlsx_about *about, struct fail *why)
{
    struct xlsx *const made = calloc(1, sizeof *made);
    char *const temporary = strdup(folder); /* the library takes no const */
    char *const title = strdup(about->title);
    char *const comments = strdup(about->comments);
    lxw_workbook_options options = {.tmpdir = temporary};
    char author[] = "Canister";
    lxw_doc_properties properties = {
        .title = title,
        .author = author,
        .comments = comments,
        .created = (time_t)month_day(about->month) * 86400,
    };

    errno = 0; /* what it is at the end, a call of the system said meanwhile */
    if (made != NULL && temporary != NULL && title != NULL && comments != NULL)
        made->workbook = workbook_new_opt(path, &options);
    if (made != NULL && made->workbook != NULL) {
        xlsx_note(made, workbook_set_properties(made->workbook, &properties));
        make_formats(made);
    }
    free(temporary);
    free(title);
    free(comments);
    if (made == NULL || made->workbook == NULL || made->error != LXW_NO_ERROR) {
        xlsx_free(made);
        return fail_nomem(why);
    }
    *xlsx = made;
    return STATUS_OK;
}

/* A4, as wide as the page. */
static void set_page(struct xlsx_sheet *sheet)
{
    worksheet_gridlines(sheet->worksheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_paper(sheet->worksheet, 9);
    worksheet_fit_to_pages(sheet->worksheet, 1, 0);
    xlsx_note(sheet->xlsx, worksheet_set_column(sheet->worksheet, 0, 0, LINE_WIDTH, NULL));
}

struct xlsx_sheet *xlsx_sheet(struct xlsx *xlsx, const char *name)
{
    struct xlsx_sheet *const sheet = calloc(1, sizeof *sheet);
    struct xlsx_sheet **last = &xlsx->sheets;

    if (sheet == NULL) {
        xlsx_note(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return &xlsx->none;
    }
    while (*last != NULL)
        last = &(*last)->next;
    *last = sheet;
    sheet->xlsx = xlsx;
    sheet->name = name;
    sheet->worksheet = workbook_add_worksheet(xlsx->workbook, name);
    if (sheet->worksheet == NULL)
        xlsx_note(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else
        set_page(sheet);
    return sheet;
}

const char *xlsx_name(const struct xlsx_sheet *sheet)
{
    return sheet->name;
}

size_t xlsx_row_count(const struct xlsx_sheet *sheet)
{
    return sheet->row - ROW_DATA;
}

/* Takes as much of the text as a cell holds; cut where a character ends.  U+FFFE and U+FFFF are
 * UTF-8 and no XML: a question mark stands for them. */
static void put_bytes(void *context, const char *bytes, size_t length)
{
    struct xlsx *const xlsx = context;

    for (size_t at = 0, step; at < length && !xlsx->cut; at += step) {
        step = utf8_step((struct view){bytes + at, length - at});
        if (xlsx->length + step > CELL_BYTES) {
            xlsx->cut = true;
        } else if (step == 3 && memcmp(bytes + at, "\xef\xbf", 2) == 0 &&
                   (unsigned char)bytes[at + 2] >= 0xbe) {
            xlsx->cell[xlsx->length++] = '?';
        } else {
            memcpy(xlsx->cell + xlsx->length, bytes + at, step);
            xlsx->length += step;
        }
    }
}

const char *xlsx_text(struct xlsx *xlsx, struct view text, bool apostrophe)
{
    xlsx->length = 0;
    xlsx->cut = false;
    if (apostrophe)
        put_bytes(xlsx, "'", 1);
    visible_write(text, put_bytes, xlsx);
    if (xlsx->cut)
        memcpy(xlsx->cell + xlsx->length, CUT_WORDS, sizeof CUT_WORDS - 1);
    xlsx->length += xlsx->cut ? sizeof CUT_WORDS - 1 : 0;
    xlsx->cell[xlsx->length] = '\0';
    return xlsx->cell;
}

void xlsx_put(struct xlsx_sheet *sheet, const char *text, enum form form)
{
    struct xlsx *const xlsx = sheet->xlsx;

    if (sheet->worksheet == NULL)
        return;
    xlsx_note(xlsx, worksheet_write_string(sheet->worksheet, sheet->row, sheet->column, text,
                                           xlsx->formats[form]));
    xlsx_sent(sheet, 1);
}

/* Excel fits heights to folded text when it opens a file, others do not. */
void xlsx_fold_row(struct xlsx_sheet *sheet, size_t characters, size_t width)
{
    const size_t lines = (characters + width - 1) / width;

    if (lines > 1)
        xlsx_note(sheet->xlsx, worksheet_set_row(sheet->worksheet, sheet->row,
                                                 (double)lines * LINE_HEIGHT, NULL));
}

static void put_line(struct xlsx_sheet *sheet, const char *text, enum form form)
{
    if (sheet->worksheet == NULL)
        return;
    xlsx_put(sheet, xlsx_text(sheet->xlsx, view_of(text), false), form);
    xlsx_fold_row(sheet, strlen(text), LINE_WIDTH);
    sheet->row++;
}

void xlsx_heading(struct xlsx_sheet *sheet, const char *text)
{
    put_line(sheet, text, FORM_TITLE);
}

void xlsx_line(struct xlsx_sheet *sheet, const char *text)
{
    put_line(sheet, text, FORM_WRAPPED);
}

static enum status fail_library(lxw_error error, struct fail *why)
{
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return fail_nomem(why);
    if (error >= LXW_ERROR_CREATING_XLSX_FILE && error <= LXW_ERROR_ZIP_CLOSE)
        return fail_set(why, STATUS_IO, "cannot be written: %s", strerror(errno));
    return fail_set(why, STATUS_BUG, "cannot be written: %s", lxw_strerror(error));
}

void xlsx_sent(struct xlsx_sheet *sheet, size_t cells)
{
    sheet->sent.rows += sheet->sent.cells == 0 || sheet->row != sheet->last_row;
    sheet->sent.cells += (uint32_t)cells;
    sheet->last_row = sheet->row;
}

static void count_sheets(const struct xlsx *xlsx, struct xlsx_counts *counts)
{
    for (const struct xlsx_sheet *sheet = xlsx->sheets; sheet != NULL; sheet = sheet->next)
        if (counts->sheet_count < XLSX_SHEETS)
            counts->sheets[counts->sheet_count++] = sheet->sent;
}

/* The library goes on after a failed call of the system; errno, which nothing sets to 0 again,
 * tells of it. */
static enum status fail_system(struct fail *why)
{
    if (errno == ENOMEM)
        return fail_nomem(why);
    return fail_set(why, STATUS_IO, "cannot be written: %s", strerror(errno));
}

enum status xlsx_end(struct xlsx *xlsx, struct xlsx_counts *counts, struct fail *why)
{
    lxw_error error = xlsx->error;

    count_sheets(xlsx, counts);
    if (error == LXW_NO_ERROR) {
        error = workbook_close(xlsx->workbook); /* frees it, in any case */
        xlsx->workbook = NULL;
    }
    if (errno != 0)
        return fail_system(why);
    return error != LXW_NO_ERROR ? fail_library(error, why) : STATUS_OK;
}

void xlsx_free(struct xlsx *xlsx)
{
    if (xlsx == NULL)
        return;
    while (xlsx->sheets != NULL) {
        struct xlsx_sheet *const sheet = xlsx->sheets;

        xlsx->sheets = sheet->next;
        free(sheet->forms);
        free(sheet->widths);
        free(sheet);
    }
    lxw_workbook_free(xlsx->workbook); /* NULL is fine */
    free(xlsx);
}
