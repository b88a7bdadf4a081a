#include "table/words.h"

#include "base/text.h"
#include "figures/ask.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

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

char *figure_print(const char *printed, int places, char *out)
{
    char plain[DECIMAL_TEXT];
    int64_t value;

    if (printed[0] == '\0') {
        out[0] = '\0';
        return out;
    }
    if (decimal_parse(view_of(printed), FIGURE_PLACES, &value) != DECIMAL_OK)
        snprintf(out, DECIMAL_TEXT, "%.*s", DECIMAL_TEXT - 1, printed); /* too large: as it is */
    else
        dress(ratio_print(value, 1000000, places, plain), places, out);
    return out;
}

bool figure_value(const char *printed, double *value)
{
    int64_t number;

    if (decimal_parse(view_of(printed), FIGURE_PLACES, &number) != DECIMAL_OK)
        return false;
    *value = (double)number / 1e6;
    return true;
}

char *percentile_figure(uint32_t rank, uint32_t ranked, char *out)
{
    char percent[DECIMAL_TEXT];

    out[0] = '\0';
    if (rank > 0 && ranked > 1)
        snprintf(out, DECIMAL_TEXT, "%.20s%%",
                 ratio_print(100 * (wide_t)(rank - 1), ranked - 1, 0, percent));
    return out;
}

char *month_words(month_t month, char *out)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

    snprintf(out, MONTH_WORDS, "%s %d", names[month % 12], (int)(month / 12));
    return out;
}

const char *plural_words(uint64_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

static const char *ordinal_end(uint32_t number)
{
    static const char *const ends[] = {"th", "st", "nd", "rd"};

    return number % 100 >= 11 && number % 100 <= 13 ? "th"
                                                    : ends[number % 10 < 4 ? number % 10 : 0];
}

char *rank_words(uint32_t rank, uint32_t ranked, char *out)
{
    if (rank == 1)
        snprintf(out, RANK_WORDS, "lowest of %" PRIu32, ranked);
    else if (rank == ranked)
        snprintf(out, RANK_WORDS, "highest of %" PRIu32, ranked);
    else
        snprintf(out, RANK_WORDS, "%" PRIu32 "%s lowest of %" PRIu32, rank, ordinal_end(rank),
                 ranked);
    return out;
}

char *probability_words(double probability, char *out)
{
    const double percent = 100 * probability;

    if (!isfinite(probability))
        out[0] = '\0';
    else if (percent < 1 || percent > 99)
        snprintf(out, PROBABILITY_WORDS, percent < 1 ? "<1%%" : ">99%%");
    else
        snprintf(out, PROBABILITY_WORDS, "%.0f%%", percent);
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
    snprintf(out, DECIMAL_TEXT, "%.30s%%", figure_print(hundredfold, 1, figure));
    return out;
}

char *measure_figure(const struct measure *measure, const char *printed, char *out)
{
    if (measure_is_share(measure) && printed[0] != '\0')
        return share_figure(printed, out);
    return figure_print(printed, measure_places(measure), out);
}

const char *direction_text(const struct measure *measure, int way)
{
    if (way == 0)
        return "";
    if (strcmp(measure->direction, "none") == 0)
        return way > 0 ? "high" : "low";
    return (way > 0) == (strcmp(measure->direction, "higher") == 0) ? "improvement" : "concern";
}

/* Text of any length and bytes into a line: UTF-8, without control characters, cut with dots. */
struct words_line {
    char *out;
    size_t size;
    size_t length;
    bool cut;
};

static void put_bytes(void *context, const char *bytes, size_t length)
{
    struct words_line *const line = context;

    for (size_t at = 0, step; at < length && !line->cut; at += step) {
        step = utf8_step((struct view){bytes + at, length - at});
        if (step == 0)
            return; /* the rest of a character that was cut */
        if (line->length + step + sizeof "..." > line->size) {
            line->cut = true;
            memcpy(line->out + line->length, "...", 3);
            line->length += 3;
        } else if ((unsigned char)bytes[at] < ' ' || bytes[at] == 0x7f) {
            line->out[line->length++] = ' ';
        } else {
            memcpy(line->out + line->length, bytes + at, step);
            line->length += step;
        }
    }
}

char *words_cut(const char *text, char *out, size_t size)
{
    struct words_line line = {.out = out, .size = size};

    put_bytes(&line, text, strlen(text));
    out[line.length] = '\0';
    return out;
}

#define NAME_BYTES 60 /* of a name in a line; the CSV files have it whole */

char *presentation_words(struct view name, struct view code, char *out, size_t size)
{
    struct words_line first = {.out = out, .size = size < NAME_BYTES ? size : NAME_BYTES};
    struct words_line line = {.out = out, .size = size};
    const bool named = name.length > 0 && !view_equal(name, code);

    if (named) {
        visible_write(name, put_bytes, &first);
        line.length = first.length;
        put_bytes(&line, " (", 2);
    }
    visible_write(code, put_bytes, &line);
    if (named && !line.cut)
        put_bytes(&line, ")", 1);
    out[line.length] = '\0';
    return out;
}

char *organisation_words(const struct results *results, enum level level, uint32_t organisation,
                         char *out, size_t size)
{
    const struct places *const places = &results->classified.cube->places;

    return presentation_words(organisation_name(places, level, organisation),
                              organisation_code(places, level, organisation), out, size);
}

char *measure_words(const struct results *results, size_t measure,
                    const struct organisation_month *row, char *out)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure_value *const value = ask_value(results, measure, row);
    char printed[DECIMAL_TEXT] = "";

    if (value != NULL)
        measure_print(rules, rules->measures.list[measure], value, printed);
    return measure_figure(rules->measures.list[measure], printed, out);
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
