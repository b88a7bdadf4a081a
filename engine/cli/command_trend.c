#include "cli/plot.h"
#include "cli/reading.h"
#include "cli/store_file.h"
#include "cli/shown.h"
#include "place/search.h"
#include "trend/follow.h"
#include "table/words.h"

#include <math.h>

/* What only the store has and what only files have do not go together. */
static enum status check_origin(const struct invocation *invocation, struct fail *why)
{
    static const char *const of_store[] = {"store", "from", "to"};

    for (size_t i = 0; i < COUNT_OF(of_store) && invocation->argument_count > 0; i++)
        if (option_value(invocation, of_store[i]) != NULL)
            return fail_set(why, STATUS_USAGE,
                            "--%s is for the store, but extracts are given too: leave one out",
                            of_store[i]);
    return STATUS_OK;
}

/* Reads and computes; NULL when something failed, *exit_code says what. */
static struct session *read_all(const struct invocation *invocation, int *exit_code)
{
    struct running running = {
        .invocation = invocation,
        .quiet = option_value(invocation, "quiet") != NULL,
    };
    struct session_options options;
    struct session_months months;
    enum status status = check_origin(invocation, &running.why);

    progress_words_begin(&running.words, running.quiet);
    if (status == STATUS_OK)
        status = read_reading_options(&running, &options);
    if (status == STATUS_OK)
        status = read_months(invocation, &months, &running.why);
    if (status == STATUS_OK) {
        options.sha256 = false; /* it is for the audit, and none is written */
        status = session_new(&running.session, &options, &running.why);
    }
    if (status != STATUS_OK) {
        *exit_code = report_failure(&running.why);
        return NULL;
    }
    if (gather_input(&running, &months, exit_code))
        return running.session;
    session_free(running.session);
    return NULL;
}

/* --organisation, at whatever level it is; nothing is allocated without the option. */
static enum status find_asked(const struct invocation *invocation, const struct results *results,
                              struct places_found *asked, struct fail *why)
{
    const char *const text = option_value(invocation, "organisation");

    *asked = (struct places_found){{NULL}};
    if (text == NULL)
        return STATUS_OK;
    return places_find_any(&results->classified.cube->places,
                           results->classified.rules->sub_icb_padding, text, "in these months",
                           asked, why);
}

/* Without --organisation nation and ICBs. */
static bool is_asked(const struct places_found *asked, enum level level, uint32_t organisation)
{
    return asked->chosen[level] != NULL ? asked->chosen[level][organisation]
                                        : level == LEVEL_NATION || level == LEVEL_ICB;
}

/* Of an organisation that ended the files may have nothing but its targets. */
static bool is_asked_answer(const struct invocation *invocation, const struct places_found *asked,
                            const struct results *results, const struct target_answer *answer)
{
    const char *const text = option_value(invocation, "organisation");

    if (!answer->anybody)
        return false;
    if (text != NULL && view_equal_nocase(target_code(answer, results), view_of(text)))
        return true;
    return answer->organisation != ORGANISATION_NONE &&
           is_asked(asked, answer->level, answer->organisation);
}

static bool is_any_asked(const struct invocation *invocation, const struct places_found *asked,
                         const struct results *results, const struct target_list *targets)
{
    for (size_t i = 0; i < targets->count; i++)
        if (is_asked_answer(invocation, asked, results, &targets->list[i]))
            return true;
    return false;
}

static void print_named(enum level level, struct view code, struct view name)
{
    printf("%s ", level_text(level));
    show_organisation(stdout, code, name);
}

static void print_organisation(const struct results *results, enum level level,
                               uint32_t organisation)
{
    const struct places *const places = &results->classified.cube->places;

    print_named(level, organisation_code(places, level, organisation),
                organisation_name(places, level, organisation));
}

static void print_slope(const char *method, const struct trend *trend)
{
    char slope[DOUBLE_TEXT];
    char low[DOUBLE_TEXT];
    char high[DOUBLE_TEXT];

    if (trend->exists)
        printf("  %-16s%s a month (95%%: %s to %s; p %.3f, %zu points)\n", method,
               double_print(trend->slope, slope), double_print(trend->low, low),
               double_print(trend->high, high), trend->p, trend->points);
}

