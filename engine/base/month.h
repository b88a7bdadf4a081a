#ifndef BASE_MONTH_H
#define BASE_MONTH_H

/* A calendar month: months since January of year 0, so that the next month is
 * month + 1.  Extracts print 202502, 2025-03 or 2017_09; we print 2025-03. */

#include "base/view.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t month_t;

#define MONTH_NONE ((month_t)0)
#define MONTH_TEXT 8 /* "YYYY-MM" and its NUL */

/* number  1 for January to 12 */
static inline month_t month_of(int year, int number)
{
    return year * 12 + number - 1;
}

/* Reads YYYYMM, YYYY-MM or YYYY_MM of the years 2000 to 2099. */
bool month_parse(struct view text, month_t *month);

/* out has MONTH_TEXT bytes; empty for MONTH_NONE.  Returns out. */
char *month_print(month_t month, char *out);

#endif
