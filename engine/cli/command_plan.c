#include "advise/plan_follow.h"
#include "cli/plan_words.h"
#include "cli/reading.h"
#include "cli/store_file.h"

#include "stream/output.h"
#include "table/table.h"

#include <math.h>
#include <stdlib.h>

/* Which of the options that name an organisation was given. */
static const struct {
    const char *option;
    enum level level;
} organisations[] = {
    {"icb", LEVEL_ICB},
    {"pcn", LEVEL_PCN},
    {"group-code", LEVEL_GROUP},
    {"practice", LEVEL_PRACTICE},
};

struct planning {
    struct running running;
    struct plan_ask ask;
    struct plan_own own;
    struct formulary formulary;
    struct plan plan;
    struct plan_follow follow;
    enum level level;
    const char *text;
};

static enum status choose_organisation(struct planning *planning)
{
    const struct invocation *const invocation = planning->running.invocation;

    for (size_t i = 0; i < COUNT_OF(organisations); i++) {
        const char *const text = option_value(invocation, organisations[i].option);

        if (text == NULL)
            continue;
        if (planning->text != NULL)
            return fail_set(&planning->running.why, STATUS_USAGE,
                            "a plan is for one organisation: one of --icb, --pcn, --group-code and "
                            "--practice");
        planning->level = organisations[i].level;
        planning->text = text;
    }
    if (planning->text == NULL)
        return fail_set(&planning->running.why, STATUS_USAGE,
                        "a plan is for one organisation: give --icb, --pcn, --group-code or "
                        "--practice");
    session_focus(planning->running.session, planning->level, planning->text);
    return STATUS_OK;
}

/* The one that session_focus has found. */
static uint32_t chosen(const struct results *results, enum level level)
{
    const struct organisations *const all = &results->classified.cube->places.levels[level];

    for (uint32_t i = 0; i < all->codes.count; i++)
        if (results->chosen[i])
            return i;
    return ORGANISATION_NONE;
}

static enum status read_number(const struct invocation *invocation, const char *option, int places,
                               bool may_be_zero, int64_t *value, struct fail *why)
{
    const char *const text = option_value(invocation, option);
    const enum decimal_fault fault = decimal_parse(view_of(text), places, value);

    if (fault != DECIMAL_OK || *value < 0 || (*value == 0 && !may_be_zero))
        return fail_set(why, STATUS_USAGE, "--%s \"%s\": %s", option, text,
                        fault != DECIMAL_OK ? decimal_fault_text(fault) : "must be above 0");
    return STATUS_OK;
}

static const struct target *find_target(const struct rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->targets.count; i++)
        if (strcmp(rules->targets.list[i]->id, id) == 0)
            return rules->targets.list[i];
    return NULL;
}

static const struct target_answer *find_answer(const struct planning *planning,
                                               const struct target *target)
{
    const struct target_list *const all = &session_figures(planning->running.session)->targets;

    for (size_t i = 0; i < all->count; i++)
        if (all->list[i].target == target && all->list[i].anybody &&
            all->list[i].level == planning->level &&
            all->list[i].organisation == planning->ask.organisation)
            return &all->list[i];
    return NULL;
}

static enum status use_target(struct planning *planning, const char *id)
{
    const struct target *const target = find_target(session_rules(planning->running.session), id);
    const struct target_answer *answer;
    struct fail *const why = &planning->running.why;

    if (target == NULL)
        return fail_set(why, STATUS_USAGE, "there is no target \"%s\"", id);
    if (target->measure == NULL || target->at_least)
        return fail_set(why, STATUS_USAGE,
                        "a plan needs a target of at most on a measure with kgCO2e above the line; "
                        "%s is %s",
                        id, target->measure == NULL ? "on no measure" : "one of at least");
    answer = find_answer(planning, target);
    if (!target->has_value && (answer == NULL || isnan(answer->target_value)))
        return fail_set(why, STATUS_DATA, "%s: its value comes from a baseline, %s", id,
                        answer == NULL ? "and it does not hold for this organisation"
                                       : answer->why);
    planning->ask.measure = target->measure;
    planning->ask.target_id = target->id;
    planning->ask.due = target->due;
    planning->ask.value = target->has_value || answer == NULL
                              ? target->value
                              : (int64_t)llround(answer->target_value * 1e6);
    if (target->measure->denominator.sum == SUM_NONE && target->months == 1)
        planning->ask.value *= 12;
    if (answer != NULL)
        planning->ask.expected = answer->forecast;
    return STATUS_OK;
}

