#include "report/csv_results.h"

#include "trend/history.h"
#include "measure/rank.h"
#include "report/table.h"

#include <stdlib.h>
#include <string.h>

/* Carbon, inhalers and ratios are rounded to this many decimals when they are
 * printed and not before. */
#define DECIMALS 6

void write_organisation(struct csv_file *csv, const struct results *results, enum level level,
                        uint32_t organisation)
{
    const struct places *const places = &results->classified.cube->places;

    cell_number(csv, level_text(level));
    cell_code(csv, organisation_code(places, level, organisation));
    cell_text(csv, organisation_name(places, level, organisation));
}

/* Money that is not known is no 0. */
static void cell_cost(struct csv_file *csv, wide_t cost, bool unknown)
{
    if (unknown)
        cell_empty(csv);
    else
        cell_ratio(csv, cost, 100000, PLACES_MONEY);
}

static const char *factor_set_of(const struct results *results, const struct measure *measure)
{
    if (measure->factor_set_id == NULL)
        return "";
    if (measure->subject == SUBJECT_hospital)
        return measure->gas_factor_set != NULL ? measure->gas_factor_set->id
                                               : results->gas_factors->id;
    return measure->factor_set != NULL ? measure->factor_set->id : results->factors->id;
}

static void write_head(struct csv_file *csv, const struct results *results,
                       const struct organisation_month *row)
{
    write_organisation(csv, results, row->level, row->organisation);
    cell_month(csv, row->month);
}

/* head  the cells of write_head, where they were printed before */
static void write_value(struct csv_file *csv, const struct results *results,
                        const struct measure *measure, const struct organisation_month *row,
                        struct view head)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure_value *const value = measure_value_of(row, measure);
    char printed[DECIMAL_TEXT];

    if (value == NULL)
        return;
    cell_number(csv, measure->id);
    if (head.length > 0)
        cell_printed(csv, head);
    else
        write_head(csv, results, row);
    if (value->unknown || is_unknown(value->top))
        cell_empty(csv);
    else
        cell_ratio(csv, value->numerator, sum_unit(rules, measure->numerator.sum), DECIMALS);
    if (measure->denominator.sum == SUM_NONE || value->unknown || is_unknown(value->bottom))
        cell_empty(csv);
    else
        cell_ratio(csv, value->denominator, sum_unit(rules, measure->denominator.sum), DECIMALS);
    cell_number(csv, measure_print(rules, measure, value, printed));
    cell_text(csv, view_of(measure->unit));
    cell_number(csv, factor_set_of(results, measure));
    cell_number(csv, percentile_print(value, printed));
    cell_number(csv, measure_is_small(rules, measure, value) ? "yes" : "");
    row_end(csv);
}

void measure_row(struct csv_file *csv, const struct results *results, const struct measure *measure,
                 const struct organisation_month *row)
{
    write_value(csv, results, measure, row, view_none());
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
    struct csv_file csv = {.file = stream};
    bool whole;

    heads->ends =
        stream != NULL ? calloc(results->organisation_count + 1, sizeof *heads->ends) : NULL;
    for (size_t i = 0; i < results->organisation_count && heads->ends != NULL; i++) {
        write_head(&csv, results, &results->organisations[i]);
        row_end(&csv);
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

void write_measures(FILE *file, const struct results *results)
{
    const struct rules *const rules = results->classified.rules;
    struct csv_file csv = {.file = file};
    struct heads heads = {0};

    print_heads(&heads, results);
    table_header(&csv, &table_measures);
    for (size_t m = 0; m < rules->measures.count; m++)
        for (size_t i = 0; i < results->organisation_count; i++) {
            const struct measure_value *const ahead =
                value_ahead(results, rules->measures.list[m], i + ROWS_AHEAD);

            if (ahead != NULL) {
                __builtin_prefetch(ahead);
                __builtin_prefetch(&ahead->bottom); /* often in the next line of the cache */
            }
            write_value(&csv, results, rules->measures.list[m], &results->organisations[i],
                        head_of(&heads, i));
        }
    free(heads.text);
    free(heads.ends);
}

void use_row(struct csv_file *csv, const struct results *results, const struct use *use)
{
    const struct rules *const rules = results->classified.rules;

    write_organisation(csv, results, use->level, use->organisation);
    cell_month(csv, use->month);
    cell_number(csv, device_text(use->device));
    cell_text(csv, view_of(rules->classes[use->class_number]));
    cell_ratio(csv, use->items, 1, 0);
    if (use->counted)
        cell_ratio(csv, use->inhalers, inhaler_unit(rules), DECIMALS);
    else
        cell_empty(csv);
    if (use->has_carbon)
        cell_ratio(csv, use->carbon, kilogram_unit(rules), DECIMALS);
    else
        cell_empty(csv);
    cell_ratio(csv, use->nic, sum_unit(rules, SUM_nic), PLACES_MONEY);
    cell_cost(csv, use->actual_cost, use->unknown_cost);
    row_end(csv);
}

void write_prescribing(FILE *file, const struct results *results)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_prescribing);
    for (size_t i = 0; i < results->use_count; i++)
        use_row(&csv, results, &results->uses[i]);
}

