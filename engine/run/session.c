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
    return session->groups.count == 0 ? groups_read(&session->groups, path, why)
                                      : fail_set(why, STATUS_USAGE, "give all groups in one file");
}

void session_focus(struct session *session, enum level level, const char *text)
{
    session->focus = (struct focus){level, text};
}

enum status session_finish(struct session *session, struct fail *why)
{
    enum status status;

    if (session->figures.results != NULL)
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
    return figures_make(
        &session->figures,
        &(struct figures_from){
            .rules = session->rules,
            .cube = &session->cube,
            .factors = session->factors,
            .gas_factors = session->gas_factors,
            .focus = session->focus.text != NULL ? &session->focus : NULL,
            .placing = &session->placing,
            .published = session->options.control != NULL ? &session->published : NULL,
            .totals = &session->totals,
            .charts = session->charts,
            .inputs = {session->files, session->file_count, &session->registers, &session->groups},
        },
        why);
}

const struct rules *session_rules(const struct session *session)
{
    return session->rules;
}

const struct figures *session_figures(const struct session *session)
{
    return &session->figures;
}

const struct results *session_results(const struct session *session)
{
    return session->figures.results;
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
    return session->options.control != NULL && session->figures.results != NULL
               ? &session->figures.comparisons
               : NULL;
}

void session_headline(const struct session *session, struct headline *headline)
{
    headline_of(headline, &session->figures);
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
    figures_release(&session->figures);
    registers_release(&session->registers);
    groups_release(&session->groups);
    cube_release(&session->cube);
    totals_release(&session->totals);
    published_release(&session->published);
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
