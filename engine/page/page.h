#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

/* report.html: what one ICB, or everybody in the run, has to know and to do, in one file
 * that needs nothing else.
 *     page_new(&page, &figures, &audit, "QZA", why)
 *     write_page(file, page)
 *     page_free(page)
 * A page is about one ICB and its practices: the one that was asked for, or the only one
 * of the run.  A run over several ICBs, or over none, has a page about the nation and
 * its ICBs (sub-ICBs, practices: the highest level below it that there is). */

#include "report/audit.h"

struct page;

/* figures, audit  borrowed for the life of the page
 * icb    code of an ICB, or enough of its name to tell it from the others; or NULL
 * fails  STATUS_USAGE  no ICB of the run answers to it, or several do */
MUST_USE
enum status page_new(struct page **page, const struct figures *figures, const struct audit *audit,
                     const char *icb, struct fail *why);

void write_page(FILE *file, const struct page *page);

void page_free(struct page *page);

#endif
