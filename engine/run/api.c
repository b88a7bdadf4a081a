#include "canister/canister.h"

#include "measure/rank.h"
#include "run/session.h"
#include "run/version.h"

#include <stdio.h>
#include <stdlib.h>

/* the public names of the engine's status codes */
_Static_assert((int)CANISTER_USAGE == (int)STATUS_USAGE && (int)CANISTER_DATA == (int)STATUS_DATA &&
                   (int)CANISTER_LIMIT == (int)STATUS_LIMIT &&
                   (int)CANISTER_NO_INPUT == (int)STATUS_NO_INPUT &&
                   (int)CANISTER_BUG == (int)STATUS_BUG &&
                   (int)CANISTER_NOMEM == (int)STATUS_NOMEM &&
                   (int)CANISTER_CANT_CREATE == (int)STATUS_CANT_CREATE &&
                   (int)CANISTER_IO == (int)STATUS_IO && (int)CANISTER_RULE == (int)STATUS_RULE,
               "public and internal status codes are the same numbers");

/* What the session is ready for. */
enum stage { STAGE_FAILED, STAGE_READING, STAGE_FEEDING, STAGE_FINISHED };

struct canister {
    struct session *session;
    enum stage stage;
    int keep_going;
    struct fail why;
    char sentence[1024];
};

static enum canister_status told(struct canister *run, enum status status)
{
    if (status != STATUS_OK)
        fail_print(&run->why, run->sentence, sizeof run->sentence);
    return (enum canister_status)status;
}

static enum canister_status misused(struct canister *run, const char *what)
{
    return told(run, fail_set(&run->why, STATUS_USAGE, "%s", what));
}

enum canister_status canister_open(struct canister **run, const struct canister_options *options)
{
    const struct canister_options none = {0};
    const struct canister_options *const given = options != NULL ? options : &none;
    const struct session_options wanted = {
        .rules = {.base = given->rules, .overlay = given->overlay},
        .factor_set = given->factor_set,
        .gas_factor_set = given->gas_factor_set,
        .reject_limit = given->strict ? (struct reject_limit){0, 0} : SESSION_REJECT_LIMIT,
        .replace = given->replace != 0,
        .keep_going = given->keep_going != 0,
        .sha256 = given->no_digest == 0,
        .threads = given->threads,
        .places = given->places_now ? PLACES_NOW : PLACES_THEN,
    };
    enum status status;

    *run = calloc(1, sizeof **run);
    if (*run == NULL)
        return CANISTER_NOMEM;
    (*run)->keep_going = given->keep_going;
    status = session_new(&(*run)->session, &wanted, &(*run)->why);
    (*run)->stage = status == STATUS_OK ? STAGE_READING : STAGE_FAILED;
    return told(*run, status);
}

/* After reading: a refused file ends the run unless it is to go on. */
static enum canister_status after_file(struct canister *run, enum status status)
{
    const bool refused = status == STATUS_DATA || status == STATUS_LIMIT;

    run->stage = status == STATUS_OK || (refused && run->keep_going) ? STAGE_READING : STAGE_FAILED;
    return told(run, status);
}

enum canister_status canister_read(struct canister *run, const char *path)
{
    if (run->stage != STAGE_READING)
        return misused(run, "nothing can be read now");
    return after_file(run, session_read(run->session, path, &run->why));
}

/* What stands beside the extracts must be right: there is no going on without it. */
static enum canister_status read_beside(struct canister *run, const char *path,
                                        enum status (*read)(struct session *session,
                                                            const char *path, struct fail *why))
{
    enum status status;

    if (run->stage != STAGE_READING)
        return misused(run, "nothing can be read now");
    status = read(run->session, path, &run->why);
    run->stage = status == STATUS_OK ? STAGE_READING : STAGE_FAILED;
    return told(run, status);
}

enum canister_status canister_register(struct canister *run, const char *path)
{
    return read_beside(run, path, session_register);
}

enum canister_status canister_group(struct canister *run, const char *path)
{
    return read_beside(run, path, session_group);
}

enum canister_status canister_feed_begin(struct canister *run, const char *name)
{
    enum status status;

    if (run->stage != STAGE_READING)
        return misused(run, "nothing can be read now");
    status = session_feed_begin(run->session, name, &run->why);
    run->stage = status == STATUS_OK ? STAGE_FEEDING : STAGE_FAILED;
    return told(run, status);
}

enum canister_status canister_feed(struct canister *run, const void *bytes, size_t length)
{
    enum status status;

