#ifndef RULES_PRODUCT_H
#define RULES_PRODUCT_H

/* What rules/products/ says of inhalers: products and their versions, what is none, what names
 * tell, and what a nation prescribes. */

#include "base/month.h"
#include "base/view.h"

#include <stdbool.h>
#include <stdint.h>

struct factor;

/* In the order in which outputs list them. */
#define DEVICE_LIST(X) \
    X(PMDI, "pMDI")    \
    X(BAI, "BAI")      \
    X(DPI, "DPI")      \
    X(SMI, "SMI")      \
    X(UNKNOWN, "unknown")

enum device {
#define X(name, text) DEVICE_##name,
    DEVICE_LIST(X)
#undef X
        DEVICE_REFILL, /* what outputs show for a refill: it carries no device */
    DEVICES
};

const char *device_text(enum device device);

#define UNIT_LIST(X)      \
    X(INHALER, "inhaler") \
    X(CAPSULE, "capsule") \
    X(BLISTER, "blister") \
    X(CARTRIDGE, "cartridge")

enum unit {
#define X(name, text) UNIT_##name,
    UNIT_LIST(X)
#undef X
};

const char *unit_text(enum unit unit);

/* One version of a product from its first to its last month: another propellant under the same
 * code.  Versions of the same months have shares. */
struct product_version {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *propellant;
    month_t from; /* first and last month, MONTH_NONE for open */
    month_t to;
    int64_t share; /* millionths of the product's inhalers; -1: all */
    int64_t share_low;
    int64_t share_high;
    bool prepared;        /* not used: no rule says yet from when */
    struct text_list dmd; /* SNOMED codes of this version alone */
    const char *source;
    const char *checked;
    const char *note;
    const struct factor **factors; /* compiled: by number of the set; NULL for none */
};

struct product_versions {
    const char *at;
    const char *product_id;
    struct product_version *list;
    size_t count;
};

struct product {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *name;
    struct text_list codes; /* today's BNF code first, then the older ones */
    const char *substance;
    const char *therapeutic_class;
    uint32_t class_number;  /* into rules->classes */
    int device_of_kind;     /* enum device of the family, also for a refill */
    const char *propellant; /* where it has no versions; else product_propellants */
    int unit;               /* enum unit of the extract's quantity */
    int64_t units_per_pack; /* units that make one inhaler or refill pack; 0 unknown */
    int64_t doses;          /* of one inhaler; 0 unknown */
    bool refill;
    const char *generic_code;
    struct text_list dmd;             /* "AMP:222311000001102", "VMP:..."; VMPs first */
    int64_t licensed_from_years;      /* lowest licensed age; 0 not known */
    struct product_version *versions; /* compiled */
    size_t version_count;
    bool provisional; /* made for a code that no rule knows: see rules_provisional */
    const char *source;
    const char *checked;
    const char *note;
};

/* The device that outputs show. */
enum device product_device(const struct product *product);

struct section_rule {
    const char *prefix;
    const char *name;
};

/* What is prescribed in the same sections and is no inhaler. */
struct exclusion {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *reason;
    struct text_list codes;
    struct text_list prefixes;
    struct text_list names; /* with prefixes: one of these must be in the name */
    const char *source;
    const char *checked;
    const char *note;
};

/* Words of names, and what they say about a product that no rule knows. */
struct name_words {
    struct text_list words;     /* one of them is in the name ... */
    struct text_list unless;    /* ... none of these, ... */
    struct text_list only_with; /* ... and one of these, where there are any */
};

struct device_pattern {
    const char *at; /* "file: path" of the rule */
    const char *id;
    struct name_words name;
    int device; /* enum device, or -1; DEVICE_UNKNOWN: nothing may be guessed */
    int unit;   /* enum unit, or -1 */
    const char *propellant;
    int64_t units_per_pack; /* 0: not said */
    bool refill;
    const char *note;
};

struct class_pattern {
    const char *at;
    const char *id;
    struct name_words name;
    struct text_list prefixes; /* of BNF codes */
    const char *therapeutic_class;
    const char *note;
};

/* National items of one substance, for weighing what factors cover. */
struct national_share {
    const char *product_id;
    const struct product *product; /* compiled */
    int64_t share;                 /* millionths of the substance's items */
};

struct national_items {
    const char *at;
    const char *code; /* first nine characters */
    const char *name;
    int64_t items; /* millionths of an item */
    struct national_share *mix;
    size_t mix_count;
    month_t month; /* of the file */
    const char *note;
};

#endif
