#include "base/date.h"

#include <stdio.h>

/* The number of `count` digits at `at`, or -1. */
static int number_of(const char *at, size_t count)
{
    int number = 0;

    for (size_t i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        number = number * 10 + at[i] - '0';
    }
    return number;
}

/* 1 to 12 for JAN to DEC in letters of either size, or -1. */
static int month_of_name(const char *at)
{
    static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    char name[3];

    for (int i = 0; i < 3; i++)
        name[i] = (char)(at[i] >= 'a' && at[i] <= 'z' ? at[i] - 'a' + 'A' : at[i]);
    for (int month = 0; month < 12; month++)
        if (memcmp(names + (size_t)month * 3, name, 3) == 0)
            return month + 1;
    return -1;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

static bool make_date(int year, int month, int day, date_t *date)
{
    if (year < 1800 || year > 2099 || month < 1 || month > 12 || day < 1 ||
        day > days_of(year, month))
        return false;
    *date = year * 10000 + month * 100 + day;
    return true;
}

bool date_parse(struct view text, date_t *date)
{
    const char *const at = text.at;
    int year;

    if (text.length == 8 && number_of(at, 8) >= 0)
        return make_date(number_of(at, 4), number_of(at + 4, 2), number_of(at + 6, 2), date);
    if (text.length == 10 && at[4] == '-' && at[7] == '-')
        return make_date(number_of(at, 4), number_of(at + 5, 2), number_of(at + 8, 2), date);
    if (text.length == 9 && at[2] != '-')
        return make_date(number_of(at + 5, 4), month_of_name(at + 2), number_of(at, 2), date);
    if (text.length != 9 || at[6] != '-')
        return false;
    year = number_of(at + 7, 2);
    return year >= 0 && make_date(2000 + year, month_of_name(at + 3), number_of(at, 2), date);
}

char *date_print(date_t date, char *out)
{
    if (date == DATE_NONE)
        out[0] = '\0';
    else
        snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)date / 10000 % 10000,
                 (unsigned)date / 100 % 100, (unsigned)date % 100);
    return out;
}

month_t date_month(date_t date)
{
    return date < 20000101 ? MONTH_NONE : date / 10000 * 12 + date / 100 % 100 - 1;
}

date_t month_last_day(month_t month)
{
    const int year = month / 12;
    const int number = month % 12 + 1;

    return year * 10000 + number * 100 + days_of(year, number);
}
