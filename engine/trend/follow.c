#include "trend/follow.h"

#include "trend/season.h"

#include <math.h>

void follow(const struct results *results, const struct history *history, size_t measure,
            struct followed *followed)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure_value *const last =
        measure_value_of(&history->rows[history->count - 1], rules->measures.list[measure]);
    struct series *const even = &followed->even;
    struct season season;

    history_series(history, measure, FOLLOW_MONTHS, &followed->series);
    *even = followed->series;
    followed->by_day = measure_is_total(rules->measures.list[measure]);
    followed->small = last != NULL && measure_is_small(rules, rules->measures.list[measure], last);
    for (size_t i = 0; followed->by_day && i < even->count; i++)
        even->values[i] /= month_length(even->first + (month_t)i);
    season_fit(even->values, even->count, even->first, &season);
    followed->season_strength = season.strength;
    for (size_t i = 0; i < even->count; i++)
        even->values[i] -= season_effect(&season, even->first, i);
}

struct trend_pair follow_trends(const struct followed *followed)
{
    double scratch[FOLLOW_MONTHS * (FOLLOW_MONTHS - 1) / 2];
    const struct series *const even = &followed->even;

    return (struct trend_pair){
        trend_least_squares(even->values, even->count, 11 * followed->season_strength),
        trend_theil_sen(even->values, even->count, scratch),
    };
}

struct chart_options chart_usual(void)
{
    return (struct chart_options){.spc = {.two_in_three = SPC_ALL_BEYOND, .bounded = true}};
}

static bool read_baseline(struct view number, struct chart_options *options)
{
    int64_t points;

    if (decimal_parse(number, 0, &points) != DECIMAL_OK || points < 12 || points > FOLLOW_MONTHS)
        return false;
    options->spc.baseline = (size_t)points;
    return true;
}

static bool read_step(struct view text, struct chart_options *options)
{
    month_t month;
    const size_t count = options->step_count;

    if (!month_parse(text, &month) || count == CHART_STEPS ||
        (count > 0 && options->steps[count - 1] >= month))
        return false;
    options->steps[options->step_count++] = month;
    return true;
}

static bool read_word(struct view word, struct chart_options *options)
{
    const struct view baseline = view_of("baseline=");
    const struct view step = view_of("step=");

    options->spc.screen = options->spc.screen || view_is(word, "screened");
    if (view_is(word, "near-only"))
        options->spc.two_in_three = SPC_NEAR_ONLY;
    if (view_is(word, "screened") || view_is(word, "near-only"))
        return true;
    if (view_starts(word, baseline))
        return read_baseline(
            (struct view){word.at + baseline.length, word.length - baseline.length}, options);
    return view_starts(word, step) &&
           read_step((struct view){word.at + step.length, word.length - step.length}, options);
}

enum status chart_read(const char *text, struct chart_options *options, struct fail *why)
{
    *options = chart_usual();
    while (text != NULL && *text != '\0') {
        const struct view word = {text, strcspn(text, ",")};

        if (!read_word(word, options))
            return fail_set(why, STATUS_USAGE,
                            "--charts takes screened, near-only, baseline=N (12 to %d points) and "
                            "step=YYYY-MM (ascending, up to %d), not \"%.*s\"",
                            FOLLOW_MONTHS, CHART_STEPS, (int)word.length, word.at);
        text += word.length + (text[word.length] == ',');
    }
    return STATUS_OK;
}

void follow_chart(const struct followed *followed, const struct chart_options *options,
                  struct chart *chart)
{
    const struct series *const series = &followed->series;
    struct spc_options spc = options->spc;
    size_t steps[HISTORY_MONTHS];

    chart->count = 0;
    if (series->points < SPC_LEAST_POINTS)
        return;
    spc.step = steps;
    spc.step_count = 0;
    for (size_t i = 0; i < series->count; i++) {
        const month_t month = series->first + (month_t)i;

        if (isnan(series->values[i]))
            continue;
        while (spc.step_count < options->step_count && options->steps[spc.step_count] <= month)
            steps[spc.step_count++] = chart->count;
        chart->months[chart->count] = month;
        chart->values[chart->count++] = series->values[i];
    }
    spc_chart(chart->values, chart->count, &spc, chart->points);
}

struct departure follow_departure(const struct followed *followed)
{
    const struct series *const series = &followed->series;
    struct cusum_point points[HISTORY_MONTHS];
    struct departure alert = {0};
    size_t at = series->count;

    if (series->points <= CUSUM_WINDOW)
        return alert;
    cusum_run(series->values, series->count, CUSUM_WINDOW, points);
    alert.way = points[at - 1].alert;
    while (at > 0 && points[at - 1].alert == alert.way)
        at--;
    if (alert.way == 0 || at == series->count)
        return alert;
    alert.exists = true;
    alert.since = series->first + (month_t)at;
    alert.before = points[at].mean;
    alert.now = series->values[series->count - 1];
    return alert;
}
