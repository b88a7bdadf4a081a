#include "advise/targets_internal.h"

#include "base/grow.h"
#include "trend/follow.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How far a forecast looks back: more is of another time. */
#define LOOK_BACK 60
#define MILLION 1e6

const char *target_status_text(enum target_status status)
{
    static const char *const texts[] = {
#define X(name, text) text,
        TARGET_STATUS_LIST(X)
#undef X
    };

    return texts[status];
}

static struct target_answer blank_answer(const struct target *target)
{
    const double none = (double)NAN;

    return (struct target_answer){
        .target = target,
        .target_value = target->has_value ? (double)target->value / MILLION : none,
        .latest_value = none,
        .value_before = none,
        .change_needed = none,
        .trend = none,
        .forecast = none,
        .low = none,
        .high = none,
        .probability = none,
        .status = TARGET_NOT_COMPUTABLE,
    };
}

static bool meets(const struct target *target, double value, double wanted)
{
    return target->at_least ? value >= wanted : value <= wanted;
}

int target_crossed(const struct target_answer *answer)
{
    if (isnan(answer->target_value) || isnan(answer->latest_value) || isnan(answer->value_before))
        return 0;
    return meets(answer->target, answer->latest_value, answer->target_value) -
           meets(answer->target, answer->value_before, answer->target_value);
}

/* The value of the months that end with one, NAN unless all are there. */
static double value_of(const struct answering *answering, const struct history *history,
                       const struct target_answer *answer, month_t to)
{
    const struct rules *const rules = answering->results->classified.rules;
    const struct target *const target = answer->target;
    const struct period_sum sum =
        history_sum(history, answer->measure, to - (month_t)target->months + 1, to);

    if (sum.months < (size_t)target->months || !sum.fits)
        return (double)NAN;
    return measure_number(rules, target->measure, &sum.value);
}

/* The target in numbers: as told, or from the baseline. */
static bool find_wanted(const struct answering *answering, const struct history *history,
                        struct target_answer *answer)
{
    const struct target *const target = answer->target;

    if (target->has_value)
        return true;
    answer->target_value = value_of(answering, history, answer, target->baseline_to) *
                           (1 - (double)target->reduction / MILLION / 100);
    if (!isnan(answer->target_value))
        return true;
    target_explain_months(answering, history, answer, target->baseline_from, target->baseline_to,
                          "the baseline ");
    return false;
}

/* Of a due month that has passed, that month, whatever came after it. */
static bool find_due(const struct answering *answering, const struct history *history,
                     struct target_answer *answer)
{
    const struct target *const target = answer->target;

    answer->latest_month = target->due;
    answer->latest_value = value_of(answering, history, answer, target->due);
    if (!isnan(answer->latest_value))
        return true;
    target_explain_months(answering, history, answer, target->due - (month_t)target->months + 1,
                          target->due, "when it was due, ");
    return false;
}

static bool find_latest(const struct answering *answering, const struct history *history,
                        struct target_answer *answer)
{
    const month_t last = history_last(history);
    char month[MONTH_TEXT];
    char latest[MONTH_TEXT];

    if (answer->past)
        return find_due(answering, history, answer);
    if (last < answering->last) {
        target_give_up(answer, "its last month is %s, but the files go to %s",
                       month_print(last, month), month_print(answering->last, latest));
        return false;
    }
    answer->latest_month = last;
    answer->latest_value = value_of(answering, history, answer, last);
    if (!isnan(answer->latest_value))
        return true;
    target_explain_months(answering, history, answer, last - (month_t)answer->target->months + 1,
                          last, "");
    return false;
}

/* Values for the forecast (a day's worth of totals), and what of the asked months is
 * known or still to come. */
static bool prepare(const struct history *history, const struct target_answer *answer,
                    struct series *series, double *weights, struct forecast_ask *ask)
{
    const struct target *const target = answer->target;
    const bool total = measure_is_total(target->measure);
    const month_t last = series->first + (month_t)series->count - 1;
    const double share = total ? 1 : 1 / (double)target->months;

    if (target->due - last > HISTORY_MONTHS || last != history_last(history))
        return false;
    *ask = (struct forecast_ask){
        series->values, series->count, series->first, weights, (size_t)(target->due - last), 0};
    for (month_t month = target->due - (month_t)target->months + 1; month <= target->due; month++) {
        const month_t at = month - series->first;

        if (month > last)
            weights[month - last - 1] = share * (total ? month_length(month) : 1);
        else if (at < 0 || isnan(series->values[at]))
            return false;
        else
            ask->known += share * series->values[at];
    }
    for (size_t i = 0; total && i < series->count; i++)
        series->values[i] /= month_length(series->first + (month_t)i);
    return true;
}