void product_row(struct csv_file *csv, const struct results *results,
                 const struct product_month *row)
{
    const struct rules *const rules = results->classified.rules;
    const struct product *const product = row->product;
    char propellants[PROPELLANTS_TEXT];

    cell_number(csv, product->id);
    cell_number(csv, product->codes.texts[0]);
    cell_text(csv, view_of(product->name));
    cell_number(csv, device_text(product_device(product)));
    cell_number(csv, product_propellants(product, row->version, row->month, propellants));
    cell_text(csv, view_of(product->therapeutic_class));
    cell_month(csv, row->month);
    cell_ratio(csv, row->items, 1, 0);
    cell_ratio(csv, row->quantity, 1000, PLACES_QUANTITY);
    if (row->amounts.counted)
        cell_ratio(csv, row->amounts.inhalers, inhaler_unit(rules), DECIMALS);
    else
        cell_empty(csv);
    if (row->factor != NULL)
        cell_ratio(csv, row->factor->kg, 1000000, PLACES_CARBON);
    else
        cell_empty(csv);
    cell_number(csv, row->factor != NULL ? grade_text(row->factor->grade) : "");
    if (row->factor != NULL && row->amounts.counted)
        cell_ratio(csv, row->carbon, kilogram_unit(rules), DECIMALS);
    else
        cell_empty(csv);
    cell_cost(csv, row->actual_cost, row->unknown_cost);
    cell_number(csv, product->provisional ? "yes" : "");
    row_end(csv);
}

void write_products(FILE *file, const struct results *results)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_products);
    for (size_t i = 0; i < results->product_count; i++)
        product_row(&csv, results, &results->products[i]);
}

/* A text put together from several, cut rather than overrun. */
struct joined {
    char text[4096];
    size_t length;
};

static void join(struct joined *joined, const char *separator, const char *text)
{
    const size_t room = sizeof joined->text - joined->length;
    const int written = snprintf(joined->text + joined->length, room, "%s%s",
                                 joined->length > 0 ? separator : "", text);

    if (written > 0 && (size_t)written < room)
        joined->length += (size_t)written;
}

/* What a search in a practice's own records takes: identifiers alone, without their kind. */
static void write_search_codes(struct csv_file *csv, const struct product *product)
{
    struct joined joined = {.length = 0};

    for (size_t i = 0; i < product->dmd.count; i++) {
        const char *const kind_end = strchr(product->dmd.texts[i], ':');

        join(&joined, " ", kind_end != NULL ? kind_end + 1 : product->dmd.texts[i]);
    }
    cell_text(csv, view_of(joined.text));
}

/* Lowest licensed ages, where the rules know them. */
static void join_age(struct joined *joined, const char *which, const struct product *product)
{
    char text[64];

    if (product->licensed_from_years == 0)
        return;
    snprintf(text, sizeof text, "%s licensed from %lld years", which,
             (long long)product->licensed_from_years);
    join(joined, "; ", text);
}

