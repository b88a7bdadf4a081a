#ifndef FIGURES_EXCERPT_H
#define FIGURES_EXCERPT_H

/* The rows of one practice, for a workbook or a page about it alone, or those of all.
 *     struct excerpt one = excerpt_begin(figures);
 *     while (excerpt_next(figures, &one)) */

#include "figures/figures.h"

struct excerpt {
    const struct organisation_month *now; /* its row of its last month; NULL: of all */
    size_t first_row;                     /* of results->organisations */
    size_t row_count;
    size_t first_use;
    size_t use_count;
    size_t first_advice;
    size_t advice_count;
    month_t first; /* months of the run */
};

struct excerpt excerpt_of_all(const struct figures *figures);

/* Before the first practice; then one practice after the other, in the order of codes. */
struct excerpt excerpt_begin(const struct figures *figures);
bool excerpt_next(const struct figures *figures, struct excerpt *excerpt);

#endif
