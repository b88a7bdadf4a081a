#ifndef MEASURE_QUANTITY_H
#define MEASURE_QUANTITY_H

/* Whether quantities count what the rules take them to count.  A product whose mean
 * quantity per item in a month is beyond the limits of rules/quantities/ is listed;
 * where its rule says so its quantity is divided by the doses of one inhaler, for
 * every cell of that code, month and nation alike, so sums stay exact. */

#include "cube/cube.h"
#include "rules/rules.h"

/* One code in one month of one nation whose mean is beyond its rule. */
struct quantity_check {
    uint32_t presentation;
    uint32_t nation;
    month_t month;
    const struct product *product;
    const struct quantity_rule *rule;
    wide_t items;
    wide_t quantity; /* thousandths, as read */
    int64_t divisor; /* 1 where it is listed only */
    uint32_t next;   /* 1 + index of the next of the presentation; 0 at the end */
};

struct quantity_checks {
    struct quantity_check *list; /* by code, month and nation */
    size_t count;
    uint32_t *first; /* by presentation: 1 + index into list; 0 for none */
};

/* verdicts  by presentation of the cube */
MUST_USE
enum status check_quantities(struct quantity_checks *checks, const struct rules *rules,
                             const struct cube *cube, const struct rules_verdict *verdicts,
                             struct fail *why);

/* What the quantity of a cell is divided by; 1 nearly always. */
int64_t quantity_divisor(const struct quantity_checks *checks, const struct cube *cube,
                         const struct cell *cell);

/* True when the mean is above the limit, not below it. */
bool quantity_is_above(const struct quantity_check *check);

void quantity_checks_release(struct quantity_checks *checks);

#endif