/* --measure with --reach, or --reduce of what it is now. */
static enum status use_measure(struct planning *planning)
{
    const struct invocation *const invocation = planning->running.invocation;
    const char *const id = option_value(invocation, "measure");
    struct fail *const why = &planning->running.why;

    planning->ask.measure = rules_measure(session_rules(planning->running.session), view_of(id));
    if (planning->ask.measure == NULL)
        return fail_set(why, STATUS_USAGE, "there is no measure \"%s\"", id);
    if (option_value(invocation, "by") != NULL &&
        read_month(option_value(invocation, "by"), &planning->ask.due, why) != STATUS_OK)
        return why->code;
    if (option_value(invocation, "reach") != NULL)
        return read_number(invocation, "reach", 6, true, &planning->ask.value, why);
    return STATUS_OK;
}

static enum status read_aim(struct planning *planning)
{
    static const char *const words[] = {
#define X(name, text) text,
        PLAN_AIM_LIST(X)
#undef X
    };
    const char *const word = option_value(planning->running.invocation, "least");

    for (size_t i = 0; i < COUNT_OF(words) && word != NULL; i++)
        if (strcmp(word, words[i]) == 0) {
            planning->ask.aim = (enum plan_aim)i;
            return STATUS_OK;
        }
    return word == NULL ? STATUS_OK
                        : fail_set(&planning->running.why, STATUS_USAGE,
                                   "--least is work, money or practices, not \"%s\"", word);
}

static enum status read_codes(struct planning *planning, const char *option,
                              struct plan_codes *codes)
{
    const char *code;

    for (size_t at = 0; (code = option_next(planning->running.invocation, option, &at)) != NULL;) {
        if (codes->count == PLAN_MOST_CODES)
            return fail_set(&planning->running.why, STATUS_USAGE, "--%s is given too often",
                            option);
        codes->list[codes->count++] = code;
    }
    return STATUS_OK;
}

static enum status read_numbers(struct planning *planning)
{
    const struct invocation *const invocation = planning->running.invocation;
    struct plan_ask *const ask = &planning->ask;
    struct fail *const why = &planning->running.why;
    enum status status = STATUS_OK;

    ask->has_hours = option_value(invocation, "hours") != NULL;
    ask->has_limit = option_value(invocation, "cost-at-most") != NULL;
    if (ask->has_hours)
        status = read_number(invocation, "hours", 3, false, &ask->hours, why);
    if (status == STATUS_OK && ask->has_limit)
        status = read_number(invocation, "cost-at-most", PLACES_MONEY, true, &ask->limit, why);
    if (status == STATUS_OK && option_value(invocation, "hours-per-month") != NULL)
        status = read_number(invocation, "hours-per-month", 3, false, &ask->hours_per_month, why);
    if (status == STATUS_OK && option_value(invocation, "start") != NULL)
        status = read_month(option_value(invocation, "start"), &ask->start, why);
    if (status == STATUS_OK && option_value(invocation, "base-months") != NULL) {
        int64_t months = 0;

        status = read_number(invocation, "base-months", 0, false, &months, why);
        if (status == STATUS_OK && months != 1 && months != 2 && months != 3 && months != 6 &&
            months != 12)
            status = fail_set(why, STATUS_USAGE, "--base-months is 1, 2, 3, 6 or 12");
        ask->base_months = (int)months;
    }
    return status;
}

static enum status read_words(struct planning *planning)
{
    const struct invocation *const invocation = planning->running.invocation;
    const char *const kinds = option_value(invocation, "kinds");
    const char *const formulary = option_value(invocation, "formulary");
    struct fail *const why = &planning->running.why;
    enum status status = read_aim(planning);
    const char *text;

    planning->ask.no_generic = option_value(invocation, "no-generic") != NULL;
    if (status == STATUS_OK)
        status = read_codes(planning, "exclude", &planning->ask.exclude);
    if (status == STATUS_OK)
        status = read_codes(planning, "keep", &planning->ask.keep);
    if (status == STATUS_OK && kinds != NULL)
        status = plan_choose_kinds(&planning->ask, kinds, why);
    for (size_t at = 0;
         status == STATUS_OK && (text = option_next(invocation, "assume", &at)) != NULL;)
        status = plan_assume(&planning->ask, &planning->own, text, why);
    if (status == STATUS_OK && formulary != NULL) {
        status = formulary_read(&planning->formulary, session_rules(planning->running.session),
                                formulary, why);
        planning->ask.formulary = &planning->formulary;
    }
    return status;
}

