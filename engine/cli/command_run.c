#include "cli/words.h"
#include "report/comparisons.h"

#include <string.h>

struct running {
    const struct invocation *invocation;
    struct session *session;
    struct progress_words words;
    bool quiet;
    struct fail why;
};

static void tell_files(const struct running *running, size_t first)
{
    for (size_t i = first; !running->quiet && i < session_file_count(running->session); i++)
        tell_file(session_file(running->session, i));
}

/* False when the run is over. */
static bool read_file(struct running *running, const char *path, bool keep_going, int *exit_code)
{
    const size_t first = session_file_count(running->session);
    const enum status status = session_read(running->session, path, &running->why);

    progress_words_clear(&running->words);
    tell_files(running, first);
    if (status == STATUS_OK)
        return true;
    *exit_code = report_failure(&running->why);
    return keep_going && (status == STATUS_DATA || status == STATUS_LIMIT);
}

/* Reads all files, those of gases after the extracts.  With --keep-going *exit_code
 * becomes that of the last refused file and the others are still used. */
static bool read_files(struct running *running, bool keep_going, int *exit_code)
{
    static const char *const more[] = {"gas-supply", "gas-use"};
    const struct invocation *const invocation = running->invocation;

    for (size_t i = 0; i < invocation->argument_count; i++)
        if (!read_file(running, invocation->arguments[i], keep_going, exit_code))
            return false;
    for (size_t i = 0; i < COUNT_OF(more); i++) {
        const char *const path = option_value(invocation, more[i]);

        if (path != NULL && !read_file(running, path, keep_going, exit_code))
            return false;
    }
    return true;
}

/* What a run knows besides its extracts. */
static bool read_registers(struct running *running, int *exit_code)
{
    const char *const groups = option_value(running->invocation, "group");
    const char *path;
    size_t at = 0;
    enum status status = STATUS_OK;

    while (status == STATUS_OK &&
           (path = option_next(running->invocation, "register", &at)) != NULL)
        status = session_register(running->session, path, &running->why);
    if (status == STATUS_OK && groups != NULL)
        status = session_group(running->session, groups, &running->why);
    if (status != STATUS_OK)
        *exit_code = report_failure(&running->why);
    for (size_t i = 0; !running->quiet && i < session_registers(running->session)->account_count;
         i++)
        tell_register(&session_registers(running->session)->accounts[i]);
    return status == STATUS_OK;
}

static uint64_t count_rejects(const struct session *session)
{
    uint64_t count = 0;

    for (size_t i = 0; i < session_file_count(session); i++)
        count += session_file(session, i)->summary.rejects.count;
    for (size_t i = 0; i < session_registers(session)->account_count; i++)
        count += session_registers(session)->accounts[i].rejects.count;
    return count;
}

/* A measure of the nation in the latest month that has it. */
static void tell_latest(const struct results *results, const struct measure *measure)
{
    const struct organisation_month *latest = NULL;
    char month[MONTH_TEXT];
    char value[DECIMAL_TEXT];

    for (size_t i = 0; i < results->organisation_count; i++)
        if (results->organisations[i].level == LEVEL_NATION &&
            measure_value_of(&results->organisations[i], measure) != NULL &&
            (latest == NULL || results->organisations[i].month > latest->month))
            latest = &results->organisations[i];
    if (latest == NULL)
        return;
    measure_print(results->classified.rules, measure, measure_value_of(latest, measure), value);
    fprintf(stderr, "%s, all organisations, %s: %s %s\n", measure->title,
            month_print(latest->month, month), value[0] != '\0' ? value : "not computable,",
            measure->unit);
}

static size_t count_provisional(const struct session *session)
{
    size_t count = 0;

    for (size_t i = 0; i < session_file_count(session); i++) {
        const struct audit_file *const file = session_file(session, i);

        for (size_t m = 0; file->series != NULL && m < file->summary.month_count; m++)
            count +=
                file->series->provisional && audit_file_brings(file, file->summary.months[m].month);
    }
    return count;
}

/* What the reader of gases must know first; gases_quality.csv has all of it. */
static void tell_gases(const struct session *session)
{
    const struct results *const results = session_results(session);
    size_t counts[GAS_FINDINGS] = {[GAS_FINDING_PROVISIONAL] = count_provisional(session)};

    for (size_t i = 0; i < results->gas_finding_count; i++)
        counts[results->gas_findings[i].kind]++;
    for (int kind = 0; kind < GAS_FINDINGS; kind++)
        if (counts[kind] > 0 && kind != GAS_FINDING_PIPED_MISSING)
            fprintf(stderr, "gases: %s: %zu, see gases_quality.csv\n",
                    gas_finding_text((enum gas_finding_kind)kind), counts[kind]);
    if (counts[GAS_FINDING_PIPED_MISSING] > 0)
        fprintf(stderr, "gases: %s\n", GAS_PIPED_SENTENCE);
}

