#include "table/table_internal.h"

#include "figures/ask.h"
#include "table/rows.h"

static const struct column columns[] = {
    ORGANISATION_COLUMNS,
    {"month", "yearmonth", "", "month; empty for the whole run"},
    {"finding", "string", "",
     "provisional_month, missing_month, negative_month, not_computable, unit_not_converted, "
     "no_carbon_factor, matched_by_name or supply_outside_pharmacy_missing"},
    {"about", "string", "", "id of the gas or measure it is about; empty for all"},
    {"name", "string", "", "name of the product as it stands in the extract"},
    {"quantity", "number", "", "net quantity it is about, in the extract's unit"},
    {"unit", "string", "", "unit as it stands in the extract"},
    {"detail", "string", "", "why, in a sentence"},
};

void gases_quality_row(struct cells *cells, const struct results *results,
                       const struct gas_finding *finding)
{
    const struct gas_row *const row = finding->row;

    cell_number(cells, level_text(finding->level));
    cells_trust(cells, results, finding->level, finding->organisation);
    cell_month(cells, finding->month);
    cell_number(cells, gas_finding_text(finding->kind));
    cell_number(cells, finding->about);
    if (row != NULL) {
        cell_text(cells, row->name);
        cell_ratio(cells, row->quantity, 1000, PLACES_QUANTITY);
        cell_text(cells, row->amounts.about.unit_name);
    } else {
        cell_empty(cells);
        cell_empty(cells);
        cell_empty(cells);
    }
    cell_text(cells, view_of(finding->detail));
    cells_row_end(cells);
}

/* Every trust of the month has figures that will change: told once, for the nation. */
void gases_quality_provisional(struct cells *cells, const struct figures *figures)
{
    const struct results *const results = figures->results;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];
        const struct series_rule *const series =
            row->subject == SUBJECT_hospital && row->level == LEVEL_NATION && row->sent
                ? ask_hospital_series(figures, row->month)
                : NULL;
        const struct gas_finding finding = {
            .kind = GAS_FINDING_PROVISIONAL,
            .level = row->level,
            .organisation = row->organisation,
            .month = row->month,
            .about = "",
            .detail = series != NULL ? series->title : "",
        };

        if (series != NULL && series->provisional)
            gases_quality_row(cells, results, &finding);
    }
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct results *const results = figures->results;

    gases_quality_provisional(cells, figures);
    for (size_t i = 0; i < results->gas_finding_count; i++)
        gases_quality_row(cells, results, &results->gas_findings[i]);
}

const struct table table_gases_quality = {
    .file = "gases_quality.csv",
    .title = "What to know before using the figures of gases",
    TABLE_COLUMNS(columns),
    .weight = 10,
    .rows = write_rows,
    .sheet = {.name = "Gases quality", .place = 13},
};
