#ifndef FETCH_CATALOGUE_H
#define FETCH_CATALOGUE_H

/* What a portal has of a dataset: one offer for each month (or file) and package.
 *     catalogue_read(&catalogue, http, patience, rules, "epd", &months, why)
 *     catalogue_link(&catalogue, &offer, &link, why)      just before the download: links expire
 *     catalogue_release(&catalogue) */

#include "base/arena.h"
#include "base/month.h"
#include "fetch/patience.h"
#include "rules/rules.h"

struct offer {
    const struct portal *portal;
    const struct portal_dataset *dataset;
    size_t rank;         /* of its package in the dataset: the lowest is the best */
    month_t month;       /* MONTH_NONE: a file without months */
    const char *series;  /* in rules/extracts, or "" */
    const char *stem;    /* of the file that is kept: "EPD_SNOMED_202607" */
    const char *id;      /* of the resource, for the portal */
    const char *name;    /* likewise, as the portal calls it */
    const char *url;     /* where it is known and does not expire, or "" */
    const char *version; /* when the portal changed it last, as it says so; or "" */
};

/* Where an offer can be fetched now. */
struct offer_link {
    const char *url;
    const char *version;
    const char *hash;   /* of the file, or "" */
    int64_t bytes;      /* of the file; 0 when not known */
    const char *ending; /* ".zip" or ".csv" */
};

struct catalogue {
    struct arena arena;
    struct http *http;
    const struct patience *patience;
    struct offer *offers; /* by month, of one month the better package first */
    size_t count;
    size_t room;
};

/* dataset  an id in rules/portals
 * months   pages are asked for these only; empty for the last few
 * fails    STATUS_USAGE  there is no such dataset
 *          STATUS_IO     the portal cannot be reached
 *          STATUS_DATA   it answers something else */
MUST_USE
enum status catalogue_read(struct catalogue *catalogue, const struct rules *rules,
                           const char *dataset, month_t from, month_t to, struct fail *why);
void catalogue_release(struct catalogue *catalogue);

/* Texts live as long as the catalogue. */
MUST_USE
enum status catalogue_link(struct catalogue *catalogue, const struct offer *offer,
                           struct offer_link *link, struct fail *why);

const struct portal_dataset *find_dataset(const struct rules *rules, const char *id,
                                          const struct portal **portal);

#endif
