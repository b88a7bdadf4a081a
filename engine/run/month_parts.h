#ifndef RUN_MONTH_PARTS_H
#define RUN_MONTH_PARTS_H

/* A month in several files, as one for each ICB: parts of it where no practice (trust, or board
 * where there are no practices) is in two of them, and the same month again where one is. */

#include "cube/cube.h"

/* Whose rows in scope a cube has in a month.  A zeroed struct is empty. */
struct month_holders {
    struct intern codes; /* the level of the smallest organisation, then its code */
    struct intern wider; /* the codes of the ICBs or boards around them */
    bool levels[LEVELS];
};

MUST_USE
enum status month_holders_add(struct month_holders *holders, const struct cube *cube, month_t month,
                              struct fail *why);
void month_holders_release(struct month_holders *holders);

enum month_relation {
    MONTH_PARTS,      /* nobody is in both */
    MONTH_AGAIN,      /* somebody is in both, or one has nobody, so that nothing can be told */
    MONTH_OTHER_VIEW, /* the same prescriptions by practice in one and by board in the other */
};

struct month_overlap {
    enum month_relation relation;
    size_t shared; /* organisations that both have */
    size_t lost;   /* that only the earlier has: what taking the later one instead would lose */
    char example[40];
};

void month_compare(struct month_overlap *overlap, const struct month_holders *earlier,
                   const struct month_holders *later);

/* The same for the sums themselves. */
MUST_USE
enum status month_compare_cubes(const struct cube *earlier, const struct cube *later, month_t month,
                                struct month_overlap *overlap, struct fail *why);

/* The refusal of a month that is there already; advises --replace only where nothing is lost by
 * it.
 * brought  the file that has it
 * fails    STATUS_DATA  always */
enum status month_refuse(const struct month_overlap *overlap, month_t month, const char *name,
                         const char *brought, struct fail *why);

#endif
