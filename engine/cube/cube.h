#ifndef CUBE_CUBE_H
#define CUBE_CUBE_H

/* Sums by month x place x presentation, before any classification: exact, and
 * the same whatever the order of rows, files or merges.
 *     struct cube cube = {0};
 *     cube_add(&cube, &row, "E92000001", "England", why)
 *     cube_merge(&all, &cube, why)
 *     for (size_t i = 0; i < cube.count; i++) ... cube.cells[i] ...
 * A zeroed struct is empty.  Cells stand in no particular order; outputs sort
 * by codes. */

#include "extract/row.h"
#include "place/place.h"

struct cell {
    month_t month;
    uint32_t place;
    uint32_t presentation;
    bool unknown_cost; /* the actual cost of at least one row is not known: the sum is no figure */
    bool unknown_nic;  /* likewise of its NIC */
    uint64_t rows;
    int64_t items;
    int64_t quantity;    /* thousandths of the extract's unit */
    int64_t nic;         /* 0.00001 GBP */
    int64_t actual_cost; /* 0.00001 GBP */
};

struct cube {
    struct places places;
    struct intern codes; /* BNF codes as they stand in the extract, and the keys of
                            extract/presentation.h, by presentation */
    struct arena arena;
    struct dated_name *names; /* of presentations, as in the extract */
    size_t name_room;
    struct cell *cells;
    size_t count;
    size_t room;
    struct cube_slots *found; /* cells of each place, by presentation and month */
    size_t found_room;
    size_t found_count;         /* of cells; those behind were appended */
    struct cube_recent *recent; /* places and presentations of the rows before; NULL at first */
};

/* Adds one row.  fails STATUS_LIMIT when a sum does not fit. */
MUST_USE
enum status cube_add(struct cube *cube, const struct row *row, struct view nation_code,
                     struct view nation_name, struct fail *why);

/* The same for a hospital row, whose place is a trust. */
MUST_USE
enum status cube_add_hospital(struct cube *cube, const struct row *row, struct view nation_code,
                              struct view nation_name, struct fail *why);

/* The first month, place and presentation that both have; false when there is none. */
bool cube_shares(const struct cube *cube, const struct cube *other, const struct cell **shared);

/* What was summed before: the number of a presentation, new or known (and one more
 * name of it, which may be empty), and sums to add to a cell. */
MUST_USE
enum status cube_presentation(struct cube *cube, struct view code, struct view name, month_t month,
                              uint32_t *presentation, struct fail *why);
MUST_USE
enum status cube_put(struct cube *cube, const struct cell *sums, struct fail *why);

/* The same for sums whose month, place and presentation the cube has not yet: they are not looked
 * up, and not found by cube_shares before cube_index. */
MUST_USE
enum status cube_append(struct cube *cube, const struct cell *sums, struct fail *why);
MUST_USE
enum status cube_index(struct cube *cube, struct fail *why);

/* Adds all of `from`. */
MUST_USE
enum status cube_merge(struct cube *into, const struct cube *from, struct fail *why);

/* The same when the two have no sum in common: nothing is looked up, as in cube_append. */
MUST_USE
enum status cube_join(struct cube *into, const struct cube *from, struct fail *why);

/* Takes a month out again: a later file replaces it. */
void cube_drop_month(struct cube *cube, month_t month);

void cube_release(struct cube *cube);

#endif
