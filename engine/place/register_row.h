#ifndef PLACE_REGISTER_ROW_H
#define PLACE_REGISTER_ROW_H

/* A row of a register, checked. */

#include "place/registers.h"
#include "stream/scan.h"

/* Codes are empty where the register has none. */
struct register_row {
    struct view code[LEVELS];
    struct view name[LEVELS];
    enum standing standing;
    struct view setting;
    date_t open;
    date_t close;
    date_t joined;
    date_t left;
    date_t listed; /* the day of the list */
    int64_t patients;
};

struct row_check {
    const struct rules *rules;
    const struct register_rule *rule; /* of the register */
    const struct binding *binding;
    const struct scan_row *fields;
    struct reject *reject;
    month_t present; /* of registers.h */
};

/* False when the row cannot be used: then *check->reject says why. */
bool register_row_read(const struct row_check *check, struct register_row *row);

/* False for a row that the rule passes over, as that of one age. */
bool register_row_is_wanted(const struct row_check *check);

#endif
