#ifndef RULES_TARGET_H
#define RULES_TARGET_H

/* What somebody set out to reach: a value of a measure by a month, or so much less
 * than in a baseline.  rules/targets/ and --targets FILE. */

#include "base/month.h"

struct measure;

/* A measure that is well known and cannot be computed from the extracts. */
struct elsewhere_rule {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    const char *description;
    const char *direction;
    const char *equals;
    const char *not_computable; /* why */
    const char *source;
    const char *checked;
};

struct target {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    const char *plan;              /* who set it, and where */
    const char *measure_id;        /* NULL where not_computable is told */
    const char *not_computable;    /* why no measure can say it */
    const struct measure *measure; /* compiled */
    struct text_list levels;       /* of the organisations it holds for */
    struct text_list within;       /* codes of organisations: themselves and what is in them;
                                      empty: everybody */
    bool is_default;               /* a yardstick for everybody: a plan that asks the same of an
                                      organisation is shown in its place */
    bool at_least;                 /* else at most */
    bool has_value;
    int64_t value; /* 10^-6 of the measure's unit */
    bool has_reduction;
    int64_t reduction; /* 10^-6 per cent below the baseline */
    month_t baseline_from;
    month_t baseline_to;
    month_t due;
    int64_t months; /* 1: the month itself; 12: the twelve months that end with it */
    const char *source;
    const char *checked;
    const char *note;
};

#endif
