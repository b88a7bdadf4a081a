#ifndef TREND_FOLLOW_H
#define TREND_FOLLOW_H

/* What is said of each followed measure of each organisation: trends, the control
 * chart, alerts.  Trends and charts look at the latest 36 months: Making Data Count
 * advises two to three years a chart, and a slope over more is of another time. */

#include "trend/cusum.h"
#include "trend/history.h"
#include "trend/spc.h"
#include "trend/trend.h"

#define FOLLOW_MONTHS 36

/* Totals are compared by the day, and calendar months are taken off where there are
 * two years of them. */
struct followed {
    struct series series; /* as published */
    struct series even;   /* without days and calendar months */
    bool by_day;
    bool small;             /* little is below the line in the last month */
    double season_strength; /* 0: no calendar months were taken off */
};

void follow(const struct results *results, const struct history *history, size_t measure,
            struct followed *followed);

/* Both methods on the even series. */
struct trend_pair {
    struct trend least_squares;
    struct trend theil_sen;
};

struct trend_pair follow_trends(const struct followed *followed);

/* The months of a series that have a value, without gaps. */
struct chart {
    size_t count;
    month_t months[HISTORY_MONTHS];
    double values[HISTORY_MONTHS];
    struct spc_point points[HISTORY_MONTHS];
};

#define CHART_STEPS 12

struct chart_options {
    struct spc_options spc;
    month_t steps[CHART_STEPS]; /* that begin new limits, ascending */
    size_t step_count;
};

/* As Making Data Count draws them today: unscreened, all points beyond two thirds. */
struct chart_options chart_usual(void);

/* Reads "screened,near-only,baseline=12,step=2024-04" over the usual; any of them, in any
 * order, steps as often as they come.  NULL leaves the usual. */
MUST_USE
enum status chart_read(const char *text, struct chart_options *options, struct fail *why);

/* Points of the published series; count is 0 below SPC_LEAST_POINTS. */
void follow_chart(const struct followed *followed, const struct chart_options *options,
                  struct chart *chart);

/* Whether a series has moved and stays away, at its last month. */
struct departure {
    bool exists;
    int way;       /* 1 up, -1 down */
    month_t since; /* first month of the current alert */
    double before; /* mean when it began */
    double now;    /* last value */
};

struct departure follow_departure(const struct followed *followed);

#endif
