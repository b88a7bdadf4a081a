#include "table/table_internal.h"

static const struct column columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"first_month", "yearmonth", "",
     "first month of the period: the latest twelve, or what the files hold"},
    {"last_month", "yearmonth", "", "last month of the period"},
    {"rank", "integer", "", "within measure and level, largest saving at the best tenth first"},
    {"value", "number", "", "of the organisation over the period, sum over sum"},
    {"median", "number", "", "value in the middle of its peers"},
    {"top_quartile", "number", "", "value that the best quarter of the peers reaches"},
    {"top_decile", "number", "", "value that the best tenth of the peers reaches"},
    {"saving_at_median", "number", "",
     "what it would save over the period at the median; 0 where it is better"},
    {"saving_at_quartile", "number", "", "the same at the top quartile"},
    {"saving_at_decile", "number", "", "the same at the top decile"},
    {"unit", "string", "", "of the savings: tCO2e or GBP"},
    {"peers", "string", "", "who the peers are"},
    {"peer_count", "integer", "", "how many they are"},
    {"small_denominator", "string", "",
     "yes where its own denominator is small (as in periods.csv): it is no peer"},
};

static void write_row(struct cells *cells, const struct results *results,
                      const struct opportunity_list *all, const struct peer_group *group,
                      const struct opportunity *one)
{
    const struct measure *const measure = results->classified.rules->measures.list[group->measure];
    char peers[128];

    cell_number(cells, measure->id);
    cells_organisation(cells, results, group->level, one->organisation);
    cell_month(cells, all->from);
    cell_month(cells, all->to);
    cell_integer(cells, one->rank);
    cell_double(cells, one->value);
    for (int b = 0; b < BENCHMARKS; b++)
        cell_double(cells, group->marks[b]);
    for (int b = 0; b < BENCHMARKS; b++)
        cell_double(cells, one->savings[b]);
    cell_number(cells, measure->numerator.sum == SUM_kgco2e ? "tCO2e" : "GBP");
    snprintf(peers, sizeof peers,
             "%s: all of these files that take part in percentiles, but those with a small "
             "denominator",
             level_text(group->level));
    cell_text(cells, view_of(peers));
    cell_integer(cells, group->peers);
    cell_number(cells, one->small ? "yes" : "");
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct opportunity_list *const all = &figures->opportunities;

    for (size_t g = 0; g < all->group_count; g++) {
        const struct peer_group *const group = &all->groups[g];

        for (size_t i = 0; i < group->count; i++) {
            const struct opportunity *const one = &all->list[group->first + i];

            if (results_show(figures->results, group->level, one->organisation))
                write_row(cells, figures->results, all, group, one);
        }
    }
}

const struct table table_opportunities = {
    .file = "opportunities.csv",
    .title = "What would be saved at the level of peers",
    TABLE_COLUMNS(columns),
    .key = {"measure", "level", "organisation_code"},
    .carbon = CARBON_BOTH,
    .weight = 40,
    .rows = write_rows,
    .sheet = {.name = "Opportunities",
              .place = 10,
              .note = "Savings of several measures overlap: do not add them up."},
};
