#include "report/csv_follow.h"

#include "measure/rank.h"
#include "report/csv_results.h"
#include "report/table.h"

#include <math.h>

#define DECIMALS 6

/* "month" or "12 months", and both ends. */
static void write_span(struct csv_file *csv, const struct spread *spread)
{
    cell_number(csv, spread->from == spread->to ? "month" : "12 months");
    cell_month(csv, spread->from);
    cell_month(csv, spread->to);
}

static void write_decile_row(struct csv_file *csv, const struct results *results,
                             const struct spread *spread)
{
    const struct places *const places = &results->classified.cube->places;
    const bool in_icb = spread->icb != ORGANISATION_NONE;

    cell_number(csv, results->classified.rules->measures.list[spread->measure]->id);
    cell_number(csv, level_text(spread->level));
    cell_code(csv, in_icb ? organisation_code(places, LEVEL_ICB, spread->icb) : view_none());
    cell_text(csv, in_icb ? organisation_name(places, LEVEL_ICB, spread->icb) : view_none());
    write_span(csv, spread);
    cell_integer(csv, spread->peers);
    for (int d = 0; d < DECILES; d++)
        cell_double(csv, spread->deciles[d]);
    cell_double(csv, spread->has_funnel ? spread->funnel.target : (double)NAN);
    cell_double(csv, spread->has_funnel ? spread->funnel.phi : (double)NAN);
    cell_double(csv, spread->has_funnel ? spread->funnel.tau2 : (double)NAN);
    row_end(csv);
}

void write_deciles(FILE *file, const struct results *results, const struct spread_list *standings)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_deciles);
    for (size_t i = 0; i < standings->spread_count; i++) {
        const struct spread *const spread = &standings->spreads[i];

        if (spread->icb == ORGANISATION_NONE || results_show(results, LEVEL_ICB, spread->icb))
            write_decile_row(&csv, results, spread);
    }
}

/* Beyond which limit a value lies. */
static const char *funnel_words(const struct funnel_limits *limits, double value)
{
    if (value > limits->upper[FUNNEL_998])
        return "above 99.8 %";
    if (value > limits->upper[FUNNEL_95])
        return "above 95 %";
    if (value < limits->lower[FUNNEL_998])
        return "below 99.8 %";
    return value < limits->lower[FUNNEL_95] ? "below 95 %" : "within";
}

static void write_funnel(struct csv_file *csv, const struct results *results,
                         const struct spread_list *standings, const struct peer_standing *standing)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const measure =
        rules->measures.list[standings->spreads[standing->among].measure];
    struct funnel_limits limits;

    if (!spread_limits(standings, rules, standing, &limits)) {
        for (int i = 0; i < 5; i++)
            cell_empty(csv);
        return;
    }
    cell_double(csv, limits.lower[FUNNEL_998]);
    cell_double(csv, limits.lower[FUNNEL_95]);
    cell_double(csv, limits.upper[FUNNEL_95]);
    cell_double(csv, limits.upper[FUNNEL_998]);
    cell_number(csv, funnel_words(&limits, measure_number(rules, measure, &standing->value)));
}

static void write_in_icb(struct csv_file *csv, const struct results *results,
                         const struct spread_list *standings, const struct peer_standing *standing)
{
    const struct spread *among;
    char printed[DECIMAL_TEXT];

    if (standing->among_icb == SPREAD_NONE) {
        for (int i = 0; i < 4; i++)
            cell_empty(csv);
        return;
    }
    among = &standings->spreads[standing->among_icb];
    cell_code(csv, organisation_code(&results->classified.cube->places, LEVEL_ICB, among->icb));
    cell_number(csv, percentile_print(&(struct measure_value){.rank = standing->rank_in_icb,
                                                              .ranked = (uint32_t)among->peers},
                                      printed));
    cell_integer(csv, among->peers);
    cell_double(csv, among->deciles[DECILE_MEDIAN]);
}

static void write_standing(struct csv_file *csv, const struct results *results,
                           const struct spread_list *standings,
                           const struct peer_standing *standing)
{
    const struct rules *const rules = results->classified.rules;
    const struct spread *const among = &standings->spreads[standing->among];
    const struct measure *const measure = rules->measures.list[among->measure];
    const struct measure_value *const value = &standing->value;
    char printed[DECIMAL_TEXT];

    cell_number(csv, measure->id);
    write_organisation(csv, results, among->level, standing->organisation);
    write_span(csv, among);
    cell_integer(csv, standing->months);
    cell_ratio(csv, value->denominator, sum_unit(rules, measure->denominator.sum), DECIMALS);
    cell_number(csv, measure_print(rules, measure, value, printed));
    cell_text(csv, view_of(measure->unit));
    cell_number(csv, measure_is_small(rules, measure, value) ? "yes" : "");
    cell_number(csv, percentile_print(value, printed));
    cell_integer(csv, among->peers);
    cell_double(csv, among->deciles[DECILE_MEDIAN]);
    write_in_icb(csv, results, standings, standing);
    write_funnel(csv, results, standings, standing);
    row_end(csv);
}

void write_standings(FILE *file, const struct results *results, const struct spread_list *standings)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_standings);
    for (size_t i = 0; i < standings->count; i++) {
        const struct peer_standing *const standing = &standings->list[i];

        if (results_show(results, standings->spreads[standing->among].level,
                         standing->organisation))
            write_standing(&csv, results, standings, standing);
    }
}
