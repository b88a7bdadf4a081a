#include "advise/plan_follow.h"
#include "advise/plan_internal.h"

#include "base/grow.h"
#include "stream/scan_file.h"

#include <stdio.h>
#include <stdlib.h>

/* Less than the tenth part of what was planned is no sign that work has begun. */
#define BEGUN 10

/* The columns of plan.csv that are read, wherever they stand. */
#define WANTED_LIST(X)      \
    X(organisation_code)    \
    X(step)                 \
    X(practice_code)        \
    X(kind)                 \
    X(from_code)            \
    X(to_code)              \
    X(inhalers_year)        \
    X(inhalers_changed)     \
    X(kgco2e_saved_year)    \
    X(cost_change_gbp_year) \
    X(base_last_month)

enum wanted {
#define X(name) AT_##name,
    WANTED_LIST(X)
#undef X
        WANTED
};

static const char *const wanted_names[WANTED] = {
#define X(name) #name,
    WANTED_LIST(X)
#undef X
};

struct follow_reading {
    struct plan_follow *follow;
    const struct plan_ask *ask;
    bool has_header;
    size_t at[WANTED];
};

static enum status wrong(const struct scan_row *fields, struct fail *why)
{
    why->line = fields->line;
    return STATUS_DATA;
}

static enum status read_header(struct follow_reading *reading, const struct scan_row *fields,
                               struct fail *why)
{
    reading->has_header = true;
    for (int i = 0; i < WANTED; i++) {
        size_t at = 0;

        while (at < fields->count && !view_is(view_trim(scan_field(fields, at)), wanted_names[i]))
            at++;
        if (at == fields->count) {
            fail_set(why, STATUS_DATA, "has no column %s: --follow reads the plan.csv of a plan",
                     wanted_names[i]);
            return wrong(fields, why);
        }
        reading->at[i] = at;
    }
    return STATUS_OK;
}

static struct view field(const struct follow_reading *reading, const struct scan_row *fields,
                         enum wanted which)
{
    return reading->at[which] < fields->count ? view_trim(scan_field(fields, reading->at[which]))
                                              : view_none();
}

static bool number(const struct follow_reading *reading, const struct scan_row *fields,
                   enum wanted which, int places, int64_t *value)
{
    return decimal_parse(field(reading, fields, which), places, value) == DECIMAL_OK;
}

static const struct product *product_of(const struct rules *rules, struct view code)
{
    const uint32_t found = intern_find(&rules->codes, code);

    return found == INTERN_NONE ? NULL : rules->by_code[found];
}

static size_t kind_of(const struct plan_ask *ask, struct view kind)
{
    size_t number = 0;

    while (number < ask->assumptions.kind_count &&
           !view_is(kind, ask->assumptions.kinds[number].id))
        number++;
    return number;
}

static enum status read_step(struct follow_reading *reading, const struct scan_row *fields,
                             struct follow_step *step, struct fail *why)
{
    const struct results *const results = reading->ask->results;
    const struct places *const places = &results->classified.cube->places;
    const struct view code = field(reading, fields, AT_practice_code);
    bool good;

    step->from = product_of(results->classified.rules, field(reading, fields, AT_from_code));
    step->to = product_of(results->classified.rules, field(reading, fields, AT_to_code));
    step->kind = kind_of(reading->ask, field(reading, fields, AT_kind));
    step->practice = intern_find(&places->levels[LEVEL_PRACTICE].codes, code);
    if (step->practice == INTERN_NONE)
        step->practice = ORGANISATION_NONE;
    step->practice_code = arena_copy(&reading->follow->arena, code);
    good = number(reading, fields, AT_step, 0, &step->step) &&
           number(reading, fields, AT_inhalers_year, 0, &step->before) &&
           number(reading, fields, AT_inhalers_changed, 0, &step->planned) &&
           number(reading, fields, AT_kgco2e_saved_year, PLACES_CARBON, &step->saved) &&
           number(reading, fields, AT_cost_change_gbp_year, PLACES_MONEY, &step->pounds) &&
           month_parse(field(reading, fields, AT_base_last_month), &reading->follow->planned_from);
    if (step->practice_code == NULL)
        return fail_nomem(why);
    if (!good || step->planned <= 0)
        fail_set(why, STATUS_DATA, "a number or month of the plan cannot be read");
    else if (step->from == NULL || step->to == NULL)
        fail_set(why, STATUS_DATA, "a product of the plan is not in the rules");
    else
        return STATUS_OK;
    return wrong(fields, why);
}

static enum status on_row(void *context, const struct scan_row *fields, struct fail *why)
{
    struct follow_reading *const reading = context;
    struct plan_follow *const follow = reading->follow;
    const struct plan_ask *const ask = reading->ask;
    struct follow_step step = {0};
    enum status status;

    if (!reading->has_header)
        return read_header(reading, fields, why);
    if (!view_equal(field(reading, fields, AT_organisation_code),
                    organisation_code(&ask->results->classified.cube->places, ask->level,
                                      ask->organisation))) {
        fail_set(why, STATUS_DATA, "this step is of another organisation than was asked for");
        return wrong(fields, why);
    }
    status = read_step(reading, fields, &step, why);
    if (status != STATUS_OK)
        return status;
    if (!grow(&follow->steps, &follow->room, follow->count + 1, sizeof *follow->steps))
        return fail_nomem(why);
    follow->steps[follow->count++] = step;
    return STATUS_OK;
}

static enum status on_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    (void)context;
    fail_set(why, STATUS_DATA, "%s", scan_fault_text(bad->fault));
    why->line = bad->line;
    return STATUS_DATA;
}

