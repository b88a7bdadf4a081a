#ifndef PAGE_PACKS_INTERNAL_H
#define PAGE_PACKS_INTERNAL_H

/* Between packs.c, the files, and pack_page.c, what a page says. */

#include "base/arena.h"
#include "page/packs.h"

#include <stdio.h>

#define PEER_LINES 10 /* nine deciles and the ICB itself */

/* The practices of an ICB month by month: what a practice is drawn against. */
struct peers {
    uint32_t icb;                    /* ORGANISATION_NONE: those without one */
    size_t count;                    /* practices of the latest month */
    const double *lines[PEER_LINES]; /* by month of the run, NAN where there is none */
};

/* One practice: its rows, and those it is compared with. */
struct pack_subject {
    const struct figures *figures;
    struct excerpt rows;
    const struct organisation_month *icb; /* of the latest month, or NULL */
    const struct organisation_month *nation;
    const char *file; /* name of its files, without ending */
    uint32_t icb_number;
    const struct peers *peers;
    size_t months; /* of the run */
};

/* Finds the peers of all subjects and gives each its own; everything lives in the arena.
 * Deciles need ten values in a month. */
MUST_USE
enum status peers_find(struct pack_subject *subjects, size_t count, size_t months,
                       struct arena *arena, struct fail *why);

/* A still picture and its sentence. */
void write_peers(FILE *file, const struct pack_subject *subject);

void write_pack_page(FILE *file, const struct pack_subject *subject);

/* Head and end that all pages of the packs share. */
void pack_begin(FILE *file, const char *title);
void pack_end(FILE *file);

#endif
