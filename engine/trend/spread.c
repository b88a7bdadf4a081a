#include "trend/spread.h"

#include "base/grow.h"
#include "trend/history.h"
#include "trend/quantile.h"
#include "measure/rank.h"
#include "measure/within.h"

#include <math.h>
#include <stdlib.h>

/* One organisation with a value over the span at hand. */
struct peer {
    struct measure_value value;
    uint32_t organisation;
    uint32_t months;
    uint32_t icb;
    size_t place; /* of the ICB among all, by code */
};

/* The measure, level and span at hand, and what it takes to go through them. */
struct spread_job {
    const struct results *results;
    struct spread_list *standings;
    struct within within;
    size_t *icb_places; /* by number of the ICB */
    struct peer *peers; /* by code of the organisation */
    size_t count;
    struct peer **by_icb;
    struct measure_value *copies;    /* of peers, ranked within their ICB */
    struct measure_value **pointers; /* scratch of rank_values */
    double *values;
    double *tops;
    double *bottoms;
    size_t measure;
    enum level level;
    month_t from;
    month_t to;
    struct fail *why;
};

static const struct measure *measure_of(const struct spread_job *job)
{
    return job->results->classified.rules->measures.list[job->measure];
}

static void add_peer(struct spread_job *job, uint32_t organisation,
                     const struct measure_value *value, size_t months)
{
    const struct rules *const rules = job->results->classified.rules;
    struct peer *const peer = &job->peers[job->count];

    if (!belonging_is_peer(job->results->belonging, job->level, organisation) ||
        isnan(measure_number(rules, measure_of(job), value)))
        return;
    *peer = (struct peer){.value = *value,
                          .organisation = organisation,
                          .months = (uint32_t)months,
                          .icb = ORGANISATION_NONE};
    if (job->level != LEVEL_ICB)
        peer->icb =
            within_organisation_at(&job->within, job->level, organisation, LEVEL_ICB, job->to);
    if (peer->icb != ORGANISATION_NONE)
        peer->place = job->icb_places[peer->icb];
    job->count++;
}

/* A proportion of things that are counted one by one. */
static bool has_funnel(const struct measure *measure)
{
    const enum sum sum = measure->numerator.sum;

    return measure->share && sum == measure->denominator.sum &&
           (sum == SUM_items || sum == SUM_inhalers || sum == SUM_packs);
}

static void fit_funnel(struct spread_job *job, struct spread *spread)
{
    const struct measure *const measure = measure_of(job);
    const double unit = (double)sum_unit(job->results->classified.rules, measure->denominator.sum);

    if (!has_funnel(measure))
        return;
    for (size_t i = 0; i < job->count; i++) {
        job->tops[i] = (double)job->peers[i].value.numerator / unit;
        job->bottoms[i] = (double)job->peers[i].value.denominator / unit;
    }
    spread->has_funnel =
        funnel_fit(job->tops, job->bottoms, job->count, job->values, &spread->funnel);
}

static void set_deciles(struct spread_job *job, struct spread *spread)
{
    sort_values(job->values, spread->peers);
    for (int d = 0; d < DECILES; d++)
        spread->deciles[d] =
            spread->peers >= DECILE_LEAST || d == DECILE_MEDIAN
                ? quantile_of_sorted(job->values, spread->peers, (double)(d + 1) / (DECILES + 1))
                : (double)NAN;
}

/* The spread of some peers; *number is its place. */
static enum status add_spread(struct spread_job *job, struct peer *const *peers, size_t count,
                              uint32_t icb, size_t *number)
{
    struct spread_list *const standings = job->standings;
    struct spread *spread;

    if (!grow(&standings->spreads, &standings->spread_room, standings->spread_count + 1,
              sizeof *standings->spreads))
        return fail_nomem(job->why);
    *number = standings->spread_count++;
    spread = &standings->spreads[*number];
    *spread = (struct spread){.measure = job->measure,
                              .level = job->level,
                              .icb = icb,
                              .from = job->from,
                              .to = job->to,
                              .peers = count};
    for (size_t i = 0; i < count; i++)
        job->values[i] =
            measure_number(job->results->classified.rules, measure_of(job), &peers[i]->value);
    set_deciles(job, spread);
    if (icb == ORGANISATION_NONE)
        fit_funnel(job, spread);
    return STATUS_OK;
}