/* That of trends.csv; 12 months change by 12 times what a month changes. */
static double trend_of(const struct answering *answering, const struct history *history,
                       const struct target_answer *answer)
{
    const struct target *const target = answer->target;
    struct followed followed;
    struct trend trend;

    follow(answering->results, history, answer->measure, &followed);
    trend = follow_trends(&followed).least_squares;
    if (!trend.exists)
        return (double)NAN;
    return trend.slope * (measure_is_total(target->measure) ? (double)target->months : 1);
}

static void judge(struct target_answer *answer)
{
    if (answer->probability >= ON_COURSE)
        answer->status = TARGET_ON_COURSE;
    else if (answer->probability > OFF_COURSE)
        answer->status = TARGET_AT_RISK;
    else
        answer->status = TARGET_OFF_COURSE;
    snprintf(answer->why, sizeof answer->why,
             "%s: the probability of meeting it is %.2f (on course from %.1f, off course to %.1f)",
             target_status_text(answer->status), answer->probability, ON_COURSE, OFF_COURSE);
}

static void look_ahead(const struct answering *answering, const struct history *history,
                       struct target_answer *answer)
{
    double weights[HISTORY_MONTHS] = {0};
    struct forecast_ask ask;
    struct forecast forecast = {0};
    struct series series;

    history_series(history, answer->measure, LOOK_BACK, &series);
    answer->trend = trend_of(answering, history, answer);
    if (!prepare(history, answer, &series, weights, &ask)) {
        target_give_up(answer, "no forecast: one of its first months has no value of its own");
        return;
    }
    forecast = forecast_make(&ask);
    if (!forecast.exists) {
        target_give_up(answer, "a forecast needs %d months with a value, and there are %zu",
                       FORECAST_LEAST_POINTS, series.points);
        return;
    }
    answer->forecast = forecast.centre;
    answer->low = forecast.low;
    answer->high = forecast.high;
    answer->probability = forecast_at_most(&forecast, answer->target_value);
    if (answer->target->at_least)
        answer->probability = 1 - answer->probability;
    judge(answer);
}

/* Nothing below 0 is prescribed, so no forecast goes there. */
static void keep_above_zero(struct target_answer *answer)
{
    answer->forecast = fmax(answer->forecast, isnan(answer->forecast) ? answer->forecast : 0);
    answer->low = fmax(answer->low, isnan(answer->low) ? answer->low : 0);
    answer->high = fmax(answer->high, isnan(answer->high) ? answer->high : 0);
}

static void answer_one(const struct answering *answering, const struct history *history,
                       struct target_answer *answer)
{
    const struct target *const target = answer->target;
    char due[MONTH_TEXT];
    bool met;

    if (!find_wanted(answering, history, answer) || !find_latest(answering, history, answer))
        return;
    met = meets(target, answer->latest_value, answer->target_value);
    answer->value_before = value_of(answering, history, answer, answer->latest_month - 1);
    if (target->due > answer->latest_month) {
        answer->change_needed = (answer->target_value - answer->latest_value) /
                                (double)(target->due - answer->latest_month);
        look_ahead(answering, history, answer);
        keep_above_zero(answer);
    }
    month_print(target->due, due);
    if (met) {
        answer->status = TARGET_REACHED;
        snprintf(answer->why, sizeof answer->why,
                 answer->past ? "reached: the value of %s, when it was due, meets it"
                              : "reached: the latest value meets it",
                 due);
    } else if (target->due <= answer->latest_month) {
        answer->status = TARGET_OFF_COURSE;
        snprintf(answer->why, sizeof answer->why,
                 "off course: it was due in %s, and the value of %s%s does not meet it", due,
                 target->months > 1 ? "the twelve months to " : "", due);
    }
}

static enum status keep(struct answering *answering, const struct target_answer *answer)
{
    struct target_list *const targets = answering->targets;

    if (!grow(&targets->list, &answering->room, targets->count + 1, sizeof *targets->list))
        return fail_nomem(answering->why);
    targets->list[targets->count++] = *answer;
    return STATUS_OK;
}

static struct target_answer answer_about(const struct answering *answering,
                                         const struct target *target, size_t measure)
{
    struct target_answer answer = blank_answer(target);

    answer.measure = measure;
    answer.past = target->due < answering->last;
    answer.anybody = true;
    return answer;
}

