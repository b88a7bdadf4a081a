#include "measure/results_internal.h"

#include "measure/rank.h"
#include "measure/results_gases.h"

#include <stdlib.h>

/* qsort has no context; sorting happens once, at the end of a run, through rows
 * that carry what they are compared by. */
struct sort_row {
    struct view text[2];
    uint32_t numbers[4];
    size_t index;
};

static int compare_rows(const void *a, const void *b)
{
    const struct sort_row *const one = a;
    const struct sort_row *const other = b;
    int order = (one->numbers[0] > other->numbers[0]) - (one->numbers[0] < other->numbers[0]);

    for (int i = 0; order == 0 && i < 2; i++)
        order = view_compare(one->text[i], other->text[i]);
    for (int i = 1; order == 0 && i < 4; i++)
        order = (one->numbers[i] > other->numbers[i]) - (one->numbers[i] < other->numbers[i]);
    return order;
}

/* Puts `count` rows of item_bytes into the order of the keys. */
static enum status arrange(void *items, size_t count, size_t item_bytes, struct sort_row *keys,
                           struct fail *why)
{
    unsigned char *const from = items;
    unsigned char *const sorted = malloc(count * item_bytes + 1);

    if (sorted == NULL)
        return fail_nomem(why);
    qsort(keys, count, sizeof *keys, compare_rows);
    for (size_t i = 0; i < count; i++)
        memcpy(sorted + i * item_bytes, from + keys[i].index * item_bytes, item_bytes);
    if (count > 0)
        memcpy(items, sorted, count * item_bytes);
    free(sorted);
    return STATUS_OK;
}

static struct sort_row organisation_key(const struct results *results, enum level level,
                                        uint32_t organisation, month_t month, size_t index)
{
    return (struct sort_row){
        .text = {organisation_code(&results->classified.cube->places, level, organisation)},
        .numbers = {(uint32_t)level, (uint32_t)month},
        .index = index,
    };
}

/* By trust, then source, product and unit, then month. */
static enum status sort_gases(struct results *results, struct sort_row *keys, struct fail *why)
{
    char *const room = calloc(results->gas_count + 1, PRESENTATION_KEY);
    enum status status;

    if (room == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < results->gas_count; i++) {
        const struct gas_row *const row = &results->gases[i];

        keys[i] = organisation_key(results, LEVEL_TRUST, row->trust, row->month, i);
        keys[i].numbers[0] = 0;
        keys[i].text[1] = presentation_key(&row->amounts.about, room + i * PRESENTATION_KEY);
    }
    status = arrange(results->gases, results->gas_count, sizeof *results->gases, keys, why);
    free(room);
    return status;
}

enum status results_sort(struct results *results, struct fail *why)
{
    const struct cube *const cube = results->classified.cube;
    const size_t counts[] = {results->organisation_count, results->use_count,
                             results->product_count, results->unclassified_count,
                             results->gas_count};
    struct sort_row *keys;
    size_t most = 1;
    enum status status;

    for (size_t i = 0; i < COUNT_OF(counts); i++)
        most = counts[i] > most ? counts[i] : most;
    keys = calloc(most, sizeof *keys);
    if (keys == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        /* the months of one kind of data together, for trend/history.h */
        keys[i] = organisation_key(results, row->level, row->organisation, row->month, i);
        keys[i].numbers[1] = (uint32_t)row->subject;
        keys[i].numbers[2] = (uint32_t)row->month;
    }
    status = arrange(results->organisations, results->organisation_count,
                     sizeof *results->organisations, keys, why);
    for (size_t i = 0; i < results->use_count && status == STATUS_OK; i++) {
        const struct use *const row = &results->uses[i];

        keys[i] = organisation_key(results, row->level, row->organisation, row->month, i);
        keys[i].numbers[2] = (uint32_t)row->device;
        keys[i].numbers[3] = row->class_number;
    }
    if (status == STATUS_OK)
        status = arrange(results->uses, results->use_count, sizeof *results->uses, keys, why);
    for (size_t i = 0; i < results->product_count; i++)
        keys[i] = (struct sort_row){
            .text = {view_of(results->products[i].product->id),
                     view_of(results->products[i].version != NULL ? results->products[i].version->id
                                                                  : "")},
            .numbers = {0, (uint32_t)results->products[i].month},
            .index = i,
        };
    if (status == STATUS_OK)
        status = arrange(results->products, results->product_count, sizeof *results->products, keys,
                         why);
    for (size_t i = 0; i < results->unclassified_count; i++)
        keys[i] = (struct sort_row){
            .text = {intern_text(&cube->codes, results->unclassified[i].presentation)},
            .numbers = {0, (uint32_t)results->unclassified[i].month},
            .index = i,
        };
    if (status == STATUS_OK)
        status = arrange(results->unclassified, results->unclassified_count,
                         sizeof *results->unclassified, keys, why);
    if (status == STATUS_OK)
        status = sort_gases(results, keys, why);
    free(keys);
    return status;
}

