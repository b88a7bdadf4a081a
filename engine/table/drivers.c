#include "table/table_internal.h"

static const struct column columns[] = {
    ORGANISATION_COLUMNS,
    {"before_first_month", "yearmonth", "", "first month of the earlier period"},
    {"before_last_month", "yearmonth", "", "last month of it"},
    {"after_first_month", "yearmonth", "",
     "first month of the later period: the same months a year on where there are 13"},
    {"after_last_month", "yearmonth", "", "last month of it"},
    {"kgco2e_before", "number", "kgCO2e", "carbon of all inhalers and refills with a factor"},
    {"kgco2e_after", "number", "kgCO2e", "the same in the later period"},
    {"change", "number", "", "after less before; the five parts sum to it exactly"},
    {"volume", "number", "", "because more or fewer packs were prescribed"},
    {"class_mix", "number", "", "because of the mix of therapeutic classes"},
    {"device_mix", "number", "", "because of the mix of devices within the classes"},
    {"brand_mix", "number", "", "because of the mix of products within class and device"},
    {"factors", "number", "", "because the factor of a product changed"},
};

static void write_driver(struct cells *cells, const struct results *results,
                         const struct driver_periods *periods,
                         const struct organisation_change *change)
{
    char printed[DECIMAL_TEXT];

    cells_organisation(cells, results, change->level, change->organisation);
    for (int t = 0; t < 2; t++) {
        cell_month(cells, periods->from[t]);
        cell_month(cells, periods->to[t]);
    }
    for (int t = 0; t < 2; t++)
        cell_number(cells, decimal_print(change->milligrams[t], PLACES_CARBON, printed));
    cell_number(cells, decimal_print(change->milligrams[1] - change->milligrams[0], PLACES_CARBON,
                                     printed));
    for (int d = 0; d < DRIVERS; d++)
        cell_number(cells, decimal_print(change->parts[d], PLACES_CARBON, printed));
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct change_list *const changes = &figures->changes;

    for (size_t i = 0; i < changes->count; i++)
        write_driver(cells, figures->results, &changes->periods, &changes->list[i]);
}

const struct table table_drivers = {
    .file = "drivers.csv",
    .title = "Why the carbon of inhalers changed",
    TABLE_COLUMNS(columns),
    .key = {"level", "organisation_code"},
    .carbon = CARBON_INHALERS,
    .weight = 35,
    .rows = write_rows,
};