/* So many per cent below today: of the base months, before anything is planned. */
static enum status reduce(struct planning *planning)
{
    struct fail *const why = &planning->running.why;
    int64_t percent = 0;
    enum status status =
        read_number(planning->running.invocation, "reduce", 6, false, &percent, why);

    if (status != STATUS_OK)
        return status;
    if (percent > 100000000)
        return fail_set(why, STATUS_USAGE, "--reduce is at most 100 per cent");
    status = plan_today(&planning->ask, &planning->ask.value, why);
    planning->ask.value =
        (int64_t)((wide_t)planning->ask.value * (100000000 - percent) / 100000000);
    return status;
}

static enum status read_ask(struct planning *planning)
{
    const struct invocation *const invocation = planning->running.invocation;
    const struct results *const results = session_results(planning->running.session);
    const char *const target = option_value(invocation, "target");
    const bool measure = option_value(invocation, "measure") != NULL;
    const bool reduces = option_value(invocation, "reduce") != NULL;
    struct fail *const why = &planning->running.why;
    enum status status;

    plan_ask_begin(&planning->ask, results);
    planning->ask.level = planning->level;
    planning->ask.organisation = chosen(results, planning->level);
    if ((target != NULL) == measure)
        return fail_set(why, STATUS_USAGE,
                        "give --target, or --measure with --reach, --reduce or --hours");
    if (measure && option_value(invocation, "reach") == NULL && !reduces &&
        option_value(invocation, "hours") == NULL)
        return fail_set(why, STATUS_USAGE, "--measure needs --reach, --reduce or --hours");
    status = read_numbers(planning);
    if (status == STATUS_OK)
        status = read_words(planning);
    if (status == STATUS_OK)
        status = target != NULL ? use_target(planning, target) : use_measure(planning);
    if (status == STATUS_OK && reduces)
        status = reduce(planning);
    if (status == STATUS_OK && option_value(invocation, "trend") == NULL)
        planning->ask.expected = (double)NAN;
    return status;
}

/* What a plan may hold: a follow-up of an earlier one goes when the new one has none. */
static bool is_of_plan(const char *path)
{
    for (size_t i = 0; i < plan_table_count; i++)
        if (strcmp(path, plan_tables[i]->file) == 0)
            return true;
    return false;
}

/* plan.csv is what the other tables, and --follow, speak of. */
static const struct output_kind plan_set = {.is_ours = is_of_plan, .seal = "plan.csv"};

static enum status write_tables(struct planning *planning, const char *folder)
{
    struct output *output = NULL;
    struct figures figures = {.plans = {.list = &planning->plan, .count = 1}};
    const bool follows = planning->follow.count > 0;
    struct fail *const why = &planning->running.why;
    enum status status = output_begin(&output, folder, &plan_set, why);

    figures.plans.followed = follows ? &planning->follow : NULL;
    for (size_t i = 0; i < plan_table_count && status == STATUS_OK; i++) {
        FILE *file;

        if (plan_tables[i] == &table_plan_follow && !follows)
            continue;
        status = output_open(output, plan_tables[i]->file, &file, why);
        if (status == STATUS_OK)
            table_write(file, plan_tables[i], &figures);
    }
    if (status == STATUS_OK)
        status = output_commit(output, why);
    output_free(output);
    return status;
}

static int make_and_write(struct planning *planning)
{
    const char *const out = option_value(planning->running.invocation, "out");
    const char *const followed = option_value(planning->running.invocation, "follow");
    enum status status = read_ask(planning);

    if (status == STATUS_OK && followed != NULL)
        status =
            plan_follow_make(&planning->follow, &planning->ask, followed, &planning->running.why);
    if (status == STATUS_OK && followed != NULL)
        status = plan_follow_assume(&planning->follow, &planning->ask, &planning->own,
                                    &planning->running.why);
    if (status == STATUS_OK)
        status = plan_make(&planning->plan, &planning->ask, &planning->running.why);
    if (status == STATUS_OK && out != NULL)
        status = write_tables(planning, out);
    if (status != STATUS_OK)
        return report_failure(&planning->running.why);
    if (!planning->running.quiet && planning->follow.count > 0)
        tell_follow(stdout, &planning->follow, &planning->plan);
    if (!planning->running.quiet)
        tell_plan(stdout, &planning->plan);
    return planning->plan.state == PLAN_UNREACHABLE || planning->plan.state == PLAN_TOO_DEAR ? 1
                                                                                             : 0;
}

