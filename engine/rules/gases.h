#ifndef RULES_GASES_H
#define RULES_GASES_H

/* Anaesthetic gases, the units of hospital quantities, and what a gas weighs.
 *
 * Volumes are picolitres: a quantity in thousandths times the nanolitres of its
 * unit, so that no unit needs a fraction (1 ml = 10^9 pl).  Carbon is
 *     global warming potential [mg CO2e per mg] x density [mg per l]
 * in mg CO2e per litre, computed here from the two and never typed; a mixture
 * counts by the nitrous oxide in it, in thousandths. */

#include "base/decimal.h"
#include "base/fail.h"
#include "extract/layout.h"

struct rules;

#define PICOLITRES_PER_ML INT64_C(1000000000)
#define PICOLITRES_PER_LITRE (1000 * PICOLITRES_PER_ML)
#define PERMILLE 1000

#define UNIT_KIND_LIST(X)                                                \
    X(volume)                                                            \
    X(container) /* becomes a volume where it is known what one holds */ \
    X(none)      /* a quantity in it is listed and left out */

enum unit_kind {
#define X(name) UNIT_KIND_##name,
    UNIT_KIND_LIST(X)
#undef X
};

struct unit_rule {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    struct text_list names; /* as extracts print it, without regard to case */
    const char *dmd;        /* its dm+d code, or NULL */
    enum unit_kind kind;
    int64_t nanolitres; /* of a volume */
    const char *source;
    const char *checked;
    const char *note;
};

/* One virtual medicinal product of dm+d. */
struct gas_code {
    const char *code;
    const char *name; /* as published, or NULL where it was not seen */
    int64_t litres; /* in one cylinder; 0 where the product is no cylinder or its size not known */
    const char *source;
    const char *checked;
    const char *note;
};

struct gas {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *name;
    struct text_list also; /* what else people call it */
    bool liquid;           /* a volatile agent; else a gas, counted in litres */
    int64_t nitrous_oxide; /* thousandths of the volume that are nitrous oxide */
    int64_t bottle_ml;     /* in which bottles are counted; 0 not known */
    bool one_bottle;       /* no other size is sold: a quantity in bottles is a volume */
    const char *bottle_source;
    int64_t density_mg_per_l; /* of what the factor is for; 0 not found */
    const char *density_source;
    struct name_pattern pattern; /* identifies it where no rule has the code */
    struct gas_code *codes;
    size_t code_count;
    const char *source;
    const char *checked;
    const char *note;
    uint32_t number; /* compiled: place among the gases */
};

/* A cylinder by brand and size, for supply outside pharmacy.  The same letter
 * holds different volumes in different brands. */
struct cylinder {
    const char *at; /* "file: path" of the rule */
    const char *gas_id;
    const char *brand;
    const char *size;
    int64_t litres;
    const char *source;
    const char *checked;
};

struct gas_factor {
    const char *at; /* "file: path" of the rule */
    const char *gas_id;
    int64_t gwp; /* over 100 years */
    const char *source;
    int64_t density_mg_per_l; /* instead of that of the gas; 0 none */
    const char *density_source;
    const char *checked;
    const char *note;
};

struct gas_factor_set {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    const char *source;
    const char *checked;
    const char *note;
    struct gas_factor *factors;
    size_t count;
    const struct gas_factor **by_gas; /* compiled: by gas number, NULL none */
};

const struct gas *rules_gas(const struct rules *rules, struct view id);

/* By id, name, or what else people call it, without regard to case; or NULL. */
const struct gas *rules_gas_called(const struct rules *rules, struct view name);

/* What the rules say of one code of the gas, or NULL: then it was identified by its name. */
const struct gas_code *gas_code(const struct gas *gas, struct view code);

/* The unit with this dm+d code or one of these names.  NULL when neither is
 * known, or when they are of two units. */
const struct unit_rule *rules_unit(const struct rules *rules, struct view name, struct view dmd);

/* Litres in the name of a product, "cylinders 2000litres"; 0 when it has none. */
int64_t litres_in_name(struct view name);

/* Litres of the cylinder of a gas, brand and size, the two with a / between
 * ("Entonox (BOC)/G"); 0 when no rule knows it, -1 when two rules differ. */
int64_t rules_cylinder(const struct rules *rules, const struct gas *gas, struct view brand_size);

const struct gas_factor_set *rules_gas_factor_set(const struct rules *rules, struct view id);

/* The density that a factor goes with; 0 when none was found. */
int64_t gas_factor_density(const struct gas *gas, const struct gas_factor *factor);

/* mg CO2e of a litre of the pure substance: potential times density.  False
 * when the set has no potential of the gas, or there is no density. */
bool gas_carbon_per_litre(const struct gas_factor_set *set, const struct gas *gas,
                          int64_t *milligrams);

#endif
