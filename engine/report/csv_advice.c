#include "report/csv_follow.h"

#include "report/csv_results.h"
#include "report/table.h"

#define DECIMALS 6

void target_row(struct csv_file *csv, const struct results *results,
                const struct target_answer *answer)
{
    cell_number(csv, answer->target->id);
    cell_number(csv, answer->target->measure_id != NULL ? answer->target->measure_id : "");
    if (answer->anybody) {
        cell_number(csv, level_text(answer->level));
        cell_code(csv, target_code(answer, results));
        cell_text(csv, target_name(answer, results));
    } else {
        for (int i = 0; i < 3; i++)
            cell_empty(csv);
    }
    cell_month(csv, answer->target->due);
    cell_double(csv, answer->target_value);
    cell_month(csv, answer->latest_month);
    cell_double(csv, answer->latest_value);
    cell_double(csv, answer->change_needed);
    cell_double(csv, answer->trend);
    cell_double(csv, answer->forecast);
    cell_double(csv, answer->low);
    cell_double(csv, answer->high);
    cell_double(csv, answer->probability);
    cell_number(csv, target_status_text(answer->status));
    cell_text(csv, view_of(answer->target->not_computable != NULL ? answer->target->not_computable
                                                                  : answer->why));
    row_end(csv);
}

void write_targets(FILE *file, const struct results *results, const struct target_list *targets)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_targets);
    for (size_t i = 0; i < targets->count; i++)
        target_row(&csv, results, &targets->list[i]);
}

void opportunity_row(struct csv_file *csv, const struct results *results,
                     const struct opportunity_list *all, const struct peer_group *group,
                     const struct opportunity *one)
{
    const struct measure *const measure = results->classified.rules->measures.list[group->measure];
    char peers[128];

    cell_number(csv, measure->id);
    write_organisation(csv, results, group->level, one->organisation);
    cell_month(csv, all->from);
    cell_month(csv, all->to);
    cell_integer(csv, one->rank);
    cell_double(csv, one->value);
    for (int b = 0; b < BENCHMARKS; b++)
        cell_double(csv, group->marks[b]);
    for (int b = 0; b < BENCHMARKS; b++)
        cell_double(csv, one->savings[b]);
    cell_number(csv, measure->numerator.sum == SUM_kgco2e ? "tCO2e" : "GBP");
    snprintf(peers, sizeof peers,
             "%s: all of these files that take part in percentiles, but those with a small "
             "denominator",
             level_text(group->level));
    cell_text(csv, view_of(peers));
    cell_integer(csv, group->peers);
    cell_number(csv, one->small ? "yes" : "");
    row_end(csv);
}

void write_opportunities(FILE *file, const struct results *results,
                         const struct opportunity_list *opportunities)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_opportunities);
    for (size_t g = 0; g < opportunities->group_count; g++) {
        const struct peer_group *const group = &opportunities->groups[g];

        for (size_t i = 0; i < group->count; i++) {
            const struct opportunity *const one = &opportunities->list[group->first + i];

            if (results_show(results, group->level, one->organisation))
                opportunity_row(&csv, results, opportunities, group, one);
        }
    }
}

static void write_driver(struct csv_file *csv, const struct results *results,
                         const struct driver_periods *periods,
                         const struct organisation_change *change)
{
    char printed[DECIMAL_TEXT];

    write_organisation(csv, results, change->level, change->organisation);
    for (int t = 0; t < 2; t++) {
        cell_month(csv, periods->from[t]);
        cell_month(csv, periods->to[t]);
    }
    for (int t = 0; t < 2; t++)
        cell_number(csv, decimal_print(change->milligrams[t], PLACES_CARBON, printed));
    cell_number(
        csv, decimal_print(change->milligrams[1] - change->milligrams[0], PLACES_CARBON, printed));
    for (int d = 0; d < DRIVERS; d++)
        cell_number(csv, decimal_print(change->parts[d], PLACES_CARBON, printed));
    row_end(csv);
}

void write_drivers(FILE *file, const struct results *results, const struct change_list *changes)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_drivers);
    for (size_t i = 0; i < changes->count; i++)
        write_driver(&csv, results, &changes->periods, &changes->list[i]);
}

char *factor_comparison_print(const struct results *results, const struct factor_comparison *one,
                              wide_t carbon, char *out)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure_value value = {.numerator = carbon, .denominator = one->packs};

    return measure_print(rules, rules->measures.list[one->measure], &value, out);
}

void factor_comparison_row(struct csv_file *csv, const struct results *results,
                           const struct factor_comparison *one)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const measure = rules->measures.list[one->measure];
    const wide_t kilogram = kilogram_unit(rules);
    const wide_t inhaler = inhaler_unit(rules);
    char printed[DECIMAL_TEXT];

    cell_number(csv, measure->id);
    write_organisation(csv, results, one->row->level, one->row->organisation);
    cell_month(csv, one->row->month);
    cell_number(csv, one->set->id);
    cell_number(csv, one->own ? "yes" : "");
    cell_ratio(csv, one->carbon, kilogram, DECIMALS);
    cell_ratio(csv, one->packs, inhaler, DECIMALS);
    cell_ratio(csv, one->whole - one->packs, inhaler, DECIMALS);
    cell_number(csv, factor_comparison_print(results, one, one->carbon, printed));
    cell_number(csv, factor_comparison_print(results, one, one->low, printed));
    cell_number(csv, factor_comparison_print(results, one, one->high, printed));
    cell_text(csv, view_of(measure->unit));
    row_end(csv);
}

void write_factor_sets(FILE *file, const struct results *results,
                       const struct factor_comparison_list *factor_comparisons)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_factor_sets);
    for (size_t i = 0; i < factor_comparisons->count; i++)
        factor_comparison_row(&csv, results, &factor_comparisons->list[i]);
}