/* The headlines of the run: the first measure of each kind of data. */
static void tell_headline(const struct session *session)
{
    const struct results *const results = session_results(session);
    const struct rules *const rules = results->classified.rules;

    for (size_t m = 0; m < rules->measures.count; m++)
        if (rules->measures.list[m]->headline)
            tell_latest(results, rules->measures.list[m]);
    tell_gases(session);
    if (results->unclassified_count > 0)
        fprintf(stderr, "not counted in full, see unclassified.csv: %zu (products by month)\n",
                results->unclassified_count);
}

static const char *const findings[] = {"rejects", "unclassified", "control"};

/* True when the comma-separated list has the word. */
static bool asks_for(const char *asked, const char *word)
{
    const size_t length = strlen(word);

    for (; asked != NULL; asked = strchr(asked, ','), asked = asked != NULL ? asked + 1 : NULL)
        if (strncmp(asked, word, length) == 0 && (asked[length] == ',' || asked[length] == '\0'))
            return true;
    return false;
}

/* 1 when something is there that the caller asked to fail on. */
static int find_findings(const struct running *running)
{
    const char *const asked = option_value(running->invocation, "fail-on");
    const struct comparisons *const control = session_comparisons(running->session);

    if (asks_for(asked, "rejects") && count_rejects(running->session) > 0)
        return 1;
    if (asks_for(asked, "control") && control->agreeing < control->count)
        return 1;
    return asks_for(asked, "unclassified") &&
           session_results(running->session)->unclassified_count > 0;
}

static enum status read_threads(const char *told, unsigned *threads, struct fail *why)
{
    int64_t number = 0;

    if (told == NULL)
        return STATUS_OK;
    if (decimal_parse(view_of(told), 0, &number) != DECIMAL_OK || number < 1 || number > 64)
        return fail_set(why, STATUS_USAGE, "--threads takes a number from 1 to 64, not \"%s\"",
                        told);
    *threads = (unsigned)number;
    return STATUS_OK;
}

static enum status read_view(const char *told, enum places_view *view, struct fail *why)
{
    *view = told != NULL && strcmp(told, "now") == 0 ? PLACES_NOW : PLACES_THEN;
    if (told == NULL || strcmp(told, places_view_text(*view)) == 0)
        return STATUS_OK;
    return fail_set(why, STATUS_USAGE, "--places takes then or now, not \"%s\"", told);
}

/* Words of the list, each of them known. */
static enum status check_fail_on(const struct invocation *invocation, struct fail *why)
{
    const char *const asked = option_value(invocation, "fail-on");
    size_t known = 0;
    size_t words = asked != NULL;

    for (const char *at = asked; at != NULL && *at != '\0'; at++)
        words += *at == ',';
    for (size_t i = 0; i < COUNT_OF(findings); i++)
        known += asks_for(asked, findings[i]);
    if (known != words)
        return fail_set(why, STATUS_USAGE,
                        "--fail-on takes rejects, unclassified and control, with commas between "
                        "them, not \"%s\"",
                        asked);
    if (asks_for(asked, "control") && option_value(invocation, "control") == NULL)
        return fail_set(why, STATUS_USAGE, "--fail-on control needs --control FILE");
    return STATUS_OK;
}

/* Which files a later one has taken a month from. */
static void tell_replaced(const struct session *session)
{
    char month[MONTH_TEXT];

    for (size_t i = 0; i < session_file_count(session); i++) {
        const struct audit_file *const file = session_file(session, i);

        for (size_t m = 0; m < file->replaced.count; m++)
            fprintf(stderr, "%s: its %s is replaced by a later file\n", file->name,
                    month_print(file->replaced.list[m], month));
        for (size_t m = 0; m < file->passed.count; m++)
            fprintf(stderr, "%s: its %s is passed over: a file of a better series has it\n",
                    file->name, month_print(file->passed.list[m], month));
    }
}

/* Members of groups that no extract of the run has. */
static void tell_strangers(const struct groups *groups)
{
    for (uint32_t i = 0; i < groups->members.count; i++)
        if (!groups->found[i])
            fprintf(stderr, "%s: no organisation of the run has the code %s\n", groups->name,
                    intern_text(&groups->members, i).at);
}

static void tell_control(const struct running *running)
{
    const struct comparisons *const control = session_comparisons(running->session);

    if (control != NULL)
        fprintf(stderr, "published totals of %s: %zu of %zu figures agree\n",
                option_value(running->invocation, "control"), control->agreeing, control->count);
}

static int compute_and_write(struct running *running, int exit_code)
{
    const char *const out = option_value(running->invocation, "out");
    enum status status = session_finish(running->session, &running->why);

    if (status == STATUS_OK)
        status = session_write(running->session, out, &running->why);
    if (status != STATUS_OK)
        return report_failure(&running->why);
    if (session_comparisons(running->session) != NULL) {
        write_comparisons(stdout, session_comparisons(running->session));
        exit_code = close_output(exit_code);
    }
    if (!running->quiet) {
        tell_replaced(running->session);
        tell_strangers(session_groups(running->session));
        tell_quantities(session_results(running->session));
        tell_control(running);
        tell_headline(running->session);
        fprintf(stderr, "results: %s\n", out);
    }
    return exit_code != 0 ? exit_code : find_findings(running);
}

