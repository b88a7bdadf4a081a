#include "store/merge_internal.h"

#include <stdio.h>
#include <stdlib.h>

const struct store_addition *merge_addition(const struct merge *merge,
                                            const struct merge_instance *instance)
{
    return &merge->sources[instance->source].store->additions[instance->addition];
}

struct store_file *merge_file(const struct merge *merge, const struct merge_instance *instance,
                              size_t file)
{
    return &merge->sources[instance->source].store->files[instance->first_file + file];
}

const struct store_file *merge_part_file(const struct merge *merge, const struct merge_part *part)
{
    return merge_file(merge, merge->entries[part->entry].shown, part->file);
}

static const char *added_of(const struct merge *merge, size_t entry)
{
    return merge_addition(merge, merge->entries[entry].shown)->added;
}

/* A month is replaced in the moment in which the later of the two files comes. */
const char *merge_part_ended(const struct merge *merge, const struct merge_part *part)
{
    const char *const own = added_of(merge, part->entry);
    const char *by;

    if (part->state != PART_REPLACED)
        return part->ended;
    by = added_of(merge, part->by_entry);
    return strcmp(own, by) > 0 ? own : by;
}

/* --- instances ------------------------------------------------------------------------------- */

static enum status add_instance(struct merge *merge, size_t source, size_t addition,
                                struct fail *why)
{
    const struct store *const store = merge->sources[source].store;
    struct merge_instance *const instance = &merge->instances[merge->instance_count++];
    size_t seen = 0;

    *instance = (struct merge_instance){.source = source, .addition = addition};
    for (size_t i = 0; i < store->file_count; i++) {
        if (store->files[i].addition != addition)
            continue;
        if (instance->file_count++ == 0)
            instance->first_file = i;
        seen = i;
    }
    if (instance->file_count > 0 && seen - instance->first_file + 1 != instance->file_count)
        return sql_damaged(store, "the members of an input file are not beside each other", why);
    return merge_key(merge, instance, why);
}

static enum status list_instances(struct merge *merge, struct fail *why)
{
    size_t count = 0;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < merge->source_count; i++)
        count += merge->sources[i].store->addition_count;
    merge->instances = arena_array(&merge->arena, count + 1, sizeof *merge->instances);
    if (merge->instances == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < merge->source_count && status == STATUS_OK; i++)
        for (size_t a = 0; a < merge->sources[i].store->addition_count && status == STATUS_OK; a++)
            status = add_instance(merge, i, a, why);
    if (status == STATUS_OK)
        merge_sort_instances(merge);
    return status;
}

/* --- entries --------------------------------------------------------------------------------- */

static struct merge_entry make_entry(const struct merge *merge,
                                     const struct merge_instance *instances, size_t count)
{
    struct merge_entry entry = {
        .instances = instances, .count = count, .shown = instances, .extract = ""};

    for (size_t i = 0; i < instances->file_count; i++) {
        const struct store_file *const file = merge_file(merge, instances, i);

        if (entry.extract[0] == '\0')
            entry.extract = file->extract;
        for (size_t m = 0; m < file->summary.month_count; m++)
            if (entry.month == MONTH_NONE || file->parts[m].month < entry.month)
                entry.month = file->parts[m].month;
    }
    return entry;
}

/* Old months first, as they would have come in. */
static int compare_entries(const void *a, const void *b)
{
    const struct merge_entry *const one = a;
    const struct merge_entry *const other = b;
    int order = (one->month > other->month) - (one->month < other->month);

    if (order == 0)
        order = strcmp(one->extract, other->extract);
    return order != 0 ? order : strcmp(one->shown->key, other->shown->key);
}

static enum status list_entries(struct merge *merge, struct fail *why)
{
    merge->entries = arena_array(&merge->arena, merge->instance_count + 1, sizeof *merge->entries);
    if (merge->entries == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < merge->instance_count;) {
        size_t end = i + 1;

        while (end < merge->instance_count &&
               strcmp(merge->instances[end].key, merge->instances[i].key) == 0)
            end++;
        merge->entries[merge->entry_count++] = make_entry(merge, &merge->instances[i], end - i);
        i = end;
    }
    qsort(merge->entries, merge->entry_count, sizeof *merge->entries, compare_entries);
    return STATUS_OK;
}

