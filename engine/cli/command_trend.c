#include "cli/plot.h"
#include "cli/reading.h"
#include "cli/store_file.h"
#include "cli/shown.h"
#include "trend/follow.h"
#include "report/csv_follow.h"
#include "report/table.h"

#include <math.h>

/* What only the store has and what only files have do not go together. */
static enum status check_origin(const struct invocation *invocation, struct fail *why)
{
    static const char *const of_store[] = {"store", "from", "to"};

    for (size_t i = 0; i < COUNT_OF(of_store) && invocation->argument_count > 0; i++)
        if (option_value(invocation, of_store[i]) != NULL)
            return fail_set(why, STATUS_USAGE, "--%s is for the store, and extracts are given",
                            of_store[i]);
    return STATUS_OK;
}

/* The extracts that are given, else the store; gas files and registers with either. */
static bool gather(struct running *running, const struct session_months *months, int *exit_code)
{
    const struct invocation *const invocation = running->invocation;
    enum status status = STATUS_OK;

    if (!read_registers(running, exit_code))
        return false;
    if (invocation->argument_count == 0)
        status = load_store(invocation, running->session, months, &running->why);
    if (status == STATUS_OK && !read_files(running, false, exit_code))
        return false;
    if (status == STATUS_OK)
        status = session_finish(running->session, &running->why);
    if (status != STATUS_OK)
        *exit_code = report_failure(&running->why);
    return status == STATUS_OK;
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
    if (gather(&running, &months, exit_code))
        return running.session;
    session_free(running.session);
    return NULL;
}

/* With --organisation that one, at whatever level it has; else nation and ICBs. */
static bool is_asked(const struct invocation *invocation, const struct results *results,
                     enum level level, uint32_t organisation)
{
    const char *const code = option_value(invocation, "organisation");

    if (code == NULL)
        return level == LEVEL_NATION || level == LEVEL_ICB;
    return view_is(organisation_code(&results->classified.cube->places, level, organisation), code);
}

static void print_organisation(const struct results *results, enum level level,
                               uint32_t organisation)
{
    const struct places *const places = &results->classified.cube->places;
    const struct view code = organisation_code(places, level, organisation);
    const struct view name = organisation_name(places, level, organisation);

    printf("%s ", level_text(level));
    show_organisation(stdout, code, name);
}

static void print_slope(const char *method, const struct trend *trend)
{
    char slope[DOUBLE_TEXT];
    char low[DOUBLE_TEXT];
    char high[DOUBLE_TEXT];

    if (trend->exists)
        printf("  %-16s%s a month (95 %%: %s to %s; p %.3f, %zu points)\n", method,
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
        printf("; the last month is special: %s (%s)", spc_cause_text(last->cause, last->side),
               direction_text(measure, last->side));
    putchar('\n');
}

static void print_alert(const struct measure *measure, const struct followed *followed)
{
    const struct departure alert = follow_departure(followed);
    char month[MONTH_TEXT];
    char before[DOUBLE_TEXT];

    if (alert.exists && !followed->small)
        printf("  %-16sit has moved from %s since %s and stays away (%s)\n", "alert",
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
    for (size_t m = 0; m < rules->measures.count && exit_code == 0; m++) {
        const struct measure *const measure = rules->measures.list[m];

        if (asked != NULL ? strcmp(measure->id, asked) != 0 : m > 0)
            continue;
        for (size_t at = 0; history_next(results, &at, &history);)
            if (history_is_of(&history, measure) &&
                is_asked(invocation, results, history.rows[0].level, history.rows[0].organisation))
                print_trend(results, &history, m, &options);
    }
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
        print_organisation(results, answer->level, answer->organisation);
        printf("\n  ");
    }
    printf("%s\n", target->not_computable != NULL ? target->not_computable : answer->why);
    if (!answer->anybody || isnan(answer->latest_value))
        return;
    plot_answer(results, answer);
    printf("  latest %s in %s, target %s", double_print(answer->latest_value, texts[0]),
           month_print(answer->latest_month, month), double_print(answer->target_value, texts[1]));
    printf(" by %s\n", month_print(target->due, month));
    if (!isnan(answer->forecast))
        printf("  forecast %s (80 %%: %s to %s), probability %.2f\n",
               double_print(answer->forecast, texts[0]), double_print(answer->low, texts[1]),
               double_print(answer->high, texts[2]), answer->probability);
    if (!isnan(answer->change_needed))
        printf("  needed %s a month, trend %s\n", double_print(answer->change_needed, texts[0]),
               double_print(answer->trend, texts[1]));
    putchar('\n');
}

static int run_targets(const struct invocation *invocation)
{
    int exit_code = 0;
    struct session *const session = read_all(invocation, &exit_code);
    const struct target_list *targets;

    if (session == NULL)
        return exit_code;
    targets = session_targets(session);
    for (size_t i = 0; i < targets->count; i++) {
        const struct target_answer *const answer = &targets->list[i];
        const bool alone = option_value(invocation, "organisation") == NULL && !answer->anybody;

        if (alone || (answer->anybody && is_asked(invocation, session_results(session),
                                                  answer->level, answer->organisation)))
            print_answer(session_results(session), answer);
    }
    printf("reached: the latest value meets it; on course: the probability of meeting it is %.1f "
           "or more; at risk: between; off course: %.1f or less, or due and not met\n",
           ON_COURSE, OFF_COURSE);
    session_free(session);
    return close_output(exit_code);
}

#define OPTION_ORGANISATION                                                          \
    {                                                                                \
        "organisation", "CODE", "only this one (else the nation and its ICBs)", NULL \
    }

#define READ_WORDS \
    "Without extracts the store is read, as report does: --store, --from and --to are for it."

/* What run reads extracts by, and report the store. */
#define OPTIONS_READ                                                                         \
    OPTION_STORE, OPTION_FROM, OPTION_TO, OPTION_REGISTER, OPTION_PLACES, OPTION_GROUP,      \
        OPTION_FACTORS, OPTION_GAS_FACTORS, OPTION_RULES, OPTION_GAS_SUPPLY, OPTION_GAS_USE, \
        OPTION_REPLACE

const struct command command_trend = {
    .name = "trend",
    .arguments = "[EXTRACT...]",
    .summary = "print how a measure moves over the months, with a small chart",
    .description =
        "Reads months as run does and prints what trends.csv, spc.csv and alerts.csv say "
        "of one measure: the slope by two methods, the control chart, an alert that "
        "stands.\n" READ_WORDS,
    .options =
        {
            {"measure", "ID", "the measure (the first of the rules: salbutamol)", NULL},
            OPTION_ORGANISATION,
            OPTIONS_READ,
            {"charts", "WORDS",
             "as for run: screened, near-only, baseline=N, step=YYYY-MM, with commas", NULL},
            OPTION_QUIET,
        },
    .run = run_trend,
};

const struct command command_targets = {
    .name = "targets",
    .arguments = "[EXTRACT...]",
    .summary = "print which targets will be reached, with a small chart",
    .description =
        "Reads months as run does and prints what targets.csv says: for every target its "
        "status (reached, on course, at risk, off course, not computable), the forecast "
        "when it is due with its 80 % interval, and the probability of meeting it.\n" READ_WORDS,
    .options = {OPTION_ORGANISATION, OPTION_TARGETS, OPTIONS_READ, OPTION_QUIET},
    .run = run_targets,
};