static int run_plan(const struct invocation *invocation)
{
    struct planning planning = {
        .running = {.invocation = invocation, .quiet = option_value(invocation, "quiet") != NULL}};
    struct running *const running = &planning.running;
    int exit_code = 0;
    struct session_options options;
    struct session_months months;
    enum status status = read_reading_options(running, &options);

    progress_words_begin(&running->words, running->quiet);
    if (status == STATUS_OK)
        status = read_months(invocation, &months, &running->why);
    if (status == STATUS_OK) {
        options.sha256 = false;
        status = session_new(&running->session, &options, &running->why);
    }
    if (status == STATUS_OK)
        status = choose_organisation(&planning);
    if (status != STATUS_OK)
        exit_code = report_failure(&running->why);
    else if (gather_input(running, &months, &exit_code))
        exit_code = make_and_write(&planning);
    plan_release(&planning.plan);
    plan_follow_release(&planning.follow);
    formulary_release(&planning.formulary);
    session_free(running->session);
    return close_output(exit_code);
}

const struct command command_plan = {
    .name = "plan",
    .arguments = "[EXTRACT...]",
    .summary = "find the cheapest way of an organisation to a target",
    .description =
        "Reads months as run does, or the store if no extract is given, and finds which inhalers "
        "to change to what, in which practices, for how many people, in which order, for how many "
        "hours and pounds. Only shares of people are changed, never everybody. The assumptions "
        "about shares, minutes and pounds are in rules/plan/assumptions.json, each with grade and "
        "source; --assume replaces one. --out writes plan.csv (one step a row; rows add up), "
        "plan_summary.csv, plan_curve.csv, plan_products.csv and plan_path.csv. Exits 1 if the "
        "target cannot be met; it then writes the best plan and prints what would get there.",
    .options =
        {
            {"icb", "NAME|CODE", "plan for this ICB: its code, or a part of its name", NULL},
            {"pcn", "NAME|CODE", "plan for this PCN (needs --register)", NULL},
            {"group-code", "NAME|CODE", "plan for this group (needs --group)", NULL},
            {"practice", "NAME|CODE", "plan for this practice", NULL},
            {"target", "ID", "the target, of rules/targets or --targets", NULL},
            {"measure", "ID", "instead of a target: the measure", NULL},
            {"reach", "VALUE", "of --measure: the value to reach", NULL},
            {"reduce", "PERCENT", "of --measure: so many per cent below today", NULL},
            {"by", "MONTH", "of --measure: when it is due", NULL},
            {"least", "WHAT", "what is to be least (work)", "work money practices"},
            {"hours", "N", "the most carbon in so many hours instead", NULL},
            {"cost-at-most", "POUNDS", "drugs cost at most so much more a year (0: neutral)", NULL},
            {"formulary", "FILE",
             "what may be prescribed: a CSV file code,use (a BNF code or its beginning; yes or no)",
             NULL},
            {"kinds", "LIST", "exactly these kinds of change, with commas (brand,device)", NULL},
            {"keep", "CODE", "do not change this product: BNF code or its beginning", NULL, true},
            {"exclude", "CODE", "leave this practice as it is", NULL, true},
            {"no-generic", NULL, "leave what is prescribed generically as it is", NULL},
            {"assume", "NAME=VALUE", "assume otherwise, as device.accept_percent=35", NULL, true},
            {"base-months", "N", "today is the last 1, 2, 3, 6 or 12 months (3)", "1 2 3 6 12"},
            {"hours-per-month", "N", "hours that there are in a month", NULL},
            {"start", "MONTH", "the first month of work", NULL},
            {"follow", "FILE",
             "the plan.csv of an earlier plan: what happened since, and plan what is left", NULL},
            {"trend", NULL, "print where the trend leads by itself", NULL},
            OPTION_TARGETS,
            {"out", "DIR", "the folder for the tables of the plan", NULL},
            OPTION_STORE,
            OPTION_REGISTER,
            OPTION_PLACES,
            OPTION_GROUP,
            OPTION_FACTORS,
            OPTION_RULES,
            OPTION_REPLACE,
            OPTION_QUIET,
        },
    .run = run_plan,
};
