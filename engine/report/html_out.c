#include "report/html_out.h"

#include "base/text.h"

static const char *reference_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\t':
    case '\n':
        return " ";
    default:
        return (unsigned char)c < 0x20 || c == 0x7f ? "\xef\xbf\xbd" : NULL;
    }
}

static void put_escaped(void *context, const char *bytes, size_t length)
{
    FILE *const file = context;

    for (size_t i = 0; i < length; i++) {
        const char *const reference = reference_of(bytes[i]);

        if (reference != NULL)
            fputs(reference, file);
        else
            putc_unlocked(bytes[i], file);
    }
}

void html_text(FILE *file, struct view text)
{
    visible_write(text, put_escaped, file);
}

void html_words(FILE *file, const char *text)
{
    html_text(file, view_of(text));
}

void html_figure(FILE *file, const char *printed, int places)
{
    char figure[DECIMAL_TEXT];

    if (printed[0] == '\0')
        fputs("<td>\xe2\x80\x93", file);
    else
        fprintf(file, "<td>%s", figure_print(printed, places, figure));
}

void html_ratio(FILE *file, wide_t top, wide_t bottom, int places)
{
    char printed[DECIMAL_TEXT];

    html_figure(file, ratio_print(top, bottom, FIGURE_PLACES, printed), places);
}

void html_month(FILE *file, month_t month)
{
    char text[MONTH_TEXT];

    fprintf(file, "<td class=\"code\">%s", month_print(month, text));
}

void html_cost(FILE *file, wide_t cost, bool unknown)
{
    if (unknown)
        html_figure(file, "", 2);
    else
        html_ratio(file, cost, 100000, 2);
}

void html_cell(FILE *file, struct view text)
{
    fputs("<td>", file);
    html_text(file, text);
}

void html_measure(FILE *file, const struct measure *measure, const char *printed)
{
    char figure[DECIMAL_TEXT];

    fprintf(file, "<td>%s",
            printed[0] != '\0' ? measure_figure(measure, printed, figure) : "\xe2\x80\x93");
}