static void print_chart(const struct measure *measure, const struct followed *followed,
                        const struct chart_options *options)
{
    struct chart chart;
    const struct spc_point *last;
    char mean[DOUBLE_TEXT];
    char lower[DOUBLE_TEXT];
    char upper[DOUBLE_TEXT];

    follow_chart(followed, options, &chart);
    if (chart.count == 0) {
        printf("  %-16sfewer than %d points\n", "control chart", SPC_LEAST_POINTS);
        return;
    }
    last = &chart.points[chart.count - 1];
    printf("  %-16smean %s, limits %s to %s", "control chart", double_print(last->mean, mean),
           double_print(last->lower, lower), double_print(last->upper, upper));
    if (last->cause != SPC_COMMON && !last->trial)
        printf("; flagged by the control chart in the last month: %s (%s)",
               spc_cause_text(last->cause, last->side), direction_text(measure, last->side));
    putchar('\n');
}

static void print_alert(const struct measure *measure, const struct followed *followed)
{
    const struct departure alert = follow_departure(followed);
    char month[MONTH_TEXT];
    char before[DOUBLE_TEXT];

    if (alert.exists && !followed->small)
        printf("  %-16smoved from %s since %s and has not returned (%s)\n", "alert",
               double_print(alert.before, before), month_print(alert.since, month),
               direction_text(measure, alert.way));
}

static void print_trend(const struct results *results, const struct history *history, size_t number,
                        const struct chart_options *options)
{
    const struct measure *const measure = results->classified.rules->measures.list[number];
    struct followed followed;
    struct trend_pair pair;

    follow(results, history, number, &followed);
    if (followed.series.count == 0)
        return;
    pair = follow_trends(&followed);
    printf("%s, ", measure->title);
    print_organisation(results, history->rows[0].level, history->rows[0].organisation);
    printf(" (%s)\n", measure->unit);
    plot(stdout, &followed.series, (double)NAN);
    print_slope("least squares", &pair.least_squares);
    print_slope("Theil and Sen", &pair.theil_sen);
    if (!pair.least_squares.exists)
        printf("  %-16snone below %d points\n", "trend", TREND_LEAST_POINTS);
    print_chart(measure, &followed, options);
    print_alert(measure, &followed);
    putchar('\n');
}

static int run_trend(const struct invocation *invocation)
{
    const char *const asked = option_value(invocation, "measure");
    struct chart_options options;
    struct places_found found;
    struct history history;
    struct fail why;
    int exit_code = 0;
    struct session *session;
    const struct rules *rules;
    const struct results *results;

    if (chart_read(option_value(invocation, "charts"), &options, &why) != STATUS_OK)
        return report_failure(&why);
    session = read_all(invocation, &exit_code);
    if (session == NULL)
        return exit_code;
    rules = session_rules(session);
    results = session_results(session);
    if (asked != NULL && rules_measure(rules, view_of(asked)) == NULL) {
        fail_set(&why, STATUS_USAGE, "there is no measure \"%s\"", asked);
        exit_code = report_failure(&why);
    }
    if (find_asked(invocation, results, &found, &why) != STATUS_OK && exit_code == 0)
        exit_code = report_failure(&why);
    for (size_t m = 0; m < rules->measures.count && exit_code == 0; m++) {
        const struct measure *const measure = rules->measures.list[m];

        if (asked != NULL ? strcmp(measure->id, asked) != 0 : m > 0)
            continue;
        for (size_t at = 0; history_next(results, &at, &history);)
            if (history_is_of(&history, measure) &&
                is_asked(&found, history.rows[0].level, history.rows[0].organisation))
                print_trend(results, &history, m, &options);
    }
    places_found_release(&found);
    session_free(session);
    return close_output(exit_code);
}

/* The months behind an answer, as far as they are in the files. */
static void plot_answer(const struct results *results, const struct target_answer *answer)
{
    struct history history;
    struct series series;

    for (size_t at = 0; history_next(results, &at, &history);)
        if (history.rows[0].level == answer->level &&
            history.rows[0].organisation == answer->organisation &&
            history_is_of(&history, answer->target->measure)) {
            history_series(&history, answer->measure, FOLLOW_MONTHS, &series);
            if (series.count > 0)
                plot(stdout, &series,
                     answer->target->months == 1 ? answer->target_value : (double)NAN);
        }
}

