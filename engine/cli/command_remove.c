#include "cli/store_file.h"

#include <string.h>

struct removing {
    const char *extract; /* NULL: all */
    month_t month;
    size_t removed;
};

static enum status remove_from(struct store *store, const struct store_file *file,
                               struct removing *removing, struct fail *why)
{
    char month[MONTH_TEXT];
    enum status status = STATUS_OK;

    for (size_t i = 0; i < file->summary.month_count && status == STATUS_OK; i++) {
        struct store_part *const part = &file->parts[i];

        if (part->state != PART_KEPT || part->month != removing->month ||
            (removing->extract != NULL && strcmp(removing->extract, file->extract) != 0))
            continue;
        status = store_drop(store, part, 0, why);
        removing->removed++;
        fprintf(stderr, "removed: %s of %s\n", month_print(part->month, month), file->name);
    }
    return status;
}

static enum status remove_month(struct store *store, struct removing *removing, struct fail *why)
{
    size_t count;
    const struct store_file *const files = store_files(store, &count);
    char month[MONTH_TEXT];
    enum status status = STATUS_OK;

    removing->removed = 0;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = remove_from(store, &files[i], removing, why);
    if (status != STATUS_OK || removing->removed > 0)
        return status;
    fail_set(why, STATUS_DATA, "does not hold %s", month_print(removing->month, month));
    return fail_in(why, store_path(store), 0);
}

static enum status remove_months(const struct invocation *invocation, struct store *store,
                                 struct fail *why)
{
    struct removing removing = {.extract = option_value(invocation, "extract")};
    enum status status = store_begin(store, why);

    for (size_t i = 0; i < invocation->argument_count && status == STATUS_OK; i++) {
        status = read_month(invocation->arguments[i], &removing.month, why);
        if (status == STATUS_OK)
            status = remove_month(store, &removing, why);
    }
    return status == STATUS_OK ? store_commit(store, why) : status;
}

static int run_remove(const struct invocation *invocation)
{
    struct store *store = NULL;
    struct fail why = {0};
    enum status status = open_store(invocation, STORE_CHANGE, &store, &why);

    if (status == STATUS_OK)
        status = remove_months(invocation, store, &why);
    store_close(store);
    return status == STATUS_OK ? 0 : report_failure(&why);
}

const struct command command_remove = {
    .name = "remove",
    .arguments = "MONTH...",
    .summary = "remove months from the store",
    .description =
        "Removes the sums of months (such as 2026-07) from the store: all of them or, if one is "
        "not there, none. The store keeps a record that they were there, and reuses their space.",
    .needs_argument = true,
    .options =
        {
            OPTION_STORE,
            {"extract", "ID", "only what came from this extract, named as status prints it", NULL},
        },
    .run = run_remove,
};