static int compare_icbs(const void *a, const void *b)
{
    const struct peer *const one = *(struct peer *const *)a;
    const struct peer *const other = *(struct peer *const *)b;
    const bool none = one->icb == ORGANISATION_NONE;

    if (none != (other->icb == ORGANISATION_NONE))
        return none ? 1 : -1;
    if (one->place != other->place)
        return one->place < other->place ? -1 : 1;
    return (one > other) - (one < other);
}

/* Everybody's place among all, in the order of the peers. */
static enum status add_standings(struct spread_job *job, size_t among)
{
    struct spread_list *const standings = job->standings;

    if (!grow(&standings->list, &standings->room, standings->count + job->count,
              sizeof *standings->list))
        return fail_nomem(job->why);
    for (size_t i = 0; i < job->count; i++)
        job->pointers[i] = &job->peers[i].value;
    if (job->from != job->to) /* results_rank has ranked the same peers in a month */
        rank_values(job->pointers, job->count);
    for (size_t i = 0; i < job->count; i++)
        standings->list[standings->count++] = (struct peer_standing){
            .organisation = job->peers[i].organisation,
            .months = job->peers[i].months,
            .among = among,
            .among_icb = SPREAD_NONE,
            .value = job->peers[i].value,
        };
    return STATUS_OK;
}

/* Peers of one ICB; `standings` are those of all peers, NULL where none are told. */
static enum status spread_icb(struct spread_job *job, struct peer *const *peers, size_t count,
                              struct peer_standing *standings)
{
    size_t number;
    const enum status status = add_spread(job, peers, count, peers[0]->icb, &number);

    if (status != STATUS_OK || standings == NULL)
        return status;
    for (size_t i = 0; i < count; i++) {
        job->copies[i] = peers[i]->value;
        job->pointers[i] = &job->copies[i];
    }
    rank_values(job->pointers, count);
    for (size_t i = 0; i < count; i++) {
        struct peer_standing *const standing = &standings[peers[i] - job->peers];

        standing->among_icb = number;
        standing->rank_in_icb = job->copies[i].rank;
    }
    return STATUS_OK;
}

static enum status spread_icbs(struct spread_job *job, struct peer_standing *standings)
{
    enum status status = STATUS_OK;
    size_t to;

    qsort(job->by_icb, job->count, sizeof *job->by_icb, compare_icbs);
    for (size_t from = 0; from < job->count && status == STATUS_OK; from = to) {
        const uint32_t icb = job->by_icb[from]->icb;

        for (to = from + 1; to < job->count && job->by_icb[to]->icb == icb; to++)
            ;
        if (icb != ORGANISATION_NONE && to - from > 1)
            status = spread_icb(job, job->by_icb + from, to - from, standings);
    }
    return status;
}

/* The peers gathered; `told` where each has a standing as well. */
static enum status settle(struct spread_job *job, bool told)
{
    const size_t first = job->standings->count;
    size_t number;
    enum status status;

    if (job->count < 2)
        return STATUS_OK; /* nobody to stand among */
    for (size_t i = 0; i < job->count; i++)
        job->by_icb[i] = &job->peers[i];
    status = add_spread(job, job->by_icb, job->count, ORGANISATION_NONE, &number);
    if (status == STATUS_OK && told)
        status = add_standings(job, number);
    return status == STATUS_OK ? spread_icbs(job, told ? job->standings->list + first : NULL)
                               : status;
}

static enum status settle_month(struct spread_job *job, struct organisation_month *const *rows,
                                size_t count, month_t last)
{
    job->level = rows[0]->level;
    job->from = job->to = rows[0]->month;
    job->count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct measure_value *const value = measure_value_of(rows[i], measure_of(job));

        if (value != NULL)
            add_peer(job, rows[i]->organisation, value, 1);
    }
    return settle(job, job->to == last);
}

/* The twelve months to the last one. */
static enum status settle_year(struct spread_job *job, month_t last)
{
    struct history history;

    job->from = last - 11;
    job->to = last;
    job->count = 0;
    for (size_t at = 0; history_next(job->results, &at, &history);) {
        struct period_sum sum;

        if (history.rows[0].level != job->level || !history_is_of(&history, measure_of(job)))
            continue;
        sum = history_sum(&history, job->measure, job->from, job->to);
        if (!sum.fits)
            return fail_set(job->why, STATUS_LIMIT, "a sum does not fit into 128 bits");
        if (sum.months > 0 && measure_is_known(measure_of(job), &sum.value))
            add_peer(job, history.rows[0].organisation, &sum.value, sum.months);
    }
    return settle(job, true);
}

