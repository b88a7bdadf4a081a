/* Figures and names as people read them. */

#include "table/words.h"

#include "support/cases.h"

static const struct {
    const char *printed;
    int places;
    const char *shown;
} figures[] = {
    {"", 2, ""},
    {"0", 0, "0"},
    {"0", 2, "0.00"},
    {"12", 2, "12.00"},
    {"999.995", 2, "1,000.00"},
    {"1234567.891", 1, "1,234,567.9"},
    {"-1234.5", 0, "-1,235"},
    {"-0.004", 2, "0.00"},
    {"123456", 0, "123,456"},
    {"0.5", 0, "1"},
    {"0.499999", 0, "0"},
    {"99999999999999999999", 0, "99999999999999999999"},
};

Test(words, figures_are_rounded_as_the_files_print_them)
{
    for (size_t i = 0; i < LENGTH_OF(figures); i++) {
        char got[DECIMAL_TEXT];

        figure_print(figures[i].printed, figures[i].places, got);
        cr_expect(eq(str, got, (char *)figures[i].shown), "row %zu", i);
    }
}

/* Whatever the bytes and the room: one line of UTF-8, and dots where it was cut. */
Test(words, a_text_is_cut_between_characters)
{
    char out[16];

    cr_expect(eq(str, words_cut("short", out, sizeof out), "short"));
    cr_expect(eq(str, words_cut("two\nlines\x7f", out, sizeof out), "two lines "));
    cr_expect(eq(str, words_cut("ééééééééé", out, sizeof out), "éééééé..."));
    cr_expect(eq(str, words_cut("123456789012345678", out, sizeof out), "123456789012..."));
    cr_expect(eq(str, words_cut("", out, sizeof out), ""));
}
