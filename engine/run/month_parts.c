#include "run/month_parts.h"

#include "base/limits.h"

#include <stdio.h>

/* The smallest organisation of a place: a practice or trust, else what is around it. */
static enum level finest(const struct places *places, uint32_t place)
{
    static const enum level order[] = {LEVEL_PRACTICE, LEVEL_TRUST, LEVEL_SUB_ICB, LEVEL_ICB,
                                       LEVEL_REGION};

    for (size_t i = 0; i < COUNT_OF(order); i++)
        if (place_organisation(places, place, order[i]) != ORGANISATION_NONE)
            return order[i];
    return LEVEL_NATION;
}

static enum status add_place(struct month_holders *holders, const struct places *places,
                             uint32_t place, struct fail *why)
{
    const enum level level = finest(places, place);
    const uint32_t wider = place_organisation(places, place, LEVEL_ICB);
    char text[LIMIT_CODE_BYTES + 2];
    struct view code = organisation_code(places, level, place_organisation(places, place, level));
    uint32_t ignored;
    enum status status;

    if (code.length > LIMIT_CODE_BYTES)
        code.length = LIMIT_CODE_BYTES;
    text[0] = (char)('a' + level);
    memcpy(text + 1, code.at, code.length);
    holders->levels[level] = true;
    status = intern_put(&holders->codes, (struct view){text, code.length + 1}, &ignored, why);
    if (status == STATUS_OK && wider != ORGANISATION_NONE)
        status =
            intern_put(&holders->wider, organisation_code(places, LEVEL_ICB, wider), &ignored, why);
    return status;
}

/* Cells of a place come together: each place is looked at when it changes. */
enum status month_holders_add(struct month_holders *holders, const struct cube *cube, month_t month,
                              struct fail *why)
{
    uint32_t last = UINT32_MAX;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++) {
        if (cube->cells[i].month != month || cube->cells[i].place == last)
            continue;
        last = cube->cells[i].place;
        status = add_place(holders, &cube->places, last, why);
    }
    return status;
}

void month_holders_release(struct month_holders *holders)
{
    intern_release(&holders->codes);
    intern_release(&holders->wider);
    *holders = (struct month_holders){.levels = {false}};
}

static size_t count_shared(const struct intern *one, const struct intern *other, size_t skip,
                           char *example, size_t room)
{
    size_t shared = 0;

    for (uint32_t i = 0; i < one->count; i++) {
        const struct view code = intern_text(one, i);

        if (intern_find(other, code) == INTERN_NONE)
            continue;
        if (shared++ == 0)
            snprintf(example, room, "%.*s", (int)(code.length - skip), code.at + skip);
    }
    return shared;
}

static bool same_levels(const struct month_holders *one, const struct month_holders *other)
{
    for (int level = 0; level < LEVELS; level++)
        if (one->levels[level] && other->levels[level])
            return true;
    return false;
}

void month_compare(struct month_overlap *overlap, const struct month_holders *earlier,
                   const struct month_holders *later)
{
    const bool known = earlier->codes.count > 0 && later->codes.count > 0;

    *overlap = (struct month_overlap){.relation = MONTH_AGAIN, .lost = earlier->codes.count};
    if (!known)
        return;
    if (!same_levels(earlier, later)) {
        overlap->shared = count_shared(&earlier->wider, &later->wider, 0, overlap->example,
                                       sizeof overlap->example);
        overlap->relation = overlap->shared > 0 ? MONTH_OTHER_VIEW : MONTH_PARTS;
        return;
    }
    overlap->shared =
        count_shared(&earlier->codes, &later->codes, 1, overlap->example, sizeof overlap->example);
    overlap->lost = earlier->codes.count - overlap->shared;
    overlap->relation = overlap->shared > 0 ? MONTH_AGAIN : MONTH_PARTS;
}

enum status month_compare_cubes(const struct cube *earlier, const struct cube *later, month_t month,
                                struct month_overlap *overlap, struct fail *why)
{
    struct month_holders before = {.levels = {false}};
    struct month_holders after = {.levels = {false}};
    enum status status = month_holders_add(&before, earlier, month, why);

    if (status == STATUS_OK)
        status = month_holders_add(&after, later, month, why);
    if (status == STATUS_OK)
        month_compare(overlap, &before, &after);
    month_holders_release(&before);
    month_holders_release(&after);
    return status;
}

enum status month_refuse(const struct month_overlap *overlap, month_t month, const char *name,
                         const char *brought, struct fail *why)
{
    char text[MONTH_TEXT];

    month_print(month, text);
    if (overlap->relation == MONTH_OTHER_VIEW)
        fail_set(why, STATUS_DATA,
                 "holds %s, which %s already has in another view (by practice in one, by "
                 "board in the other): together they would count twice; give one of them",
                 text, brought);
    else if (overlap->shared == 0)
        fail_set(why, STATUS_DATA,
                 "holds %s, which %s already has; without rows in scope in both, nothing "
                 "says whether they are parts of one month: give one of them",
                 text, brought);
    else if (overlap->lost == 0)
        fail_set(why, STATUS_DATA,
                 "holds %s, which %s already has, with %zu of its organisations (%s); "
                 "give --replace to use the later file",
                 text, brought, overlap->shared, overlap->example);
    else
        fail_set(why, STATUS_DATA,
                 "holds %s, which %s already has, with %zu of its organisations (%s) and "
                 "without %zu others, which would be lost if it took its place: leave out one of "
                 "the files, or the rows that both have",
                 text, brought, overlap->shared, overlap->example, overlap->lost);
    return fail_in(why, name, 0);
}
