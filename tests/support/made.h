#ifndef TESTS_SUPPORT_MADE_H
#define TESTS_SUPPORT_MADE_H

/* Cubes and results made by hand, with the shipped rules. */

#include "table/table.h"

#include <stdio.h>

/* One row of an extract; numbers as the extract prints them.  A NULL icb is an
 * extract without ICBs. */
struct made {
    const char *month; /* "2025-03" */
    const char *practice;
    const char *icb;
    const char *code;
    const char *name;
    const char *items;
    const char *quantity;
    const char *actual_cost;
};

month_t made_month(const char *text);

/* Adds rows to a cube; a row that does not go in fails the test. */
void made_add(struct cube *cube, const struct made *rows, size_t count);

/* rules/ of the checkout, read once. */
const struct rules *shipped_rules(void);

/* nhs-2540 of the shipped rules. */
const struct gas_factor_set *shipped_gas_factors(void);

/* With a factor set of the shipped rules; to be freed. */
struct results *made_results(struct cube *cube, const char *factor_set);

/* All figures of it, by the set canister; to be released. */
void made_figures(struct figures *figures, struct cube *cube);

/* The same with registers, groups and a view of places, which are borrowed. */
struct results *placed_results(struct cube *cube, const char *factor_set,
                               const struct placing *placing);

/* A table of results without anything else, NUL-terminated, to be freed. */
char *written(const struct table *table, const struct results *results);

/* How many files a run writes: the tables, the workbook, two digests, audit.json, report.html and
 * datapackage.json. */
size_t files_of_a_run(void);

/* A small generator that gives the same numbers everywhere; the state is any
 * number but 0. */
uint64_t next_random(uint64_t *state);

#endif
