#include "table/table_internal.h"

#include "table/rows.h"

static const struct column columns[] = {
    {"level", "string", "", "practice, pcn, sub_icb, icb, region, nation, trust or group"},
    {"organisation_code", "string", "", "code as it stands in the extract (or register)"},
    {"organisation_name", "string", "",
     "name in the latest month of the run (or of its registers) that has one"},
    {"status", "string", "",
     "active, closed, dormant, proposed or unidentified, as registers and rules say today; empty "
     "if not known"},
    {"setting", "string", "",
     "prescribing setting of a practice (4 is a GP practice); empty if not known"},
    {"pcn_code", "string", "",
     "PCN it belongs to from the first to the last month; empty if none is known"},
    {"sub_icb_code", "string", "", "sub-ICB likewise"},
    {"icb_code", "string", "", "ICB likewise"},
    {"region_code", "string", "", "region likewise"},
    {"from", "yearmonth", "", "first month of the run in which it had rows and belonged there"},
    {"to", "yearmonth", "", "last such month"},
    {"patients", "integer", "patients",
     "patients of its practices with a list size that have rows in that last month; empty without "
     "one"},
    {"patients_month", "yearmonth", "",
     "month of the list size of a practice: the nearest earlier one"},
};

static void write_parents(struct cells *cells, const struct places *places,
                          const struct organisation_period *period)
{
    for (size_t i = 0; i < PERIOD_PARENTS; i++)
        cell_code(cells, period->parents[i] == ORGANISATION_NONE
                             ? view_none()
                             : organisation_code(places, period_parents[i], period->parents[i]));
}

void organisations_row(struct cells *cells, const struct results *results,
                       const struct organisation_period *period)
{
    const struct places *const places = &results->classified.cube->places;
    const struct belonging *const belonging = results->belonging;

    cell_number(cells, level_text(period->level));
    cell_code(cells, organisation_code(places, period->level, period->organisation));
    cell_text(cells, organisation_name(places, period->level, period->organisation));
    cell_number(cells, belonging_standing(belonging, period->level, period->organisation));
    cell_text(cells, view_of(belonging_setting(belonging, period->level, period->organisation)));
    write_parents(cells, places, period);
    cell_month(cells, period->from);
    cell_month(cells, period->to);
    if (period->has_patients)
        cell_integer(cells, (uint64_t)period->patients);
    else
        cell_empty(cells);
    cell_month(cells, period->patients_month);
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct results *const results = figures->results;

    for (size_t i = 0; i < results->period_count; i++)
        organisations_row(cells, results, &results->periods[i]);
}

static size_t entry_count(const struct table_part *part)
{
    return part->figures->results->period_count;
}

static month_t entry_month(const struct table_part *part, size_t entry)
{
    (void)entry; /* a period is of any length: all of them */
    return part->last;
}

static void entry_row(struct cells *cells, const struct table_part *part, size_t entry)
{
    const struct results *const results = part->figures->results;

    organisations_row(cells, results, &results->periods[entry]);
}

static const struct table_entries entries = {entry_count, entry_month, entry_row};

const struct table table_organisations = {
    .file = "organisations.csv",
    .title = "Organisations, and to whom they belonged since when",
    TABLE_COLUMNS(columns),
    .key = {"level", "organisation_code", "pcn_code", "sub_icb_code", "icb_code", "region_code"},
    .weight = 65,
    .rows = write_rows,
    .sheet = {.name = "Organisations", .place = 5, .entries = &entries},
};