static bool is_planned(const struct plan_follow *follow, uint32_t practice,
                       const struct product *product)
{
    for (size_t i = 0; i < follow->count; i++)
        if (follow->steps[i].practice == practice && follow->steps[i].from == product)
            return true;
    return false;
}

/* Inhalers a year of a product in one practice, or in those that were not to change it. */
static int64_t volume_of(const struct plan_follow *follow, const struct plan_base *base,
                         const struct product *product, uint32_t practice, bool *known)
{
    int64_t volume = 0;

    *known = false;
    for (size_t i = 0; i < base->source_count; i++) {
        const struct plan_practice *const whose = &base->practices[base->sources[i].practice];
        const bool wanted = practice != ORGANISATION_NONE
                                ? whose->organisation == practice
                                : !whose->out && !is_planned(follow, whose->organisation, product);

        *known = *known || (wanted && (practice == ORGANISATION_NONE || !whose->out));
        if (wanted && base->sources[i].product == product)
            volume += base->sources[i].volume;
    }
    return volume;
}

/* Of all steps with one product in one practice. */
static int64_t planned_of(const struct plan_follow *follow, const struct follow_step *step)
{
    int64_t planned = 0;

    for (size_t i = 0; i < follow->count; i++)
        if (follow->steps[i].practice == step->practice && follow->steps[i].from == step->from)
            planned += follow->steps[i].planned;
    return planned;
}

static void follow_step(struct plan_follow *follow, const struct plan_base *before,
                        const struct plan_base *after, struct follow_step *step)
{
    bool known;
    const int64_t others_before = volume_of(follow, before, step->from, ORGANISATION_NONE, &known);
    const int64_t others_after = volume_of(follow, after, step->from, ORGANISATION_NONE, &known);
    wide_t fallen;

    follow->alone += others_before <= 0;
    step->expected = others_before > 0
                         ? (int64_t)((wide_t)step->before * others_after / others_before)
                         : step->before;
    if (step->practice == ORGANISATION_NONE)
        return;
    step->after = volume_of(follow, after, step->from, step->practice, &step->known);
    if (!step->known)
        return;
    fallen = step->expected - step->after;
    step->realised = (int64_t)(fallen * step->planned / planned_of(follow, step));
    step->realised_saved = (int64_t)((wide_t)step->saved * step->realised / step->planned);
    step->realised_pounds = (int64_t)((wide_t)step->pounds * step->realised / step->planned);
    if (step->kind < PLAN_MOST_KINDS) {
        follow->kinds[step->kind].planned += step->planned;
        follow->kinds[step->kind].realised += step->realised;
    }
}

static enum status compare(struct plan_follow *follow, const struct plan_ask *ask, struct fail *why)
{
    struct plan_ask then = *ask;
    struct plan_base before = {0};
    struct plan_base after = {0};
    char month[MONTH_TEXT];
    enum status status;

    then.last = follow->planned_from;
    status = plan_base_make(&before, &then, why);
    if (status == STATUS_OK)
        status = plan_base_make(&after, ask, why);
    follow->last = after.last;
    if (status == STATUS_OK && before.months == 0)
        status =
            fail_set(why, STATUS_DATA,
                     "the plan was made of the months to %s, and they are not among the files: "
                     "what others did since cannot be seen",
                     month_print(follow->planned_from, month));
    if (status == STATUS_OK && after.last <= follow->planned_from)
        status = fail_set(why, STATUS_DATA,
                          "the plan was made of the months to %s, and there is none after them",
                          month_print(follow->planned_from, month));
    for (size_t i = 0; i < follow->count && status == STATUS_OK; i++)
        follow_step(follow, &before, &after, &follow->steps[i]);
    plan_base_release(&before);
    plan_base_release(&after);
    return status;
}

enum status plan_follow_make(struct plan_follow *follow, const struct plan_ask *ask,
                             const char *path, struct fail *why)
{
    struct follow_reading reading = {.follow = follow, .ask = ask};
    const struct scan_sink sink = {&reading, on_row, on_bad};
    enum status status;

    *follow = (struct plan_follow){.planned_from = MONTH_NONE};
    status = scan_file(path, &sink, why);
    if (status == STATUS_OK && follow->count == 0) {
        fail_set(why, STATUS_DATA, "has no step");
        return fail_in(why, path, 0);
    }
    return status == STATUS_OK ? compare(follow, ask, why) : status;
}

bool plan_follow_has_begun(const struct follow_kind *kind)
{
    return kind->planned > 0 && kind->realised >= kind->planned / BEGUN;
}

enum status plan_follow_assume(const struct plan_follow *follow, struct plan_ask *ask,
                               struct plan_own *own, struct fail *why)
{
    const struct plan_assumptions *const plan = &ask->assumptions;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < plan->kind_count && i < PLAN_MOST_KINDS && status == STATUS_OK; i++) {
        const struct follow_kind *const kind = &follow->kinds[i];
        char text[160];
        char value[DECIMAL_TEXT];
        wide_t accept;

        if (!plan_follow_has_begun(kind))
            continue;
        /* whole hundredths of a per cent, so that minutes keep a small common multiple */
        accept = (wide_t)plan->kinds[i].accept * kind->realised / kind->planned / 100000;
        accept = accept < 10 ? 10 : accept > 1000 ? 1000 : accept;
        snprintf(text, sizeof text, "%s.accept_percent=%s", plan->kinds[i].id,
                 decimal_print(accept, 1, value));
        status = plan_assume(ask, own, text, why);
    }
    return status;
}

void plan_follow_release(struct plan_follow *follow)
{
    arena_release(&follow->arena);
    free(follow->steps);
    *follow = (struct plan_follow){0};
}
