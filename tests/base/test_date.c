#include "base/date.h"

#include "support/cases.h"

/* text, the day or DATE_NONE where it is none */
static const struct {
    const char *text;
    date_t date;
} days[] = {
    {"20200401", 20200401},   {"19740401", 19740401},   {"2020-04-01", 20200401},
    {"01JAN2021", 20210101},  {"01Jan2022", 20220101},  {"01-Sep-20", 20200901},
    {"29FEB2024", 20240229},  {"29FEB2023", DATE_NONE}, {"31-Apr-20", DATE_NONE},
    {"20201301", DATE_NONE},  {"20200230", DATE_NONE},  {"2020-4-1", DATE_NONE},
    {"202004", DATE_NONE},    {"01JAM2021", DATE_NONE}, {"01-09-2020", DATE_NONE},
    {"17000101", DATE_NONE},  {"", DATE_NONE},          {"x0200401", DATE_NONE},
    {"01-Sep-2O", DATE_NONE},
};

Test(date, days_are_read_in_every_form_of_the_registers)
{
    for (size_t i = 0; i < LENGTH_OF(days); i++) {
        date_t date = DATE_NONE;
        const bool is_day = date_parse(view_of(days[i].text), &date);

        cr_expect(eq(i32, date, days[i].date), "%s", days[i].text);
        cr_expect(is_day == (days[i].date != DATE_NONE), "%s", days[i].text);
    }
}

Test(date, a_month_ends_on_its_last_day)
{
    static const date_t ends[] = {20240131, 20240229, 20240331, 20240430, 20241231, 20230228};
    char text[DATE_TEXT];

    for (size_t i = 0; i < LENGTH_OF(ends); i++)
        cr_expect(eq(i32, month_last_day(date_month(ends[i])), ends[i]), "%d", ends[i]);
    cr_expect(eq(i32, date_month(19991231), MONTH_NONE), "before the months that are counted");
    cr_expect(eq(str, date_print(20240229, text), (char *)"2024-02-29"), "printed");
    cr_expect(eq(str, date_print(DATE_NONE, text), (char *)""), "no day");
}
