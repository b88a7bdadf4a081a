#ifndef TABLE_PLAN_COMMON_H
#define TABLE_PLAN_COMMON_H

/* Columns and cells that the tables of plans share. */

#include "advise/plan_follow.h"
#include "table/table_internal.h"

#define PLAN_COLUMNS                                                                          \
    {"target", "string", "", "id of the target; empty for a value that was given by itself"}, \
        {"measure", "string", "", "id of the measure, defined in rules/measures"},            \
        ORGANISATION_COLUMNS,                                                                 \
    {                                                                                         \
        "due_month", "yearmonth", "", "when it is due; empty for now"                         \
    }

/* These columns. */
void cells_plan(struct cells *cells, const struct plan *plan);

/* Exact numbers of a plan. */
void cells_kilograms(struct cells *cells, int64_t milligrams);
void cells_pounds(struct cells *cells, int64_t pounds);
void cells_hours(struct cells *cells, int64_t minutes);
void cells_value(struct cells *cells, wide_t top, wide_t bottom);

/* "no mass switching; technique; search for ..." of a pair. */
void cells_prompts(struct cells *cells, const struct switch_rule *rule,
                   const struct switch_pair *pair, bool evidenced);

#endif
