#ifndef ADVISE_PLAN_H
#define ADVISE_PLAN_H

/* The cheapest way of one organisation to a target: which product becomes which, in which
 * practices, for how many people, in which order, for how many minutes and pounds.
 *     plan_ask_begin(&ask, results);  ask.level, ask.organisation, ask.measure, ask.value ...
 *     plan_make(&plan, &ask, why)
 *     plan_release(&plan)
 * A year is the last base months made a year by the volume of each class in the last twelve.  All
 * that is changed are shares: of what could be changed at all, and of those who agree; nobody is
 * in a row of his own.  Sums are whole numbers: carbon mg, pounds 0.00001 GBP, minutes thousandths;
 * people are estimates. */

#include "advise/formulary.h"
#include "measure/results.h"

#define PLAN_AIM_LIST(X) \
    X(WORK, "work")      \
    X(MONEY, "money")    \
    X(PRACTICES, "practices")

enum plan_aim {
#define X(name, text) PLAN_LEAST_##name,
    PLAN_AIM_LIST(X)
#undef X
};

#define PLAN_MOST_CODES 64
#define PLAN_MOST_KINDS 16
#define PLAN_MOST_WAGES 8
#define PLAN_MOST_PEOPLE 32

struct plan_codes {
    const char *list[PLAN_MOST_CODES];
    size_t count;
};

/* Assumptions with something else in them than in the rules. */
struct plan_own {
    struct plan_kind kinds[PLAN_MOST_KINDS];
    struct plan_people people[PLAN_MOST_PEOPLE];
    struct plan_wage wages[PLAN_MOST_WAGES];
};

/* All borrowed for the life of the plan. */
struct plan_ask {
    const struct results *results;
    struct plan_assumptions assumptions; /* of the rules, with what was said instead */
    enum level level;
    uint32_t organisation;
    const struct measure *measure;
    const char *target_id; /* "" for a value of one's own */
    int64_t value;         /* 10^-6 of the measure's unit, of a total a year's */
    month_t due;           /* MONTH_NONE: now */
    int base_months;
    month_t last;                      /* of the base; MONTH_NONE: of the data */
    const struct formulary *formulary; /* NULL: what half of the practices prescribe */
    const struct product *also;        /* besides it, or NULL */
    bool any;                          /* whatever the formulary says */
    bool kinds[PLAN_MOST_KINDS];       /* by place among the assumptions */
    bool no_generic;
    struct plan_codes exclude; /* practices */
    struct plan_codes keep;    /* products that are not changed: codes or their beginnings */
    enum plan_aim aim;
    bool has_hours; /* so many at most instead of the target */
    int64_t hours;  /* thousandths */
    bool has_limit; /* pounds a year more at most, of drugs */
    int64_t limit;
    int64_t hours_per_month; /* thousandths; 0: no months */
    month_t start;           /* MONTH_NONE: when the data of the last month are out */
    double expected;         /* NAN; else the value that the trend leads to when it is due */
    bool alone;              /* no scenarios, curve and reasons: for many plans */
};

/* Why a pair of a practice is not in the plan, in the order of asking. */
#define PLAN_LEFT_LIST(X)                                                 \
    X(KIND, "of kinds that the plan does not have")                       \
    X(PRACTICE, "in practices that are left out, closed or unidentified") \
    X(KEPT, "of products that are kept")                                  \
    X(GENERIC, "prescribed generically")                                  \
    X(EVIDENCE, "without evidence")                                       \
    X(GAIN, "that save no carbon of the measure")                         \
    X(PRICE, "without a known price")                                     \
    X(FORMULARY, "not in the formulary")                                  \
    X(PEOPLE, "of a class for which nothing says how many a person has")  \
    X(FEW, "for fewer people than are worth a search")                    \
    X(WORSE, "that another change does as well for less")

enum plan_left {
#define X(name, text) PLAN_LEFT_##name,
    PLAN_LEFT_LIST(X)
#undef X
        PLAN_LEFTS
};

const char *plan_left_text(enum plan_left left);

struct plan_row {
    uint32_t practice; /* organisation number */
    uint32_t icb;      /* or ORGANISATION_NONE */
    const struct switch_rule *rule;
    const struct switch_pair *pair;
    const struct plan_kind *kind; /* of the plan's assumptions */
    int64_t year;                 /* inhalers of `from` */
    int64_t ceiling;
    int64_t changed;
    int64_t added; /* inhalers of `to` */
    int64_t people;
    int64_t reviews;
    int64_t minutes; /* thousandths, without the visit */
    int64_t visit;
    int64_t real;  /* mg, by the factors of the run */
    int64_t gain;  /* mg of the measure towards the target */
    int64_t above; /* mg less above the line */
    int64_t below; /* inhalers less below it */
    int64_t pounds;
    wide_t rate_top; /* mg of the measure a minute: rate_top / rate_bottom */
    wide_t rate_bottom;
    int64_t minutes_so_far;
    wide_t value_top; /* when it and all before are done: mg / (thousandths of) what is below */
    wide_t value_bottom;
    month_t work_month;
    enum grade grade;
    bool generic;
};

