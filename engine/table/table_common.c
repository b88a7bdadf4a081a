#include "table/table_internal.h"

void cells_organisation(struct cells *cells, const struct results *results, enum level level,
                        uint32_t organisation)
{
    const struct places *const places = &results->classified.cube->places;

    cell_number(cells, level_text(level));
    cell_code(cells, organisation_code(places, level, organisation));
    cell_text(cells, organisation_name(places, level, organisation));
}

/* Money that is not known is no 0. */
void cells_cost(struct cells *cells, wide_t cost, bool unknown)
{
    if (unknown)
        cell_empty(cells);
    else
        cell_ratio(cells, cost, 100000, PLACES_MONEY);
}

void cells_trust(struct cells *cells, const struct results *results, enum level level,
                 uint32_t organisation)
{
    const struct places *const places = &results->classified.cube->places;

    cell_code(cells, organisation_code(places, level, organisation));
    cell_text(cells, organisation_name(places, level, organisation));
}

/* "month" or "12 months", and both ends. */
void cells_span(struct cells *cells, const struct spread *spread)
{
    cell_number(cells, spread->from == spread->to ? "month" : "12 months");
    cell_month(cells, spread->from);
    cell_month(cells, spread->to);
}
