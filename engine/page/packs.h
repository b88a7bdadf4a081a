#ifndef PAGE_PACKS_H
#define PAGE_PACKS_H

/* Practice packs: for each practice of the latest month a page of HTML to print and take to a
 * visit, a small workbook, and an index of all, in the folder packs/ of the run's own set. */

#include "stream/output.h"
#include "workbook/workbook.h"

/* parts  those of the workbook of the run */
MUST_USE
enum status write_packs(const struct workbook_parts *parts, struct output *output,
                        struct fail *why);

/* Whether a path of a set, as "packs/A81001.html" or "packs/", is one of the packs. */
bool is_pack_path(const char *path);

#endif
