#include "cli/fetching.h"
#include "cli/update_config.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One run of the monthly routine. */
struct updating {
    const struct invocation *invocation;
    struct update_config config;
    struct rules *rules;
    struct fetching_outcome outcome;
    month_t latest; /* in the store */
    char out[UPDATE_VALUE + 16];
    bool incomplete; /* registers could not be fetched; those that are there are used */
};

static bool is_file_dataset(const char *dataset)
{
    return strcmp(dataset, "registers") == 0 || strcmp(dataset, "list-sizes") == 0;
}

static enum status fetch_one(struct updating *updating, const char *dataset, struct fail *why)
{
    const bool files = is_file_dataset(dataset);
    const struct fetching_job job = {
        .invocation = updating->invocation,
        .rules = updating->rules,
        .dataset = dataset,
        .folder = files ? updating->config.registers : NULL,
        .store = updating->config.store,
        .wanted = {.missing = !files, .latest = files},
        .from = updating->config.from,
        .replace = option_value(updating->invocation, "replace") != NULL,
    };
    struct fetching_outcome registers = {0};

    if (files && updating->config.registers[0] == '\0')
        return fail_set(why, STATUS_USAGE, "%s need a folder: registers = DIR", dataset);
    return fetch_dataset(&job, files ? &registers : &updating->outcome, why);
}

/* Without the newest registers a report can be made; without the months it cannot. */
static enum status fetch_all(struct updating *updating, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; updating->config.dataset[i] != NULL && status == STATUS_OK; i++) {
        status = fetch_one(updating, updating->config.dataset[i], why);
        if (status == STATUS_OK || status == STATUS_USAGE ||
            !is_file_dataset(updating->config.dataset[i]))
            continue;
        report_failure(why);
        *why = (struct fail){0};
        updating->incomplete = true;
        status = STATUS_OK;
    }
    return status;
}

static enum status find_latest(struct updating *updating, struct fail *why)
{
    struct store *store = NULL;
    size_t count = 0;
    const struct store_file *files = NULL;
    enum status status = store_open(&store, updating->config.store, STORE_READ, why);

    if (status == STATUS_OK)
        status = store_begin(store, why);
    if (status == STATUS_OK)
        files = store_files(store, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < files[i].summary.month_count; m++)
            if (files[i].parts[m].state == PART_KEPT && files[i].parts[m].month > updating->latest)
                updating->latest = files[i].parts[m].month;
    store_close(store);
    return status;
}

/* datapackage.json comes last: a folder with it was finished. */
static bool has_report(const struct updating *updating)
{
    char path[UPDATE_VALUE + 64];
    struct stat about;

    snprintf(path, sizeof path, "%s/datapackage.json", updating->out);
    return stat(path, &about) == 0;
}

/* --- the commands ---------------------------------------------------------------------------- */

static void set_option(struct invocation *invocation, const char *name, const char *value)
{
    for (size_t i = 0; i < option_count(invocation->command); i++) {
        if (strcmp(invocation->command->options[i].name, name) != 0 || value == NULL)
            continue;
        invocation->values[i] = value;
        if (invocation->command->options[i].repeats && invocation->repeat_count < MOST_REPEATS)
            invocation->repeats[invocation->repeat_count++] = (struct repeat){name, value};
    }
}

static int show_status(const struct updating *updating)
{
    struct invocation status = {.command = &command_status};

    set_option(&status, "store", updating->config.store);
    set_option(&status, "rules", option_value(updating->invocation, "rules"));
    return option_value(updating->invocation, "quiet") != NULL ? 0 : command_status.run(&status);
}

#define MOST_REGISTERS 16

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Paths of the CSV files of a folder, in order, to be freed. */
static size_t list_registers(const char *folder, char *paths[MOST_REGISTERS])
{
    DIR *const open = folder[0] != '\0' ? opendir(folder) : NULL;
    const struct dirent *entry;
    size_t count = 0;

    while (open != NULL && count < MOST_REGISTERS && (entry = readdir(open)) != NULL) {
        const size_t length = strlen(entry->d_name);
        const size_t room = strlen(folder) + length + 2;

        if (length < 5 || strcmp(entry->d_name + length - 4, ".csv") != 0 ||
            strcmp(entry->d_name, "fetched.csv") == 0 || entry->d_name[0] == '.')
            continue;
        paths[count] = malloc(room);
        if (paths[count] != NULL)
            snprintf(paths[count++], room, "%s/%s", folder, entry->d_name);
    }
    if (open != NULL)
        closedir(open);
    qsort(paths, count, sizeof *paths, compare_names);
    return count;
}

