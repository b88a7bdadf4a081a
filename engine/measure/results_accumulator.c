#include "measure/results_accumulator.h"

#include "measure/focus.h"

#include "base/grow.h"

#include <stdlib.h>

struct accumulator_key {
    uint32_t parts[5];
};

static struct view key_view(const struct accumulator_key *key)
{
    return (struct view){(const char *)key, sizeof *key};
}

static size_t class_count(const struct accumulator *accumulator)
{
    return accumulator->results->classified.rules->class_count;
}

enum status accumulator_begin(struct accumulator *accumulator)
{
    const size_t kinds = DEVICES * class_count(accumulator);
    const size_t measures = accumulator->results->classified.rules->measures.count;

    accumulator->values = calloc(measures + 1, sizeof *accumulator->values);
    accumulator->own_uses = calloc(kinds + 1, sizeof *accumulator->own_uses);
    accumulator->own_use_of = calloc(kinds + 1, sizeof *accumulator->own_use_of);
    return accumulator->values != NULL && accumulator->own_uses != NULL &&
                   accumulator->own_use_of != NULL
               ? STATUS_OK
               : fail_nomem(accumulator->why);
}

enum status accumulator_organisation(struct accumulator *accumulator, enum subject subject,
                                     struct affiliation member, month_t month,
                                     struct organisation_month **found)
{
    struct results *const results = accumulator->results;
    const struct accumulator_key key = {
        {(uint32_t)member.level, member.organisation, (uint32_t)month, (uint32_t)subject, 0}};
    const size_t measures = results->classified.rules->measure_counts[subject];
    uint32_t row;
    const enum status status =
        intern_put(&accumulator->organisations, key_view(&key), &row, accumulator->why);

    if (status != STATUS_OK)
        return status;
    if (row == results->organisation_count) {
        struct measure_value *const values =
            arena_array(&results->arena, measures + 1, sizeof *values);

        if (values == NULL || !grow(&results->organisations, &accumulator->organisation_room,
                                    row + 1, sizeof *results->organisations))
            return fail_nomem(accumulator->why);
        results->organisations[row] = (struct organisation_month){
            subject, member.level, member.organisation, month, false, values, 0};
        results->organisation_count++;
    }
    *found = &results->organisations[row];
    return STATUS_OK;
}

static void add_marks(struct sum_marks *marks, struct sum_marks more)
{
    marks->counted = marks->counted || more.counted;
    marks->left_out = marks->left_out || more.left_out;
    marks->whole = marks->whole || more.whole;
}

static bool join_value(struct measure_value *value, const struct measure_value *more)
{
    value->unknown = value->unknown || more->unknown;
    add_marks(&value->top, more->top);
    add_marks(&value->bottom, more->bottom);
    return wide_add(&value->numerator, more->numerator) &&
           wide_add(&value->denominator, more->denominator);
}

enum status accumulator_values(struct accumulator *accumulator, const struct measure_value *more)
{
    const size_t measures =
        accumulator->results->classified.rules->measure_counts[accumulator->subject];

    for (size_t m = 0; m < measures; m++)
        if (!join_value(&accumulator->values[m], &more[m]))
            return fail_sum(accumulator->why);
    return STATUS_OK;
}

/* Of one practice or trust in a month, which is whole where nothing of it was left out. */
static bool join_whole(struct measure_value *value, struct measure_value more)
{
    more.top.whole = more.top.counted && !more.top.left_out;
    more.bottom.whole = more.bottom.counted && !more.bottom.left_out;
    return join_value(value, &more);
}

static enum status add_values(struct accumulator *accumulator, struct affiliation member)
{
    const size_t measures =
        accumulator->results->classified.rules->measure_counts[accumulator->subject];
    struct organisation_month *row = NULL;
    const enum status status = accumulator_organisation(accumulator, accumulator->subject, member,
                                                        accumulator->stay->presence.month, &row);

    if (status != STATUS_OK)
        return status;
    row->sent = row->sent || accumulator->sent;
    for (size_t m = 0; m < measures; m++)
        if (!join_whole(&row->values[m], accumulator->values[m]))
            return fail_sum(accumulator->why);
    return STATUS_OK;
}

