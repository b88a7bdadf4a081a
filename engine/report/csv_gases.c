#include "report/csv_gases.h"

#include "figures/ask.h"
#include "report/table.h"

#define DECIMALS 6

static void write_trust(struct csv_file *csv, const struct results *results, enum level level,
                        uint32_t organisation)
{
    const struct places *const places = &results->classified.cube->places;

    cell_code(csv, organisation_code(places, level, organisation));
    cell_text(csv, organisation_name(places, level, organisation));
}

/* Pharmacies issue VMPs; in the files of trusts the gas is told by its name. */
static void write_product(struct csv_file *csv, const struct gas_row *row)
{
    const struct presentation *const about = &row->amounts.about;

    cell_number(csv, row->amounts.gas != NULL ? row->amounts.gas->id : "");
    cell_number(csv, origin_text(about->origin));
    cell_text(csv, about->site);
    cell_code(csv, about->origin == ORIGIN_PHARMACY ? about->code : view_none());
    cell_text(csv, row->name);
    cell_text(csv, about->unit_name);
    cell_code(csv, about->unit_code);
}

static void write_volume(struct csv_file *csv, const struct results *results,
                         const struct gas_row *row)
{
    const struct rules *const rules = results->classified.rules;
    const struct gas_amounts *const amounts = &row->amounts;

    if (amounts->has_volume && amounts->gas->liquid)
        cell_ratio(csv, amounts->volume, gas_sum_unit(rules, SUM_gas_ml), DECIMALS);
    else
        cell_empty(csv);
    if (amounts->has_volume && !amounts->gas->liquid)
        cell_ratio(csv, amounts->volume, gas_sum_unit(rules, SUM_gas_litres), DECIMALS);
    else
        cell_empty(csv);
    if (amounts->has_volume && amounts->gas->bottle_ml > 0)
        cell_ratio(csv, amounts->volume, (wide_t)PICOLITRES_PER_ML * amounts->gas->bottle_ml,
                   DECIMALS);
    else
        cell_empty(csv);
    if (amounts->has_carbon && amounts->about.origin != ORIGIN_USE)
        cell_ratio(csv, amounts->carbon, gas_sum_unit(rules, SUM_gas_kgco2e), DECIMALS);
    else
        cell_empty(csv);
    cell_number(csv, results->gas_factors->id);
}

void gas_cells(struct csv_file *csv, const struct figures *figures, const struct gas_row *row)
{
    const struct results *const results = figures->results;
    const bool pharmacy = row->amounts.about.origin == ORIGIN_PHARMACY;
    const struct series_rule *const series =
        pharmacy ? ask_hospital_series(figures, row->month) : NULL;

    write_trust(csv, results, LEVEL_TRUST, row->trust);
    cell_month(csv, row->month);
    cell_number(csv, series != NULL ? series->id : "");
    write_product(csv, row);
    cell_integer(csv, row->rows);
    cell_ratio(csv, row->quantity, 1000, PLACES_QUANTITY);
    cell_ratio(csv, row->quantity - row->returned, 1000, PLACES_QUANTITY);
    cell_ratio(csv, row->returned, 1000, PLACES_QUANTITY);
    write_volume(csv, results, row);
    if (row->rows_without_cost < row->rows)
        cell_ratio(csv, row->cost, 100000, PLACES_MONEY);
    else
        cell_empty(csv);
    cell_integer(csv, row->rows_without_cost);
    cell_number(csv, row->amounts.reason != NULL ? "no" : "yes");
    row_end(csv);
}

void gases_rows(struct csv_file *csv, const struct figures *figures)
{
    const struct results *const results = figures->results;

    for (size_t i = 0; i < results->gas_count; i++)
        gas_cells(csv, figures, &results->gases[i]);
}

void write_gases(FILE *file, const struct figures *figures)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_gases);
    gases_rows(&csv, figures);
}

void gas_finding_cells(struct csv_file *csv, const struct results *results,
                       const struct gas_finding *finding)
{
    const struct gas_row *const row = finding->row;

    cell_number(csv, level_text(finding->level));
    write_trust(csv, results, finding->level, finding->organisation);
    cell_month(csv, finding->month);
    cell_number(csv, gas_finding_text(finding->kind));
    cell_number(csv, finding->about);
    if (row != NULL) {
        cell_text(csv, row->name);
        cell_ratio(csv, row->quantity, 1000, PLACES_QUANTITY);
        cell_text(csv, row->amounts.about.unit_name);
    } else {
        cell_empty(csv);
        cell_empty(csv);
        cell_empty(csv);
    }
    cell_text(csv, view_of(finding->detail));
    row_end(csv);
}

/* Every trust of the month has figures that will change: told once, for the nation. */
void gas_provisional_rows(struct csv_file *csv, const struct figures *figures)
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
            gas_finding_cells(csv, results, &finding);
    }
}

void gases_quality_rows(struct csv_file *csv, const struct figures *figures)
{
    const struct results *const results = figures->results;

    gas_provisional_rows(csv, figures);
    for (size_t i = 0; i < results->gas_finding_count; i++)
        gas_finding_cells(csv, results, &results->gas_findings[i]);
}

void write_gases_quality(FILE *file, const struct figures *figures)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_gases_quality);
    gases_quality_rows(&csv, figures);
}
