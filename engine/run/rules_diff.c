#include "run/rules_diff.h"

#include "measure/focus.h"
#include "table/difference.h"
#include "table/table.h"
#include "run/session_internal.h"
#include "run/session_store.h"
#include "stream/output.h"

#include <stdlib.h>

struct rules_diff {
    struct rules *before;
    struct session *session; /* by the later rules: it has the sums */
    struct differences differences;
};

static enum status find_sets(const struct rules_diff *diff, struct difference_side *before,
                             struct fail *why)
{
    const struct session *const session = diff->session;

    *before = (struct difference_side){
        .rules = diff->before,
        .factors = rules_factor_set(diff->before, view_of(session->factors->id)),
        .gas_factors = rules_gas_factor_set(diff->before, view_of(session->gas_factors->id)),
    };
    return before->factors != NULL && before->gas_factors != NULL
               ? STATUS_OK
               : fail_set(why, STATUS_USAGE, "the earlier rules have no factor set \"%s\"",
                          before->factors == NULL ? session->factors->id
                                                  : session->gas_factors->id);
}

/* The places of one ICB; NULL for all. */
static enum status choose_places(const struct cube *cube, const struct rules *rules,
                                 const char *icb, bool **wanted, struct fail *why)
{
    const struct focus focus = {LEVEL_ICB, icb};
    const size_t count = places_count(&cube->places);
    bool *chosen;
    enum status status;

    if (icb == NULL)
        return STATUS_OK;
    chosen = calloc(cube->places.levels[LEVEL_ICB].codes.count + 1, sizeof *chosen);
    *wanted = calloc(count + 1, sizeof **wanted);
    status = chosen != NULL && *wanted != NULL
                 ? focus_find(&focus, &cube->places, rules->sub_icb_padding, chosen, why)
                 : fail_nomem(why);
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        const uint32_t number = place_organisation(&cube->places, i, LEVEL_ICB);

        (*wanted)[i] = number != ORGANISATION_NONE && chosen[number];
    }
    free(chosen);
    return status;
}

static enum status compare_rules(struct rules_diff *diff, const char *icb, struct fail *why)
{
    const struct session *const session = diff->session;
    struct difference_side sides[2] = {
        {NULL, NULL, NULL},
        {session->rules, session->factors, session->gas_factors},
    };
    bool *wanted = NULL;
    enum status status = find_sets(diff, &sides[0], why);

    if (status == STATUS_OK)
        status = choose_places(&session->cube, session->rules, icb, &wanted, why);
    if (status == STATUS_OK)
        status = differences_make(&diff->differences, &session->cube, sides, wanted, why);
    free(wanted);
    return status;
}

enum status rules_diff_new(struct rules_diff **diff, struct store *store,
                           const struct rules_diff_options *options, struct fail *why)
{
    const struct session_options session_options = {
        .rules = options->after,
        .factor_set = options->factor_set,
        .gas_factor_set = options->gas_factor_set,
        .reject_limit = SESSION_REJECT_LIMIT,
    };
    struct rules_diff *const made = calloc(1, sizeof *made);
    enum status status;

    if (made == NULL)
        return fail_nomem(why);
    status = rules_load(&made->before, &options->before, why);
    if (status == STATUS_OK)
        status = session_new(&made->session, &session_options, why);
    if (status == STATUS_OK) {
        made->session->other = made->before;
        status = session_load(made->session, store, &options->months, why);
    }
    if (status == STATUS_OK)
        status = compare_rules(made, options->icb, why);
    if (status != STATUS_OK) {
        rules_diff_free(made);
        return status;
    }
    *diff = made;
    return STATUS_OK;
}

const struct differences *rules_diff_of(const struct rules_diff *diff)
{
    return &diff->differences;
}

enum status rules_diff_write(const struct rules_diff *diff, const char *folder, struct fail *why)
{
    struct output *output = NULL;
    FILE *file = NULL;
    enum status status = output_begin(&output, folder, NULL, why);

    if (status == STATUS_OK)
        status = output_open(output, table_difference.file, &file, why);
    if (status == STATUS_OK) {
        difference_write(file, &diff->differences);
        status = output_commit(output, why);
    }
    output_free(output);
    return status;
}

void rules_diff_free(struct rules_diff *diff)
{
    if (diff == NULL)
        return;
    differences_release(&diff->differences);
    session_free(diff->session);
    rules_free(diff->before);
    free(diff);
}