    if (run->stage != STAGE_FEEDING)
        return misused(run, "bytes are fed between canister_feed_begin and canister_feed_end");
    status = session_feed(run->session, bytes, length, &run->why);
    if (status == STATUS_OK)
        return CANISTER_OK;
    return after_file(run, session_feed_refuse(run->session, status, &run->why));
}

enum canister_status canister_feed_end(struct canister *run)
{
    if (run->stage != STAGE_FEEDING)
        return misused(run, "canister_feed_end without canister_feed_begin");
    return after_file(run, session_feed_end(run->session, &run->why));
}

enum canister_status canister_finish(struct canister *run)
{
    enum status status;

    if (run->stage != STAGE_READING)
        return misused(run, "the run cannot be finished now");
    status = session_finish(run->session, &run->why);
    run->stage = status == STATUS_OK ? STAGE_FINISHED : STAGE_FAILED;
    return told(run, status);
}

static void fill_value(const struct results *results, const struct measure *measure,
                       const struct organisation_month *row, const struct measure_value *value,
                       struct canister_value *out)
{
    const struct rules *const rules = results->classified.rules;
    const struct places *const places = &results->classified.cube->places;
    const struct view name = organisation_name(places, row->level, row->organisation);

    out->measure = measure->id;
    out->level = level_text(row->level);
    out->organisation_code = organisation_code(places, row->level, row->organisation).at;
    out->organisation_name = name.at != NULL ? name.at : "";
    month_print(row->month, out->month);
    out->numerator[0] = '\0';
    out->denominator[0] = '\0';
    if (!value->unknown && !is_unknown(value->top))
        ratio_print(value->numerator, sum_unit(rules, measure->numerator.sum), 6, out->numerator);
    if (!value->unknown && measure->denominator.sum != SUM_NONE && !is_unknown(value->bottom))
        ratio_print(value->denominator, sum_unit(rules, measure->denominator.sum), 6,
                    out->denominator);
    measure_print(rules, measure, value, out->value);
    percentile_print(value, out->percentile);
}

static int find_level(const char *text)
{
    int level = 0;

    while (level < LEVELS && strcmp(level_text((enum level)level), text) != 0)
        level++;
    return level;
}

enum canister_status canister_result(struct canister *run, const char *measure, const char *level,
                                     const char *code, const char *month,
                                     struct canister_value *value)
{
    const struct organisation_month *row = NULL;
    const struct measure_value *found = NULL;
    const struct measure *known;
    const struct results *results;
    month_t when;
    int at;

    if (run->stage != STAGE_FINISHED)
        return misused(run, "the run is not finished");
    results = session_results(run->session);
    known = rules_measure(results->classified.rules, view_of(measure));
    at = find_level(level);
    if (known != NULL && at < LEVELS && month_parse(view_of(month), &when))
        row = results_find(results, known->subject, (enum level)at, view_of(code), when);
    if (row != NULL)
        found = measure_value_of(row, known);
    if (found == NULL)
        return misused(run, "there is no such measure, level, organisation or month");
    fill_value(results, known, row, found, value);
    return CANISTER_OK;
}

enum canister_status
canister_results(struct canister *run,
                 int (*each)(void *context, const struct canister_value *value), void *context)
{
    const struct rules *rules;
    const struct results *results;
    struct canister_value value;

    if (run->stage != STAGE_FINISHED)
        return misused(run, "the run is not finished");
    results = session_results(run->session);
    rules = results->classified.rules;
    for (size_t m = 0; m < rules->measures.count; m++) {
        for (size_t i = 0; i < results->organisation_count; i++) {
            const struct organisation_month *const row = &results->organisations[i];
            const struct measure_value *const found =
                measure_value_of(row, rules->measures.list[m]);

            if (found == NULL)
                continue;
            fill_value(results, rules->measures.list[m], row, found, &value);
            if (each(context, &value) != 0)
                return CANISTER_OK;
        }
    }
    return CANISTER_OK;
}

enum canister_status canister_report(struct canister *run, const char *folder)
{
    if (run->stage != STAGE_FINISHED)
        return misused(run, "the run is not finished");
    return told(run, session_write(run->session, folder, &run->why));
}

const char *canister_why(const struct canister *run)
{
    return run != NULL ? run->sentence : status_text(STATUS_NOMEM);
}

const char *canister_strerror(enum canister_status status)
{
    return status_text((enum status)status);
}

const char *canister_version(void)
{
    return CANISTER_VERSION;
}

void canister_close(struct canister *run)
{
    if (run == NULL)
        return;
    session_free(run->session);
    free(run);
}
