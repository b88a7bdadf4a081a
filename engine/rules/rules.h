#ifndef RULES_RULES_H
#define RULES_RULES_H

/* The rules of rules/, read once, checked against each other and compiled into
 * lookups.  Nothing outside this folder sees JSON.
 *     rules_load(&rules, &where, why)
 *     verdict = rules_classify(rules, code, name)
 *     factor = rules_factor(set, rules_code(rules, code), month)
 * All texts are NUL-terminated and live as long as the rules. */

#include "base/date.h"
#include "base/intern.h"
#include "extract/layout.h"
#include "extract/presentation.h"
#include "extract/row.h"
#include "rules/gases.h"
#include "rules/measure.h"
#include "rules/register.h"
#include "base/decimal.h"
#include "base/fail.h"
#include "base/month.h"
#include "rules/target.h"

struct faults;

/* Where the rules are.  A NULL base is looked for, as rules_find says. */
struct rules_place {
    const char *base;
    const char *overlay;   /* a folder laid over it, or a whole one in its place; or NULL */
    const char *targets;   /* a file of targets besides, or NULL */
    struct faults *faults; /* gets all that is wrong with them (rules/faults.h), to be released by
                              the caller; or NULL */
};

struct source_rule {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    const char *where;
    const char *checked;
};

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

