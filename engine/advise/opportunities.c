#include "advise/opportunities.h"

#include "base/grow.h"
#include "trend/history.h"
#include "trend/quantile.h"

#include <math.h>
#include <stdlib.h>

#define KILOGRAMS_PER_TONNE 1000

struct seeking {
    const struct results *results;
    struct opportunity_list *found;
    size_t room;
    size_t group_room;
    double *values;
    double *tops; /* numerators and denominators, by opportunity of the group */
    double *bottoms;
    struct fail *why;
};

static bool counts_pounds(const struct measure *measure)
{
    return measure->numerator.sum == SUM_actual_cost || measure->numerator.sum == SUM_nic;
}

/* True for measures that opportunities are told of. */
static bool measure_has_opportunity(const struct measure *measure)
{
    return measure->followed && !measure_is_total(measure) &&
           (measure->numerator.sum == SUM_kgco2e || counts_pounds(measure));
}

static enum status add_one(struct seeking *seeking, struct peer_group *group,
                           const struct history *history)
{
    const struct rules *const rules = seeking->results->classified.rules;
    const struct measure *const measure = rules->measures.list[group->measure];
    struct opportunity_list *const found = seeking->found;
    const struct period_sum sum = history_sum(history, group->measure, found->from, found->to);
    const double value = measure_number(rules, measure, &sum.value);

    if (!sum.fits)
        return fail_sum(seeking->why);
    if (isnan(value))
        return STATUS_OK;
    if (!grow(&found->list, &seeking->room, found->count + 1, sizeof *found->list))
        return fail_nomem(seeking->why);
    seeking->bottoms[group->count] =
        (double)sum.value.denominator / (double)sum_unit(rules, measure->denominator.sum);
    seeking->tops[group->count] = value * seeking->bottoms[group->count];
    found->list[found->count++] = (struct opportunity){
        .organisation = history->rows[0].organisation,
        .small = measure_is_small(rules, measure, &sum.value),
        .months = sum.months,
        .value = value,
    };
    group->count++;
    return STATUS_OK;
}

/* Lower is better for all that counts carbon or pounds, unless the rule says higher. */
static void set_marks(struct seeking *seeking, struct peer_group *group)
{
    static const double shares[BENCHMARKS] = {0.5, 0.25, 0.1};
    const struct measure *const measure =
        seeking->results->classified.rules->measures.list[group->measure];
    const bool high = strcmp(measure->direction, "higher") == 0;

    for (size_t i = 0; i < group->count; i++) {
        const struct opportunity *const one = &seeking->found->list[group->first + i];

        if (!one->small &&
            belonging_is_peer(seeking->results->belonging, group->level, one->organisation))
            seeking->values[group->peers++] = one->value;
    }
    sort_values(seeking->values, group->peers);
    for (int b = 0; b < BENCHMARKS && group->peers > 0; b++)
        group->marks[b] =
            quantile_of_sorted(seeking->values, group->peers, high ? 1 - shares[b] : shares[b]);
}

static void set_savings(struct seeking *seeking, const struct peer_group *group)
{
    const struct measure *const measure =
        seeking->results->classified.rules->measures.list[group->measure];
    const double unit = counts_pounds(measure) ? 1 : KILOGRAMS_PER_TONNE;

    for (size_t i = 0; i < group->count; i++)
        for (int b = 0; b < BENCHMARKS; b++)
            seeking->found->list[group->first + i].savings[b] =
                fmax(0, seeking->tops[i] - group->marks[b] * seeking->bottoms[i]) / unit;
}

/* Largest first; of equals the one that came first, by code. */
static int compare_savings(const void *a, const void *b)
{
    const struct opportunity *const one = a;
    const struct opportunity *const other = b;
    const double x = one->savings[BENCHMARK_DECILE];
    const double y = other->savings[BENCHMARK_DECILE];

    return x != y ? (x < y ? 1 : -1) : (one->rank > other->rank) - (one->rank < other->rank);
}

static void rank_savings(struct seeking *seeking, const struct peer_group *group)
{
    struct opportunity *const list = seeking->found->list + group->first;

    for (size_t i = 0; i < group->count; i++)
        list[i].rank = (uint32_t)i;
    if (group->count > 0)
        qsort(list, group->count, sizeof *list, compare_savings);
    for (size_t i = 0; i < group->count; i++)
        list[i].rank = (uint32_t)i + 1;
}

/* Fewer than two peers are nobody to compare with. */
static enum status seek_group(struct seeking *seeking, size_t measure, enum level level)
{
    struct opportunity_list *const found = seeking->found;
    struct peer_group group = {.measure = measure, .level = level, .first = found->count};
    struct history history;
    enum status status = STATUS_OK;

    for (size_t at = 0; status == STATUS_OK && history_next(seeking->results, &at, &history);)
        if (history.rows[0].level == level)
            status = add_one(seeking, &group, &history);
    if (status != STATUS_OK)
        return status;
    set_marks(seeking, &group);
    if (group.peers < 2) {
        found->count = group.first;
        return STATUS_OK;
    }
    set_savings(seeking, &group);
    rank_savings(seeking, &group);
    if (!grow(&found->groups, &seeking->group_room, found->group_count + 1, sizeof *found->groups))
        return fail_nomem(seeking->why);
    found->groups[found->group_count++] = group;
    return STATUS_OK;
}

static enum status seek_all(struct seeking *seeking)
{
    const struct rules *const rules = seeking->results->classified.rules;
    enum status status = STATUS_OK;

    for (size_t m = 0; m < rules->measures.count; m++)
        for (int level = 0; level < LEVELS && status == STATUS_OK; level++)
            if (measure_has_opportunity(rules->measures.list[m]))
                status = seek_group(seeking, m, (enum level)level);
    return status;
}

enum status advise_opportunities(struct opportunity_list *opportunities,
                                 const struct results *results, struct fail *why)
{
    const size_t most = results->organisation_count + 1;
    struct seeking seeking = {.results = results, .found = opportunities, .why = why};
    month_t first;
    enum status status = STATUS_OK;

    *opportunities = (struct opportunity_list){0};
    results_months(results, SUBJECT_prescribing, &first, &opportunities->to);
    opportunities->from = opportunities->to - 11 > first ? opportunities->to - 11 : first;
    seeking.values = calloc(most, sizeof *seeking.values);
    seeking.tops = calloc(most, sizeof *seeking.tops);
    seeking.bottoms = calloc(most, sizeof *seeking.bottoms);
    if (seeking.values == NULL || seeking.tops == NULL || seeking.bottoms == NULL)
        status = fail_nomem(why);
    if (status == STATUS_OK)
        status = seek_all(&seeking);
    free(seeking.values);
    free(seeking.tops);
    free(seeking.bottoms);
    return status;
}

void opportunities_release(struct opportunity_list *opportunities)
{
    free(opportunities->groups);
    free(opportunities->list);
    *opportunities = (struct opportunity_list){0};
}
