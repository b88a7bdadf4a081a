#include "advise/targets_internal.h"

#include "measure/results_gases.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void target_give_up(struct target_answer *answer, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vsnprintf(answer->why, sizeof answer->why, format, values);
    va_end(values);
    answer->status = TARGET_NOT_COMPUTABLE;
}

enum status target_begin_months(struct answering *answering)
{
    month_t first = MONTH_NONE;
    month_t last = MONTH_NONE;
    size_t most = 1;

    for (int subject = 0; subject < SUBJECTS; subject++) {
        results_months(answering->results, (enum subject)subject, &first, &last);
        if (last != MONTH_NONE && (size_t)(last - first) + 1 > most)
            most = (size_t)(last - first) + 1;
    }
    answering->read = calloc(most, sizeof *answering->read);
    return answering->read != NULL ? STATUS_OK : fail_nomem(answering->why);
}

void target_note_months(struct answering *answering, const struct measure *measure)
{
    const struct results *const results = answering->results;

    if (answering->last == MONTH_NONE)
        return;
    memset(answering->read, 0, (size_t)(answering->last - answering->first + 1));
    for (size_t i = 0; i < results->organisation_count; i++)
        if (measure_value_of(&results->organisations[i], measure) != NULL)
            answering->read[results->organisations[i].month - answering->first] = true;
}

static size_t count_read(const struct answering *answering, month_t from, month_t to)
{
    size_t count = 0;

    for (month_t month = from; month <= to; month++)
        count += month >= answering->first && month <= answering->last &&
                 answering->read[month - answering->first];
    return count;
}

static void explain_value(const struct answering *answering, struct target_answer *answer,
                          const struct period_sum *sum, const char *span)
{
    const struct rules *const rules = answering->results->classified.rules;
    const char *const fault = measure_fault(answer->target->measure, rules, &sum->value);

    if (!sum->fits)
        target_give_up(answer, "%s: the sum is too large", span);
    else if (sum->value.unknown)
        target_give_up(answer, "%s: a cost in it is not available", span);
    else if (fault != NULL)
        target_give_up(answer, "%s: %s", span, fault);
    else
        target_give_up(answer, "%s: its denominator is zero", span);
}

void target_explain_months(const struct answering *answering, const struct history *history,
                           struct target_answer *answer, month_t from, month_t to,
                           const char *about)
{
    const struct period_sum sum = history_sum(history, answer->measure, from, to);
    const size_t wanted = (size_t)(to - from + 1);
    const size_t read = count_read(answering, from, to);
    char first[MONTH_TEXT];
    char last[MONTH_TEXT];
    char span[2 * MONTH_TEXT + 40];

    month_print(from, first);
    month_print(to, last);
    if (wanted == 1)
        snprintf(span, sizeof span, "%s%s", about, last);
    else
        snprintf(span, sizeof span, "%s%s to %s", about, first, last);
    if (sum.months >= wanted)
        explain_value(answering, answer, &sum, span);
    else if (read == 0)
        target_give_up(answer, "%s: none of its months was read", span);
    else if (read < wanted)
        target_give_up(answer, "%s: %zu of its %zu months were read", span, read, wanted);
    else
        target_give_up(answer, "%s: it has figures in %zu of the %zu months", span, sum.months,
                       wanted);
}

/* Any organisation of the data and of one of the target's levels, wherever it is. */
static bool has_anybody(const struct answering *answering, const struct target *target)
{
    const struct results *const results = answering->results;

    for (size_t i = 0; i < results->organisation_count; i++)
        if (results->organisations[i].subject == target->measure->subject &&
            target_has_level(target, results->organisations[i].level))
            return true;
    return false;
}

/* True when some trust of the data has an ICB: a register of trusts was read. */
static bool places_trusts(const struct answering *answering)
{
    const struct results *const results = answering->results;

    for (size_t i = 0; i < results->period_count; i++)
        if (results->periods[i].level == LEVEL_TRUST &&
            within_organisation(&answering->within, LEVEL_TRUST, results->periods[i].organisation,
                                LEVEL_ICB) != ORGANISATION_NONE)
            return true;
    return false;
}

