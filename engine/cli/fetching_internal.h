#ifndef CLI_FETCHING_INTERNAL_H
#define CLI_FETCHING_INTERNAL_H

/* Between fetching.c, which fetches, and fetching_wanted.c, which says what there is to fetch. */

#include "cli/fetching.h"
#include "fetch/receipts.h"

enum offer_state { OFFER_NEW, OFFER_BETTER, OFFER_HAVE, OFFER_REPUBLISHED };

/* A dataset on its way. */
struct fetching_run {
    const struct fetching_job *job;
    struct catalogue catalogue;
    struct receipts receipts;
    struct store *store; /* open while its months are looked up; NULL: there is none yet */
    struct progress_words words;
    const char *shown; /* name of the file under way */
    struct patience patience;
    bool quiet;
    char folder[4096];
};

enum offer_state fetching_state(const struct fetching_run *run, const struct offer *offer);

/* The offer of the catalogue with this number is one of those that were asked for. */
bool fetching_wants(const struct fetching_run *run, size_t at);

/* Months that are named must be there. */
MUST_USE
enum status fetching_check_named(const struct fetching_run *run, struct fail *why);

month_t fetching_latest(const struct catalogue *catalogue);
month_t fetching_this_month(void);

#endif
