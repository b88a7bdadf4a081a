#include "page/html_rows.h"

#include "base/attr.h"

#include <string.h>

static bool is_number(const struct shown *shown)
{
    return shown->places >= 0 || shown->places == SHOWN_VALUE;
}

void html_rows_heads(const struct html_rows *rows)
{
    for (size_t i = 0; i < rows->count && rows->shown[i].places != SHOWN_BELOW; i++) {
        fputs(is_number(&rows->shown[i]) ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">",
              rows->file);
        html_words(rows->file, rows->shown[i].heading);
    }
    fputs("</thead>\n<tbody>\n", rows->file);
}

static const struct shown *next_shown(struct html_rows *rows)
{
    const char *const name = rows->table->columns[rows->column].name;

    if (rows->column++ == 0)
        fputs(rows->shown[rows->count - 1].places == SHOWN_BELOW ? "<tr class=\"over\">" : "<tr>",
              rows->file);
    if (rows->next == rows->count || strcmp(rows->shown[rows->next].column, name) != 0)
        return NULL;
    return &rows->shown[rows->next++];
}

static void begin_text(const struct html_rows *rows, const struct shown *shown)
{
    const char *const type = rows->table->columns[rows->column - 1].type;

    if (strcmp(type, "yearmonth") == 0)
        fputs("<td class=\"code\">", rows->file);
    else if (shown->places == SHOWN_CODE)
        fputs("<th scope=\"row\" class=\"code\">", rows->file);
    else
        fputs(shown->places == SHOWN_MEASURE && shown == rows->shown ? "<th scope=\"row\">"
                                                                     : "<td>",
              rows->file);
}

static void take_text(void *context, struct view text, bool apostrophe)
{
    struct html_rows *const rows = context;
    const struct shown *const shown = next_shown(rows);

    (void)apostrophe; /* no formula here */
    if (shown == NULL)
        return;
    if (shown->places == SHOWN_BELOW)
        fprintf(rows->file, "\n<tr class=\"below\"><td colspan=\"%zu\">%s: ", rows->count - 1,
                shown->heading);
    else
        begin_text(rows, shown);
    html_text(rows->file, text);
}

static void put_number(const struct html_rows *rows, const struct shown *shown, const char *plain)
{
    char figure[DECIMAL_TEXT];

    if (shown->places == SHOWN_VALUE)
        html_measure(rows->file, rows->measure, plain);
    else if (plain[0] == '\0')
        fputs("<td class=\"n\">\xe2\x80\x93", rows->file);
    else
        fprintf(rows->file, "<td class=\"n\">%s", figure_print(plain, shown->places, figure));
}

static void put_words(FILE *file, struct view id)
{
    for (size_t i = 0; i < id.length; i++)
        html_text(file, id.at[i] == '_' ? view_of(" ") : (struct view){id.at + i, 1});
}

static void take_plain(void *context, struct view printed)
{
    struct html_rows *const rows = context;
    const struct shown *const shown = next_shown(rows);
    char plain[DECIMAL_TEXT];

    if (shown == NULL)
        return;
    if (is_number(shown)) {
        snprintf(plain, sizeof plain, "%.*s", (int)printed.length, printed.at);
        put_number(rows, shown, plain);
        return;
    }
    begin_text(rows, shown);
    if (shown->places == SHOWN_WORDS)
        put_words(rows->file, printed);
    else
        html_text(rows->file,
                  shown->places == SHOWN_MEASURE ? view_of(rows->measure->title) : printed);
}

static void end_row(void *context)
{
    struct html_rows *const rows = context;

    fputs("\n", rows->file);
    rows->column = 0;
    rows->next = 0;
}

struct cells html_rows_cells(struct html_rows *rows)
{
    rows->column = 0;
    rows->next = 0;
    rows->taker = (struct cell_taker){rows, take_text, take_plain, end_row};
    return cells_into(&rows->taker, rows->table);
}