/* --- parts ----------------------------------------------------------------------------------- */

/* The entry and member of the result that a file of a shard has become. */
static bool find_member(const struct merge *merge, size_t source, int64_t number,
                        struct merge_part *part)
{
    for (size_t e = 0; e < merge->entry_count; e++)
        for (size_t i = 0; i < merge->entries[e].count; i++) {
            const struct merge_instance *const instance = &merge->entries[e].instances[i];

            for (size_t f = 0; f < instance->file_count && instance->source == source; f++)
                if (merge_file(merge, instance, f)->number == number) {
                    part->by_entry = e;
                    part->by_file = f;
                    return true;
                }
        }
    return false;
}

/* Of two records of who replaced a month the one of the first in the order is kept. */
static enum status note_replaced(const struct merge *merge, const struct merge_instance *instance,
                                 const struct store_part *from, struct merge_part *part,
                                 struct fail *why)
{
    struct merge_part by = {0};

    if (!find_member(merge, instance->source, from->replaced_by, &by))
        return sql_damaged(merge->sources[instance->source].store,
                           "a month is replaced by a file that is not there", why);
    if (!part->replaced || by.by_entry < part->by_entry ||
        (by.by_entry == part->by_entry && by.by_file < part->by_file)) {
        part->by_entry = by.by_entry;
        part->by_file = by.by_file;
    }
    part->replaced = true;
    return STATUS_OK;
}

/* Kept where any shard keeps it; else replaced where one says so; else removed. */
static enum status join_states(const struct merge *merge, struct merge_part *part, struct fail *why)
{
    const struct merge_entry *const entry = &merge->entries[part->entry];
    enum status status = STATUS_OK;

    for (size_t i = 0; i < entry->count && status == STATUS_OK; i++) {
        const struct merge_instance *const instance = &entry->instances[i];
        const struct store_part *const from =
            &merge_file(merge, instance, part->file)->parts[part->month];

        if (from->state == PART_KEPT && part->live == NULL)
            part->live = instance;
        else if (from->state == PART_REPLACED)
            status = note_replaced(merge, instance, from, part, why);
        else if (from->state == PART_REMOVED &&
                 (part->ended == NULL || strcmp(from->ended, part->ended) < 0))
            part->ended = from->ended;
    }
    part->state = part->live != NULL ? PART_KEPT : part->replaced ? PART_REPLACED : PART_REMOVED;
    if (part->state != PART_REMOVED)
        part->ended = NULL;
    return status;
}

static enum status list_parts(struct merge *merge, struct fail *why)
{
    size_t count = 0;
    enum status status = STATUS_OK;

    for (size_t e = 0; e < merge->entry_count; e++)
        for (size_t f = 0; f < merge->entries[e].shown->file_count; f++)
            count += merge_file(merge, merge->entries[e].shown, f)->summary.month_count;
    merge->parts = arena_array(&merge->arena, count + 1, sizeof *merge->parts);
    if (merge->parts == NULL)
        return fail_nomem(why);
    for (size_t e = 0; e < merge->entry_count; e++) {
        merge->entries[e].first_part = merge->part_count;
        for (size_t f = 0; f < merge->entries[e].shown->file_count; f++) {
            const struct store_file *const file = merge_file(merge, merge->entries[e].shown, f);

            for (size_t m = 0; m < file->summary.month_count && status == STATUS_OK; m++) {
                struct merge_part *const part = &merge->parts[merge->part_count++];

                *part = (struct merge_part){
                    .number = (int64_t)merge->part_count, .entry = e, .file = f, .month = m};
                status = join_states(merge, part, why);
            }
        }
    }
    return status;
}

static void number_files(struct merge *merge)
{
    int64_t number = 1;

    for (size_t e = 0; e < merge->entry_count; e++) {
        merge->entries[e].first_file = number;
        number += (int64_t)merge->entries[e].shown->file_count;
    }
}

enum status merge_plan(struct merge *merge, struct fail *why)
{
    enum status status = list_instances(merge, why);

    if (status == STATUS_OK)
        status = list_entries(merge, why);
    if (status == STATUS_OK)
        status = list_parts(merge, why);
    if (status == STATUS_OK) {
        number_files(merge);
        status = merge_settle(merge, why);
    }
    return status;
}