/* Of an organisation that ended: of its own months and those of its parts. */
static enum status answer_part(struct answering *answering, const struct target *target,
                               size_t measure, size_t number)
{
    const struct lineage *const lineage = target_lineage(answering, target, number);
    struct target_answer answer = answer_about(answering, target, measure);
    struct joined joined;
    enum status status = target_join(answering, lineage, target, &joined);

    answer.level = lineage->level;
    answer.organisation = lineage->organisation;
    answer.ended = lineage->rule;
    answer.part = true;
    memcpy(answer.heirs, lineage->heirs, sizeof answer.heirs);
    answer.heir_count = lineage->heir_count;
    if (status == STATUS_OK && target_is_shown(answering->results, &answer) &&
        joined.history.count > 0) {
        answer_one(answering, &joined.history, &answer);
        target_tell_part(answering, lineage, target->within.texts[number], &answer);
        status = keep(answering, &answer);
    }
    target_joined_release(&joined);
    return status;
}

static enum status answer_history(struct answering *answering, const struct target *target,
                                  size_t measure, const struct history *history)
{
    struct target_answer answer = answer_about(answering, target, measure);
    size_t number = 0;
    enum holding holding;

    answer.level = history->rows[0].level;
    answer.organisation = history->rows[0].organisation;
    if (!target_is_shown(answering->results, &answer))
        return STATUS_OK;
    holding = target_holds_for(answering, target, answer.level, answer.organisation, &number);
    if (holding == HOLDS_NOT || holding == HOLDS_AS_PART) /* the latter has its answer already */
        return STATUS_OK;
    answer_one(answering, history, &answer);
    if (answer.status != TARGET_NOT_COMPUTABLE)
        target_tell_gaps(answering, &answer);
    if (holding == HOLDS_BY_ORIGIN)
        target_tell_origin(target_lineage(answering, target, number), target->within.texts[number],
                           &answer);
    return keep(answering, &answer);
}

static enum status answer_parts(struct answering *answering, const struct target *target,
                                size_t measure)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < target->within.count && status == STATUS_OK; i++) {
        const struct lineage *const lineage = target_lineage(answering, target, i);

        if (lineage->ended && lineage->level >= LEVEL_PCN && lineage->level <= LEVEL_REGION &&
            target_has_level(target, lineage->level) &&
            (lineage->organisation != ORGANISATION_NONE || lineage->rule != NULL))
            status = answer_part(answering, target, measure, i);
    }
    return status;
}

static enum status answer_measured(struct answering *answering, const struct target *target,
                                   size_t measure)
{
    const size_t before = answering->targets->count;
    struct target_answer nobody = blank_answer(target);
    struct history history;
    enum status status;

    results_months(answering->results, target->measure->subject, &answering->first,
                   &answering->last);
    target_note_months(answering, target->measure);
    status = target_trace(answering, target);
    if (status == STATUS_OK && answering->last != MONTH_NONE)
        status = answer_parts(answering, target, measure);
    for (size_t at = 0; status == STATUS_OK && history_next(answering->results, &at, &history);)
        if (history_is_of(&history, target->measure))
            status = answer_history(answering, target, measure, &history);
    if (status != STATUS_OK || answering->targets->count > before)
        return status;
    nobody.measure = measure;
    target_explain_nobody(answering, &nobody);
    return keep(answering, &nobody);
}

static enum status answer_target(struct answering *answering, const struct target *target)
{
    const struct rules *const rules = answering->results->classified.rules;
    struct target_answer answer = blank_answer(target);

    for (size_t m = 0; m < rules->measures.count; m++)
        if (rules->measures.list[m] == target->measure)
            return answer_measured(answering, target, m);
    target_give_up(&answer, "%s", "no measure covers it: see canister explain");
    return keep(answering, &answer);
}

enum status advise_targets(struct target_list *targets, const struct results *results,
                           struct fail *why)
{
    const struct rules *const rules = results->classified.rules;
    struct answering answering = {.results = results, .targets = targets, .why = why};
    enum status status;

    *targets = (struct target_list){0};
    status = within_new(&answering.within, results, why);
    if (status == STATUS_OK)
        status = target_begin_months(&answering);
    for (size_t i = 0; i < rules->targets.count && status == STATUS_OK; i++)
        status = answer_target(&answering, rules->targets.list[i]);
    if (status == STATUS_OK)
        targets_mark_repeated(targets);
    within_release(&answering.within);
    target_forget_traces(&answering);
    free(answering.read);
    return status;
}

void targets_release(struct target_list *targets)
{
    free(targets->list);
    *targets = (struct target_list){0};
}