struct plan_rows {
    struct plan_row *list;
    size_t count;
};

struct plan_totals {
    bool reached;
    int64_t changed;
    int64_t people;
    int64_t reviews;
    int64_t minutes;                  /* with visits */
    int64_t by_wage[PLAN_MOST_WAGES]; /* of them, reviews by who */
    int64_t visits;                   /* minutes */
    int64_t practices;
    int64_t real;
    int64_t gain;
    int64_t pounds;
    int64_t more_inhalers; /* gain that comes from more inhalers below the line, mg */
    wide_t value_top;
    wide_t value_bottom;
    double bound; /* minutes, thousandths: no plan takes less; of PLAN_LEAST_WORK */
};

#define PLAN_SCENARIO_LIST(X)    \
    X(PLAN, "plan")              \
    X(LOW, "low")                \
    X(HIGH, "high")              \
    X(MONEY, "least money")      \
    X(BRAND, "brand only")       \
    X(DEVICE, "device only")     \
    X(NO_GENERIC, "no generics") \
    X(BEST, "best")

enum plan_scenario {
#define X(name, text) PLAN_SCENARIO_##name,
    PLAN_SCENARIO_LIST(X)
#undef X
        PLAN_SCENARIOS
};

const char *plan_scenario_text(enum plan_scenario scenario);

struct plan_point {
    int64_t reach; /* 10^-6 of the measure's unit */
    struct plan_totals totals;
};

#define PLAN_MOST_POINTS 40

struct plan_product {
    const struct product *product;
    int64_t now; /* inhalers a year */
    int64_t after;
};

#define PLAN_MOST_PATH 120

struct plan_month {
    month_t month;
    int64_t minutes;  /* done by the end of it */
    wide_t value_top; /* that the month's extract will show */
    wide_t value_bottom;
};

/* A change of what was asked that reaches the target after all. */
struct plan_reason {
    char text[160];
    int64_t minutes;
};

#define PLAN_MOST_REASONS 5

enum plan_state { PLAN_PLANNED, PLAN_REACHED, PLAN_UNREACHABLE, PLAN_TOO_DEAR };

struct plan {
    struct plan_ask ask; /* what was asked */
    enum plan_state state;
    month_t base_first;
    month_t base_last;
    bool whole_year;       /* twelve months are there; else the base stands for them */
    int64_t numerator;     /* mg a year, today */
    int64_t denominator;   /* thousandths of inhalers a year; 0 of a total */
    wide_t base_numerator; /* of the base months, as measures.csv has them */
    wide_t base_denominator;
    int64_t need;          /* mg to be saved */
    size_t practice_count; /* that were looked at */
    struct plan_rows rows;
    struct plan_totals scenarios[PLAN_SCENARIOS];
    bool has_scenario[PLAN_SCENARIOS];
    struct plan_point points[PLAN_MOST_POINTS];
    size_t point_count;
    struct plan_product *products; /* in the order of the rules, those that change */
    size_t product_count;
    struct plan_month path[PLAN_MOST_PATH];
    size_t path_count;
    struct plan_reason reasons[PLAN_MOST_REASONS];
    size_t reason_count;
    bool all_together_reach; /* everything tried at once */
    wide_t all_top;          /* and the value it comes to */
    wide_t all_bottom;
    uint64_t left[PLAN_LEFTS]; /* pairs that were left out */
    int64_t least_pounds;      /* of PLAN_TOO_DEAR: the least that reaching it costs a year */
    int64_t dpi_now;           /* inhalers a year that are DPIs, of the measure's */
    int64_t dpi_after;
    int64_t all_inhalers;
    int64_t best_tenth; /* 10^-6: the share of DPIs that the best tenth of practices has */
};

struct plan_follow;

struct plan_list {
    const struct plan_follow *followed; /* an earlier plan, or NULL */
    struct plan *list;
    size_t count;
    size_t room;
};

/* Everybody's defaults: the assumptions of the rules, kinds by default, three base months. */
void plan_ask_begin(struct plan_ask *ask, const struct results *results);

/* "device.accept_percent=35", "people.SABA=3.4", "visit_minutes=30", "pounds.pharmacy
 * technician=30".  own is the ask's for its life. */
MUST_USE
enum status plan_assume(struct plan_ask *ask, struct plan_own *own, const char *text,
                        struct fail *why);

/* "brand,device": exactly these. */
MUST_USE
enum status plan_choose_kinds(struct plan_ask *ask, const char *text, struct fail *why);

/* fails STATUS_USAGE  the measure cannot be planned */
MUST_USE
enum status plan_check_measure(const struct measure *measure, struct fail *why);

/* What the measure is today over a year's base: 10^-6 of its unit. */
MUST_USE
enum status plan_today(const struct plan_ask *ask, int64_t *value, struct fail *why);

/* To be released also when it fails. */
MUST_USE
enum status plan_make(struct plan *plan, const struct plan_ask *ask, struct fail *why);

void plan_release(struct plan *plan);

/* The value in the measure's unit, of a base or of what is left of it. */
double plan_value(const struct plan *plan, wide_t top, wide_t bottom);

#endif
