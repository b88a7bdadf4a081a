#include "cli/reading.h"
#include "report/comparisons.h"

#include <string.h>

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

static int run_run(const struct invocation *invocation)
{
    const bool keep_going = option_value(invocation, "keep-going") != NULL;
    struct running running = {
        .invocation = invocation,
        .quiet = option_value(invocation, "quiet") != NULL,
    };
    struct session_options options;
    enum status status = read_reading_options(&running, &options);
    int exit_code = 0;

    if (status == STATUS_OK)
        status = check_fail_on(invocation, &running.why);
    if (status == STATUS_OK && option_value(invocation, "out") == NULL)
        status =
            fail_set(&running.why, STATUS_USAGE, "--out DIR is missing; try canister run --help");
    if (status != STATUS_OK)
        return report_failure(&running.why);
    progress_words_begin(&running.words, running.quiet);
    options.control = option_value(invocation, "control");
    options.icb = option_value(invocation, "icb");
    options.packs = option_value(invocation, "packs") != NULL;
    options.digest = option_value(invocation, "no-digest") == NULL;
    if (read_workbook(invocation, &options.workbook, &running.why) != STATUS_OK ||
        session_new(&running.session, &options, &running.why) != STATUS_OK)
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
        "spc.csv, alerts.csv, targets.csv, opportunities.csv, drivers.csv, standings.csv, "
        "deciles.csv, factor_sets.csv, organisations.csv, "
        "unclassified.csv, gases.csv, gases_quality.csv, rejects.csv, audit.json, report.html, "
        "datapackage.json, the workbook canister.xlsx, digest.txt and digest.html into a folder.\n"
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
                  {"icb", "ICB",
             "whose page report.html is: a code, or enough of a name (the only ICB, else the "
             "nation)",
             NULL},
                  OPTION_FACTORS, OPTION_GAS_FACTORS,
                  OPTION_RULES, OPTION_TARGETS,
                  OPTION_GAS_SUPPLY, OPTION_GAS_USE,
                  OPTION_MAX_REJECTS, OPTION_STRICT,
                  OPTION_REGISTER, OPTION_PLACES,
                  OPTION_GROUP, OPTION_REPLACE,
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
                  OPTION_XLSX, {"packs", NULL, "also a page and a workbook for each practice, in DIR/packs", NULL},
                  OPTION_QUIET, },
    .run = run_run,
};