static void write_prompts(struct csv_file *csv, const struct advice *advice)
{
    struct joined joined = {.length = 0};

    if (!advice->evidenced)
        join(&joined, "; ", "CARBON SAVING NOT EVIDENCED");
    for (size_t i = 0; i < advice->rule->prompt_ids.count; i++)
        join(&joined, "; ", advice->rule->prompts[i]->label);
    for (size_t i = 0; i < advice->pair->prompt_ids.count; i++)
        join(&joined, "; ", advice->pair->prompts[i]->label);
    join_age(&joined, "today's inhaler", advice->pair->from);
    join_age(&joined, "the other", advice->pair->to);
    cell_text(csv, view_of(joined.text));
}

static void write_change(struct csv_file *csv, const struct switch_rule *rule)
{
    struct joined joined = {.length = 0};

    join(&joined, ": ", rule->change);
    join(&joined, ": ", rule->dose);
    cell_text(csv, view_of(joined.text));
}

void advice_row(struct csv_file *csv, const struct results *results, const struct advice *advice)
{
    const struct rules *const rules = results->classified.rules;
    const struct places *const places = &results->classified.cube->places;
    const struct switch_pair *const pair = advice->pair;

    cell_month(csv, advice->month);
    cell_code(csv, organisation_code(places, LEVEL_PRACTICE, advice->practice));
    cell_text(csv, organisation_name(places, LEVEL_PRACTICE, advice->practice));
    cell_code(csv, advice->icb == ORGANISATION_NONE
                       ? view_none()
                       : organisation_code(places, LEVEL_ICB, advice->icb));
    cell_integer(csv, advice->rank);
    cell_number(csv, advice->rule->id);
    cell_number(csv, pair->from->codes.texts[0]);
    cell_text(csv, view_of(pair->from->name));
    cell_number(csv, pair->to->codes.texts[0]);
    cell_text(csv, view_of(pair->to->name));
    write_change(csv, advice->rule);
    cell_ratio(csv, advice->items, 1, 0);
    cell_ratio(csv, advice->packs, inhaler_unit(rules), DECIMALS);
    if (advice->has_carbon)
        cell_ratio(csv, advice->carbon, kilogram_unit(rules), DECIMALS);
    else
        cell_empty(csv);
    if (advice->evidenced)
        cell_ratio(csv, advice->saved, kilogram_unit(rules) * pair->from_inhalers, DECIMALS);
    else
        cell_empty(csv);
    if (advice->has_cost)
        cell_ratio(csv, advice->cost_top, advice->cost_bottom, 2);
    else
        cell_empty(csv);
    cell_number(csv, advice->grade);
    write_search_codes(csv, pair->from);
    write_prompts(csv, advice);
    row_end(csv);
}

void write_switches(FILE *file, const struct results *results, const struct advice_list *advice)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_switches);
    for (size_t i = 0; i < advice->count; i++)
        advice_row(&csv, results, &advice->list[i]);
}

void unclassified_row(struct csv_file *csv, const struct results *results,
                      const struct unclassified *row)
{
    const struct cube *const cube = results->classified.cube;

    cell_code(csv, presentation_code(intern_text(&cube->codes, row->presentation)));
    cell_text(csv, cube->names[row->presentation].text);
    cell_month(csv, row->month);
    cell_integer(csv, row->rows);
    cell_ratio(csv, row->items, 1, 0);
    cell_ratio(csv, row->quantity, 1000, PLACES_QUANTITY);
    cell_cost(csv, row->actual_cost, row->unknown_cost);
    cell_text(csv, view_of(row->reason));
    row_end(csv);
}

void write_unclassified(FILE *file, const struct results *results)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_unclassified);
    for (size_t i = 0; i < results->unclassified_count; i++)
        unclassified_row(&csv, results, &results->unclassified[i]);
}