/* Rows of one level, kind of data and month stand together. */
static enum status settle_measure(struct spread_job *job, struct organisation_month **rows)
{
    const size_t count = job->results->organisation_count;
    enum status status = STATUS_OK;
    month_t first;
    month_t last;
    size_t to;

    results_months(job->results, measure_of(job)->subject, &first, &last);
    for (size_t from = 0; from < count && status == STATUS_OK; from = to) {
        to = results_group_end(rows, count, from);
        if (rows[from]->subject != measure_of(job)->subject)
            continue;
        status = settle_month(job, rows + from, to - from, last);
        if (status == STATUS_OK && last - first >= 11 &&
            (to == count || rows[to]->level != rows[from]->level ||
             rows[to]->subject != rows[from]->subject))
            status = settle_year(job, last);
    }
    return status;
}

struct coded {
    struct view code;
    uint32_t number;
};

static int compare_codes(const void *a, const void *b)
{
    return view_compare(((const struct coded *)a)->code, ((const struct coded *)b)->code);
}

static enum status order_icbs(struct spread_job *job)
{
    const struct places *const places = &job->results->classified.cube->places;
    const size_t count = places->levels[LEVEL_ICB].codes.count;
    struct coded *const icbs = calloc(count + 1, sizeof *icbs);

    job->icb_places = calloc(count + 1, sizeof *job->icb_places);
    if (icbs == NULL || job->icb_places == NULL) {
        free(icbs);
        return fail_nomem(job->why);
    }
    for (uint32_t i = 0; i < count; i++)
        icbs[i] = (struct coded){organisation_code(places, LEVEL_ICB, i), i};
    qsort(icbs, count, sizeof *icbs, compare_codes);
    for (size_t i = 0; i < count; i++)
        job->icb_places[icbs[i].number] = i;
    free(icbs);
    return STATUS_OK;
}

static enum status take_room(struct spread_job *job)
{
    const size_t most = job->results->organisation_count + 1;

    job->peers = calloc(most, sizeof *job->peers);
    job->by_icb = calloc(most, sizeof *job->by_icb);
    job->copies = calloc(most, sizeof *job->copies);
    job->pointers = calloc(most, sizeof *job->pointers);
    job->values = calloc(most, sizeof *job->values);
    job->tops = calloc(most, sizeof *job->tops);
    job->bottoms = calloc(most, sizeof *job->bottoms);
    return job->peers != NULL && job->by_icb != NULL && job->copies != NULL &&
                   job->pointers != NULL && job->values != NULL && job->tops != NULL &&
                   job->bottoms != NULL
               ? order_icbs(job)
               : fail_nomem(job->why);
}

static void give_room(struct spread_job *job)
{
    within_release(&job->within);
    free(job->icb_places);
    free(job->peers);
    free(job->by_icb);
    free(job->copies);
    free(job->pointers);
    free(job->values);
    free(job->tops);
    free(job->bottoms);
}

enum status spreads_make(struct spread_list *standings, const struct results *results,
                         struct fail *why)
{
    const struct rules *const rules = results->classified.rules;
    struct spread_job job = {.results = results, .standings = standings, .why = why};
    struct organisation_month **rows = NULL;
    enum status status;

    *standings = (struct spread_list){0};
    status = within_new(&job.within, results, why);
    if (status == STATUS_OK)
        status = take_room(&job);
    if (status == STATUS_OK)
        status = results_by_month(results, &rows, why);
    for (size_t m = 0; m < rules->measures.count && status == STATUS_OK; m++) {
        job.measure = m;
        if (measure_of(&job)->followed && !measure_is_total(measure_of(&job)))
            status = settle_measure(&job, rows);
    }
    free(rows);
    give_room(&job);
    return status;
}

void spreads_release(struct spread_list *standings)
{
    free(standings->spreads);
    free(standings->list);
    *standings = (struct spread_list){0};
}

bool spread_limits(const struct spread_list *standings, const struct rules *rules,
                   const struct peer_standing *standing, struct funnel_limits *limits)
{
    const struct spread *const spread = &standings->spreads[standing->among];
    const struct measure *const measure = rules->measures.list[spread->measure];

    if (!spread->has_funnel)
        return false;
    *limits = funnel_at(&spread->funnel,
                        (double)standing->value.denominator /
                            (double)sum_unit(rules, measure->denominator.sum),
                        true);
    return true;
}