/* "QHG" or "QHG or QK1", cut where there are more than fit. */
static void write_list(const struct text_list *list, char *out, size_t size)
{
    size_t length = 0;

    out[0] = '\0';
    for (size_t i = 0; i < list->count && length < size; i++)
        length += (size_t)snprintf(out + length, size - length, "%s%s", i > 0 ? " or " : "",
                                   list->texts[i]);
}

void target_explain_nobody(const struct answering *answering, struct target_answer *answer)
{
    const struct target *const target = answer->target;
    const bool hospital = target->measure->subject == SUBJECT_hospital;
    char within[60];
    char levels[80];

    write_list(&target->within, within, sizeof within);
    write_list(&target->levels, levels, sizeof levels);
    if (answering->last == MONTH_NONE)
        target_give_up(answer, "no %s data were read", hospital ? "hospital" : "prescribing");
    else if (target->within.count > 0 && hospital && !places_trusts(answering))
        target_give_up(answer,
                       "the trusts of %s are not available: hospital data name no ICB, and no "
                       "register of trusts was given (--register etr.csv)",
                       within);
    else if (target->within.count > 0 && has_anybody(answering, target))
        target_give_up(answer, "no organisation of %s is in the files", within);
    else
        target_give_up(answer, "the files have no %s", levels);
}

/* A row that belongs, or would belong, into the sum. */
static bool is_of(const struct measure_sum *sum, const struct gas_row *row)
{
    const enum origin origin = row->amounts.about.origin;

    return row->amounts.gas != NULL && gas_sum_is_about(sum, row->amounts.gas) &&
           (origin == ORIGIN_PHARMACY || (origin == ORIGIN_SUPPLY && sum->where.supply));
}

/* In the months that the answer is held against, or in those of its baseline. */
static bool is_of_months(const struct target_answer *answer, month_t month)
{
    const struct target *const target = answer->target;

    return (month > answer->latest_month - (month_t)target->months &&
            month <= answer->latest_month) ||
           (target->has_reduction && month >= target->baseline_from &&
            month <= target->baseline_to);
}

static bool is_gap(const struct answering *answering, const struct target_answer *answer,
                   const struct gas_finding *finding)
{
    const struct measure *const measure = answer->target->measure;

    if (finding->level != LEVEL_TRUST || !is_of_months(answer, finding->month))
        return false;
    if (answer->level != LEVEL_NATION &&
        within_organisation(&answering->within, LEVEL_TRUST, finding->organisation,
                            answer->level) != answer->organisation)
        return false;
    return finding->kind == GAS_FINDING_MISSING ||
           ((finding->kind == GAS_FINDING_NOT_CONVERTED || finding->kind == GAS_FINDING_NEGATIVE) &&
            (is_of(&measure->numerator, finding->row) ||
             is_of(&measure->denominator, finding->row)));
}

void target_tell_gaps(const struct answering *answering, struct target_answer *answer)
{
    const struct results *const results = answering->results;
    const size_t length = strlen(answer->why);
    size_t missing = 0;
    size_t left_out = 0;
    size_t negative = 0;

    if (answer->target->measure->subject != SUBJECT_hospital)
        return;
    for (size_t i = 0; i < results->gas_finding_count; i++) {
        const struct gas_finding *const finding = &results->gas_findings[i];

        if (!is_gap(answering, answer, finding))
            continue;
        missing += finding->kind == GAS_FINDING_MISSING;
        left_out += finding->kind == GAS_FINDING_NOT_CONVERTED;
        negative += finding->kind == GAS_FINDING_NEGATIVE;
    }
    if (missing + left_out + negative > 0)
        snprintf(answer->why + length, sizeof answer->why - length,
                 "; see gases_quality.csv for those months: %zu in which a trust sent nothing, %zu "
                 "quantities that no rule converts, %zu below zero",
                 missing, left_out, negative);
}