static void print_answer(const struct results *results, const struct target_answer *answer)
{
    const struct target *const target = answer->target;
    char texts[4][DOUBLE_TEXT];
    char month[MONTH_TEXT];

    printf("%s (%s)\n  ", target->title, target->id);
    if (answer->anybody) {
        print_named(answer->level, target_code(answer, results), target_name(answer, results));
        printf("\n  ");
    }
    printf("%s\n", target->not_computable != NULL ? target->not_computable : answer->why);
    if (!answer->anybody || isnan(answer->latest_value))
        return;
    if (!answer->past && !answer->part)
        plot_answer(results, answer);
    printf("  latest %s in %s, target %s", double_print(answer->latest_value, texts[0]),
           month_print(answer->latest_month, month), double_print(answer->target_value, texts[1]));
    printf(" by %s\n", month_print(target->due, month));
    if (!isnan(answer->forecast))
        printf("  forecast %s (80%%: %s to %s), probability %.2f\n",
               double_print(answer->forecast, texts[0]), double_print(answer->low, texts[1]),
               double_print(answer->high, texts[2]), answer->probability);
    if (!isnan(answer->change_needed))
        printf("  change needed %s a month, trend %s\n",
               double_print(answer->change_needed, texts[0]),
               double_print(answer->trend, texts[1]));
    putchar('\n');
}

static int run_targets(const struct invocation *invocation)
{
    int exit_code = 0;
    struct session *const session = read_all(invocation, &exit_code);
    const struct target_list *targets;
    struct places_found found;
    struct fail why;

    if (session == NULL)
        return exit_code;
    targets = &session_figures(session)->targets;
    if (find_asked(invocation, session_results(session), &found, &why) != STATUS_OK &&
        !is_any_asked(invocation, &found, session_results(session), targets))
        exit_code = report_failure(&why);
    for (size_t i = 0; i < targets->count && exit_code == 0; i++) {
        const struct target_answer *const answer = &targets->list[i];
        const bool alone = option_value(invocation, "organisation") == NULL && !answer->anybody;

        if (alone || is_asked_answer(invocation, &found, session_results(session), answer))
            print_answer(session_results(session), answer);
    }
    if (exit_code == 0)
        printf(
            "met: the latest value meets the target; on course: the probability of meeting it is "
            "%.1f or more; at risk: between; off course: %.1f or less, or due and not met\n",
            ON_COURSE, OFF_COURSE);
    places_found_release(&found);
    session_free(session);
    return close_output(exit_code);
}

#define OPTION_ORGANISATION                                                                     \
    {                                                                                           \
        "organisation", "NAME|CODE",                                                            \
            "only this organisation, by its code or part of its name (default: the nation and " \
            "its ICBs)",                                                                        \
            NULL                                                                                \
    }

#define READ_WORDS \
    "Without extracts it reads the store, as report does, with --store, --from and --to."

/* What run reads extracts by, and report the store. */
#define OPTIONS_READ                                                                         \
    OPTION_STORE, OPTION_FROM, OPTION_TO, OPTION_REGISTER, OPTION_PLACES, OPTION_GROUP,      \
        OPTION_FACTORS, OPTION_GAS_FACTORS, OPTION_RULES, OPTION_GAS_SUPPLY, OPTION_GAS_USE, \
        OPTION_REPLACE

const struct command command_trend = {
    .name = "trend",
    .arguments = "[EXTRACT...]",
    .summary = "print how a measure changes, month by month, with a chart",
    .description =
        "Reads months as run does and prints what trends.csv, spc.csv and alerts.csv say "
        "about one measure: the slope by two methods, the control chart and a current "
        "alert.\n" READ_WORDS,
    .options =
        {
            {"measure", "ID", "the measure (default: the first of the rules, salbutamol)", NULL},
            OPTION_ORGANISATION,
            OPTIONS_READ,
            {"charts", "WORDS",
             "as for run: screened, near-only, baseline=N, step=YYYY-MM, separated by commas",
             NULL},
            OPTION_QUIET,
        },
    .run = run_trend,
};

const struct command command_targets = {
    .name = "targets",
    .arguments = "[EXTRACT...]",
    .summary = "print which targets will be met, with a chart",
    .description =
        "Reads months as run does and prints what targets.csv says: for every target its "
        "status (met, on course, at risk, off course, cannot be calculated), the forecast "
        "when it is due with its 80% interval, and the probability of meeting it. A target that "
        "was due before the last month is judged by the month it was due in.\n" READ_WORDS,
    .options = {OPTION_ORGANISATION, OPTION_TARGETS, OPTION_TARGET, OPTIONS_READ, OPTION_QUIET},
    .run = run_targets,
};
