#include "cli/store_file.h"
#include "cli/shown.h"

static void tell(void *context, const char *finding)
{
    (void)context;
    fputs("damaged: ", stdout);
    show(stdout, view_of(finding));
    fputc('\n', stdout);
}

static int run_check(const struct invocation *invocation)
{
    struct store *store = NULL;
    struct fail why = {0};
    bool sound = false;
    enum status status = open_store(invocation, STORE_READ, &store, &why);

    if (status == STATUS_OK)
        status = store_check(store, tell, NULL, &sound, &why);
    if (status == STATUS_OK && sound)
        printf("No damage found: pages, references, tables, seals and the sums of each file are as "
               "they were written\n");
    store_close(store);
    if (status != STATUS_OK)
        return report_failure(&why);
    return close_output(sound ? 0 : status_exit_code(STATUS_DATA));
}

const struct command command_check = {
    .name = "check",
    .arguments = "",
    .summary = "check the store for damage",
    .description = "Checks every page and reference of the store, every table against its seal, "
                   "and the sums of every month against the account of the file they came from. "
                   "Prints what is damaged and exits 65 if anything is.",
    .options = {OPTION_STORE},
    .run = run_check,
};
