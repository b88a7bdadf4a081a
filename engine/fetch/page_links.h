#ifndef FETCH_PAGE_LINKS_H
#define FETCH_PAGE_LINKS_H

/* Links on a page of a publication. */

#include "base/month.h"

/* Writes the address of a month's page: {month_name} is july, {month} 07, {year} 2026. */
void page_address(const char *base, const char *pattern, month_t month, char *out, size_t size);

/* The first link of the page whose last part begins with `name` and ends in .csv or .zip, letters
 * without case; relative ones are completed by `page`.  False when there is none. */
bool page_link(const char *text, const char *name, const char *page, char *url, size_t size);

#endif
