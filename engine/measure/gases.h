#ifndef MEASURE_GASES_H
#define MEASURE_GASES_H

/* Hospital gases: what a cell of hospital data comes to, and what is to be said
 * of its quality.
 *
 * Units.  Volumes are picolitres and carbon is mg x pl / l x 1000ths (rules/gases.h),
 * so that every sum is exact; they are divided when they are printed.  A quantity
 * in a unit that no rule converts has no volume: it is listed with its reason and
 * left out of every sum. */

#include "measure/classify.h"

struct results;

/* How many of a sum of gases make one of its printed unit. */
wide_t gas_sum_unit(const struct rules *rules, enum sum sum);

/* One cell. */
struct gas_amounts {
    const struct gas *gas; /* NULL: a name in a file of supply or use that no rule knows */
    struct presentation about;
    bool by_name;    /* no rule has its code: identified by its name */
    bool has_volume; /* else reason says why not */
    wide_t volume;   /* picolitres */
    bool has_carbon; /* a volume whose factor and density are known */
    wide_t carbon;
    const char *reason; /* a sentence; NULL where nothing is missing */
};

/* True when the numbers fit. */
bool gas_amounts_of(const struct classified *classified, const struct cell *cell,
                    const struct gas_factor_set *factors, struct gas_amounts *amounts);

/* Said wherever there are hospital data and no supply outside pharmacy. */
#define GAS_PIPED_SENTENCE                                                                    \
    "hospital pharmacy data miss most piped nitrous oxide, which is bought through estates; " \
    "--gas-supply adds it, and --gas-use what patients received"

/* One product of a trust in a month, in one unit and from one source. */
struct gas_row {
    uint32_t trust;
    month_t month;
    struct gas_amounts amounts; /* volume and carbon net of what came back */
    struct view name;           /* as in the extract */
    uint64_t rows;
    uint64_t rows_without_cost;
    wide_t quantity; /* net, in thousandths of the unit */
    wide_t returned; /* the part below zero */
    wide_t cost;     /* of the rows that have one, 0.00001 GBP */
};

/* What people must know before they use a figure. */
#define GAS_FINDING_LIST(X)                \
    X(PROVISIONAL, "provisional_month")    \
    X(MISSING, "missing_month")            \
    X(NEGATIVE, "negative_month")          \
    X(NOT_COMPUTABLE, "not_computable")    \
    X(NOT_CONVERTED, "unit_not_converted") \
    X(NO_FACTOR, "no_carbon_factor")       \
    X(BY_NAME, "matched_by_name")          \
    X(PIPED_MISSING, "supply_outside_pharmacy_missing")

enum gas_finding_kind {
#define X(name, text) GAS_FINDING_##name,
    GAS_FINDING_LIST(X)
#undef X
        GAS_FINDINGS
};

const char *gas_finding_text(enum gas_finding_kind kind);

struct gas_finding {
    enum gas_finding_kind kind;
    enum level level;
    uint32_t organisation;
    month_t month;     /* MONTH_NONE: of all months */
    const char *about; /* id of a gas or of a measure, or "" */
    const char *detail;
    const struct gas_row *row; /* whose quantity and unit it is about, or NULL */
};

#endif
