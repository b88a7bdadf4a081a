#ifndef BASE_DATE_H
#define BASE_DATE_H

/* A calendar day as the number YYYYMMDD, so that days compare as numbers.
 * Registers print 20200401, 2020-04-01, 01JAN2021, 01Jan2022 or 01-Sep-20; we
 * print 2020-04-01. */

#include "base/month.h"

typedef int32_t date_t;

#define DATE_NONE ((date_t)0)
#define DATE_TEXT 11 /* "YYYY-MM-DD" and its NUL */

/* Reads a day of the years 1800 to 2099 in any of the forms above; a year of two
 * digits is one of this century. */
bool date_parse(struct view text, date_t *date);

/* out has DATE_TEXT bytes; empty for DATE_NONE.  Returns out. */
char *date_print(date_t date, char *out);

/* The month of a day; MONTH_NONE before the year 2000 and for DATE_NONE. */
month_t date_month(date_t date);

date_t month_last_day(month_t month);

#endif
