#ifndef RULES_ASSUMPTIONS_H
#define RULES_ASSUMPTIONS_H

/* What a plan assumes where no extract says it: rules/plan/.  Shares are millionths of a per cent,
 * minutes and inhalers thousandths, pounds 0.00001 GBP.  An end of a range that is not given is
 * that of the middle. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What changes for a patient; `kind` of a switch names one. */
struct plan_kind {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *label;
    int64_t order;    /* the easiest change is 1 */
    bool by_default;  /* else only in a plan that names it */
    int64_t eligible; /* of the volume, who could change at all */
    int64_t eligible_low;
    int64_t eligible_high;
    int64_t accept; /* of those reviewed, who do */
    int64_t accept_low;
    int64_t accept_high;
    int64_t minutes; /* of one review */
    const char *who;
    int grade;
    const char *basis;
    const char *source;
    const char *note;
};

/* How many inhalers of a class a person has in a year. */
struct plan_people {
    const char *at;
    const char *therapeutic_class;
    int64_t inhalers;
    int64_t low;
    int64_t high;
    int grade;
    const char *source;
    const char *note;
};

struct plan_wage {
    const char *at;
    const char *who;
    int64_t pounds; /* an hour */
    int grade;
    const char *source;
};

struct plan_assumptions {
    const char *at;
    const char *id;
    const char *title;
    const char *source;
    const char *checked;
    const char *note;
    int64_t visit_minutes;   /* once a practice, before the first review */
    int64_t search_minutes;  /* setting up one search, for the rank of a switch */
    int64_t least_people;    /* fewer are no row */
    int64_t lag_months;      /* until a change shows in the extracts */
    int64_t supply_times;    /* so many times today's volume, and supply is to be asked about */
    struct plan_kind *kinds; /* by order */
    size_t kind_count;
    struct plan_people *people;
    size_t people_count;
    struct plan_wage *wages;
    size_t wage_count;
};

#endif
