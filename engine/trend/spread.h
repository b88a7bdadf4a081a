#ifndef TREND_SPREAD_H
#define TREND_SPREAD_H

/* Positions: how a followed ratio is spread over the peers of a level, everywhere and
 * within each ICB, and where each of them is in it.
 *
 * Peers are those that take part in percentiles (measure/rank.h) and have a value.  They are
 * spread month by month; over the last month and over the last twelve (sum over sum, where the
 * files hold twelve) each has a standing as well.  Deciles are linear, as those of OpenPrescribing,
 * so the one in the middle of all ICBs or all practices is their national median.
 *
 * Shares that count items or inhalers have a funnel (trend/funnel.h): limits that chance and
 * the usual differences between peers explain.  Anything else is no proportion of a count. */

#include "trend/funnel.h"
#include "measure/results.h"

#define DECILES 9
#define DECILE_MEDIAN 4

/* Fewer than ten peers have no tenths: of them only the median is given. */
#define DECILE_LEAST 10

/* The peers of one measure and level over one span, at least two. */
struct spread {
    size_t measure;
    enum level level;
    uint32_t icb; /* ORGANISATION_NONE: everywhere */
    month_t from; /* a month, or the twelve from it on */
    month_t to;
    size_t peers;
    double deciles[DECILES]; /* in the measure's unit; NAN where there are none */
    bool has_funnel;
    struct funnel funnel;
};

struct peer_standing {
    uint32_t organisation;
    uint32_t months;            /* of the span, in which it has rows */
    size_t among;               /* its spread everywhere */
    size_t among_icb;           /* and within its ICB, SPREAD_NONE where there is none */
    struct measure_value value; /* ranked everywhere */
    uint32_t rank_in_icb;
};

#define SPREAD_NONE SIZE_MAX

/* By measure, level, span, then organisation or ICB. */
struct spread_list {
    struct spread *spreads;
    size_t spread_count;
    size_t spread_room;
    struct peer_standing *list;
    size_t count;
    size_t room;
};

/* Before focus_keep: peers are all of them. */
MUST_USE
enum status spreads_make(struct spread_list *standings, const struct results *results,
                         struct fail *why);

void spreads_release(struct spread_list *standings);

/* The limits at the denominator of a standing, false where its spread has no funnel. */
bool spread_limits(const struct spread_list *standings, const struct rules *rules,
                   const struct peer_standing *standing, struct funnel_limits *limits);

#endif
