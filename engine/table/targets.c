#include "table/table_internal.h"

#include "table/rows.h"

static const struct column columns[] = {
    {"target", "string", "",
     "id of the target, defined in rules/targets or --targets; or the words of --target"},
    {"measure", "string", "", "id of the measure; empty where no measure says it"},
    ORGANISATION_COLUMNS,
    {"due_month", "yearmonth", "", "when it is due"},
    {"target_value", "number", "", "what is to be reached, in the measure's unit"},
    {"latest_month", "yearmonth", "", "month, or last of twelve, that it is held against"},
    {"latest_value", "number", "", "value of that month, or of the twelve that end with it"},
    {"change_needed_per_month", "number", "",
     "from the latest value to the target, by month to the due one"},
    {"trend_per_month", "number", "",
     "change a month now, by least squares (trends.csv; of twelve months: times 12)"},
    {"forecast", "number", "", "median of what is to be expected when it is due"},
    {"forecast_low", "number", "", "lower end of the 80 % interval"},
    {"forecast_high", "number", "", "upper end of the 80 % interval"},
    {"probability", "number", "probability", "of meeting it when it is due"},
    {"status", "string", "",
     "reached: the latest value meets it; on course: probability 0.8 or more; at risk: between 0.2 "
     "and 0.8; off "
     "course: 0.2 or less, or due and not met; not computable: why says why"},
    {"why", "string", "", "what decided the status"},
};

void targets_row(struct cells *cells, const struct results *results,
                 const struct target_answer *answer)
{
    cell_number(cells, answer->target->id);
    cell_number(cells, answer->target->measure_id != NULL ? answer->target->measure_id : "");
    if (answer->anybody) {
        cell_number(cells, level_text(answer->level));
        cell_code(cells, target_code(answer, results));
        cell_text(cells, target_name(answer, results));
    } else {
        for (int i = 0; i < 3; i++)
            cell_empty(cells);
    }
    cell_month(cells, answer->target->due);
    cell_double(cells, answer->target_value);
    cell_month(cells, answer->latest_month);
    cell_double(cells, answer->latest_value);
    cell_double(cells, answer->change_needed);
    cell_double(cells, answer->trend);
    cell_double(cells, answer->forecast);
    cell_double(cells, answer->low);
    cell_double(cells, answer->high);
    cell_double(cells, answer->probability);
    cell_number(cells, target_status_text(answer->status));
    cell_text(cells, view_of(answer->target->not_computable != NULL ? answer->target->not_computable
                                                                    : answer->why));
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    for (size_t i = 0; i < figures->targets.count; i++)
        targets_row(cells, figures->results, &figures->targets.list[i]);
}

const struct table table_targets = {
    .file = "targets.csv",
    .title = "Targets and whether they will be reached",
    TABLE_COLUMNS(columns),
    .key = {"target", "level", "organisation_code"},
    .carbon = CARBON_BOTH,
    .weight = 30,
    .rows = write_rows,
    .sheet = {.name = "Targets", .place = 7},
};
