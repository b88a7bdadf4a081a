#include "page/html_table.h"

#include "base/attr.h"

#include <string.h>

static bool is_number(const struct shown *shown)
{
    return shown->places >= 0 || shown->places == SHOWN_VALUE;
}

static void write_heads(const struct html_table *html)
{
    for (size_t i = 0; i < html->count && html->shown[i].places != SHOWN_BELOW; i++) {
        fputs(is_number(&html->shown[i]) ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">",
              html->file);
        html_words(html->file, html->shown[i].heading);
    }
    fputs("</thead>\n<tbody>\n", html->file);
}

static const struct shown *next_shown(struct html_table *html)
{
    const char *const name = html->table->columns[html->column].name;

    if (html->column++ == 0)
        fputs(html->shown[html->count - 1].places == SHOWN_BELOW ? "<tr class=\"over\">" : "<tr>",
              html->file);
    if (html->next == html->count || strcmp(html->shown[html->next].column, name) != 0)
        return NULL;
    return &html->shown[html->next++];
}

static void begin_text(const struct html_table *html, const struct shown *shown)
{
    const char *const type = html->table->columns[html->column - 1].type;

    if (strcmp(type, "yearmonth") == 0)
        fputs("<td class=\"code\">", html->file);
    else if (shown->places == SHOWN_CODE)
        fputs("<th scope=\"row\" class=\"code\">", html->file);
    else
        fputs(shown->places == SHOWN_MEASURE && shown == html->shown ? "<th scope=\"row\">"
                                                                     : "<td>",
              html->file);
}

static void take_text(void *context, struct view text, bool apostrophe)
{
    struct html_table *const html = context;
    const struct shown *const shown = next_shown(html);

    (void)apostrophe; /* no formula here */
    if (shown == NULL)
        return;
    if (shown->places == SHOWN_BELOW)
        fprintf(html->file, "\n<tr class=\"below\"><td colspan=\"%zu\">%s: ", html->count - 1,
                shown->heading);
    else
        begin_text(html, shown);
    html_text(html->file, text);
}

static void put_number(const struct html_table *html, const struct shown *shown, const char *plain)
{
    char figure[DECIMAL_TEXT];

    if (shown->places == SHOWN_VALUE)
        html_measure(html->file, html->measure, plain);
    else if (plain[0] == '\0')
        fputs("<td class=\"n\">\xe2\x80\x93", html->file);
    else
        fprintf(html->file, "<td class=\"n\">%s", figure_print(plain, shown->places, figure));
}

static void put_words(FILE *file, struct view id)
{
    for (size_t i = 0; i < id.length; i++)
        html_text(file, id.at[i] == '_' ? view_of(" ") : (struct view){id.at + i, 1});
}

static void take_plain(void *context, struct view printed)
{
    struct html_table *const html = context;
    const struct shown *const shown = next_shown(html);
    char plain[DECIMAL_TEXT];

    if (shown == NULL)
        return;
    if (is_number(shown)) {
        snprintf(plain, sizeof plain, "%.*s", (int)printed.length, printed.at);
        put_number(html, shown, plain);
        return;
    }
    begin_text(html, shown);
    if (shown->places == SHOWN_WORDS)
        put_words(html->file, printed);
    else
        html_text(html->file,
                  shown->places == SHOWN_MEASURE ? view_of(html->measure->title) : printed);
}

static void end_row(void *context)
{
    struct html_table *const html = context;

    fputs("\n", html->file);
    html->column = 0;
    html->next = 0;
}

void table_begin(FILE *file, const char *id, const char *caption, const char *look)
{
    fputs("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"", file);
    html_words(file, caption);
    fprintf(file, "\"><table id=\"%s\" class=\"%s\"><caption class=\"hidden-text\">", id, look);
    html_words(file, caption);
    fputs("</caption><thead><tr>", file);
}

void table_column(FILE *file, const char *name, bool number)
{
    fputs(number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">", file);
    html_words(file, name);
}

void table_end(FILE *file)
{
    fputs("</table></div>\n", file);
}

void pack_table_begin(FILE *file, const char *caption)
{
    fprintf(file,
            "<h2>%s</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
            "aria-label=\"%s\"><table>\n<thead><tr>",
            caption, caption);
}

struct cells html_table_begin(struct html_table *html)
{
    if (html->id != NULL)
        table_begin(html->file, html->id, html->caption, html->look);
    else
        pack_table_begin(html->file, html->caption);
    write_heads(html);
    html->column = 0;
    html->next = 0;
    html->taker = (struct cell_taker){html, take_text, take_plain, end_row};
    return cells_into(&html->taker, html->table);
}

void html_table_end(const struct html_table *html)
{
    table_end(html->file);
}
