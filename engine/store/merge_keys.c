#include "store/merge_internal.h"

#include <stdio.h>
#include <stdlib.h>

static void put_text(struct sealer *sealer, const char *text)
{
    sealer_text(sealer, view_of(text != NULL ? text : ""));
}

/* Whatever name it had and whoever added it when: the same bytes, read to the same sums. */
static void put_file(struct sealer *sealer, const struct store_file *file, bool with_totals)
{
    const struct extract_summary *const summary = &file->summary;

    put_text(sealer, file->extract);
    put_text(sealer, file->era);
    put_text(sealer, file->group);
    put_text(sealer, file->series);
    sealer_number(sealer, file->companion);
    sealer_number(sealer, with_totals && file->has_totals);
    sealer_number(sealer, (int64_t)summary->rows_read);
    sealer_number(sealer, (int64_t)summary->rows_kept);
    sealer_number(sealer, (int64_t)summary->rows_out_of_scope);
    sealer_number(sealer, summary->items);
    sealer_number(sealer, summary->actual_cost);
    sealer_number(sealer, (int64_t)summary->month_count);
    for (size_t i = 0; i < summary->month_count; i++) {
        const struct store_part *const part = &file->parts[i];

        sealer_number(sealer, part->month);
        sealer_number(sealer, (int64_t)part->rows_read);
        sealer_number(sealer, (int64_t)part->cells);
        sealer_number(sealer, (int64_t)part->sums.rows);
        sealer_number(sealer, part->sums.items);
        sealer_number(sealer, part->sums.quantity);
        sealer_number(sealer, part->sums.nic);
        sealer_number(sealer, part->sums.actual_cost);
    }
}

static enum status make_key(const struct merge *merge, const struct merge_instance *instance,
                            bool with_totals, char out[SHA256_TEXT], struct fail *why)
{
    const struct store_addition *const addition = merge_addition(merge, instance);
    struct sealer *const sealer = malloc(sizeof *sealer);
    enum status status = sealer != NULL ? sealer_begin(sealer, why) : fail_nomem(why);

    if (status == STATUS_OK) {
        put_text(sealer, addition->sha256);
        put_text(sealer, addition->scope);
        sealer_number(sealer, (int64_t)addition->bytes);
        for (size_t i = 0; i < instance->file_count; i++)
            put_file(sealer, merge_file(merge, instance, i), with_totals);
        status = sealer_end(sealer, out, why);
    }
    free(sealer);
    return status;
}

enum status merge_key(const struct merge *merge, struct merge_instance *instance, struct fail *why)
{
    const enum status status = make_key(merge, instance, true, instance->key, why);

    return status == STATUS_OK ? make_key(merge, instance, false, instance->twin, why) : status;
}

static int compare_texts(const char *const *one, const char *const *other, size_t count)
{
    int order = 0;

    for (size_t i = 0; i < count && order == 0; i++)
        order = strcmp(one[i], other[i]);
    return order;
}

static int compare_numbers(int64_t one, int64_t other)
{
    return (one > other) - (one < other);
}

static int compare_additions(const struct store_addition *one, const struct store_addition *other)
{
    const char *const texts[] = {one->added, one->program, one->rules, one->rules_sha256};
    const char *const others[] = {other->added, other->program, other->rules, other->rules_sha256};
    int order = compare_texts(texts, others, COUNT_OF(texts));

    if (order == 0)
        order =
            compare_numbers((int64_t)one->reject_limit.least, (int64_t)other->reject_limit.least);
    if (order == 0)
        order = compare_numbers((int64_t)one->reject_limit.per_million,
                                (int64_t)other->reject_limit.per_million);
    if (order == 0)
        order = compare_numbers(one->replace, other->replace);
    return order != 0 ? order : compare_numbers(one->keep_going, other->keep_going);
}

/* qsort hands no context on; a merge is the work of one thread. */
static _Thread_local const struct merge *sorting;

/* By all that the result shows of an instance, so that it does not matter which shard came first.
 */
static int compare_instances(const void *a, const void *b)
{
    const struct merge_instance *const one = a;
    const struct merge_instance *const other = b;
    int order = strcmp(one->key, other->key);

    if (order == 0)
        order = compare_additions(merge_addition(sorting, one), merge_addition(sorting, other));
    for (size_t i = 0; i < one->file_count && order == 0; i++)
        order = strcmp(merge_file(sorting, one, i)->name, merge_file(sorting, other, i)->name);
    return order;
}

void merge_sort_instances(struct merge *merge)
{
    sorting = merge;
    qsort(merge->instances, merge->instance_count, sizeof *merge->instances, compare_instances);
    sorting = NULL;
}
