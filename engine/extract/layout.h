#ifndef EXTRACT_LAYOUT_H
#define EXTRACT_LAYOUT_H

/* What is known of the national extracts and registers: which columns each header
 * era has and what they mean.  The text of it is rules/extracts/ and
 * rules/registers/, compiled by rules/. */

#include "base/intern.h"
#include "base/view.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The meaning of a column, in the words of rules/extracts/ and rules/registers/.
 * `ignored` and the chemical columns are known and not read; those from pcn_code
 * to age stand in registers only. */
#define ROLE_LIST(X) \
    X(month)         \
    X(year)          \
    X(month_of_year) \
    X(region_name)   \
    X(region_code)   \
    X(icb_name)      \
    X(icb_code)      \
    X(sub_icb_name)  \
    X(sub_icb_code)  \
    X(practice_name) \
    X(practice_code) \
    X(bnf_code)      \
    X(bnf_name)      \
    X(chemical_code) \
    X(chemical_name) \
    X(snomed_code)   \
    X(quantity)      \
    X(item_quantity) \
    X(chapter)       \
    X(items)         \
    X(nic)           \
    X(actual_cost)   \
    X(unidentified)  \
    X(pcn_code)      \
    X(pcn_name)      \
    X(trust_code)    \
    X(trust_name)    \
    X(open_date)     \
    X(close_date)    \
    X(status)        \
    X(setting)       \
    X(joined_date)   \
    X(left_date)     \
    X(patients)      \
    X(list_date)     \
    X(list_kind)     \
    X(sex)           \
    X(age)           \
    X(vmp_code)      \
    X(vmp_name)      \
    X(unit_code)     \
    X(unit_name)     \
    X(cost)          \
    X(site)          \
    X(gas)           \
    X(brand)         \
    X(size)          \
    X(cylinders)     \
    X(litres)        \
    X(ignored)

enum role {
#define X(name) ROLE_##name,
    ROLE_LIST(X)
#undef X
        ROLES
};

const char *role_text(enum role role);

struct column_rule {
    const char *name; /* as in the header, without padding */
    enum role role;
    bool optional;
};

struct extract_rule;

/* What a row of an extract is about, and so by which reader it is read. */
#define SUBJECT_LIST(X)                                             \
    X(prescribing) /* BNF codes of practices */                     \
    X(hospital)    /* dm+d codes (VMP) of trusts, with units */     \
    X(gas_supply)  /* gases that reach a trust past its pharmacy */ \
    X(gas_use)     /* gases that reach a patient, by the trust's own audit */

enum subject {
#define X(name) SUBJECT_##name,
    SUBJECT_LIST(X)
#undef X
        SUBJECTS
};

/* One of the series in which the same months are published more than once.  The
 * name of a file tells which; of two series the one with the higher rank stands
 * for the month, whatever the order of the files. */
struct series_rule {
    const char *id;
    const char *title;
    int64_t rank;
    bool provisional;       /* its figures will change */
    struct text_list names; /* texts in the name of the file, without regard to case */
};

struct era {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    const char *seen; /* the months for which this header was seen */
    const char *source;
    const char *checked;
    const char *inferred; /* what of it no source confirms, for people; NULL: nothing */
    struct column_rule *columns;
    size_t column_count;
    bool headerless;              /* a register without a header: columns in this order, the last */
    int64_t code_length;          /* may be missing, and the first field has so many characters */
    struct text_list code_starts; /* and begins with one of these, if there are any */
    bool grouped_numbers;         /* it prints 1,100 and £2,475.00 */
    const struct extract_rule *extract;
};

struct extract_rule {
    const char *at;
    const char *id;
    const char *title;
    const char *publisher;
    const char *licence;
    const char *source;
    const char *checked;
    const char *group;           /* the same month twice in one group is double counting */
    struct text_list companions; /* texts in the names of archive members without rows */
    struct text_list no_code;    /* what stands in the column of BNF codes where there is none */
    const char *note;            /* or NULL */
    const char *nation_code;
    const char *nation_name;
    enum subject subject;
    bool returns;          /* quantities below zero are returns, not mistakes */
    bool empty_cost;       /* an empty cost is unknown, not a mistake */
    bool free_sub_icb;     /* names are taken for codes of that level */
    bool by_organisation;  /* several files may hold a month, each of other organisations */
    const char *cost_name; /* what its cost is, "actual cost" or "indicative cost" */
    const char *product;   /* of a row that names none, or NULL */
    struct series_rule *series;
    size_t series_count;
    struct era *eras;
    size_t era_count;
};

/* The series of a file by its name, NULL when none of them is in it. */
const struct series_rule *series_of(const struct extract_rule *extract, const char *file);

/* A name that tells a product whose code no rule knows: it holds `name`, one of
 * `with` and none of `without`, without regard to case. */
struct name_pattern {
    const char *name;
    struct text_list with;
    struct text_list without;
};

bool name_fits(const struct name_pattern *pattern, struct view name);

/* What is kept of hospital rows: these codes, and products by their name. */
struct hospital_scope {
    struct intern codes;
    const struct name_pattern *const *patterns;
    size_t pattern_count;
};

struct layouts {
    struct extract_rule *extracts;
    size_t count;
    const char *what; /* for messages: "register"; NULL for "extract" */
    struct hospital_scope hospital;
};

#endif
