#include "base/month.h"

static int two_digits(const char *at)
{
    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
        return -1;
    return (at[0] - '0') * 10 + at[1] - '0';
}

bool month_parse(struct view text, month_t *month)
{
    const bool separated = text.length == 7 && (text.at[4] == '-' || text.at[4] == '_');
    int year;
    int number;

    if (text.length != 6 && !separated)
        return false;
    year = two_digits(text.at + 2);
    number = two_digits(text.at + text.length - 2);
    if (text.at[0] != '2' || text.at[1] != '0' || year < 0 || number < 1 || number > 12)
        return false;
    *month = month_of(2000 + year, number);
    return true;
}

char *month_print(month_t month, char *out)
{
    const int year = month / 12;
    const int number = month % 12 + 1;

    if (month == MONTH_NONE) {
        out[0] = '\0';
        return out;
    }
    for (int i = 3, rest = year; i >= 0; i--, rest /= 10)
        out[i] = (char)('0' + rest % 10);
    out[4] = '-';
    out[5] = (char)('0' + number / 10);
    out[6] = (char)('0' + number % 10);
    out[7] = '\0';
    return out;
}
