#ifndef TABLE_TABLE_FOLLOW_H
#define TABLE_TABLE_FOLLOW_H

/* A walk over what the tables of trends and control charts are about: each followed measure and
 * each organisation that has months of it, in the order of the measures.
 *     struct table_follow walk = {.results = results};
 *     while (table_follow_next(&walk)) */

#include "trend/follow.h"
#include "trend/history.h"

struct table_follow {
    const struct results *results;
    size_t number; /* of the measure in the rules */
    const struct measure *measure;
    struct history history;
    struct followed followed;
    size_t at;   /* of the rows of the results */
    bool wholes; /* only ICBs, regions and nations; set before the first */
};

bool table_follow_next(struct table_follow *walk);

#endif
