#include "measure/results_pile.h"

#include "measure/focus.h"

#include "base/grow.h"

#include <stdlib.h>

struct key {
    uint32_t parts[5];
};

static struct view key_view(const struct key *key)
{
    return (struct view){(const char *)key, sizeof *key};
}

static size_t class_count(const struct pile *pile)
{
    return pile->results->classified.rules->class_count;
}

enum status pile_begin(struct pile *pile)
{
    const size_t kinds = DEVICES * class_count(pile);
    const size_t measures = pile->results->classified.rules->measures.count;

    pile->values = calloc(measures + 1, sizeof *pile->values);
    pile->own_uses = calloc(kinds + 1, sizeof *pile->own_uses);
    pile->own_use_of = calloc(kinds + 1, sizeof *pile->own_use_of);
    return pile->values != NULL && pile->own_uses != NULL && pile->own_use_of != NULL
               ? STATUS_OK
               : fail_nomem(pile->why);
}

enum status pile_organisation(struct pile *pile, enum subject subject, struct affiliation member,
                              month_t month, struct organisation_month **found)
{
    struct results *const results = pile->results;
    const struct key key = {
        {(uint32_t)member.level, member.organisation, (uint32_t)month, (uint32_t)subject, 0}};
    const size_t measures = results->classified.rules->measure_counts[subject];
    uint32_t row;
    const enum status status = intern_put(&pile->organisations, key_view(&key), &row, pile->why);

    if (status != STATUS_OK)
        return status;
    if (row == results->organisation_count) {
        struct measure_value *const values =
            arena_array(&results->arena, measures + 1, sizeof *values);

        if (values == NULL || !grow(&results->organisations, &pile->organisation_room, row + 1,
                                    sizeof *results->organisations))
            return fail_nomem(pile->why);
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
}

static bool join_value(struct measure_value *value, const struct measure_value *more)
{
    value->unknown = value->unknown || more->unknown;
    add_marks(&value->top, more->top);
    add_marks(&value->bottom, more->bottom);
    return wide_add(&value->numerator, more->numerator) &&
           wide_add(&value->denominator, more->denominator);
}

enum status pile_values(struct pile *pile, const struct measure_value *more)
{
    const size_t measures = pile->results->classified.rules->measure_counts[pile->subject];

    for (size_t m = 0; m < measures; m++)
        if (!join_value(&pile->values[m], &more[m]))
            return fail_sum(pile->why);
    return STATUS_OK;
}

static enum status add_values(struct pile *pile, struct affiliation member)
{
    const size_t measures = pile->results->classified.rules->measure_counts[pile->subject];
    struct organisation_month *row = NULL;
    const enum status status =
        pile_organisation(pile, pile->subject, member, pile->stay->presence.month, &row);

    if (status != STATUS_OK)
        return status;
    row->sent = row->sent || pile->sent;
    for (size_t m = 0; m < measures; m++)
        if (!join_value(&row->values[m], &pile->values[m]))
            return fail_sum(pile->why);
    return STATUS_OK;
}

static enum status join_use(struct use *use, const struct use *more, struct fail *why)
{
    use->counted = use->counted || more->counted;
    use->has_carbon = use->has_carbon || more->has_carbon;
    use->unknown_cost = use->unknown_cost || more->unknown_cost;
    if (wide_add(&use->items, more->items) && wide_add(&use->inhalers, more->inhalers) &&
        wide_add(&use->carbon, more->carbon) && wide_add(&use->nic, more->nic) &&
        wide_add(&use->actual_cost, more->actual_cost))
        return STATUS_OK;
    return fail_sum(why);
}

static enum status add_use(struct pile *pile, struct affiliation member, const struct use *more)
{
    struct results *const results = pile->results;
    const struct key key = {{(uint32_t)member.level, member.organisation, (uint32_t)more->month,
                             (uint32_t)more->device, more->class_number}};
    uint32_t row;
    const enum status status = intern_put(&pile->uses, key_view(&key), &row, pile->why);

    if (status != STATUS_OK)
        return status;
    if (!grow(&results->uses, &pile->use_room, row + 1, sizeof *results->uses))
        return fail_nomem(pile->why);
    if (row < results->use_count)
        return join_use(&results->uses[row], more, pile->why);
    results->uses[row] = *more;
    results->uses[row].level = member.level;
    results->uses[row].organisation = member.organisation;
    results->use_count++;
    return STATUS_OK;
}

static enum status add_up(struct pile *pile)
{
    size_t count;
    const struct affiliation *const members =
        stay_members(pile->results->belonging, pile->stay, &count);
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = add_values(pile, members[i]);
        /* ranks need the values of all; uses are listed only: those of others are most of a nation
         */
        if (!focus_wants(pile->results, members[i].level, members[i].organisation,
                         pile->stay->presence.month))
            continue;
        for (size_t u = 0; u < pile->own_use_count && status == STATUS_OK; u++)
            status = add_use(pile, members[i], &pile->own_uses[u]);
    }
    return status;
}

static void clear(struct pile *pile)
{
    const struct rules *const rules = pile->results->classified.rules;

    memset(pile->values, 0, rules->measure_counts[pile->subject] * sizeof *pile->values);
    for (size_t u = 0; u < pile->own_use_count; u++)
        pile->own_use_of[(size_t)pile->own_uses[u].device * class_count(pile) +
                         pile->own_uses[u].class_number] = 0;
    pile->own_use_count = 0;
    pile->sent = false;
}

enum status pile_turn(struct pile *pile, const struct stay *stay, enum subject subject)
{
    enum status status = STATUS_OK;

    if (pile->stay == stay && pile->subject == subject)
        return STATUS_OK;
    if (pile->stay != NULL) {
        status = add_up(pile);
        clear(pile);
    }
    pile->stay = stay;
    pile->subject = subject;
    return status;
}

enum status pile_use(struct pile *pile, const struct use *more)
{
    uint32_t *const number =
        &pile->own_use_of[(size_t)more->device * class_count(pile) + more->class_number];

    if (*number != 0)
        return join_use(&pile->own_uses[*number - 1], more, pile->why);
    pile->own_uses[pile->own_use_count] = *more;
    *number = (uint32_t)++pile->own_use_count;
    return STATUS_OK;
}

enum status pile_end(struct pile *pile)
{
    return pile_turn(pile, NULL, pile->subject);
}

void pile_release(struct pile *pile)
{
    intern_release(&pile->organisations);
    intern_release(&pile->uses);
    free(pile->values);
    free(pile->own_uses);
    free(pile->own_use_of);
}
