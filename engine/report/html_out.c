#include "report/html_out.h"

#include "base/text.h"

#include <string.h>

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

/* Puts a comma after every third digit before the point, and zeros behind it. */
static void dress(const char *plain, int places, char *out)
{
    const char *const digits = plain + (plain[0] == '-');
    const size_t whole = strcspn(digits, ".");
    const size_t rest = strlen(digits + whole);
    size_t at = 0;

    if (plain[0] == '-')
        out[at++] = '-';
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    if (places > 0)
        out[at++] = '.';
    for (size_t i = 1; i <= (size_t)places; i++)
        out[at++] = i < rest ? digits[whole + i] : '0';
    out[at] = '\0';
}

#define PRINTED_PLACES 6 /* the most that a CSV file prints of a figure */

char *figure_print(const char *printed, int places, char *out)
{
    char plain[DECIMAL_TEXT];
    int64_t value;

    if (printed[0] == '\0') {
        out[0] = '\0';
        return out;
    }
    if (decimal_parse(view_of(printed), PRINTED_PLACES, &value) != DECIMAL_OK)
        snprintf(out, DECIMAL_TEXT, "%.*s", DECIMAL_TEXT - 1, printed); /* too large: as it is */
    else
        dress(ratio_print(value, 1000000, places, plain), places, out);
    return out;
}

bool figure_value(const char *printed, double *value)
{
    int64_t number;

    if (decimal_parse(view_of(printed), PRINTED_PLACES, &number) != DECIMAL_OK)
        return false;
    *value = (double)number / 1e6;
    return true;
}

char *percentile_figure(uint32_t rank, uint32_t ranked, char *out)
{
    char percent[DECIMAL_TEXT];

    out[0] = '\0';
    if (rank > 0 && ranked > 1)
        snprintf(out, DECIMAL_TEXT, "%.20s %%",
                 ratio_print(100 * (wide_t)(rank - 1), ranked - 1, 0, percent));
    return out;
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

    html_figure(file, ratio_print(top, bottom, PRINTED_PLACES, printed), places);
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

char *month_words(month_t month, char *out)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

    snprintf(out, MONTH_WORDS, "%s %d", names[month % 12], (int)(month / 12));
    return out;
}

static bool measure_is_share(const struct measure *measure)
{
    return strcmp(measure->unit, "share") == 0;
}

/* A total is shown whole, a rate to two places. */
int measure_places(const struct measure *measure)
{
    if (measure_is_share(measure))
        return 1;
    return measure->denominator.sum == SUM_NONE ? 0 : 2;
}

/* A share as per cent: the same digits, two places further. */
static char *share_figure(const char *printed, char *out)
{
    char figure[DECIMAL_TEXT];
    char hundredfold[DECIMAL_TEXT];
    int64_t value;

    if (decimal_parse(view_of(printed), 6, &value) != DECIMAL_OK)
        return figure_print(printed, 2, out);
    decimal_print(value, 4, hundredfold);
    snprintf(out, DECIMAL_TEXT, "%.30s %%", figure_print(hundredfold, 1, figure));
    return out;
}

char *measure_figure(const struct measure *measure, const char *printed, char *out)
{
    if (measure_is_share(measure) && printed[0] != '\0')
        return share_figure(printed, out);
    return figure_print(printed, measure_places(measure), out);
}

void html_measure(FILE *file, const struct measure *measure, const char *printed)
{
    char figure[DECIMAL_TEXT];

    fprintf(file, "<td>%s",
            printed[0] != '\0' ? measure_figure(measure, printed, figure) : "\xe2\x80\x93");
}
