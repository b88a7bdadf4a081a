#ifndef PAGE_PACKS_H
#define PAGE_PACKS_H

/* Practice packs: for each practice of the latest month a page of HTML to print and take to a
 * visit, a small workbook, and an index of all, in the folder packs/ of the run's own set. */

#include "figures/excerpt.h"
#include "stream/output.h"

MUST_USE
enum status write_packs(const struct figures *figures, const char *program_version,
                        struct output *output, struct fail *why);

/* Whether a path of a set, as "packs/A81001.html" or "packs/", is one of the packs. */
bool is_pack_path(const char *path);

#endif
