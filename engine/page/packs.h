#ifndef PAGE_PACKS_H
#define PAGE_PACKS_H

/* Practice packs: for each practice of the latest month a page of HTML to print and take to a
 * visit, a small workbook, and an index of all.  A set of its own: index.html is its seal. */

#include "figures/excerpt.h"

/* folder  made if it is not there */
MUST_USE
enum status write_packs(const struct figures *figures, const char *program_version,
                        const char *folder, struct fail *why);

#endif
