#include "run/session_internal.h"

#include "measure/focus.h"
#include "trend/statistics.h"

#include <stdlib.h>

/* What is wrong with the published totals is said before hours of extracts are read. */
static enum status read_control(struct session *session, struct fail *why)
{
    const char *const path = arena_copy(&session->arena, view_of(session->options.control));
    enum status status;

    if (path == NULL)
        return fail_nomem(why);
    session->options.control = path;
    status = published_read(&session->published, path, why);
    if (status != STATUS_OK)
        return status;
    status = check_levels(&session->published, session->rules, why);
    return status == STATUS_OK ? status : fail_in(why, path, why->line);
}

static enum status choose_factors(struct session *session, struct fail *why)
{
    const struct session_options *const options = &session->options;
    const char *const set = options->factor_set != NULL ? options->factor_set : "canister";
    const char *const gases =
        options->gas_factor_set != NULL ? options->gas_factor_set : "nhs-2540";

    session->factors = rules_factor_set(session->rules, view_of(set));
    session->gas_factors = rules_gas_factor_set(session->rules, view_of(gases));
    if (session->factors == NULL)
        return fail_set(why, STATUS_USAGE, "there is no factor set \"%s\"", set);
    return session->gas_factors != NULL
               ? STATUS_OK
               : fail_set(why, STATUS_USAGE, "there is no factor set of gases \"%s\"", gases);
}

enum status session_new(struct session **session, const struct session_options *options,
                        struct fail *why)
{
    struct session *const made = calloc(1, sizeof *made);
    enum status status;

    if (made == NULL)
        return fail_nomem(why);
    statistics_begin();
    made->options = *options;
    clock_gettime(CLOCK_MONOTONIC, &made->began);
    status = chart_read(options->charts, &made->charts, why);
    if (status == STATUS_OK)
        status = rules_load(&made->rules, &options->rules, why);
    if (status == STATUS_OK)
        status = choose_factors(made, why);
    if (status == STATUS_OK && options->control != NULL)
        status = read_control(made, why);
    if (status != STATUS_OK) {
        session_free(made);
        return status;
    }
    *session = made;
    return STATUS_OK;
}

enum status session_register(struct session *session, const char *path, struct fail *why)
{
    session->registers.present = session_present();
    return registers_read(&session->registers, session->rules, path, session->options.reject_limit,
                          session->options.sha256, why);
}

enum status session_group(struct session *session, const char *path, struct fail *why)
{
    return session->groups.count == 0
               ? groups_read(&session->groups, path, why)
               : fail_set(why, STATUS_USAGE, "the groups of a run are in one file");
}

void session_focus(struct session *session, enum level level, const char *text)
{
    session->focus = (struct focus){level, text};
}

/* What follows from the results, over their months. */
static enum status advise(struct session *session, struct fail *why)
{
    const struct results *const results = session->results;
    enum status status = spreads_make(&session->standings, results, why);

    if (status == STATUS_OK)
        status = advise_opportunities(&session->opportunities, results, why);
    if (status == STATUS_OK) /* peers are all, what is told are those asked for */
        focus_keep(session->results);
    if (status == STATUS_OK)
        status = advise_switches(&session->advice, results, why);
    if (status == STATUS_OK)
        status = advise_targets(&session->targets, results, why);
    if (status == STATUS_OK)
        status = changes_make(&session->changes, results, why);
    return status;
}

enum status session_finish(struct session *session, struct fail *why)
{
    enum status status;

    if (session->results != NULL)
        return fail_set(why, STATUS_USAGE, "the run is finished already");
    status = session_join_groups(session, why);
    if (status != STATUS_OK)
        return status;
    registers_settle(&session->registers);
    session->placing = (struct placing){
        .view = session->options.places,
        .registers = session->registers.account_count > 0 ? &session->registers : NULL,
        .groups = session->groups.count > 0 ? &session->groups : NULL,
    };
    status = results_new(&session->results, session->focus.text != NULL ? &session->focus : NULL,
                         session->rules, &session->cube, session->factors, session->gas_factors,
                         &session->placing, why);
    if (status == STATUS_OK && session->options.control != NULL)
        status = compare_totals(&session->comparisons, &session->published, &session->totals, why);
    return status == STATUS_OK ? advise(session, why) : status;
}

const struct rules *session_rules(const struct session *session)
{
    return session->rules;
}

const struct target_list *session_targets(const struct session *session)
{
    return &session->targets;
}

const struct results *session_results(const struct session *session)
{
    return session->results;
}

const struct registers *session_registers(const struct session *session)
{
    return &session->registers;
}

const struct groups *session_groups(const struct session *session)
{
    return &session->groups;
}

const struct comparisons *session_comparisons(const struct session *session)
{
    return session->options.control != NULL && session->results != NULL ? &session->comparisons
                                                                        : NULL;
}

void session_headline(const struct session *session, struct headline *headline)
{
    headline_of(headline, session->results, &session->advice);
}

size_t session_file_count(const struct session *session)
{
    return session->file_count;
}

const struct audit_file *session_file(const struct session *session, size_t index)
{
    return &session->files[index];
}

void session_free(struct session *session)
{
    if (session == NULL)
        return;
    session_drop_part(session);
    session_release_members(session);
    factor_comparisons_release(&session->factor_comparisons);
    alerts_release(&session->alerts);
    changes_release(&session->changes);
    opportunities_release(&session->opportunities);
    spreads_release(&session->standings);
    targets_release(&session->targets);
    advice_release(&session->advice);
    results_free(session->results);
    registers_release(&session->registers);
    groups_release(&session->groups);
    cube_release(&session->cube);
    totals_release(&session->totals);
    published_release(&session->published);
    comparisons_release(&session->comparisons);
    for (size_t i = 0; i < session->cube_count; i++) {
        cube_release(&session->cubes[i].cube);
        totals_release(&session->cubes[i].totals);
    }
    free(session->cubes);
    for (size_t i = 0; i < session->file_count; i++) {
        rejects_release(&session->files[i].summary.rejects);
        free(session->files[i].summary.months);
    }
    free(session->files);
    free(session->members);
    arena_release(&session->arena);
    rules_free(session->rules);
    free(session);
}
