#ifndef MEASURE_RESULTS_GASES_H
#define MEASURE_RESULTS_GASES_H

/* The hospital part of results.c: cells of gases into measures, rows and findings. */

#include "measure/results.h"

/* While cells are added. */
struct gas_building {
    struct results *results;
    struct intern audited; /* trust, month and gas whose clinical use is known */
    struct intern rows;    /* trust, month and key without its marks */
    size_t row_room;
    size_t finding_room;
    struct fail *why;
};

/* Before the first cell: whose clinical use is known. */
MUST_USE
enum status gases_begin(struct gas_building *building);

/* What a cell of a gas is worth to each measure of gases, by slot; and its row. */
MUST_USE
enum status gases_add(struct gas_building *building, const struct cell *cell,
                      struct measure_value *weights);

/* After the last cell: what is to be said of the figures. */
MUST_USE
enum status gases_find(struct gas_building *building);

void gas_building_release(struct gas_building *building);

/* True when the gas is one that the sum is about. */
bool gas_sum_is_about(const struct measure_sum *sum, const struct gas *gas);

/* Why the figure of an organisation cannot be calculated, NULL where it is or where
 * there is nothing to divide by. */
const char *measure_fault(const struct measure *measure, const struct rules *rules,
                          const struct measure_value *value);

#endif
