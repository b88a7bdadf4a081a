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
        "Reads one or more months of the English Prescribing Dataset, the older practice-level "
        "prescribing data, the prescribing extracts of Scotland, Wales and Northern Ireland, or "
        "the Secondary Care Medicines Data of hospitals (plain, gzip, zstd or ZIP, or - for "
        "standard input). Classifies the inhalers and anaesthetic gases, and writes " COMMAND_TABLES
        ", "
        "audit.json, report.html, datapackage.json, the workbook canister.xlsx, "
        "digest.txt and digest.html to a folder.\nThe name of a hospital file gives its series "
        "(final, provisional, wip): a final month replaces a provisional one and is never added to "
        "it.\nRegisters (epraccur, ePCN as CSV, GP list sizes and their map, etr) add PCNs, which "
        "practices are GP practices, which organisations they belonged to and when, and measures "
        "per 1,000 patients.\nA row that cannot be used is counted, reported with its line and "
        "listed in rejects.csv. A file that is cut, damaged or unknown is refused whole. The files "
        "appear all together or not at all.",
    .needs_argument = true,
    .options =
        {
            OPTION_OUT,
            {"icb", "ICB",
             "the ICB that report.html is about: its code, or part of its name (default: the only "
             "ICB, else the nation)",
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
             "do not compute the SHA-256 of the files for audit.json: saves about 0.6 s for each "
             "GB",
             NULL},
            OPTION_XLSX,
            OPTION_PACKS,
            OPTION_QUIET,
        },
    .run = run_run,
};
