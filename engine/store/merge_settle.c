#include "store/merge_internal.h"

#include <stdio.h>
#include <stdlib.h>

static month_t part_month(const struct merge *merge, const struct merge_part *part)
{
    return merge_part_file(merge, part)->parts[part->month].month;
}

static bool same_month(const struct merge *merge, const struct merge_part *one,
                       const struct merge_part *other)
{
    return part_month(merge, one) == part_month(merge, other) &&
           strcmp(merge_part_file(merge, one)->group, merge_part_file(merge, other)->group) == 0;
}

static const char *twin_of(const struct merge *merge, const struct merge_part *part)
{
    return merge->entries[part->entry].shown->twin;
}

static enum status fail_twice(const struct merge *merge, const struct merge_part *one,
                              const struct merge_part *other, struct fail *why)
{
    const struct merge_source *const from = &merge->sources[other->live->source];
    const bool same_bytes = strcmp(merge_addition(merge, one->live)->sha256,
                                   merge_addition(merge, other->live)->sha256) == 0;
    char month[MONTH_TEXT];

    month_print(part_month(merge, one), month);
    fail_set(why, STATUS_DATA,
             "%s holds %s, which %s (%s) holds too%s; keep one of them: canister remove %s "
             "--store %.120s",
             merge_file(merge, other->live, other->file)->name, month,
             merge_file(merge, one->live, one->file)->name,
             merge->sources[one->live->source].store->path,
             same_bytes ? ": the same file, read by different rules" : "", month,
             from->store->path);
    return fail_in(why, from->store->path, 0);
}

/* Above 0 when `one` keeps the month. */
static enum status compare_parts(const struct merge *merge, const struct merge_part *one,
                                 const struct merge_part *other, int64_t *by, struct fail *why)
{
    const struct store_file *const file = merge_part_file(merge, one);
    const struct store_file *const against = merge_part_file(merge, other);
    enum status status = merge->policy->better_by(merge->policy->context, file, against, by, why);

    if (status == STATUS_OK && *by == 0 && strcmp(twin_of(merge, one), twin_of(merge, other)) == 0)
        *by = file->has_totals - against->has_totals;
    return status;
}

static void give_way(struct merge_part *part, const struct merge_part *best)
{
    part->state = PART_REPLACED;
    part->replaced = true;
    part->live = NULL;
    part->ended = NULL;
    part->by_entry = best->entry;
    part->by_file = best->file;
}

/* The best of the kept parts with the month of `part`; two that are as good are refused. */
static enum status find_best(const struct merge *merge, const struct merge_part *part,
                             struct merge_part **best, struct fail *why)
{
    const struct merge_part *as_good = NULL;

    *best = NULL;
    for (size_t i = 0; i < merge->part_count; i++) {
        struct merge_part *const other = &merge->parts[i];
        int64_t by = 1;
        enum status status = STATUS_OK;

        if (other->state != PART_KEPT || !same_month(merge, part, other))
            continue;
        if (*best != NULL)
            status = compare_parts(merge, other, *best, &by, why);
        if (status != STATUS_OK)
            return status;
        if (by == 0)
            as_good = other;
        if (by <= 0)
            continue;
        *best = other;
        as_good = NULL;
    }
    return as_good == NULL ? STATUS_OK : fail_twice(merge, *best, as_good, why);
}

/* A month that gave way to a better series gave way to the best there is, whoever did it first. */
static enum status settle_replaced(struct merge *merge, struct merge_part *part,
                                   const struct merge_part *best, struct fail *why)
{
    int64_t by = 0;
    enum status status = compare_parts(merge, best, part, &by, why);

    if (status == STATUS_OK && by > 0)
        give_way(part, best);
    return status;
}

static enum status settle_month(struct merge *merge, const struct merge_part *first,
                                struct fail *why)
{
    struct merge_part *best = NULL;
    enum status status = find_best(merge, first, &best, why);

    for (size_t i = 0; i < merge->part_count && status == STATUS_OK && best != NULL; i++) {
        struct merge_part *const part = &merge->parts[i];

        if (part == best || part->state == PART_REMOVED || !same_month(merge, first, part))
            continue;
        if (part->state == PART_KEPT)
            give_way(part, best);
        else
            status = settle_replaced(merge, part, best, why);
    }
    return status;
}

/* --- months that several files share --------------------------------------------------------- */

static enum status fail_row(const struct merge *merge, const struct merge_part *part,
                            const struct cube *cube, const struct cell *shared, struct fail *why)
{
    const uint32_t trust = place_organisation(&cube->places, shared->place, LEVEL_TRUST);
    const struct merge_source *const from = &merge->sources[part->live->source];
    char month[MONTH_TEXT];

    fail_set(why, STATUS_DATA, "%s holds a row of %s in %s that another file holds too",
             merge_file(merge, part->live, part->file)->name,
             trust != ORGANISATION_NONE ? organisation_code(&cube->places, LEVEL_TRUST, trust).at
                                        : "no organisation",
             month_print(shared->month, month));
    return fail_in(why, from->store->path, 0);
}

static enum status load_part(const struct merge *merge, const struct merge_part *part,
                             struct cube *cube, struct fail *why)
{
    const struct store_file *const file = merge_file(merge, part->live, part->file);
    enum status status =
        store_load(merge->sources[part->live->source].store, &file->parts[part->month], cube, why);

    return status == STATUS_OK ? cube_index(cube, why) : status;
}

/* No row of a part is in those of the same month before it. */
static enum status check_rows(const struct merge *merge, size_t at, struct fail *why)
{
    const struct merge_part *const part = &merge->parts[at];
    const struct cell *shared = NULL;
    struct cube own = {0};
    enum status status = load_part(merge, part, &own, why);

    for (size_t i = 0; i < at && status == STATUS_OK; i++) {
        struct cube before = {0};

        if (merge->parts[i].state != PART_KEPT || !same_month(merge, &merge->parts[i], part))
            continue;
        status = load_part(merge, &merge->parts[i], &before, why);
        if (status == STATUS_OK && cube_shares(&before, &own, &shared))
            status = fail_row(merge, part, &own, shared, why);
        cube_release(&before);
    }
    cube_release(&own);
    return status;
}

enum status merge_settle(struct merge *merge, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < merge->part_count && status == STATUS_OK; i++) {
        struct merge_part *const part = &merge->parts[i];
        bool shares = false;

        if (part->state != PART_KEPT)
            continue;
        status = merge->policy->shares_months(merge->policy->context, merge_part_file(merge, part),
                                              &shares, why);
        if (status == STATUS_OK)
            status = shares ? check_rows(merge, i, why) : settle_month(merge, part, why);
    }
    return status;
}
