#include "cli/command.h"
#include "run/session.h"
#include "run/version.h"

static int run_version(const struct invocation *invocation)
{
    const struct rules_place place = {0};
    struct rules *rules = NULL;
    struct fail why;
    size_t count;
    const struct audit_library *const libraries = run_libraries(&count);
    char folder[4096];

    (void)invocation;
    printf("canister %s\n", CANISTER_VERSION);
    for (size_t i = 0; i < count; i++)
        printf("%s %s\n", libraries[i].name, libraries[i].version);
    if (rules_load(&rules, &place, &why) != STATUS_OK) {
        close_output(0);
        return report_failure(&why);
    }
    printf("rules %s, SHA-256 %s\n  from %s\nfactor sets:", rules->version, rules->sha256,
           rules_find(folder, sizeof folder));
    for (size_t i = 0; i < rules->factor_sets.count; i++)
        printf(" %s", rules->factor_sets.list[i]->id);
    printf("\nlicence GPL-3.0-or-later\n");
    rules_free(rules);
    return close_output(0);
}

const struct command command_version = {
    .name = "version",
    .arguments = "",
    .summary = "print the versions of program, libraries and rules",
    .description = "Prints the version of the program, of the libraries it is linked with and of "
                   "its rules, and where the rules were found.",
    .run = run_version,
};
