#ifndef ADVISE_TARGETS_H
#define ADVISE_TARGETS_H

/* Will a target be reached?  One answer for each target and organisation that it
 * holds for, from the forecast of trend/forecast.h.  A target follows its organisation: when that
 * ended, the practices, PCNs and sub-ICBs that were of it have the target, and so has the
 * organisation itself, as the sum of those parts (place/lineage.h).
 *
 *     reached         the latest value meets it (of a due month that has passed: the
 *                     value of that month, whatever came after it)
 *     on course       the probability of meeting it when it is due is 0.8 or more
 *     at risk         between 0.2 and 0.8
 *     off course      0.2 or less, or the due month has passed without it
 *     not computable  `why` says why */

#include "trend/forecast.h"
#include "measure/results.h"
#include "place/lineage.h"

#define ON_COURSE 0.8
#define OFF_COURSE 0.2

#define TARGET_STATUS_LIST(X)   \
    X(REACHED, "reached")       \
    X(ON_COURSE, "on course")   \
    X(AT_RISK, "at risk")       \
    X(OFF_COURSE, "off course") \
    X(NOT_COMPUTABLE, "not computable")

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
    bool past;      /* due before the last month of the data: judged by its due month, and no longer
                       among the targets that are open */
    bool repeated;  /* a default, and a plan asks the same of the organisation */
    bool anybody;   /* false: no organisation of the files, level and organisation say nothing */
    enum level level;
    uint32_t organisation; /* ORGANISATION_NONE: it ended, no file has it, and `ended` names it */
    const struct succession *ended;
    bool part; /* the organisation ended: the figures are those of its parts, and these belong to */
    uint32_t heirs[LINEAGE_HEIRS]; /* such organisations of its level in the last month */
    size_t heir_count;
    double target_value;
    month_t latest_month; /* MONTH_NONE where there is none */
    double latest_value;  /* of the month, or of the twelve that end with it */
    double value_before;  /* the same a month earlier */
    double change_needed; /* a month, from the latest to the due */
    double trend;         /* the same by least squares */
    double forecast;
    double low; /* 80 % */
    double high;
    double probability;
    enum target_status status;
    char why[320]; /* what decided */
};

/* 1 where the latest value meets the target and that of the month before did not, -1 the other way
 * round; 0 where nothing was crossed or one of them is not known. */
int target_crossed(const struct target_answer *answer);

/* Open: what headline, cards, charts and digest are about. */
static inline bool target_is_open(const struct target_answer *answer)
{
    return answer->anybody && answer->organisation != ORGANISATION_NONE && !answer->past &&
           !answer->repeated;
}

/* The code and the name of the organisation of an answer about anybody. */
struct view target_code(const struct target_answer *answer, const struct results *results);
struct view target_name(const struct target_answer *answer, const struct results *results);

struct target_list {
    struct target_answer *list; /* in the order of the rules, then level and code */
    size_t count;
};

/* Of all months, before focus_keep (measure/focus.h): what is asked for is answered, from all that
 * belongs to it. */
MUST_USE
enum status advise_targets(struct target_list *targets, const struct results *results,
                           struct fail *why);

void targets_release(struct target_list *targets);

#endif
