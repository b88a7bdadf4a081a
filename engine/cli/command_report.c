#include "cli/findings.h"
#include "cli/store_file.h"

static enum status choose_organisation(struct running *running)
{
    const char *const icb = option_value(running->invocation, "icb");
    const char *const practice = option_value(running->invocation, "practice");

    if (icb != NULL && practice != NULL)
        return fail_set(&running->why, STATUS_USAGE,
                        "--icb and --practice cannot be given together");
    if (icb != NULL)
        session_focus(running->session, LEVEL_ICB, icb);
    if (practice != NULL)
        session_focus(running->session, LEVEL_PRACTICE, practice);
    return STATUS_OK;
}

static int write_report(struct running *running, const struct session_months *months)
{
    const char *const out = option_value(running->invocation, "out");
    int exit_code = 0;
    enum status status = choose_organisation(running);

    if (status == STATUS_OK && !read_registers(running, &exit_code))
        return exit_code;
    if (status == STATUS_OK)
        status = load_store(running->invocation, running->session, months, &running->why);
    if (status == STATUS_OK)
        status = session_finish(running->session, &running->why);
    if (status == STATUS_OK)
        status = session_write(running->session, out, &running->why);
    if (status != STATUS_OK)
        return report_failure(&running->why);
    exit_code = print_control(running, exit_code);
    if (!running->quiet) {
        tell_quantities(session_results(running->session));
        tell_control(running);
        tell_headline(running->session);
        fprintf(stderr, "results: %s\n", out);
    }
    return exit_code != 0 ? exit_code : find_findings(running);
}

static int run_report(const struct invocation *invocation)
{
    struct running running = {
        .invocation = invocation,
        .quiet = option_value(invocation, "quiet") != NULL,
    };
    struct session_options options;
    struct session_months months;
    enum status status = read_reading_options(&running, &options);
    int exit_code;

    if (status == STATUS_OK)
        status = read_months(invocation, &months, &running.why);
    if (status == STATUS_OK && option_value(invocation, "out") == NULL)
        status = fail_set(&running.why, STATUS_USAGE,
                          "--out DIR is missing; try canister report --help");
    if (status == STATUS_OK)
        status = check_fail_on(invocation, &running.why);
    options.control = option_value(invocation, "control");
    options.packs = option_value(invocation, "packs") != NULL;
    if (status == STATUS_OK)
        status = read_workbook(invocation, &options.workbook, &running.why);
    if (status == STATUS_OK)
        status = session_new(&running.session, &options, &running.why);
    exit_code =
        status == STATUS_OK ? write_report(&running, &months) : report_failure(&running.why);
    session_free(running.session);
    return exit_code;
}

const struct command command_report = {
    .name = "report",
    .arguments = "",
    .summary = "write results from the store",
    .description =
        "Writes the files that run writes, from the sums in the store: the same bytes that run "
        "writes of the same extracts. The rules and factors are those of now, or of --rules and "
        "--factors, whatever they were when the extracts were added; what the rules need and was "
        "not kept is told, and nothing is written. --control needs extracts that were added with "
        "--totals.\n"
        "With --icb or --practice the rows are those of that organisation as it stands among all: "
        "percentiles are among its peers everywhere, and the region and the nation are beside it "
        "with their whole figures.",
    .options =
        {
                  OPTION_STORE, {"out", "DIR", "the folder for the results (needed)", NULL},
                  OPTION_FROM, OPTION_TO,
                  {"icb", "NAME|CODE", "only this ICB: its code, or a part of its name", NULL},
                  {"practice", "CODE", "only this practice: its code, or a part of its name", NULL},
                  OPTION_REGISTER, OPTION_PLACES,
                  OPTION_GROUP, OPTION_FACTORS,
                  OPTION_GAS_FACTORS, OPTION_RULES,
                  OPTION_TARGETS, OPTION_CHARTS,
                  OPTION_CONTROL, OPTION_FAIL_ON,
                  OPTION_XLSX, {"packs", NULL, "also a page and a workbook for each practice, in DIR/packs", NULL},
                  OPTION_QUIET, },
    .run = run_report,
};
