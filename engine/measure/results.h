#ifndef MEASURE_RESULTS_H
#define MEASURE_RESULTS_H

/* All figures of a run, computed from a cube and the rules, sorted for output:
 * by level, organisation code, kind of data and month.  Ratios keep numerator and
 * denominator; they are divided when they are printed. */

#include "measure/classify.h"
#include "measure/gases.h"
#include "place/belonging.h"

struct sum_marks {
    bool counted;
    bool left_out;
    bool whole; /* of at least one trust (or month) nothing was left out */
};

/* A measure of an organisation in a month. */
struct measure_value {
    wide_t numerator;
    wide_t denominator;
    bool unknown;  /* a cost in it is not known: neither sum is a figure */
    uint32_t rank; /* 1 is the lowest; ties share the lowest; 0 has none */
    uint32_t ranked;
    /* of gases, whether quantities that belong into a sum are in it or were left out: where
     * all were, the sum is not zero but unknown */
    struct sum_marks top;
    struct sum_marks bottom;
};

/* Prescribing and hospital data of the same organisation stand apart: where there
 * are no hospital data there is no figure of theirs, and not a zero either. */
struct organisation_month {
    enum subject subject; /* SUBJECT_prescribing or SUBJECT_hospital */
    enum level level;
    uint32_t organisation;
    month_t month;
    bool sent; /* of hospital data: a trust of it is in the data of the month, not only in
                  files of supply and use */
    struct measure_value *values; /* by slot of the subject's measures */
    int64_t patients; /* of its practices with a list size that have rows in the month; 0 none */
};

/* One device and class of an organisation in a month. */
struct use {
    enum level level;
    uint32_t organisation;
    month_t month;
    enum device device;
    uint32_t class_number;
    wide_t items;
    wide_t inhalers;
    bool counted; /* the inhalers of at least one product are known */
    wide_t carbon;
    bool has_carbon; /* at least one product has a factor */
    wide_t nic;
    wide_t actual_cost;
    bool unknown_cost; /* of at least one row: actual_cost is no figure */
    bool unknown_nic;  /* likewise of nic */
};

/* One product in a month, all organisations. */
struct product_month {
    const struct product *product;
    month_t month;
    const struct product_version *version; /* that its dm+d code names, or NULL */
    struct amounts amounts;
    wide_t weighed;              /* packs whose own code has a factor */
    const struct factor *factor; /* of the run's set under today's code, or NULL */
    uint64_t rows;
    wide_t items;
    wide_t quantity;
    wide_t carbon;
    wide_t actual_cost;
    bool unknown_cost;
};

/* One presentation in a month that cannot be counted, or provisionally only. */
struct unclassified {
    uint32_t presentation;
    month_t month;
    uint64_t rows;
    wide_t items;
    wide_t quantity;
    wide_t actual_cost;
    bool unknown_cost;
    const char *reason;
};

/* One rule of what is not an inhaler, over all months: for the audit. */
struct excluded {
    const struct exclusion *exclusion;
    uint64_t rows;
    wide_t items;
    wide_t actual_cost;
    bool unknown_cost;
};

/* What an organisation may belong to, as outputs list it. */
#define PERIOD_PARENTS 4
extern const enum level period_parents[PERIOD_PARENTS]; /* pcn, sub_icb, icb, region */

/* An organisation while it belonged to the same others, in the view of the run. */
struct organisation_period {
    enum level level;
    uint32_t organisation;
    uint32_t parents[PERIOD_PARENTS]; /* ORGANISATION_NONE where there is none */
    month_t from;                     /* first and last month with rows */
    month_t to;
    bool has_patients; /* of the last month */
    int64_t patients;
    month_t patients_month; /* of the list size, for a practice */
};

/* One organisation whose results are wanted: by its code, or a part of its name that no other has.
 */
struct focus {
    enum level level;
    const char *text;
};

struct results {
    const struct focus *focus; /* NULL for all */
    bool *chosen;              /* by organisation of the focus's level */
    struct intern wanted;      /* with a focus: what is listed, see measure/focus.c */
    struct classified classified;
    struct belonging *belonging;      /* to which organisations a place counts */
    const struct factor_set *factors; /* of the run */
    const struct gas_factor_set *gas_factors;
    struct arena arena;
    struct organisation_month *organisations;
    size_t organisation_count;
    struct organisation_period *periods; /* by level, code, first month */
    size_t period_count;
    struct use *uses;
    size_t use_count;
    struct product_month *products;
    size_t product_count;
    struct unclassified *unclassified;
    size_t unclassified_count;
    struct excluded *excluded;
    size_t excluded_count;
    struct gas_row *gases;
    size_t gas_count;
    struct gas_finding *gas_findings;
    size_t gas_finding_count;
    uint64_t rows_elsewhere; /* of hospital medicines that are no gas */
};

/* focus, rules, cube, factors and placing are borrowed for the life of the results.
 * focus    NULL: all; else one organisation, as it stands among all: measure/focus.h, whose
 *          focus_keep comes when everything that looks at peers has been computed
 * cube     its places get the organisations that only registers and rules name
 * placing  NULL: each month as its extract says, without registers */
MUST_USE
enum status results_new(struct results **results, const struct focus *focus,
                        const struct rules *rules, struct cube *cube,
                        const struct factor_set *factors, const struct gas_factor_set *gas_factors,
                        const struct placing *placing, struct fail *why);

/* False for a cell of an organisation that was not asked for. */
bool results_have(const struct results *results, const struct cell *cell);

/* False for an organisation whose rows were left out. */
bool results_show(const struct results *results, enum level level, uint32_t organisation);

void results_free(struct results *results);

/* How many of a measure's sum make one of its printed unit: 10^5 for pounds. */
wide_t sum_unit(const struct rules *rules, enum sum sum);

/* The value of a measure in a row; NULL where the row is of other data, or of a
 * month without the data that the measure needs. */
struct measure_value *measure_value_of(const struct organisation_month *row,
                                       const struct measure *measure);

/* True when something that belongs into the sum could not be counted, and the rest would pass for
 * all of it.  A sum over trusts or months stays, without what of some of them is listed as left
 * out, as long as one of them is whole. */
static inline bool is_unknown(struct sum_marks marks)
{
    return marks.left_out && !marks.whole;
}

/* Prints numerator / denominator in the measure's unit to six decimals, or ""
 * when there is no denominator to divide by, or a share lies outside 0 to 1.  A measure without a
 * denominator (a total) prints its numerator. */
char *measure_print(const struct rules *rules, const struct measure *measure,
                    const struct measure_value *value, char *out);

/* False for a measure per 1,000 patients of an organisation without a list size: it
 * has no such row. */
bool measure_is_known(const struct measure *measure, const struct measure_value *value);

/* The organisation that a cell counts to at a level, ORGANISATION_NONE if none. */
uint32_t cell_organisation(const struct results *results, const struct cell *cell,
                           enum level level);

/* The row of an organisation in a month, NULL if it has none. */
const struct organisation_month *results_find(const struct results *results, enum subject subject,
                                              enum level level, struct view code, month_t month);

/* The rows, those of one level, kind of data and month together, in the order of
 * results->organisations within; to be freed. */
MUST_USE
enum status results_by_month(const struct results *results, struct organisation_month ***rows,
                             struct fail *why);

/* Past the last row that stands together with rows[from]. */
size_t results_group_end(struct organisation_month *const *rows, size_t count, size_t from);

#endif
