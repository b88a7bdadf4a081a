#include "cli/store_file.h"

#include "run/session_store.h"
#include "stream/output.h"

#include <stdlib.h>
#include <string.h>

static const char folder_name[] = "canister";
static const char file_name[] = "store.sqlite";

/* The folder of the user's own store; false when there is no home. */
static bool find_folder(char *out, size_t size)
{
    const char *const data = getenv("XDG_DATA_HOME");
    const char *const home = getenv("HOME");
    int length = -1;

    if (data != NULL && data[0] == '/') /* the rules of XDG: anything else is ignored */
        length = snprintf(out, size, "%s/%s", data, folder_name);
    else if (home != NULL && home[0] != '\0')
        length = snprintf(out, size, "%s/.local/share/%s", home, folder_name);
    return length > 0 && (size_t)length < size;
}

static enum status make_folder(const char *folder, struct fail *why)
{
    struct output *output = NULL;
    const enum status status = output_begin(&output, folder, NULL, why);

    output_free(output);
    return status;
}

static enum status find_own(enum store_mode mode, char *path, size_t size, struct fail *why)
{
    char folder[4096];
    enum status status = STATUS_OK;

    if (!find_folder(folder, sizeof folder) ||
        (size_t)snprintf(path, size, "%s/%s", folder, file_name) >= size)
        return fail_set(why, STATUS_USAGE,
                        "no data folder was found for the store: give --store FILE");
    if (mode == STORE_GROW)
        status = make_folder(folder, why);
    return status;
}

enum status find_store(const struct invocation *invocation, char *path, size_t size,
                       struct fail *why)
{
    const char *const told = option_value(invocation, "store");
    const char *const known = getenv("CANISTER_STORE");
    const char *const chosen = told != NULL                        ? told
                               : known != NULL && known[0] != '\0' ? known
                                                                   : NULL;

    if (chosen == NULL)
        return find_own(STORE_GROW, path, size, why);
    if ((size_t)snprintf(path, size, "%s", chosen) >= size)
        return fail_set(why, STATUS_USAGE, "the path of the store is too long");
    return STATUS_OK;
}

enum status open_store(const struct invocation *invocation, enum store_mode mode,
                       struct store **store, struct fail *why)
{
    const char *const told = option_value(invocation, "store");
    const char *const known = getenv("CANISTER_STORE");
    char own[4352];
    enum status status;

    if (told != NULL)
        return store_open(store, told, mode, why);
    if (known != NULL && known[0] != '\0')
        return store_open(store, known, mode, why);
    status = find_own(mode, own, sizeof own, why);
    return status == STATUS_OK ? store_open(store, own, mode, why) : status;
}

enum status read_month(const char *text, month_t *month, struct fail *why)
{
    if (month_parse(view_of(text), month))
        return STATUS_OK;
    return fail_set(why, STATUS_USAGE, "\"%s\" is not a month such as 2026-07", text);
}

enum status read_months(const struct invocation *invocation, struct session_months *months,
                        struct fail *why)
{
    const char *const from = option_value(invocation, "from");
    const char *const to = option_value(invocation, "to");
    enum status status = STATUS_OK;

    *months = (struct session_months){MONTH_NONE, MONTH_NONE};
    if (from != NULL)
        status = read_month(from, &months->from, why);
    if (status == STATUS_OK && to != NULL)
        status = read_month(to, &months->to, why);
    if (status == STATUS_OK && from != NULL && to != NULL && months->from > months->to)
        status = fail_set(why, STATUS_USAGE, "--from %s is later than --to %s", from, to);
    return status;
}

enum status load_store(const struct invocation *invocation, struct session *session,
                       const struct session_months *months, struct fail *why)
{
    struct store *store = NULL;
    enum status status = open_store(invocation, STORE_READ, &store, why);

    if (status == STATUS_OK)
        status = session_load(session, store, months, why);
    store_close(store); /* others may write while we compute */
    return status;
}
