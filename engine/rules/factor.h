#ifndef RULES_FACTOR_H
#define RULES_FACTOR_H

/* What rules/factors/ says of inhalers: what one weighs, on which basis and how surely. */

#include "rules/product.h"

/* How good a factor is, best first; rules/README.md says what each means. */
#define GRADE_LIST(X) \
    X(A, "A")         \
    X(B, "B")         \
    X(B2, "B2")       \
    X(C, "C")         \
    X(D, "D")

enum grade {
#define X(name, text) GRADE_##name,
    GRADE_LIST(X)
#undef X
        GRADES
};

const char *grade_text(enum grade grade);

/* What a published figure counts. */
#define BASIS_LIST(X) \
    X(whole_life)     \
    X(propellant_only)

enum basis {
#define X(name) BASIS_##name,
    BASIS_LIST(X)
#undef X
};

const char *basis_text(enum basis basis);

/* What brings a figure of the propellant alone to the whole life; milligrams. */
struct addition {
    int64_t kg;
    int64_t low;
    int64_t high;
    size_t products; /* of how many it is the median; 0: not known */
};

/* A version's part of a factor of several. */
struct factor_part {
    const struct product_version *version;
    int64_t share; /* millionths */
    int64_t kg;
};

struct factor {
    const char *at; /* "file: path" of the rule */
    const char *id;
    struct text_list codes;    /* one of the two */
    struct text_list products; /* product ids */
    const char *version;       /* of the products, or NULL */
    int64_t kg;                /* milligrams CO2e of one inhaler or refill pack, whole life */
    int64_t low;               /* milligrams, -1 when no range is known */
    int64_t high;
    int64_t published; /* kg as its source has it, on its basis */
    int64_t
        propellant_only; /* of a whole-life factor: what is published of the propellant, or -1 */
    struct addition addition; /* what was added to it: zeros for the whole life */
    enum grade grade;
    enum basis basis;
    const char *derivation;
    const char *no_range;            /* of grade B2, C or D without one: why, else NULL */
    const struct factor_part *parts; /* of several versions in the same months */
    size_t part_count;
    const char *source;
    const char *checked;
    const char *note;
    month_t from; /* first and last month, MONTH_NONE for open */
    month_t to;
};

/* A factor as it stands for one code. */
struct factor_span {
    const struct factor *factor;
    uint32_t next; /* 1 + index into spans, 0 at the end */
};

/* The factor of a product that no rule knows, by what its name says. */
struct factor_default {
    struct factor factor;
    const char *therapeutic_class; /* NULL: any; likewise the propellant */
    const char *propellant;
    int device; /* enum device */
    bool refill;
};

struct factor_set {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    const char *source;
    const char *checked;
    const char *note;
    struct factor *factors;
    size_t count;
    struct factor_default *defaults; /* the first that fits */
    size_t default_count;
    size_t number;            /* compiled: among the sets */
    struct addition addition; /* compiled */
    uint32_t *first_span;     /* by code number: 1 + index into spans, 0 none */
    struct factor_span *spans;
    size_t span_count;
    size_t span_room;
};

#endif