static int write_report(const struct updating *updating)
{
    struct invocation report = {.command = &command_report};
    char *paths[MOST_REGISTERS];
    const size_t count = list_registers(updating->config.registers, paths);
    int exit_code;

    set_option(&report, "store", updating->config.store);
    set_option(&report, "icb", updating->config.icb);
    set_option(&report, "out", updating->out);
    set_option(&report, "rules", option_value(updating->invocation, "rules"));
    set_option(&report, "quiet", option_value(updating->invocation, "quiet"));
    for (size_t i = 0; i < count; i++)
        set_option(&report, "register", paths[i]);
    exit_code = command_report.run(&report);
    for (size_t i = 0; i < count; i++)
        free(paths[i]);
    return exit_code;
}

/* --- the routine ----------------------------------------------------------------------------- */

static void print_findings(const struct updating *updating)
{
    if (updating->outcome.republished > 0)
        printf("; %zu published again, left as %s: update --replace takes %s",
               updating->outcome.republished,
               updating->outcome.republished == 1 ? "it is" : "they are",
               updating->outcome.republished == 1 ? "it" : "them");
    if (updating->incomplete)
        printf("; registers not fetched");
    printf("\n");
}

static int finish(const struct updating *updating, bool written)
{
    const struct fetching_outcome *const outcome = &updating->outcome;
    char month[MONTH_TEXT];

    month_print(updating->latest, month);
    if (!written)
        printf("update: nothing new since %s", month);
    else
        printf("update: %zu file%s added, %zu of them published again; report of %s to %s in %s",
               outcome->fetched, outcome->fetched == 1 ? "" : "s", outcome->replaced,
               updating->config.icb, month, updating->out);
    print_findings(updating);
    return close_output(outcome->republished > 0 || updating->incomplete ? 1 : 0);
}

static int fail_update(const struct fail *why)
{
    const int exit_code = report_failure(why);

    printf("update: failed: %s\n", why->text);
    return close_output(exit_code);
}

static enum status fetch_and_look(struct updating *updating, struct fail *why)
{
    char month[MONTH_TEXT];
    enum status status = fetch_all(updating, why);

    if (status == STATUS_OK)
        status = find_latest(updating, why);
    snprintf(updating->out, sizeof updating->out, "%s/%s", updating->config.out,
             month_print(updating->latest, month));
    return status;
}

static int update(struct updating *updating)
{
    struct fail why = {0};
    int exit_code;
    const enum status status = fetch_and_look(updating, &why);

    if (status != STATUS_OK)
        return fail_update(&why);
    if (updating->outcome.fetched == 0 && has_report(updating))
        return finish(updating, false);
    exit_code = show_status(updating);
    if (exit_code == 0)
        exit_code = write_report(updating);
    if (exit_code == 0)
        return finish(updating, true);
    printf("update: failed: the months are in the store, the report was not written\n");
    return close_output(exit_code);
}

static int run_update(const struct invocation *invocation)
{
    const struct rules_place place = {.overlay = option_value(invocation, "rules")};
    struct updating updating = {.invocation = invocation};
    struct fail why = {0};
    enum status status = STATUS_OK;
    int exit_code;

    if (invocation->argument_count != 1)
        status = fail_set(&why, STATUS_USAGE, "update takes one file, which says what to do");
    if (status == STATUS_OK)
        status = update_config_read(&updating.config, invocation->arguments[0], &why);
    if (status == STATUS_OK)
        status = rules_load(&updating.rules, &place, &why);
    exit_code = status == STATUS_OK ? update(&updating) : fail_update(&why);
    rules_free(updating.rules);
    return exit_code;
}

const struct command command_update = {
    .name = "update",
    .arguments = "CONFIG",
    .summary = "the monthly routine: fetch, add, status, report",
    .description =
        "Fetches the months that the store does not have, adds them, prints the status and writes "
        "the report and digest of one ICB into OUT/MONTH. CONFIG is a file of lines KEY = VALUE: "
        "store, out and icb are required; datasets (default: epd), from (the first month) and "
        "registers (a folder whose CSV files are read as registers) are not.\n"
        "The last line on standard output says what was done. Nothing new is no failure: then no "
        "file is touched, unless the report of the latest month is missing. Exit 0: done; 1: done, "
        "and a month was published again (--replace fetches it) or the registers could not be "
        "fetched; otherwise as for fetch and report. Fit for cron and systemd: "
        "tools/systemd has an example.\n"
        "As fetch, it was never tried against the portals themselves.",
    .needs_argument = true,
    .options =
        {
            {"replace", NULL, "fetch again what was published again", NULL},
            OPTION_RULES,
            OPTION_TRIES,
            OPTION_WAIT,
            OPTION_STALL,
            OPTION_QUIET,
        },
    .run = run_update,
};