enum status results_sort_findings(struct results *results, struct fail *why)
{
    struct sort_row *const keys = calloc(results->gas_finding_count + 1, sizeof *keys);
    enum status status;

    if (keys == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < results->gas_finding_count; i++) {
        const struct gas_finding *const row = &results->gas_findings[i];

        keys[i] = organisation_key(results, row->level, row->organisation, row->month, i);
        keys[i].text[1] = view_of(row->about);
        keys[i].numbers[2] = (uint32_t)row->kind;
        keys[i].numbers[3] = row->row != NULL ? (uint32_t)(row->row - results->gases) : 0;
    }
    status = arrange(results->gas_findings, results->gas_finding_count,
                     sizeof *results->gas_findings, keys, why);
    free(keys);
    return status;
}

static int compare_groups(const void *a, const void *b)
{
    const struct organisation_month *const one = *(struct organisation_month *const *)a;
    const struct organisation_month *const other = *(struct organisation_month *const *)b;

    if (one->level != other->level)
        return one->level < other->level ? -1 : 1;
    if (one->subject != other->subject)
        return one->subject < other->subject ? -1 : 1;
    return (one->month > other->month) - (one->month < other->month);
}

/* Of a group, in the order of the results. */
static int compare_places(const void *a, const void *b)
{
    const struct organisation_month *const one = *(struct organisation_month *const *)a;
    const struct organisation_month *const other = *(struct organisation_month *const *)b;
    const int order = compare_groups(a, b);

    return order != 0 ? order : (one > other) - (one < other);
}

enum status results_by_month(const struct results *results, struct organisation_month ***rows,
                             struct fail *why)
{
    *rows = calloc(results->organisation_count + 1, sizeof **rows);
    if (*rows == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < results->organisation_count; i++)
        (*rows)[i] = &results->organisations[i];
    qsort(*rows, results->organisation_count, sizeof **rows, compare_places);
    return STATUS_OK;
}

size_t results_group_end(struct organisation_month *const *rows, size_t count, size_t from)
{
    size_t to = from + 1;

    while (to < count && compare_groups(&rows[from], &rows[to]) == 0)
        to++;
    return to;
}

/* Too little below the line to be compared with anybody, where a rule says so of its sum. */
static bool is_no_peer(const struct rules *rules, const struct measure *measure,
                       const struct measure_value *value)
{
    const enum sum sum = measure->denominator.sum;
    const struct small_rule *const rule = sum != SUM_NONE ? rules->small_by_sum[sum] : NULL;
    wide_t least;
    wide_t thousandths;

    return rule != NULL && rule->no_peers &&
           wide_multiply(rule->below, sum_unit(rules, sum), &least) &&
           wide_multiply(value->denominator, 1000, &thousandths) && thousandths < least;
}

/* A share that is not computable takes no part. */
static size_t gather(const struct rules *rules, const struct measure *measure,
                     struct organisation_month *const *rows, size_t count,
                     struct measure_value **values)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        struct measure_value *const value = measure_value_of(rows[i], measure);

        if (value != NULL && measure_fault(measure, rules, value) == NULL &&
            !is_no_peer(rules, measure, value))
            values[kept++] = value;
    }
    return kept;
}

/* Ranks every measure among the rows of one level and month that are peers. */
static void rank_group(struct results *results, struct organisation_month **rows, size_t all,
                       struct measure_value **values)
{
    const struct rules *const rules = results->classified.rules;
    size_t count = 0;

    for (size_t i = 0; i < all; i++)
        if (belonging_is_peer(results->belonging, rows[i]->level, rows[i]->organisation))
            rows[count++] = rows[i];

    for (size_t m = 0; m < rules->measures.count; m++) {
        const struct measure *const measure = rules->measures.list[m];

        if (measure->denominator.sum != SUM_NONE)
            rank_values(values, gather(rules, measure, rows, count, values));
    }
}

enum status results_rank(struct results *results, struct fail *why)
{
    const size_t count = results->organisation_count;
    struct organisation_month **rows = NULL;
    struct measure_value **const values = calloc(count + 1, sizeof *values);
    const enum status status =
        values != NULL ? results_by_month(results, &rows, why) : fail_nomem(why);

    for (size_t from = 0, to; status == STATUS_OK && from < count; from = to) {
        to = results_group_end(rows, count, from);
        rank_group(results, rows + from, to - from, values);
    }
    free(rows);
    free(values);
    return status;
}
