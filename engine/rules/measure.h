#ifndef RULES_MEASURE_H
#define RULES_MEASURE_H

/* What a measure is: a sum above the line, perhaps one below it, and which products
 * each runs over.  rules/measures/. */

#include "base/view.h"
#include "extract/layout.h"

#include <stdbool.h>
#include <stdint.h>

struct factor_set;
struct gas_factor_set;

#define SUM_LIST(X)      \
    X(kgco2e)            \
    X(inhalers)          \
    X(packs)             \
    X(items)             \
    X(nic)               \
    X(actual_cost)       \
    X(thousand_patients) \
    GAS_SUM_LIST(X)

/* Of hospital data: rules/gases.h says what a gas is.  Audited are the trusts and
 * months whose clinical use is known; wasted is what they procured and did not use. */
#define GAS_SUM_LIST(X)     \
    X(gas_ml)               \
    X(gas_bottles)          \
    X(gas_litres)           \
    X(nitrous_oxide_litres) \
    X(gas_kgco2e)           \
    X(gas_litres_audited)   \
    X(gas_litres_wasted)

enum sum {
#define X(name) SUM_##name,
    SUM_LIST(X)
#undef X
        SUM_NONE /* no denominator */
};

/* Which products a sum runs over: all conditions must hold. */
struct selection {
    struct text_list classes;
    struct text_list devices; /* as outputs show them */
    struct text_list chemicals;
    struct text_list not_chemicals;
    struct text_list products; /* ids */
    struct text_list propellants;
    bool with_factor;
    bool has_refill; /* the next one is a condition */
    bool refill;
    struct text_list gases; /* of gases: their ids */
    bool supply;            /* of gases: what came past the pharmacy counts too */
};

struct measure_sum {
    enum sum sum;
    struct selection where;
};

struct measure_change {
    const char *date;
    const char *change;
};

struct measure {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    const char *description;
    const char *unit;
    const char *direction;                       /* lower, higher or none */
    const char *equals;                          /* the published measure it equals, or NULL */
    bool as_read;                                /* no quantity is repaired for it */
    const char *factor_set_id;                   /* NULL, "run", or a set's id */
    const struct factor_set *factor_set;         /* compiled: NULL for none and for "run" */
    const struct gas_factor_set *gas_factor_set; /* likewise, of a measure of gases */
    bool share;                                  /* outside 0 to 1 the value is not computable */
    bool headline;                               /* told at the end of a run */
    struct measure_sum numerator;
    struct measure_sum denominator;
    bool followed;        /* through the months: trends, charts, alerts, peers */
    enum subject subject; /* compiled: whose data it sums, prescribing or hospital */
    int64_t order;        /* its place in lists; 0: behind those that have one */
    uint32_t slot;        /* compiled: its place among the measures of the subject */
    const char *why;
    struct text_list caveats; /* compiled: sentences */
    const char *source;
    const char *written_by; /* or NULL */
    const char *checked_by; /* or NULL */
    const char *checked;
    struct measure_change *changes;
    size_t change_count;
};

/* A sentence that several measures need. */
struct caveat {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *text;
};

/* From where on so little is below the line of a measure that chance alone moves it. */
struct small_rule {
    const char *at; /* "file: path" of the rule */
    const char *id;
    bool sums[SUM_NONE]; /* that it is about */
    int64_t below;       /* thousandths of the sum's printed unit */
    bool no_peers;       /* such figures are no peers in percentiles */
    const char *source;
    const char *checked;
    const char *note;
};

/* Whose data a sum runs over: SUBJECT_hospital for those of gases. */
enum subject sum_subject(enum sum sum);

#endif
