#include "advise/targets_internal.h"

#include "base/grow.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum level base_of(const struct target *target)
{
    return target->measure->subject == SUBJECT_hospital ? LEVEL_TRUST : LEVEL_PRACTICE;
}

static struct lineage *find(const struct answering *answering, const char *code, enum level base)
{
    for (size_t i = 0; i < answering->traced_count; i++)
        if (answering->traced[i].base == base && strcmp(answering->traced[i].code, code) == 0)
            return &answering->traced[i].lineage;
    return NULL;
}

enum status target_trace(struct answering *answering, const struct target *target)
{
    const enum level base = base_of(target);
    enum status status = STATUS_OK;

    for (size_t i = 0; i < target->within.count && status == STATUS_OK; i++) {
        const char *const code = target->within.texts[i];
        struct traced *traced;

        if (find(answering, code, base) != NULL)
            continue;
        if (!grow(&answering->traced, &answering->traced_room, answering->traced_count + 1,
                  sizeof *answering->traced))
            return fail_nomem(answering->why);
        traced = &answering->traced[answering->traced_count];
        *traced = (struct traced){code, base, {.organisation = ORGANISATION_NONE}};
        status = lineage_new(&traced->lineage, answering->results->belonging, code, base,
                             answering->why);
        answering->traced_count += status == STATUS_OK;
    }
    return status;
}

void target_forget_traces(struct answering *answering)
{
    for (size_t i = 0; i < answering->traced_count; i++)
        lineage_release(&answering->traced[i].lineage);
    free(answering->traced);
}

const struct lineage *target_lineage(const struct answering *answering, const struct target *target,
                                     size_t number)
{
    return find(answering, target->within.texts[number], base_of(target));
}

/* --- the part that an organisation was, through the months ------------------------------------ */

static size_t count_slots(const struct rules *rules, enum subject subject)
{
    size_t slots = 0;

    for (size_t m = 0; m < rules->measures.count; m++)
        if (rules->measures.list[m]->subject == subject && rules->measures.list[m]->slot >= slots)
            slots = rules->measures.list[m]->slot + 1;
    return slots;
}

/* Its own rows until it ended, as the months were; those of its parts from then on.  In the view
 * of today it is nothing but its parts. */
static bool is_part(const struct answering *answering, const struct lineage *lineage,
                    enum level base, const struct organisation_month *row)
{
    const bool now = belonging_view(answering->results->belonging) == PLACES_NOW;

    if (!now && row->month < lineage->since)
        return row->level == lineage->level && row->organisation == lineage->organisation;
    return row->level == base && lineage_has(lineage, base, row->organisation);
}

static bool add_marks(struct sum_marks *to, struct sum_marks marks)
{
    to->counted = to->counted || marks.counted;
    to->left_out = to->left_out || marks.left_out;
    return true;
}

static bool add_row(struct organisation_month *sum, const struct organisation_month *row,
                    size_t slots)
{
    bool fits = true;

    sum->sent = sum->sent || row->sent;
    sum->patients += row->patients;
    for (size_t s = 0; s < slots; s++) {
        struct measure_value *const to = &sum->values[s];
        const struct measure_value *const from = &row->values[s];

        fits = wide_add(&to->numerator, from->numerator) &&
               wide_add(&to->denominator, from->denominator) && fits;
        to->unknown = to->unknown || from->unknown;
        add_marks(&to->top, from->top);
        add_marks(&to->bottom, from->bottom);
    }
    return fits;
}

static enum status add_rows(const struct answering *answering, const struct lineage *lineage,
                            const struct target *target, size_t slots, struct joined *joined)
{
    const struct results *const results = answering->results;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];
        struct organisation_month *sum;

        if (row->subject != target->measure->subject ||
            !is_part(answering, lineage, base_of(target), row))
            continue;
        sum = &joined->rows[row->month - answering->first];
        sum->month = row->month;
        if (!add_row(sum, row, slots))
            return fail_set(answering->why, STATUS_LIMIT, "the sums of %s are too large",
                            target->within.texts[0]);
    }
    return STATUS_OK;
}

enum status target_join(const struct answering *answering, const struct lineage *lineage,
                        const struct target *target, struct joined *joined)
{
    const struct rules *const rules = answering->results->classified.rules;
    const size_t slots = count_slots(rules, target->measure->subject);
    const size_t months = (size_t)(answering->last - answering->first) + 1;
    enum status status;

    *joined = (struct joined){
        .rows = calloc(months, sizeof *joined->rows),
        .values = calloc(months * slots + 1, sizeof *joined->values),
        .history = {.rules = rules},
    };
    if (joined->rows == NULL || joined->values == NULL)
        return fail_nomem(answering->why);
    for (size_t i = 0; i < months; i++)
        joined->rows[i] = (struct organisation_month){.subject = target->measure->subject,
                                                      .level = lineage->level,
                                                      .organisation = lineage->organisation,
                                                      .values = joined->values + i * slots};
    status = add_rows(answering, lineage, target, slots, joined);
    for (size_t i = 0; i < months; i++)
        if (joined->rows[i].month != MONTH_NONE)
            joined->rows[joined->history.count++] = joined->rows[i];
    joined->history.rows = joined->rows;
    return status;
}

void target_joined_release(struct joined *joined)
{
    free(joined->rows);
    free(joined->values);
}

/* --- words ---------------------------------------------------------------------------------------- */

PRINTF_LIKE(2, 3)
static void append(struct target_answer *answer, const char *format, ...)
{
    const size_t length = strlen(answer->why);
    va_list values;

    va_start(values, format);
    vsnprintf(answer->why + length, sizeof answer->why - length, format, values);
    va_end(values);
}

void target_tell_part(const struct answering *answering, const struct lineage *lineage,
                      const char *code, struct target_answer *answer)
{
    const struct places *const places = &answering->results->classified.cube->places;
    char month[MONTH_TEXT];

    append(answer, "; since %s the part of ", month_print(lineage->since, month));
    for (size_t i = 0; i < lineage->heir_count; i++)
        append(answer, "%s%s", i > 0 ? " and " : "",
               organisation_code(places, lineage->level, lineage->heirs[i]).at);
    append(answer, "%s that was %s", lineage->heir_count == 0 ? "others" : "", code);
}

void target_tell_origin(const struct lineage *lineage, const char *code,
                        struct target_answer *answer)
{
    char month[MONTH_TEXT];

    append(answer, "; in the part that was %s until %s", code,
           month_print(lineage->since - 1, month));
}
