#include "table/table_internal.h"

#include "measure/rank.h"

static const struct column columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"period", "string", "",
     "month (the last of the files), or 12 months to it, where the files hold twelve"},
    {"first_month", "yearmonth", "", "first month of the period"},
    {"last_month", "yearmonth", "", "last month of the period"},
    {"months", "integer", "months", "months of the period in which it has rows"},
    {"denominator", "number", "", "sum below the line over the period"},
    {"value", "number", "", "sum over sum"},
    {"unit", "string", "", "unit of the value, the medians and the limits"},
    {"small_denominator", "string", "", SMALL_MEANING},
    {"percentile", "number", "share",
     "(rank - 1) / (n - 1), lowest first, ties share the lowest rank, among the peers: all of the "
     "level in the files that take part in percentiles and have a value"},
    {"peers", "integer", "", "how many they are, itself among them"},
    {"median", "number", "", "the value in the middle of the peers"},
    {"icb_code", "string", "",
     "its ICB in the last month; empty for ICBs and what is above them, and where it is the only "
     "one of its ICB"},
    {"percentile_in_icb", "number", "share", "the same among the peers of that ICB"},
    {"peers_in_icb", "integer", "", "how many they are, itself among them"},
    {"median_in_icb", "number", "", "the value in the middle of them"},
    {"funnel_lower_998", "number", "",
     "99.8 % limit at this denominator, adjusted for overdispersion (Spiegelhalter 2005); only of "
     "shares that count items or inhalers"},
    {"funnel_lower_95", "number", "", "95 % limit"},
    {"funnel_upper_95", "number", "", "95 % limit"},
    {"funnel_upper_998", "number", "", "99.8 % limit"},
    {"funnel", "string", "",
     "within, above 95 %, above 99.8 %, below 95 % or below 99.8 %: outside is what chance and the "
     "usual differences do not explain; empty without a funnel"},
};

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

static void write_funnel(struct cells *cells, const struct results *results,
                         const struct spread_list *standings, const struct peer_standing *standing)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const measure =
        rules->measures.list[standings->spreads[standing->among].measure];
    struct funnel_limits limits;

    if (!spread_limits(standings, rules, standing, &limits)) {
        for (int i = 0; i < 5; i++)
            cell_empty(cells);
        return;
    }
    cell_double(cells, limits.lower[FUNNEL_998]);
    cell_double(cells, limits.lower[FUNNEL_95]);
    cell_double(cells, limits.upper[FUNNEL_95]);
    cell_double(cells, limits.upper[FUNNEL_998]);
    cell_number(cells, funnel_words(&limits, measure_number(rules, measure, &standing->value)));
}

static void write_in_icb(struct cells *cells, const struct results *results,
                         const struct spread_list *standings, const struct peer_standing *standing)
{
    const struct spread *among;
    char printed[DECIMAL_TEXT];

    if (standing->among_icb == SPREAD_NONE) {
        for (int i = 0; i < 4; i++)
            cell_empty(cells);
        return;
    }
    among = &standings->spreads[standing->among_icb];
    cell_code(cells, organisation_code(&results->classified.cube->places, LEVEL_ICB, among->icb));
    cell_number(cells, percentile_print(&(struct measure_value){.rank = standing->rank_in_icb,
                                                                .ranked = (uint32_t)among->peers},
                                        printed));
    cell_integer(cells, among->peers);
    cell_double(cells, among->deciles[DECILE_MEDIAN]);
}

static void write_standing(struct cells *cells, const struct results *results,
                           const struct spread_list *standings,
                           const struct peer_standing *standing)
{
    const struct rules *const rules = results->classified.rules;
    const struct spread *const among = &standings->spreads[standing->among];
    const struct measure *const measure = rules->measures.list[among->measure];
    const struct measure_value *const value = &standing->value;
    char printed[DECIMAL_TEXT];

    cell_number(cells, measure->id);
    cells_organisation(cells, results, among->level, standing->organisation);
    cells_span(cells, among);
    cell_integer(cells, standing->months);
    cell_ratio(cells, value->denominator, sum_unit(rules, measure->denominator.sum), DECIMALS);
    cell_number(cells, measure_print(rules, measure, value, printed));
    cell_text(cells, view_of(measure->unit));
    cell_number(cells, measure_is_small(rules, measure, value) ? "yes" : "");
    cell_number(cells, percentile_print(value, printed));
    cell_integer(cells, among->peers);
    cell_double(cells, among->deciles[DECILE_MEDIAN]);
    write_in_icb(cells, results, standings, standing);
    write_funnel(cells, results, standings, standing);
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct spread_list *const standings = &figures->standings;

    for (size_t i = 0; i < standings->count; i++) {
        const struct peer_standing *const standing = &standings->list[i];

        if (results_show(figures->results, standings->spreads[standing->among].level,
                         standing->organisation))
            write_standing(cells, figures->results, standings, standing);
    }
}

const struct table table_standings = {
    .file = "standings.csv",
    .title = "Where one stands among all and within the ICB",
    TABLE_COLUMNS(columns),
    .key = {"measure", "level", "organisation_code", "period"},
    .carbon = CARBON_BOTH,
    .weight = 50,
    .rows = write_rows,
};
