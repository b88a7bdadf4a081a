#ifndef REPORT_PACKS_INTERNAL_H
#define REPORT_PACKS_INTERNAL_H

/* Between packs.c, the files, and pack_page.c, what a page says. */

#include "report/packs.h"

/* One practice: its rows, and those it is compared with. */
struct pack_subject {
    const struct workbook_parts *parts;
    struct pack pack;
    const struct organisation_month *icb; /* of the latest month, or NULL */
    const struct organisation_month *nation;
    const char *file; /* name of its files, without ending */
};

void write_pack_page(FILE *file, const struct pack_subject *subject);

/* Head and end that all pages of the packs share. */
void pack_begin(FILE *file, const char *title);
void pack_end(FILE *file);

#endif
