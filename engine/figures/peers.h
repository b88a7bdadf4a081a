#ifndef FIGURES_PEERS_H
#define FIGURES_PEERS_H

/* Each practice of the latest month beside the practices of its ICB, month by month: what its pack
 * draws.  Unidentified prescribers, and who is no GP practice where registers say so, are left out.
 *     peers_find(&peers, figures, why)
 *     peers_release(&peers) */

#include "base/arena.h"
#include "figures/excerpt.h"
#include "trend/spread.h"

#define PEERS_FOR_DECILES 10     /* values in a month, at least */
#define PEER_LINES (DECILES + 1) /* nine deciles and the ICB itself */

/* The practices of an ICB. */
struct icb_peers {
    uint32_t icb;                    /* ORGANISATION_NONE: those without one */
    size_t count;                    /* practices of the latest month */
    const double *lines[PEER_LINES]; /* by month of the run, NAN where there is none */
};

struct peer {
    struct excerpt rows;
    uint32_t icb_number;                  /* ORGANISATION_NONE without one */
    const struct organisation_month *icb; /* of the latest month, or NULL */
    const struct icb_peers *others;       /* itself among them */
};

struct peer_list {
    struct peer *list; /* in the order of codes */
    size_t count;
    size_t months; /* of the run, up to the latest */
    struct arena arena;
};

/* figures is borrowed for the life of the list.  To be released also when it fails. */
MUST_USE
enum status peers_find(struct peer_list *peers, const struct figures *figures, struct fail *why);

void peers_release(struct peer_list *peers);

/* The headline of a row, NAN where it has none. */
double peer_value(const struct results *results, const struct organisation_month *row);

/* Its row of a month, counted from the first of the run; or NULL. */
const struct organisation_month *peer_row(const struct results *results, const struct peer *peer,
                                          size_t month);

#endif
