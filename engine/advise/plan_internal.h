#ifndef ADVISE_PLAN_INTERNAL_H
#define ADVISE_PLAN_INTERNAL_H

/* Between plan_base.c, which sums what is prescribed today, plan_options.c, which finds what could
 * be changed, plan_rows.c, which solves and orders, plan_scenarios.c and plan_reasons.c, which ask
 * again otherwise, and plan.c, which leads. */

#include "advise/plan.h"
#include "advise/solver.h"

/* The parts of a minute that costs are counted in are 1 / plan_problem.scale of it; a plan whose
 * assumptions have no small common multiple is refused. */
#define PLAN_MOST_SCALE INT64_C(1000000000)

struct plan_practice {
    uint32_t organisation;
    uint32_t icb;
    month_t last;
    bool out; /* unidentified or closed: in the sums, in no row */
};

/* A product in a practice. */
struct plan_source {
    uint32_t practice;
    const struct product *product;
    wide_t base; /* packs */
    wide_t year;
    int64_t volume; /* inhalers a year */
    size_t number;  /* plan_product_number */
};

/* The pairs that begin with a product, one after the other. */
struct plan_pair {
    const struct switch_rule *rule;
    const struct switch_pair *pair;
    uint32_t next; /* 1 + index; 0 at the end */
};

struct plan_class {
    wide_t base; /* packs of the class */
    wide_t year;
    wide_t numerator; /* of the base months */
    wide_t denominator;
};

/* What a product cost in the base months in one ICB, or in all files. */
struct plan_price {
    wide_t cost;
    wide_t packs;
    bool unknown;
};

struct plan_base {
    const struct results *results;
    enum level level;
    uint32_t organisation;
    const struct measure *measure;
    const struct factor_set *set; /* of the measure */
    month_t first;
    month_t last;
    month_t year_first;
    month_t first_there; /* of the base, with rows */
    size_t months;       /* of the base that have rows */
    bool whole_year;
    struct plan_practice *practices; /* by code */
    size_t practice_count;
    struct plan_source *sources; /* by practice and id of the product */
    size_t source_count;
    struct plan_class *classes; /* by class number */
    uint32_t *first_pairs;      /* by number of the product: 1 + index; 0 for none */
    struct plan_pair *pairs;
    struct intern price_keys;
    struct plan_price *prices;
    size_t price_room;
    int64_t numerator;
    int64_t denominator;
    wide_t base_numerator;
    wide_t base_denominator;
};

MUST_USE
enum status plan_base_make(struct plan_base *base, const struct plan_ask *ask, struct fail *why);

/* 0.00001 GBP of so many inhalers of a product at its average; false where it is not known. */
bool plan_price_of(const struct plan_base *base, uint32_t icb, const struct product *product,
                   struct plan_price *price);

void plan_base_release(struct plan_base *base);

/* One change of one product in one practice. */
struct plan_option {
    uint32_t practice; /* of the base */
    uint32_t source;
    const struct switch_rule *rule;
    const struct switch_pair *pair;
    const struct plan_kind *kind;
    const struct plan_people *people;
    int64_t ceiling;
    /* of pair->from_inhalers inhalers: */
    int64_t gain;
    int64_t real;
    int64_t above;  /* mg */
    int64_t below;  /* inhalers */
    int64_t pounds; /* 0.00001 GBP */
    wide_t minutes; /* in parts of problem.scale */
    enum grade grade;
};

struct plan_problem {
    const struct plan_base *base;
    const struct plan_ask *ask;
    int64_t value; /* T, 10^-6 of the measure's unit */
    int64_t need;
    int64_t scale;
    wide_t visit; /* in parts of scale */
    struct plan_option *options;
    struct solve_option *solve; /* of the same numbers */
    size_t count;
    size_t room;
    bool *allowed; /* by product number of the rules: what may be changed to */
    uint64_t left[PLAN_LEFTS];
};

/* The options at a value to reach.
 * fails STATUS_LIMIT  the assumptions have no small common multiple */
MUST_USE
enum status plan_problem_make(struct plan_problem *problem, const struct plan_base *base,
                              const struct plan_ask *ask, int64_t value, struct fail *why);

void plan_problem_release(struct plan_problem *problem);

/* Costs of the options by what is to be least: minutes, or pounds (drugs and hours), or minutes and
 * `weight` times pounds of drugs. */
void plan_cost_work(struct plan_problem *problem, struct solve_ask *ask);
void plan_cost_money(struct plan_problem *problem, struct solve_ask *ask);
void plan_cost_both(struct plan_problem *problem, struct solve_ask *ask, wide_t weight);

/* Sums of what is taken, and rows in the order of work. */
MUST_USE
enum status plan_totals_make(const struct plan_problem *problem, const int64_t *taken,
                             struct plan_totals *totals, struct fail *why);
MUST_USE
enum status plan_rows_make(const struct plan_problem *problem, const int64_t *taken,
                           struct plan_rows *rows, struct fail *why);

/* Solves as ask says: taken (to be freed) and its totals.  state tells how it ended. */
MUST_USE
enum status plan_solve(struct plan_problem *problem, int64_t **taken, struct plan_totals *totals,
                       enum plan_state *state, int64_t *least_pounds, struct fail *why);

/* All that the ceilings give: the totals at the lowest value. */
MUST_USE
enum status plan_best(const struct plan_base *base, const struct plan_ask *ask, int64_t value,
                      struct plan_totals *totals, struct fail *why);

MUST_USE
enum status plan_scenarios_make(struct plan *plan, const struct plan_base *base, struct fail *why);
MUST_USE
enum status plan_points_make(struct plan *plan, const struct plan_base *base, struct fail *why);
MUST_USE
enum status plan_reasons_make(struct plan *plan, const struct plan_base *base, struct fail *why);
void plan_path_make(struct plan *plan, const struct plan_base *base);

/* What is to be saved to reach a value. */
int64_t plan_need(const struct plan_base *base, int64_t value);

/* Fills first_pairs, pairs and the numbers of the sources. */
MUST_USE
enum status plan_pairs_list(struct plan_base *base, struct fail *why);

/* A number of a product, below rules->codes.count. */
size_t plan_product_number(const struct rules *rules, const struct product *product);

#endif
