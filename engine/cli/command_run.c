#include "cli/findings.h"

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
        status = read_writing_options(invocation, &options, &running.why);
    options.icb = option_value(invocation, "icb");
    options.sha256 = option_value(invocation, "no-digest") == NULL;
    progress_words_begin(&running.words, running.quiet);
    if (status == STATUS_OK)
        status = session_new(&running.session, &options, &running.why);
    if (status != STATUS_OK)
        return report_failure(&running.why);
    if (read_registers(&running, &exit_code) && read_files(&running, keep_going, &exit_code) &&
        has_taken(running.session)) {
        if (!running.quiet)
            tell_settled(running.session);
        exit_code = compute_and_write(&running, exit_code);
    }
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
            OPTION_OUT,
            {"icb", "ICB",
             "whose page report.html is: a code, or enough of a name (the only ICB, else the "
             "nation)",
             NULL},
            OPTION_FACTORS,
            OPTION_GAS_FACTORS,
            OPTION_RULES,
            OPTION_TARGETS,
            OPTION_TARGET,
            OPTION_GAS_SUPPLY,
            OPTION_GAS_USE,
            OPTION_MAX_REJECTS,
            OPTION_STRICT,
            OPTION_REGISTER,
            OPTION_PLACES,
            OPTION_GROUP,
            OPTION_REPLACE,
            OPTION_KEEP_GOING,
            OPTION_FAIL_ON,
            OPTION_CONTROL,
            OPTION_CHARTS,
            OPTION_THREADS,
            {"no-digest", NULL,
             "leave the SHA-256 of the files out of audit.json: it takes about 0.6 s a GB of file",
             NULL},
            OPTION_XLSX,
            OPTION_PACKS,
            OPTION_QUIET,
        },
    .run = run_run,
};
