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
#include "rules/assumptions.h"
#include "rules/factor.h"
#include "rules/gases.h"
#include "rules/measure.h"
#include "rules/portal.h"
#include "rules/register.h"
#include "base/decimal.h"
#include "base/fail.h"
#include "base/month.h"
#include "rules/target.h"

struct faults;

/* As many targets as a command line may ask for. */
#define MOST_ASKED 16

/* Where the rules are.  A NULL base is looked for, as rules_find says. */
struct rules_place {
    const char *base;
    const char *overlay;   /* a folder laid over it, or a whole one in its place; or NULL */
    const char *targets;   /* a file of targets besides, or NULL */
    bool ages;             /* also keep all days on which a source was checked, in `checked` */
    struct faults *faults; /* gets all that is wrong with them (rules/faults.h), to be released by
                              the caller; or NULL */
    const char *asked[MOST_ASKED]; /* targets as rules_ask_target takes them, NULL after the last */
};

struct source_rule {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    const char *where;
    const char *checked;
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
    const char *to_version_id;                /* one version of `to`, or NULL */
    const struct product_version *to_version; /* compiled: its first entry */
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
    const char *change;           /* "brand, same device" */
    const char *dose;             /* "2 puffs of 100 : 1 inhalation of 200" */
    const char *arithmetic;       /* how many inhalers for how many follow from it, or NULL */
    const char *kind_id;          /* NULL: not planned */
    const struct plan_kind *kind; /* compiled */
    bool by_factors; /* else a saving of carbon is not evidenced, whatever the factors */
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
    RULE_LIST(struct product_versions *) versions;
    RULE_LIST(const struct device_pattern *) patterns;
    RULE_LIST(const struct class_pattern *) class_patterns;
    RULE_LIST(struct national_items *) national;
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
    struct plan_assumptions *plan; /* NULL: the folder of rules is older than plans */
    RULE_LIST(struct register_rule *) registers;
    struct layouts register_layouts; /* compiled, in the order of registers */
    RULE_LIST(const struct unidentified_rule *) unidentified;
    RULE_LIST(struct succession *) successions; /* by date */
    const char *sub_icb_padding; /* what an extract may add to the code of a sub-ICB, or NULL */
    RULE_LIST(const struct quantity_rule *) quantities;
    RULE_LIST(const struct portal *) portals;
    RULE_LIST(struct checked_rule) checked; /* all that have such a day, file by file; with ages */
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

/* Of a code that no rule knows: the product that its substance and its name tell, in the arena, with
 * what was assumed as its note; NULL where the patterns of rules/products/ say too little or
 * disagree. */
MUST_USE
enum status rules_provisional(const struct rules *rules, struct view code, struct view name,
                              struct arena *arena, const struct product **product,
                              struct fail *why);

/* The version whose dm+d code this is, or NULL. */
const struct product_version *product_version_of(const struct product *product, struct view dmd);

/* Longest text of product_propellants, with its end. */
#define PROPELLANTS_TEXT 64

/* What an inhaler of the month holds, as "HFA134a or HFO1234ze".
 * version  the one that it is known to be, or NULL */
const char *product_propellants(const struct product *product,
                                const struct product_version *version, month_t month, char *out);

/* Millionths of the month's inhalers that hold one of the propellants; all where none is listed. */
int64_t propellants_share(const struct text_list *propellants, const struct product *product,
                          const struct product_version *version, month_t month);

/* Milligrams of one inhaler, counting its versions with these propellants only. */
int64_t factor_kg_of(const struct factor *factor, const struct text_list *propellants);

/* True when the version is dispensed in the month. */
bool version_is_on(const struct product_version *version, month_t month);

/* The number of a product's code, INTERN_NONE when no product has it. */
uint32_t rules_code(const struct rules *rules, struct view code);

const struct product *rules_product(const struct rules *rules, struct view id);
const struct source_rule *rules_source(const struct rules *rules, const char *id);
const struct factor_set *rules_factor_set(const struct rules *rules, struct view id);
const struct measure *rules_measure(const struct rules *rules, struct view id);

/* The factor of a code in a month, or NULL. */
const struct factor *rules_factor(const struct factor_set *set, uint32_t code, month_t month);

/* The factor of a version, of a code in a month where that is NULL, or of a provisional product;
 * NULL where there is none. */
const struct factor *factor_in_use(const struct factor_set *set, const struct product *product,
                                   const struct product_version *version, uint32_t code,
                                   month_t month);

/* The factor of a product under today's code, or NULL. */
const struct factor *product_factor(const struct rules *rules, const struct factor_set *set,
                                    const struct product *product, month_t month);

/* True when a saving of carbon may be claimed: the rule says that factors can
 * show it, both are there with grade A, B or B2, and where one is on another basis what remains is
 * more than the range of the addition.  Either factor may be NULL. */
bool switch_is_evidenced(const struct switch_rule *rule, const struct switch_pair *pair,
                         const struct factor *from, const struct factor *to);

/* What `to` of the pair weighs in a month: of its version, if it names one that is dispensed. */
const struct factor *pair_target_factor(const struct rules *rules, const struct factor_set *set,
                                        const struct switch_pair *pair, month_t month);

/* False for a pair to a version that is not dispensed in the month. */
bool pair_is_on(const struct switch_pair *pair, month_t month);

/* True when another drug, not only another device or brand, is the target. */
bool pair_changes_drug(const struct switch_pair *pair);

/* True when a product (under this code) is in the selection; has_factor says
 * whether its factor is known. */
bool selection_holds(const struct selection *where, const struct product *product, struct view code,
                     bool has_factor);

#endif