static enum status join_use(struct use *use, const struct use *more, struct fail *why)
{
    use->counted = use->counted || more->counted;
    use->has_carbon = use->has_carbon || more->has_carbon;
    use->unknown_cost = use->unknown_cost || more->unknown_cost;
    use->unknown_nic = use->unknown_nic || more->unknown_nic;
    if (wide_add(&use->items, more->items) && wide_add(&use->inhalers, more->inhalers) &&
        wide_add(&use->carbon, more->carbon) && wide_add(&use->nic, more->nic) &&
        wide_add(&use->actual_cost, more->actual_cost))
        return STATUS_OK;
    return fail_sum(why);
}

static enum status add_use(struct accumulator *accumulator, struct affiliation member,
                           const struct use *more)
{
    struct results *const results = accumulator->results;
    const struct accumulator_key key = {{(uint32_t)member.level, member.organisation,
                                         (uint32_t)more->month, (uint32_t)more->device,
                                         more->class_number}};
    uint32_t row;
    const enum status status =
        intern_put(&accumulator->uses, key_view(&key), &row, accumulator->why);

    if (status != STATUS_OK)
        return status;
    if (!grow(&results->uses, &accumulator->use_room, row + 1, sizeof *results->uses))
        return fail_nomem(accumulator->why);
    if (row < results->use_count)
        return join_use(&results->uses[row], more, accumulator->why);
    results->uses[row] = *more;
    results->uses[row].level = member.level;
    results->uses[row].organisation = member.organisation;
    results->use_count++;
    return STATUS_OK;
}

static enum status add_up(struct accumulator *accumulator)
{
    size_t count;
    const struct affiliation *const members =
        stay_members(accumulator->results->belonging, accumulator->stay, &count);
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = add_values(accumulator, members[i]);
        /* ranks need the values of all; uses are listed only: those of others are most of a nation
         */
        if (!focus_wants(accumulator->results, members[i].level, members[i].organisation,
                         accumulator->stay->presence.month))
            continue;
        for (size_t u = 0; u < accumulator->own_use_count && status == STATUS_OK; u++)
            status = add_use(accumulator, members[i], &accumulator->own_uses[u]);
    }
    return status;
}

static void clear(struct accumulator *accumulator)
{
    const struct rules *const rules = accumulator->results->classified.rules;

    memset(accumulator->values, 0,
           rules->measure_counts[accumulator->subject] * sizeof *accumulator->values);
    for (size_t u = 0; u < accumulator->own_use_count; u++)
        accumulator->own_use_of[(size_t)accumulator->own_uses[u].device * class_count(accumulator) +
                                accumulator->own_uses[u].class_number] = 0;
    accumulator->own_use_count = 0;
    accumulator->sent = false;
}

enum status accumulator_turn(struct accumulator *accumulator, const struct stay *stay,
                             enum subject subject)
{
    enum status status = STATUS_OK;

    if (accumulator->stay == stay && accumulator->subject == subject)
        return STATUS_OK;
    if (accumulator->stay != NULL) {
        status = add_up(accumulator);
        clear(accumulator);
    }
    accumulator->stay = stay;
    accumulator->subject = subject;
    return status;
}

enum status accumulator_use(struct accumulator *accumulator, const struct use *more)
{
    uint32_t *const number =
        &accumulator
             ->own_use_of[(size_t)more->device * class_count(accumulator) + more->class_number];

    if (*number != 0)
        return join_use(&accumulator->own_uses[*number - 1], more, accumulator->why);
    accumulator->own_uses[accumulator->own_use_count] = *more;
    *number = (uint32_t)++accumulator->own_use_count;
    return STATUS_OK;
}

enum status accumulator_end(struct accumulator *accumulator)
{
    return accumulator_turn(accumulator, NULL, accumulator->subject);
}

void accumulator_release(struct accumulator *accumulator)
{
    intern_release(&accumulator->organisations);
    intern_release(&accumulator->uses);
    free(accumulator->values);
    free(accumulator->own_uses);
    free(accumulator->own_use_of);
}
