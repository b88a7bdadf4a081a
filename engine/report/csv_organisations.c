#include "report/csv_results.h"

#include "report/table.h"

static void write_parents(struct csv_file *csv, const struct places *places,
                          const struct organisation_period *period)
{
    for (size_t i = 0; i < PERIOD_PARENTS; i++)
        cell_code(csv, period->parents[i] == ORGANISATION_NONE
                           ? view_none()
                           : organisation_code(places, period_parents[i], period->parents[i]));
}

void period_row(struct csv_file *csv, const struct results *results,
                const struct organisation_period *period)
{
    const struct places *const places = &results->classified.cube->places;
    const struct belonging *const belonging = results->belonging;

    cell_number(csv, level_text(period->level));
    cell_code(csv, organisation_code(places, period->level, period->organisation));
    cell_text(csv, organisation_name(places, period->level, period->organisation));
    cell_number(csv, belonging_standing(belonging, period->level, period->organisation));
    cell_text(csv, view_of(belonging_setting(belonging, period->level, period->organisation)));
    write_parents(csv, places, period);
    cell_month(csv, period->from);
    cell_month(csv, period->to);
    if (period->has_patients)
        cell_integer(csv, (uint64_t)period->patients);
    else
        cell_empty(csv);
    cell_month(csv, period->patients_month);
    row_end(csv);
}

void write_organisations(FILE *file, const struct results *results)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_organisations);
    for (size_t i = 0; i < results->period_count; i++)
        period_row(&csv, results, &results->periods[i]);
}