static bool has_taken(const struct session *session)
{
    for (size_t i = 0; i < session_file_count(session); i++)
        if (session_file(session, i)->refused[0] == '\0' && !session_file(session, i)->companion)
            return true;
    return false;
}

static int run_run(const struct invocation *invocation)
{
    const bool keep_going = option_value(invocation, "keep-going") != NULL;
    struct running running = {
        .invocation = invocation,
        .quiet = option_value(invocation, "quiet") != NULL,
    };
    struct session_options options;
    enum places_view view = PLACES_THEN;
    unsigned threads = 0;
    enum status status = read_session_options(invocation, &options, &running.why);
    int exit_code = 0;

    if (status == STATUS_OK)
        status = read_threads(option_value(invocation, "threads"), &threads, &running.why);
    if (status == STATUS_OK)
        status = read_view(option_value(invocation, "places"), &view, &running.why);
    if (status == STATUS_OK)
        status = check_fail_on(invocation, &running.why);
    if (status == STATUS_OK && option_value(invocation, "out") == NULL)
        status =
            fail_set(&running.why, STATUS_USAGE, "--out DIR is missing; try canister run --help");
    if (status != STATUS_OK)
        return report_failure(&running.why);
    progress_words_begin(&running.words, running.quiet);
    options.control = option_value(invocation, "control");
    options.replace = option_value(invocation, "replace") != NULL;
    options.keep_going = keep_going;
    options.threads = threads;
    options.places = view;
    options.digest = option_value(invocation, "no-digest") == NULL;
    options.progress = (struct session_progress){&running.words, progress_words_tick};
    if (session_new(&running.session, &options, &running.why) != STATUS_OK)
        return report_failure(&running.why);
    if (read_registers(&running, &exit_code) && read_files(&running, keep_going, &exit_code) &&
        has_taken(running.session))
        exit_code = compute_and_write(&running, exit_code);
    session_free(running.session);
    return exit_code;
}

const struct command command_run = {
    .name = "run",
    .arguments = "EXTRACT...",
    .summary = "read extracts and write kgCO2e per inhaler and switch lists",
    .description =
        "Reads one or more months of the English Prescribing Dataset, of the older "
        "practice-level "
        "prescribing data, of the prescribing extracts of Scotland, Wales and Northern Ireland, or "
        "of the Secondary Care Medicines Data of hospitals "
        "(each a plain file, gzip, zstd, ZIP, or - for standard input), classifies the inhalers "
        "and anaesthetic gases and "
        "writes measures.csv, prescribing.csv, products.csv, switches.csv, periods.csv, "
        "trends.csv, "
        "spc.csv, alerts.csv, targets.csv, opportunities.csv, drivers.csv, organisations.csv, "
        "unclassified.csv, gases.csv, gases_quality.csv, rejects.csv, audit.json and "
        "datapackage.json into a folder.\n"
        "Of hospital data the series (final, provisional, wip) is told by the name of the file: a "
        "final month stands in place of a provisional one and is never added to it.\n"
        "Registers (epraccur, ePCN as CSV, GP list sizes and their map, etr) add PCNs, who is a GP "
        "practice, belonging over time and measures per 1,000 patients.\n"
        "A row that cannot be used is counted, told with its line and listed in rejects.csv; a "
        "file that is cut, damaged or unknown is refused whole. The files appear all together or "
        "not at all.",
    .needs_argument = true,
    .options =
        {
                  {"out", "DIR", "the folder for the results (needed)", NULL},
                  OPTION_FACTORS, OPTION_GAS_FACTORS,
                  OPTION_RULES, OPTION_TARGETS,
                  {"gas-supply", "FILE",
             "gases supplied outside pharmacy: organisation, month, site, gas, brand, size, "
             "cylinders, litres",
             NULL},
                  {"gas-use", "FILE",
             "gases that patients received: organisation, month, site, gas, litres_used", NULL},
                  OPTION_MAX_REJECTS, OPTION_STRICT,
                  OPTION_REGISTER, {"places", "VIEW",
             "organisations as each month was (then) or today's over all of history (now); then is "
             "the default",
             "then now"},
                  {"group", "FILE",
             "groups of one's own: a CSV file group_code,group_name,organisation_code", NULL},
                  {"replace", NULL, "when a month comes twice take the later file", NULL},
                  {"keep-going", NULL, "leave a refused file out and go on with the others", NULL},
                  {"fail-on", "WHAT",
             "exit with 1 if there are any, or figures of --control that do not agree: rejects, "
             "unclassified, control, with commas between them",
             "rejects unclassified control rejects,unclassified"},
                  {"control", "FILE",
             "hold the run against these published totals, by nation, ICB or chemical", NULL},
                  {"charts", "WORDS",
             "how spc.csv is drawn: screened, near-only, baseline=N, step=YYYY-MM, with commas",
             NULL},
                  {"threads", "N", "threads to read with (one for each processor)", NULL},
                  {"no-digest", NULL,
             "leave the SHA-256 of the files out of audit.json: it takes about 0.6 s a GB of file",
             NULL},
                  OPTION_QUIET, },
    .run = run_run,
};
