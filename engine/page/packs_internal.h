#ifndef PAGE_PACKS_INTERNAL_H
#define PAGE_PACKS_INTERNAL_H

/* Between packs.c, the files, and pack_page.c, what a page says. */

#include "figures/peers.h"
#include "page/packs.h"

#include <stdio.h>

/* One practice, and what its files need. */
struct pack_subject {
    const struct figures *figures;
    const struct peer *peer;
    const struct organisation_month *nation; /* of the latest month, or NULL */
    const char *file;                        /* name of its files, without ending */
    size_t months;                           /* of the run */
};

/* A still picture and its sentence. */
void write_peers(FILE *file, const struct pack_subject *subject);

void write_pack_page(FILE *file, const struct pack_subject *subject);

/* Head and end that all pages of the packs share. */
void pack_begin(FILE *file, const char *title);
void pack_end(FILE *file);

#endif
