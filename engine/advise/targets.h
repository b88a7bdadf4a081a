#ifndef ADVISE_TARGETS_H
#define ADVISE_TARGETS_H

/* Will a target be met?  One answer for each target and organisation that it
 * applies to, from the forecast of trend/forecast.h.
 *
 *     met             the latest value meets it (of a due month that has passed: the
 *                     value of that month, if the files have it)
 *     on course       the probability of meeting it when it is due is 0.8 or more
 *     at risk         between 0.2 and 0.8
 *     off course      0.2 or less, or the due month has passed without it
 *     cannot be calculated  `why` gives the reason */

#include "trend/forecast.h"
#include "measure/results.h"

#define ON_COURSE 0.8
#define OFF_COURSE 0.2

#define TARGET_STATUS_LIST(X)   \
    X(MET, "met")               \
    X(ON_COURSE, "on course")   \
    X(AT_RISK, "at risk")       \
    X(OFF_COURSE, "off course") \
    X(NOT_COMPUTABLE, "cannot be calculated")

enum target_status {
#define X(name, text) TARGET_##name,
    TARGET_STATUS_LIST(X)
#undef X
};

const char *target_status_text(enum target_status status);

/* Unknown numbers are NAN. */
struct target_answer {
    const struct target *target;
    size_t measure; /* its number in the rules */
    bool anybody;   /* false: no organisation of the files, level and organisation say nothing */
    enum level level;
    uint32_t organisation;
    double target_value;
    month_t latest_month; /* MONTH_NONE where there is none */
    double latest_value;  /* of the month, or of the twelve that end with it */
    double value_before;  /* the same a month earlier */
    double change_needed; /* a month, from the latest to the due */
    double trend;         /* the same by least squares */
    double forecast;
    double low; /* 80% */
    double high;
    double probability;
    enum target_status status;
    char why[320]; /* what decided */
};

/* 1 where the latest value meets the target and that of the month before did not, -1 the other way
 * round; 0 where nothing was crossed or one of them is not known. */
int target_crossed(const struct target_answer *answer);

struct target_list {
    struct target_answer *list; /* in the order of the rules, then level and code */
    size_t count;
};

MUST_USE
enum status advise_targets(struct target_list *targets, const struct results *results,
                           struct fail *why);

void targets_release(struct target_list *targets);

#endif
