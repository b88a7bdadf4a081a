#include "table/table_internal.h"

#include "table/rows.h"

static const struct column columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"month", "yearmonth", "", "the last of prescribing"},
    {"factor_set", "string", "", "the set that weighs the inhalers here"},
    {"own", "string", "",
     "yes where it is the set of the measure: its value is that of "
     "measures.csv"},
    {"numerator", "number", "", "kgCO2e by that set"},
    {"denominator", "number", "", "what the measure has below the line and that set weighs too"},
    {"not_weighed", "number", "", "what the measure has below the line and that set does not"},
    {"value", "number", "", "numerator over denominator"},
    {"value_low", "number", "", "the same at the low end of each factor, where it has a range"},
    {"value_high", "number", "", "the same at the high end"},
    {"unit", "string", "", "unit of the values"},
};

char *factor_sets_print(const struct results *results, const struct factor_comparison *one,
                        wide_t carbon, char *out)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure_value value = {.numerator = carbon, .denominator = one->packs};

    return measure_print(rules, rules->measures.list[one->measure], &value, out);
}

static void write_row(struct cells *cells, const struct results *results,
                      const struct factor_comparison *one)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const measure = rules->measures.list[one->measure];
    const wide_t kilogram = kilogram_unit(rules);
    const wide_t inhaler = inhaler_unit(rules);
    char printed[DECIMAL_TEXT];

    cell_number(cells, measure->id);
    cells_organisation(cells, results, one->row->level, one->row->organisation);
    cell_month(cells, one->row->month);
    cell_number(cells, one->set->id);
    cell_number(cells, one->own ? "yes" : "");
    cell_ratio(cells, one->carbon, kilogram, DECIMALS);
    cell_ratio(cells, one->packs, inhaler, DECIMALS);
    cell_ratio(cells, one->whole - one->packs, inhaler, DECIMALS);
    cell_number(cells, factor_sets_print(results, one, one->carbon, printed));
    cell_number(cells, factor_sets_print(results, one, one->low, printed));
    cell_number(cells, factor_sets_print(results, one, one->high, printed));
    cell_text(cells, view_of(measure->unit));
    cells_row_end(cells);
}

static void write_some(struct cells *cells, const struct figures *figures, bool practices)
{
    const struct factor_comparison_list *const all = &figures->factor_comparisons;

    for (size_t i = 0; i < all->count; i++)
        if (practices || all->list[i].row->level != LEVEL_PRACTICE)
            write_row(cells, figures->results, &all->list[i]);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    write_some(cells, figures, true);
}

static void write_sheet(struct cells *cells, const struct figures *figures)
{
    write_some(cells, figures, false);
}

const struct table table_factor_sets = {
    .file = "factor_sets.csv",
    .title = "The headline weighed with each factor set",
    TABLE_COLUMNS(columns),
    .key = {"measure", "level", "organisation_code", "factor_set"},
    .weight = 25,
    .rows = write_rows,
    .sheet = {.name = "Factor sets",
              .place = 11,
              .note = "All levels above the practice; factor_sets.csv has practices too.",
              .rows = write_sheet},
};
