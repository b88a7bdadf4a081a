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
    int exit_code = 0;
    enum status status = choose_organisation(running);

    if (status == STATUS_OK && !read_registers(running, &exit_code))
        return exit_code;
    if (status == STATUS_OK)
        status = load_store(running->invocation, running->session, months, &running->why);
    return status == STATUS_OK ? compute_and_write(running, exit_code)
                               : report_failure(&running->why);
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
    if (status == STATUS_OK)
        status = read_writing_options(invocation, &options, &running.why);
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
    .description = "Writes the same files as run, byte for byte, from the sums in the store. It "
                   "uses today's rules and factors, or those of --rules and --factors, whatever "
                   "they were when the extracts were added. If the rules need something that the "
                   "store did not keep, it says so and writes nothing. --control needs extracts "
                   "that were added with --totals.\nWith --icb or --practice the files are about "
                   "that organisation, compared with all others: percentiles are among all its "
                   "peers, and the region and the nation keep their whole figures.",
    .options =
        {
            OPTION_STORE,
            OPTION_OUT,
            OPTION_FROM,
            OPTION_TO,
            OPTION_ONLY_ICB,
            {"practice", "CODE", "only this practice: its code, or a part of its name", NULL},
            OPTION_REGISTER,
            OPTION_PLACES,
            OPTION_GROUP,
            OPTION_FACTORS,
            OPTION_GAS_FACTORS,
            OPTION_RULES,
            OPTION_TARGETS,
            OPTION_TARGET,
            OPTION_CHARTS,
            OPTION_CONTROL,
            OPTION_FAIL_ON,
            OPTION_XLSX,
            OPTION_PACKS,
            OPTION_QUIET,
        },
    .run = run_report,
};
