#include "table/table_internal.h"

#include <math.h>

static const struct column columns[] = {
    MEASURE_COLUMN,
    {"level", "string", "", "whose values: practice, pcn, sub_icb, icb, region, trust or group"},
    {"icb_code", "string", "", "of those of this ICB; empty: of all in the files"},
    {"icb_name", "string", "", "name of that ICB"},
    {"period", "string", "", "month, or 12 months to the last one, where the files hold twelve"},
    {"first_month", "yearmonth", "", "first month of the period"},
    {"last_month", "yearmonth", "", "last month of the period"},
    {"peers", "integer", "",
     "how many take part in percentiles and have a value; fewer than two have no row"},
    {"p10", "number", "",
     "linear, as the deciles of OpenPrescribing; fewer than ten peers have a median only"},
    {"p20", "number", "", "second decile"},
    {"p30", "number", "", "third decile"},
    {"p40", "number", "", "fourth decile"},
    {"p50", "number", "", "median: of all ICBs or all practices, the national one"},
    {"p60", "number", "", "sixth decile"},
    {"p70", "number", "", "seventh decile"},
    {"p80", "number", "", "eighth decile"},
    {"p90", "number", "", "ninth decile"},
    {"funnel_target", "number", "",
     "all numerators over all denominators, the middle of the funnel; only of shares that count "
     "items or inhalers, and of all in the files"},
    {"funnel_phi", "number", "",
     "mean square of the z of the peers, pulled in to their 10 % and 90 % quantiles"},
    {"funnel_tau2", "number", "",
     "variance between them that chance does not explain, of the angle"},
};

static void write_decile_row(struct cells *cells, const struct results *results,
                             const struct spread *spread)
{
    const struct places *const places = &results->classified.cube->places;
    const bool in_icb = spread->icb != ORGANISATION_NONE;

    cell_number(cells, results->classified.rules->measures.list[spread->measure]->id);
    cell_number(cells, level_text(spread->level));
    cell_code(cells, in_icb ? organisation_code(places, LEVEL_ICB, spread->icb) : view_none());
    cell_text(cells, in_icb ? organisation_name(places, LEVEL_ICB, spread->icb) : view_none());
    cells_span(cells, spread);
    cell_integer(cells, spread->peers);
    for (int d = 0; d < DECILES; d++)
        cell_double(cells, spread->deciles[d]);
    cell_double(cells, spread->has_funnel ? spread->funnel.target : (double)NAN);
    cell_double(cells, spread->has_funnel ? spread->funnel.phi : (double)NAN);
    cell_double(cells, spread->has_funnel ? spread->funnel.tau2 : (double)NAN);
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct spread_list *const standings = &figures->standings;

    for (size_t i = 0; i < standings->spread_count; i++) {
        const struct spread *const spread = &standings->spreads[i];

        if (spread->icb == ORGANISATION_NONE ||
            results_show(figures->results, LEVEL_ICB, spread->icb))
            write_decile_row(cells, figures->results, spread);
    }
}

const struct table table_deciles = {
    .file = "deciles.csv",
    .title = "Deciles of followed measures, of all and within each ICB",
    TABLE_COLUMNS(columns),
    .carbon = CARBON_BOTH,
    .weight = 45,
    .rows = write_rows,
};