struct product {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *name;
    struct text_list codes; /* today's BNF code first, then the older ones */
    const char *substance;
    const char *therapeutic_class;
    uint32_t class_number; /* into rules->classes */
    int device_of_kind;    /* enum device of the family, also for a refill */
    const char *propellant;
    int unit;               /* enum unit of the extract's quantity */
    int64_t units_per_pack; /* units that make one inhaler or refill pack; 0 unknown */
    int64_t doses;          /* of one inhaler; 0 unknown */
    bool refill;
    const char *generic_code;
    struct text_list dmd; /* "AMP:222311000001102", "VMP:..." */
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

struct factor {
    const char *at; /* "file: path" of the rule */
    const char *id;
    struct text_list codes;    /* one of the two */
    struct text_list products; /* product ids */
    int64_t kg;                /* milligrams CO2e of one inhaler or refill pack */
    int64_t low;               /* milligrams, -1 when no range is known */
    int64_t high;
    const char *no_range; /* of grade C or D without one: why, else NULL */
    int grade;            /* 'A' to 'D' */
    const char *basis;
    const char *source;
    const char *checked;
    const char *note;
    month_t from; /* first and last month, MONTH_NONE for open */
    month_t to;
};

/* The factor of one code. */
struct factor_span {
    const struct factor *factor;
    uint32_t next; /* 1 + index into spans, 0 at the end */
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
    uint32_t *first_span; /* by code number: 1 + index into spans, 0 none */
    struct factor_span *spans;
    size_t span_count;
    size_t span_room;
};

struct prompt {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *label; /* a few words, for a cell */
    const char *text;  /* the sentence */
    const char *source;
};

struct switch_pair {
    const char *at; /* "file: path" of the rule */
    const char *from_id;
    const char *to_id;
    const struct product *from;
    const struct product *to;
    int64_t from_inhalers; /* so many of `from` hold the doses ... */
    int64_t to_inhalers;   /* ... of so many of `to` */
    struct text_list prompt_ids;
    const struct prompt **prompts; /* besides those of the rule */
};

struct switch_rule {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    const char *change;     /* "brand, same device" */
    const char *dose;       /* "2 puffs of 100 : 1 inhalation of 200" */
    const char *arithmetic; /* how many inhalers for how many follow from it, or NULL */
    bool by_factors;        /* else a saving of carbon is not evidenced, whatever the factors */
    struct text_list prompt_ids;
    const struct prompt **prompts;
    struct switch_pair *pairs;
    size_t pair_count;
    const char *source;
    const char *checked;
    const char *note;
};

/* What the mean quantity per item of a product in a month may be, where it counts
 * in the unit that the rules say. */
struct quantity_rule {
    const char *at; /* "file: path" of the rule */
    const char *id;
    struct text_list nations; /* their codes */
    struct text_list units;   /* unit_text of the products */
    int64_t mean_above;       /* thousandths: above it the product is listed; 0 for no limit */
    int64_t mean_below;
    bool divide_by_doses; /* beyond mean_above: the quantity was in doses ... */
    int64_t mean_after;   /* ... if the mean is at least this then */
    const char *source;
    const char *checked;
    const char *note;
};

/* A list of entries that may come from several files. */
#define RULE_LIST(type) \
    struct {            \
        type *list;     \
        size_t count;   \
        size_t room;    \
    }

struct rules {
    struct arena arena;
    const char *version;
    char sha256[65]; /* SHA-256 over all rule files, overlay included */
    struct layouts layouts;
    struct scope scope;
    struct intern codes;            /* every BNF code of a product */
    const struct product **by_code; /* by code number */
    int64_t pack_multiple;          /* least common multiple of all units_per_pack, and doses */
    const char **classes;           /* therapeutic classes of products, sorted */
    size_t class_count;
    RULE_LIST(const char *) known_classes; /* those that there are */
    RULE_LIST(struct extract_rule) extracts;
    RULE_LIST(struct source_rule) sources;
    RULE_LIST(struct section_rule) sections;
    RULE_LIST(struct product *) products;
    RULE_LIST(const struct exclusion *) exclusions;
    RULE_LIST(struct factor_set *) factor_sets;
    RULE_LIST(const struct unit_rule *) units;
    RULE_LIST(struct gas *) gases;
    RULE_LIST(const struct cylinder *) cylinders;
    RULE_LIST(struct gas_factor_set *) gas_factor_sets;
    const struct gas **gas_by_code; /* by number of layouts.hospital.codes */
    int64_t bottle_multiple;        /* least common multiple of all bottles */
    size_t measure_counts[SUBJECTS];
    RULE_LIST(struct measure *) measures;
    RULE_LIST(const struct caveat *) caveats;
    RULE_LIST(const struct small_rule *) small_denominators;
    const struct small_rule *small_by_sum[SUM_NONE]; /* NULL: no rule */
    RULE_LIST(const struct elsewhere_rule *) elsewhere;
    RULE_LIST(struct target *) targets;
    RULE_LIST(const struct prompt *) prompts;
    RULE_LIST(struct switch_rule *) switches;
    RULE_LIST(struct register_rule *) registers;
    struct layouts register_layouts; /* compiled, in the order of registers */
    RULE_LIST(const struct unidentified_rule *) unidentified;
    RULE_LIST(struct succession *) successions; /* by date */
    const char *sub_icb_padding; /* what an extract may add to the code of a sub-ICB, or NULL */
    RULE_LIST(const struct quantity_rule *) quantities;
};

/* fails  STATUS_RULE      rules are wrong: why has the first fault with its file, line and path,
 *                         place->faults all of them
 *        STATUS_NO_INPUT  there are no rules at the place */
MUST_USE
enum status rules_load(struct rules **rules, const struct rules_place *place, struct fail *why);

void rules_free(struct rules *rules);

/* Finds the folder of the rules: $CANISTER_RULES, else share/canister/rules
 * beside the program's bin folder, else the checkout the program was built in,
 * else where it was to be installed.  NULL when none of them is there. */
const char *rules_find(char *path, size_t size);

/* The rule for quantities of a product in a nation, or NULL. */
const struct quantity_rule *rules_quantity(const struct rules *rules, struct view nation,
                                           const struct product *product);

/* The version of the JSON library, for the audit. */
const char *rules_json_version(void);

/* The rule of an era of rules->register_layouts. */
const struct register_rule *rules_register(const struct rules *rules, const struct era *era);

/* The rule by which the code of a practice (or of any other organisation) means
 * unidentified prescribers, or NULL; sub_icb may be empty. */
const struct unidentified_rule *rules_unidentified(const struct rules *rules, struct view code,
                                                   struct view sub_icb);

/* What a presentation is. */
enum rules_kind {
    RULES_INHALER,     /* product is set */
    RULES_NOT_INHALER, /* exclusion is set */
    RULES_GAS,         /* gas is set */
    RULES_ELSEWHERE,   /* a hospital medicine that is no gas: a trust has sent something */
    RULES_UNKNOWN      /* no rule: to unclassified.csv */
};

struct rules_verdict {
    enum rules_kind kind;
    const struct product *product;
    const struct exclusion *exclusion;
    const struct gas *gas;
};

/* name   as in the extract; used only by rules that say so */
struct rules_verdict rules_classify(const struct rules *rules, struct view code, struct view name);

/* The same for a key of extract/presentation.h, hospital or not. */
struct rules_verdict rules_classify_key(const struct rules *rules, struct view key,
                                        struct view name);

/* The number of a product's code, INTERN_NONE when no product has it. */
uint32_t rules_code(const struct rules *rules, struct view code);

const struct product *rules_product(const struct rules *rules, struct view id);
const struct source_rule *rules_source(const struct rules *rules, const char *id);
const struct factor_set *rules_factor_set(const struct rules *rules, struct view id);
const struct measure *rules_measure(const struct rules *rules, struct view id);

/* The factor of a code in a month, or NULL. */
const struct factor *rules_factor(const struct factor_set *set, uint32_t code, month_t month);

/* The factor of a product under today's code, or NULL. */
const struct factor *product_factor(const struct rules *rules, const struct factor_set *set,
                                    const struct product *product, month_t month);

/* True when a saving of carbon may be claimed: the rule says that factors can
 * show it, and both are there with grade A or B.  Either may be NULL. */
bool switch_is_evidenced(const struct switch_rule *rule, const struct factor *from,
                         const struct factor *to);

/* True when a product (under this code) is in the selection; has_factor says
 * whether its factor is known. */
bool selection_holds(const struct selection *where, const struct product *product, struct view code,
                     bool has_factor);

#endif
