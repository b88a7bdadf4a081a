#include "measure/focus.h"

#include "place/search.h"

#include <stdlib.h>

enum status focus_find(const struct focus *focus, const struct places *places, const char *padding,
                       bool *chosen, struct fail *why)
{
    struct place_search search = {
        .places = places, .text = focus->text, .padding = padding, .where = "in these months"};

    search.chosen[focus->level] = chosen;
    return places_search(&search, why);
}

enum status focus_choose(struct results *results, struct fail *why)
{
    const struct focus *const focus = results->focus;
    const struct places *const places = &results->classified.cube->places;

    if (focus == NULL)
        return STATUS_OK;
    results->chosen = calloc(places->levels[focus->level].codes.count + 1, sizeof *results->chosen);
    if (results->chosen == NULL)
        return fail_nomem(why);
    return focus_find(focus, places, results->classified.rules->sub_icb_padding, results->chosen,
                      why);
}

bool results_have(const struct results *results, const struct cell *cell)
{
    uint32_t organisation;

    if (results->focus == NULL)
        return true;
    organisation = cell_organisation(results, cell, results->focus->level);
    return organisation != ORGANISATION_NONE && results->chosen[organisation];
}

/* An organisation in a month; MONTH_NONE: at any time. */
struct focus_key {
    uint32_t level;
    uint32_t organisation;
    int32_t month;
};

static struct view key_of(const struct focus_key *key)
{
    return (struct view){(const char *)key, sizeof *key};
}

bool focus_wants(const struct results *results, enum level level, uint32_t organisation,
                 month_t month)
{
    const struct focus_key key = {level, organisation, month};

    return results->focus == NULL || intern_find(&results->wanted, key_of(&key)) != INTERN_NONE;
}

static enum status want_all_of(const struct results *results, const struct stay *stay,
                               struct intern *wanted, struct fail *why)
{
    size_t count;
    const struct affiliation *const all = stay_members(results->belonging, stay, &count);
    uint32_t ignored;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct focus_key key = {all[i].level, all[i].organisation, stay->presence.month};

        status = intern_put(wanted, key_of(&key), &ignored, why);
        key.month = MONTH_NONE;
        if (status == STATUS_OK)
            status = intern_put(wanted, key_of(&key), &ignored, why);
    }
    return status;
}

/* Wherever a place of the chosen counts in a month. */
enum status focus_find_wanted(struct results *results, struct fail *why)
{
    const size_t count = results->focus != NULL ? belonging_count(results->belonging) : 0;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const struct stay *const stay = belonging_at(results->belonging, i);
        const uint32_t organisation =
            stay_organisation(results->belonging, stay, results->focus->level);

        if (organisation != ORGANISATION_NONE && results->chosen[organisation])
            status = want_all_of(results, stay, &results->wanted, why);
    }
    return status;
}

void focus_keep(struct results *results)
{
    size_t kept = 0;

    if (results->focus == NULL)
        return;
    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (focus_wants(results, row->level, row->organisation, row->month))
            results->organisations[kept++] = *row;
    }
    results->organisation_count = kept;
    kept = 0;
    for (size_t i = 0; i < results->use_count; i++) {
        const struct use *const row = &results->uses[i];

        if (focus_wants(results, row->level, row->organisation, row->month))
            results->uses[kept++] = *row;
    }
    results->use_count = kept;
    kept = 0;
    for (size_t i = 0; i < results->period_count; i++) {
        const struct organisation_period *const row = &results->periods[i];

        if (focus_wants(results, row->level, row->organisation, MONTH_NONE))
            results->periods[kept++] = *row;
    }
    results->period_count = kept;
    kept = 0;
    for (size_t i = 0; i < results->gas_finding_count; i++) {
        const struct gas_finding *const row = &results->gas_findings[i];

        if (focus_wants(results, row->level, row->organisation, MONTH_NONE))
            results->gas_findings[kept++] = *row;
    }
    results->gas_finding_count = kept;
}

bool results_show(const struct results *results, enum level level, uint32_t organisation)
{
    return focus_wants(results, level, organisation, MONTH_NONE);
}
