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
        printf("sound: pages, references, tables, seals, and the sums against each file\n");
    store_close(store);
    if (status != STATUS_OK)
        return report_failure(&why);
    return close_output(sound ? 0 : status_exit_code(STATUS_DATA));
}

const struct command command_check = {
    .name = "check",
    .arguments = "",
    .summary = "look whether the store is whole",
    .description =
        "Looks at every page and reference of the store, holds every table against its seal and "
        "the sums of every month against the account of the file they came from. Prints what is "
        "damaged, and ends with 65 if anything is.",
    .options = {OPTION_STORE},
    .run = run_check,
};
