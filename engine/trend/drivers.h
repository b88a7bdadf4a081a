#ifndef TREND_DRIVERS_H
#define TREND_DRIVERS_H

/* Why the carbon of an organisation changed between two periods, split without rest.
 *
 * With n packs in all, and shares c of a class, d of a device in its class and b of
 * a product (brand) in its class and device, and f the carbon of one pack,
 *     carbon = sum over products of  n x c x d x b x f.
 * Each of the five moves from its first to its second value.  What a move is worth
 * depends on what has moved before it: each gets its mean over all 120 orders
 * (Shapley value), so the parts add up to the whole change and do not depend on the
 * order of the list.  A share of nothing is not known: where a class, or a device in
 * it, has no packs in one period, the shares within it are those of the other, and so
 * is the carbon of a product that is in one period only.  So new and ended products
 * count as mix, and factors change only where both periods have one. */

#include "measure/results.h"

enum driver { DRIVER_VOLUME, DRIVER_CLASS, DRIVER_DEVICE, DRIVER_BRAND, DRIVER_FACTOR, DRIVERS };

/* One product with a factor. */
struct driver_item {
    uint32_t class_number;
    int device;
    double packs[2]; /* first and second period */
    double carbon[2];
};

/* parts[d] in the unit of carbon; they sum to the change but for rounding. */
void drivers_split(const struct driver_item *items, size_t count, double parts[DRIVERS]);

/* Whole numbers that sum exactly to `whole`: each part rounded, what is then missing
 * put where rounding took most. */
void drivers_round(const double parts[DRIVERS], int64_t whole, int64_t rounded[DRIVERS]);

/* The two periods of a run: as many months as there are, at most 12, and the same
 * months a year before; with less than 13 months the later half against the earlier.
 * False with fewer than two months. */
struct driver_periods {
    month_t from[2];
    month_t to[2];
};

bool drivers_periods(month_t first, month_t last, struct driver_periods *periods);

/* The change of one organisation. */
struct organisation_change {
    enum level level;
    uint32_t organisation;
    int64_t milligrams[2]; /* carbon in the two periods, rounded */
    int64_t parts[DRIVERS];
};

struct change_list {
    struct driver_periods periods;
    struct organisation_change *list; /* by level, then code */
    size_t count;
};

/* Of every organisation with carbon in either period; empty with one month. */
MUST_USE
enum status changes_make(struct change_list *changes, const struct results *results,
                         struct fail *why);

void changes_release(struct change_list *changes);

#endif
