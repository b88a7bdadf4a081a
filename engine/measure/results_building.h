#ifndef MEASURE_RESULTS_BUILDING_H
#define MEASURE_RESULTS_BUILDING_H

/* Between results.c and results_cells.c: what the cells of the cube come to. */

#include "measure/results_gases.h"
#include "measure/results_accumulator.h"

struct plan; /* results_cells.c */

/* While cells are added, rows are found again by these keys. */
struct building {
    struct results *results;
    struct accumulator accumulator;
    struct gas_building gases;
    struct plan *plans;            /* by presentation */
    enum origin *origins;          /* likewise: read from its key once */
    struct measure_value *weights; /* of a cell of a gas, by slot */
    struct intern products;        /* product, month */
    struct intern unclassified;    /* presentation, month */
    size_t product_room;
    size_t unclassified_room;
    struct fail *why;
};

/* Every cell of the cube into the rows of the results. */
MUST_USE
enum status building_add_cells(struct building *building);

void building_release(struct building *building);

#endif
