#include "table/table_internal.h"

#include "figures/ask.h"
#include "measure/rank.h"
#include "table/rows.h"
#include <stdlib.h>

static const struct column columns[] = {
    {"measure", "string", "", "id of the measure, defined in rules/measures"},
    ORGANISATION_COLUMNS,
    {"month", "yearmonth", "", "month of prescribing"},
    {"numerator", "number", "", "sum above the line, in the measure's unit (kg, inhalers, items)"},
    {"denominator", "number", "", "sum below the line; empty for a total"},
    {"value", "number", "", "numerator / denominator; empty without a denominator"},
    {"unit", "string", "", "unit of the value"},
    {"factor_set", "string", "", "set of carbon factors; empty where no carbon is summed"},
    {"percentile", "number", "share",
     "(rank - 1) / (n - 1), lowest first, ties share the lowest rank, among the organisations "
     "of the level and month that have a denominator; empty for totals"},
    {"small_denominator", "string", "", SMALL_MEANING},
};

static const char *factor_set_of(const struct results *results, const struct measure *measure)
{
    if (measure->factor_set_id == NULL)
        return "";
    if (measure->subject == SUBJECT_hospital)
        return measure->gas_factor_set != NULL ? measure->gas_factor_set->id
                                               : results->gas_factors->id;
    return measure->factor_set != NULL ? measure->factor_set->id : results->factors->id;
}

#define HEAD_CELLS 4

static void write_head(struct cells *cells, const struct results *results,
                       const struct organisation_month *row)
{
    cells_organisation(cells, results, row->level, row->organisation);
    cell_month(cells, row->month);
}

/* head  the cells of write_head, where they were printed before */
static void write_value(struct cells *cells, const struct results *results,
                        const struct measure *measure, const struct organisation_month *row,
                        struct view head)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure_value *const value = measure_value_of(row, measure);
    char printed[DECIMAL_TEXT];

    if (value == NULL)
        return;
    cell_number(cells, measure->id);
    if (head.length > 0)
        cells_printed(cells, head, HEAD_CELLS);
    else
        write_head(cells, results, row);
    if (value->unknown || is_unknown(value->top))
        cell_empty(cells);
    else
        cell_ratio(cells, value->numerator, sum_unit(rules, measure->numerator.sum), DECIMALS);
    if (measure->denominator.sum == SUM_NONE || value->unknown || is_unknown(value->bottom))
        cell_empty(cells);
    else
        cell_ratio(cells, value->denominator, sum_unit(rules, measure->denominator.sum), DECIMALS);
    cell_number(cells, measure_print(rules, measure, value, printed));
    cell_text(cells, view_of(measure->unit));
    cell_number(cells, factor_set_of(results, measure));
    cell_number(cells, percentile_print(value, printed));
    cell_number(cells, measure_is_small(rules, measure, value) ? "yes" : "");
    cells_row_end(cells);
}

void measures_row(struct cells *cells, const struct results *results, const struct measure *measure,
                  const struct organisation_month *row)
{
    write_value(cells, results, measure, row, view_none());
}

/* What all measures say of an organisation and month: thirty times the same, printed once. */
struct heads {
    char *text;
    size_t *ends; /* of each head and its line end; NULL when there was no memory: the long way */
};

static void print_heads(struct heads *heads, const struct results *results)
{
    size_t size;
    FILE *const stream = open_memstream(&heads->text, &size);
    struct cells cells = {.file = stream};
    bool whole;

    heads->ends =
        stream != NULL ? calloc(results->organisation_count + 1, sizeof *heads->ends) : NULL;
    for (size_t i = 0; i < results->organisation_count && heads->ends != NULL; i++) {
        write_head(&cells, results, &results->organisations[i]);
        cells_row_end(&cells);
        heads->ends[i + 1] = (size_t)ftello(stream);
    }
    whole = stream != NULL && ferror(stream) == 0;
    if (stream != NULL && fclose(stream) == 0 && whole)
        return;
    free(heads->ends);
    heads->ends = NULL;
}

static struct view head_of(const struct heads *heads, size_t i)
{
    if (heads->ends == NULL)
        return view_none();
    return (struct view){heads->text + heads->ends[i], heads->ends[i + 1] - heads->ends[i] - 1};
}

/* The values of a measure lie two kilobytes from organisation to organisation, which no processor
 * foresees: a third of the time of this file was waiting for them.  So each is asked for a few rows
 * ahead; by the caller, because a function that does no more than that is left out by compilers. */
#define ROWS_AHEAD 8

static const struct measure_value *value_ahead(const struct results *results,
                                               const struct measure *measure, size_t i)
{
    if (i >= results->organisation_count || results->organisations[i].subject != measure->subject)
        return NULL;
    return &results->organisations[i].values[measure->slot];
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    const struct results *const results = figures->results;
    const struct rules *const rules = results->classified.rules;
    struct heads heads = {0};

    if (cells->taker == NULL)
        print_heads(&heads, results);
    for (size_t m = 0; m < rules->measures.count; m++)
        for (size_t i = 0; i < results->organisation_count; i++) {
            const struct measure_value *const ahead =
                value_ahead(results, rules->measures.list[m], i + ROWS_AHEAD);

            if (ahead != NULL) {
                __builtin_prefetch(ahead);
                __builtin_prefetch(&ahead->bottom); /* often in the next line of the cache */
            }
            write_value(cells, results, rules->measures.list[m], &results->organisations[i],
                        head_of(&heads, i));
        }
    free(heads.text);
    free(heads.ends);
}

/* In a sheet an entry is a measure and a row of an organisation; practices are in the workbook of
 * one practice only. */
static size_t entry_count(const struct table_part *part)
{
    return part->figures->results->classified.rules->measures.count * part->rows.row_count;
}

const struct organisation_month *measures_entry_row(const struct table_part *part, size_t entry)
{
    return &part->figures->results
                ->organisations[part->rows.first_row + entry % part->rows.row_count];
}

size_t measures_entry_measure(const struct table_part *part, size_t entry)
{
    return entry / part->rows.row_count;
}

static month_t entry_month(const struct table_part *part, size_t entry)
{
    const struct organisation_month *const row = measures_entry_row(part, entry);

    if (ask_value(part->figures->results, measures_entry_measure(part, entry), row) == NULL)
        return MONTH_NONE;
    return row->level == LEVEL_PRACTICE && !part->about_one ? MONTH_NONE : row->month;
}

static void entry_row(struct cells *cells, const struct table_part *part, size_t entry)
{
    const struct results *const results = part->figures->results;

    measures_row(cells, results,
                 results->classified.rules->measures.list[measures_entry_measure(part, entry)],
                 measures_entry_row(part, entry));
}

static const struct table_entries entries = {entry_count, entry_month, entry_row};

const struct table table_measures = {
    .file = "measures.csv",
    .title = "Measures by organisation and month",
    TABLE_COLUMNS(columns),
    .key = {"measure", "level", "organisation_code", "month"},
    .carbon = CARBON_BOTH,
    .weight = 80,
    .rows = write_rows,
    .sheet = {.name = "Measures",
              .place = 1,
              .of_one = true,
              .note = "All levels above the practice; measures.csv has practices too.",
              .entries = &entries},
};
