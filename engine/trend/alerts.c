#include "trend/alerts.h"

#include "base/grow.h"

#include <stdlib.h>

struct finding {
    const struct results *results;
    const struct chart_options *charts;
    struct alert_list *alerts;
    size_t room;
    struct fail *why;
};

const char *alert_by_text(enum alert_by by)
{
    return by == ALERT_CUSUM ? "cusum" : "spc";
}

static enum status keep(struct finding *finding, const struct alert *one)
{
    struct alert_list *const alerts = finding->alerts;

    if (!grow(&alerts->list, &finding->room, alerts->count + 1, sizeof *alerts->list))
        return fail_nomem(finding->why);
    alerts->list[alerts->count++] = *one;
    return STATUS_OK;
}

/* The first month of the special causes of one side that last to the end. */
static size_t special_since(const struct chart *chart)
{
    const int side = chart->points[chart->count - 1].side;
    size_t at = chart->count - 1;

    while (at > 0 && chart->points[at - 1].cause != SPC_COMMON &&
           chart->points[at - 1].side == side)
        at--;
    return at;
}

static enum status look_at_chart(struct finding *finding, const struct followed *followed,
                                 struct alert one)
{
    const struct spc_point *point;
    struct chart chart;

    follow_chart(followed, finding->charts, &chart);
    point = chart.count > 0 ? &chart.points[chart.count - 1] : NULL;
    if (point == NULL || point->cause == SPC_COMMON || point->trial)
        return STATUS_OK;
    one.by = ALERT_SPC;
    one.departure = (struct departure){true, point->side, chart.months[special_since(&chart)],
                                       point->mean, chart.values[chart.count - 1]};
    one.reason = spc_cause_text(point->cause, point->side);
    return keep(finding, &one);
}

/* Who has closed has moved away from everything, and nobody is left to look into it. */
static bool is_closed(const struct results *results, const struct organisation_month *row)
{
    return strcmp(belonging_standing(results->belonging, row->level, row->organisation),
                  standing_text(STANDING_closed)) == 0;
}

static enum status look_at(struct finding *finding, const struct history *history, size_t measure)
{
    struct alert one = {
        .measure = measure,
        .level = history->rows[0].level,
        .organisation = history->rows[0].organisation,
        .by = ALERT_CUSUM,
    };
    struct followed followed;
    enum status status = STATUS_OK;

    if (is_closed(finding->results, &history->rows[0]))
        return STATUS_OK;
    follow(finding->results, history, measure, &followed);
    if (followed.series.count == 0 || followed.small)
        return STATUS_OK;
    one.month = followed.series.first + (month_t)followed.series.count - 1;
    one.departure = follow_departure(&followed);
    one.reason = one.departure.way > 0 ? "cumulative sum above its threshold"
                                       : "cumulative sum below its threshold";
    if (one.departure.exists)
        status = keep(finding, &one);
    return status == STATUS_OK ? look_at_chart(finding, &followed, one) : status;
}

enum status alerts_find(struct alert_list *alerts, const struct results *results,
                        const struct chart_options *charts, struct fail *why)
{
    const struct rules *const rules = results->classified.rules;
    struct finding finding = {.results = results, .charts = charts, .alerts = alerts, .why = why};
    struct history history;
    month_t first;
    month_t last;
    enum status status = STATUS_OK;

    *alerts = (struct alert_list){0};
    for (size_t m = 0; m < rules->measures.count && status == STATUS_OK; m++) {
        const struct measure *const measure = rules->measures.list[m];

        results_months(results, measure->subject, &first, &last);
        if (first == last || !measure->followed)
            continue;
        for (size_t at = 0; status == STATUS_OK && history_next(results, &at, &history);)
            if (history_is_of(&history, measure))
                status = look_at(&finding, &history, m);
    }
    return status;
}

void alerts_release(struct alert_list *alerts)
{
    free(alerts->list);
    *alerts = (struct alert_list){0};
}
