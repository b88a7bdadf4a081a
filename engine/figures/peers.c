#include "figures/peers.h"

#include "figures/ask.h"
#include "trend/quantile.h"

#include <math.h>
#include <stdlib.h>

double peer_value(const struct results *results, const struct organisation_month *row)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const measure = rules->measures.list[ask_headline(results)];
    const struct measure_value *const value = measure_value_of(row, measure);

    return value != NULL ? measure_number(rules, measure, value) : (double)NAN;
}

const struct organisation_month *peer_row(const struct results *results, const struct peer *peer,
                                          size_t month)
{
    const struct excerpt *const rows = &peer->rows;

    for (size_t i = 0; i < rows->row_count; i++) {
        const struct organisation_month *const row = &results->organisations[rows->first_row + i];

        if (row->month == rows->first + (month_t)month)
            return row;
    }
    return NULL;
}

/* The practices of one ICB and what they have, month by month. */
struct gathering {
    const struct results *results;
    struct peer_list *peers;
    const struct icb_peers *others;
    double *values; /* room for all */
};

static void fill_month(const struct gathering *gathering, size_t month,
                       double *const lines[PEER_LINES])
{
    const struct results *const results = gathering->results;
    size_t count = 0;

    for (size_t i = 0; i < gathering->peers->count; i++) {
        const struct peer *const peer = &gathering->peers->list[i];
        const struct organisation_month *const row =
            peer->others == gathering->others ? peer_row(results, peer, month) : NULL;

        if (row == NULL)
            continue;
        gathering->values[count] = peer_value(results, row);
        count += isnan(gathering->values[count]) ? 0 : 1;
    }
    sort_values(gathering->values, count);
    for (size_t d = 0; d < DECILES; d++)
        lines[d][month] = count >= PEERS_FOR_DECILES
                              ? quantile_of_sorted(gathering->values, count, (double)(d + 1) / 10)
                              : (double)NAN;
}

/* Its own figure, which is not the middle of its practices. */
static void fill_icb(const struct gathering *gathering, const struct peer *peer, double *line)
{
    const struct results *const results = gathering->results;

    for (size_t i = 0; i < gathering->peers->months; i++) {
        const struct organisation_month *const row =
            peer->icb != NULL ? ask_in_month(results, peer->icb, peer->rows.first + (month_t)i)
                              : NULL;

        line[i] = row != NULL ? peer_value(results, row) : (double)NAN;
    }
}

static enum status fill_lines(struct gathering *gathering, struct icb_peers *others,
                              const struct peer *peer, struct fail *why)
{
    double *lines[PEER_LINES];

    for (size_t i = 0; i < PEER_LINES; i++) {
        lines[i] =
            arena_array(&gathering->peers->arena, gathering->peers->months, sizeof *lines[i]);
        if (lines[i] == NULL)
            return fail_nomem(why);
        others->lines[i] = lines[i];
    }
    for (size_t month = 0; month < gathering->peers->months; month++)
        fill_month(gathering, month, lines);
    fill_icb(gathering, peer, lines[DECILES]);
    return STATUS_OK;
}

/* Gives the same to all practices of an ICB, from the first of them on. */
static enum status find_others(struct gathering *gathering, size_t first, struct fail *why)
{
    struct peer_list *const peers = gathering->peers;
    struct icb_peers *const others = arena_take(&peers->arena, sizeof *others);

    if (others == NULL)
        return fail_nomem(why);
    *others = (struct icb_peers){.icb = peers->list[first].icb_number};
    for (size_t i = first; i < peers->count; i++)
        if (peers->list[i].icb_number == others->icb) {
            peers->list[i].others = others;
            others->count++;
        }
    gathering->others = others;
    return fill_lines(gathering, others, &peers->list[first], why);
}

/* icbs  by practice */
static void find_practices(struct peer_list *peers, const struct figures *figures,
                           const uint32_t *icbs)
{
    const struct results *const results = figures->results;
    const struct places *const places = &results->classified.cube->places;
    const month_t latest = ask_latest_month(results);
    struct excerpt rows = excerpt_begin(figures);

    while (excerpt_next(figures, &rows)) {
        const uint32_t practice = rows.now->organisation;
        const uint32_t icb = icbs[practice];

        if (rows.now->month != latest || !ask_is_met(results, LEVEL_PRACTICE, practice))
            continue; /* no longer there, or nobody to visit */
        peers->list[peers->count++] = (struct peer){
            .rows = rows,
            .icb_number = icb,
            .icb = icb != ORGANISATION_NONE
                       ? results_find(results, SUBJECT_prescribing, LEVEL_ICB,
                                      organisation_code(places, LEVEL_ICB, icb), latest)
                       : NULL,
        };
    }
}

enum status peers_find(struct peer_list *peers, const struct figures *figures, struct fail *why)
{
    const struct results *const results = figures->results;
    const size_t practices = results->classified.cube->places.levels[LEVEL_PRACTICE].codes.count;
    struct gathering gathering = {.results = results, .peers = peers};
    uint32_t *const icbs = calloc(practices + 1, sizeof *icbs);
    enum status status = STATUS_OK;

    *peers = (struct peer_list){
        .list = calloc(practices + 1, sizeof *peers->list),
        .months = (size_t)(ask_latest_month(results) - ask_first_month(results)) + 1,
    };
    gathering.values = calloc(practices + 1, sizeof *gathering.values);
    if (icbs == NULL || peers->list == NULL || gathering.values == NULL) {
        status = fail_nomem(why);
    } else {
        ask_icbs(results, ask_latest_month(results), icbs);
        find_practices(peers, figures, icbs);
    }
    for (size_t i = 0; i < peers->count && status == STATUS_OK; i++)
        if (peers->list[i].others == NULL)
            status = find_others(&gathering, i, why);
    free(gathering.values);
    free(icbs);
    return status;
}

void peers_release(struct peer_list *peers)
{
    free(peers->list);
    arena_release(&peers->arena);
    *peers = (struct peer_list){0};
}
