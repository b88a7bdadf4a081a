#include "rules/rules.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef CANISTER_RULES_DIR
#define CANISTER_RULES_DIR "/usr/local/share/canister/rules"
#endif

/* Rules that are there and cannot be read are found: to go on to the next place would take others
 * in silence. */
static bool has_rules(const char *folder)
{
    char path[4200];

    snprintf(path, sizeof path, "%s/version.json", folder);
    return access(path, R_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* The folder of the running program; its length, 0 when not known. */
static size_t program_folder(char *path, size_t size)
{
    const ssize_t length = readlink("/proc/self/exe", path, size - 1);

    if (length <= 0)
        return 0;
    path[length] = '\0';
    *strrchr(path, '/') = '\0';
    return strlen(path);
}

const char *rules_find(char *path, size_t size)
{
    /* installed as PREFIX/bin, or built as build/VARIANT/bin in a checkout */
    static const char *const beside[] = {"/../share/canister/rules", "/../../../rules"};
    const char *const told = getenv("CANISTER_RULES");
    size_t length;

    if (told != NULL && told[0] != '\0') {
        snprintf(path, size, "%s", told);
        return path;
    }
    errno = 0;
    length = program_folder(path, size);
    if (length == 0 && errno != 0 && errno != ENOENT) /* without /proc: where it was installed */
        return NULL;
    for (size_t i = 0; i < COUNT_OF(beside) && length > 0; i++) {
        snprintf(path + length, size - length, "%s", beside[i]);
        if (has_rules(path))
            return path;
    }
    snprintf(path, size, "%s", CANISTER_RULES_DIR);
    return has_rules(path) ? path : NULL;
}
