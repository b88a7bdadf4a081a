#include "measure/results_internal.h"

#include "base/grow.h"

#include <stdlib.h>

/* While stays are gone through, periods are found again by organisation and parents. */
struct period_finding {
    struct results *results;
    struct intern keys;
    size_t room;
    struct fail *why;
};

struct period_key {
    uint32_t level;
    uint32_t organisation;
    uint32_t parents[PERIOD_PARENTS];
};

const enum level period_parents[PERIOD_PARENTS] = {LEVEL_PCN, LEVEL_SUB_ICB, LEVEL_ICB,
                                                   LEVEL_REGION};

/* A trust has no PCN, a region nothing above it that moves. */
static bool is_above(enum level parent, enum level level)
{
    if (level == LEVEL_TRUST)
        return parent >= LEVEL_ICB;
    return level < parent;
}

static struct period_key make_key(const struct results *results, const struct stay *stay,
                                  const struct affiliation *of)
{
    struct period_key key = {.level = (uint32_t)of->level, .organisation = of->organisation};

    for (size_t i = 0; i < PERIOD_PARENTS; i++)
        key.parents[i] = is_above(period_parents[i], of->level)
                             ? stay_organisation(results->belonging, stay, period_parents[i])
                             : ORGANISATION_NONE;
    return key;
}

static enum status find_period(struct period_finding *finding, const struct stay *stay,
                               const struct affiliation *of, struct organisation_period **period)
{
    struct results *const results = finding->results;
    const struct period_key key = make_key(results, stay, of);
    uint32_t number;
    const enum status status = intern_put(
        &finding->keys, (struct view){(const char *)&key, sizeof key}, &number, finding->why);

    if (status != STATUS_OK)
        return status;
    if (!grow(&results->periods, &finding->room, (size_t)number + 1, sizeof *results->periods))
        return fail_nomem(finding->why);
    *period = &results->periods[number];
    if (number < results->period_count)
        return STATUS_OK;
    **period = (struct organisation_period){
        .level = of->level,
        .organisation = of->organisation,
        .from = stay->presence.month,
        .to = stay->presence.month,
    };
    memcpy((*period)->parents, key.parents, sizeof key.parents);
    results->period_count++;
    return STATUS_OK;
}

static enum status add_months(struct period_finding *finding, const struct stay *stay)
{
    const struct belonging *const belonging = finding->results->belonging;
    size_t count;
    const struct affiliation *const all = stay_members(belonging, stay, &count);

    for (size_t i = 0; i < count; i++) {
        struct organisation_period *period = NULL;
        const enum status status = find_period(finding, stay, &all[i], &period);

        if (status != STATUS_OK)
            return status;
        if (stay->presence.month < period->from)
            period->from = stay->presence.month;
        if (stay->presence.month > period->to)
            period->to = stay->presence.month;
    }
    return STATUS_OK;
}

/* The patients of the last month of each period, once that month is known. */
static enum status add_patients(struct period_finding *finding, const struct stay *stay)
{
    const struct belonging *const belonging = finding->results->belonging;
    size_t count;
    const struct affiliation *const all = stay_members(belonging, stay, &count);

    for (size_t i = 0; i < count && stay->home && stay->patients >= 0; i++) {
        struct organisation_period *period = NULL;
        const enum status status = find_period(finding, stay, &all[i], &period);

        if (status != STATUS_OK)
            return status;
        if (stay->presence.month != period->to)
            continue;
        period->has_patients = true;
        if (!exact_add(&period->patients, stay->patients))
            return fail_set(finding->why, STATUS_LIMIT, "the patients are too many to add");
        if (period->level == LEVEL_PRACTICE)
            period->patients_month = stay->patients_month;
    }
    return STATUS_OK;
}

struct period_sortable {
    struct view codes[1 + PERIOD_PARENTS];
    struct organisation_period period;
};

static int compare_periods(const void *a, const void *b)
{
    const struct period_sortable *const one = a;
    const struct period_sortable *const other = b;
    int order =
        (one->period.level > other->period.level) - (one->period.level < other->period.level);

    if (order == 0)
        order = view_compare(one->codes[0], other->codes[0]);
    if (order == 0)
        order = (one->period.from > other->period.from) - (one->period.from < other->period.from);
    for (size_t i = 1; order == 0 && i < COUNT_OF(one->codes); i++)
        order = view_compare(one->codes[i], other->codes[i]);
    return order;
}

static enum status sort_periods(struct results *results, struct fail *why)
{
    const struct places *const places = &results->classified.cube->places;
    struct period_sortable *const sorted = calloc(results->period_count + 1, sizeof *sorted);

    if (sorted == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < results->period_count; i++) {
        const struct organisation_period *const period = &results->periods[i];

        sorted[i].period = *period;
        sorted[i].codes[0] = organisation_code(places, period->level, period->organisation);
        for (size_t p = 0; p < PERIOD_PARENTS; p++)
            if (period->parents[p] != ORGANISATION_NONE)
                sorted[i].codes[1 + p] =
                    organisation_code(places, period_parents[p], period->parents[p]);
    }
    qsort(sorted, results->period_count, sizeof *sorted, compare_periods);
    for (size_t i = 0; i < results->period_count; i++)
        results->periods[i] = sorted[i].period;
    free(sorted);
    return STATUS_OK;
}

enum status results_find_periods(struct results *results, struct fail *why)
{
    const struct belonging *const belonging = results->belonging;
    struct period_finding finding = {.results = results, .why = why};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < belonging_count(belonging) && status == STATUS_OK; i++)
        status = add_months(&finding, belonging_at(belonging, i));
    for (size_t i = 0; i < belonging_count(belonging) && status == STATUS_OK; i++)
        status = add_patients(&finding, belonging_at(belonging, i));
    intern_release(&finding.keys);
    return status == STATUS_OK ? sort_periods(results, why) : status;
}
