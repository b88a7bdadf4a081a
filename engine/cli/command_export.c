#include "cli/store_file.h"
#include "run/store_csv.h"
#include "stream/output.h"

#include <string.h>

static bool ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text);

    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

/* SQLite writes the file itself, and its own temporary files beside it. */
static enum status copy_to(struct store *store, const struct output *output, const char *name,
                           struct fail *why)
{
    char path[4352];
    const enum status status = output_path(output, name, path, sizeof path, why);

    return status == STATUS_OK ? store_copy(store, path, why) : status;
}

static enum status export_to(struct store *store, const char *path, struct fail *why)
{
    const char *const slash = strrchr(path, '/');
    const char *const name = slash != NULL ? slash + 1 : path;
    char folder[4096] = ".";
    struct output *output = NULL;
    FILE *file = NULL;
    enum status status;

    if (slash != NULL)
        snprintf(folder, sizeof folder, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    status = output_begin(&output, folder, NULL, why);
    if (status == STATUS_OK)
        status = output_open(output, name, &file, why);
    if (status == STATUS_OK)
        status = ends_with(path, ".csv") ? store_write_csv(store, file, why)
                                         : copy_to(store, output, name, why);
    if (status == STATUS_OK)
        status = output_commit(output, why);
    output_free(output);
    return status;
}

static int run_export(const struct invocation *invocation)
{
    const char *const path = option_value(invocation, "out");
    struct store *store = NULL;
    struct fail why = {0};
    enum status status = STATUS_OK;

    if (path == NULL || (!ends_with(path, ".csv") && !ends_with(path, ".sqlite")))
        status =
            fail_set(&why, STATUS_USAGE, "--out takes a file whose name ends in .csv or .sqlite");
    if (status == STATUS_OK)
        status = open_store(invocation, STORE_READ, &store, &why);
    if (status == STATUS_OK)
        status = export_to(store, path, &why);
    store_close(store);
    return status == STATUS_OK ? 0 : report_failure(&why);
}

const struct command command_export = {
    .name = "export",
    .arguments = "",
    .summary = "write all sums of the store as CSV or as a plain SQLite file",
    .description =
        "Writes every sum of the store, by month, practice and product, before any classification: "
        "as one CSV file, exact to the last digit, or as an SQLite file of plain tables for Power "
        "BI and similar programs. The file appears whole or not at all.",
    .options =
        {
            OPTION_STORE,
            {"out", "FILE", "the file to write, ending in .csv or .sqlite (required)", NULL},
        },
    .run = run_export,
};
