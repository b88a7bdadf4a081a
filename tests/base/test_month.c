#include "support/cases.h"

#include "base/month.h"

#include <stdio.h>

Test(month, every_month_is_read_in_three_forms_and_printed_in_one)
{
    static const char *const forms[] = {"%d%02d", "%d-%02d", "%d_%02d"};
    month_t expected = 0;

    for (int year = 2000; year <= 2099; year++) {
        for (int number = 1; number <= 12; number++) {
            char wanted[32];

            snprintf(wanted, sizeof wanted, "%d-%02d", year, number);
            for (size_t form = 0; form < LENGTH_OF(forms); form++) {
                char text[32];
                char printed[MONTH_TEXT];
                month_t got = MONTH_NONE;

                snprintf(text, sizeof text, forms[form], year, number);
                cr_assert(month_parse(view_of(text), &got), "%s", text);
                cr_assert(eq(str, month_print(got, printed), wanted), "%s", text);
                cr_assert(expected == 0 || got == expected, "%s is not the month after", text);
                expected = got;
            }
            expected++;
        }
    }
}

static const char *const refused[] = {
    "",         "2",       "20250",   "2025001", "2025-13",  "2025-00",    "202513",
    "202500",   "2025/03", "2025 03", "2025.03", "1999-12",  "199912",     "2100-01",
    "210001",   "2025-3",  "2025-3 ", "20a5-03", "2025-0a",  "20250 3",    " 202503",
    "2025-03 ", "-202503", "25-03",   "+02503",  "2025--3",  "0x2503",     "2025_1-",
    "20-2503",  "202-503", "2O2503",  "MARCH25", "2025-031", "2025-03-01",
};

static void anything_else_is_refused_and_leaves_the_month_alone(void)
{
    for (size_t i = 0; i < LENGTH_OF(refused); i++) {
        month_t got = 41;

        cr_expect(not(month_parse(view_of(refused[i]), &got)), "\"%s\"", refused[i]);
        cr_expect(eq(int, got, 41), "\"%s\" touched the month", refused[i]);
    }
}

Test(month, anything_else_is_no_month_and_no_month_prints_as_nothing)
{
    char text[MONTH_TEXT] = "x";

    cr_assert(eq(str, month_print(MONTH_NONE, text), ""), "MONTH_NONE");
    anything_else_is_refused_and_leaves_the_month_alone();
}
