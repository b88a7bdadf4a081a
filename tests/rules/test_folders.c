/* A rules folder that cannot be read whole is an error: with a part of it the figures are others. */

#include "rules/rules.h"

#include "support/cases.h"
#include "support/paths.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* In place of the C library's: the call number fail_at of its kind fails. */
static int open_fails_at;
static int read_fails_at;
static int fault;

DIR *opendir(const char *name)
{
    DIR *(*const real)(const char *) = (DIR * (*)(const char *)) dlsym(RTLD_NEXT, "opendir");

    if (open_fails_at > 0 && --open_fails_at == 0) {
        errno = fault;
        return NULL;
    }
    return real(name);
}

struct dirent *readdir(DIR *open)
{
    struct dirent *(*const real)(DIR *) = (struct dirent * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir");

    if (read_fails_at > 0 && --read_fails_at == 0) {
        errno = fault;
        return NULL;
    }
    return real(open);
}

static enum status load(const struct rules_place *place, struct fail *why)
{
    struct rules *rules = NULL;
    enum status status;

    *why = (struct fail){0};
    status = rules_load(&rules, place, why);
    if (status == STATUS_OK)
        rules_free(rules);
    return status;
}

static const char *copy_rules(void)
{
    cr_assert(eq(int, shell("cp -r '%s' '%s'", in_root("rules"), in_scratch("copy")), 0));
    return in_scratch("copy");
}

static const struct {
    int error;
    enum status status;
} faults[] = {
    {EACCES, STATUS_NO_INPUT}, {EMFILE, STATUS_NO_INPUT}, {EIO, STATUS_NO_INPUT},
    {ENOMEM, STATUS_NOMEM},    {ENOENT, STATUS_NO_INPUT},
};

/* Each of the folders of rules, by each fault: never fewer rules in silence. */
Test(rules, a_folder_that_cannot_be_opened_is_an_error)
{
    const struct rules_place place = {.base = copy_rules()};
    struct fail why = {0};
    int loaded = 0;

    for (size_t i = 0; i < LENGTH_OF(faults); i++)
        for (int k = 1; k <= 13; k++) {
            open_fails_at = k;
            fault = faults[i].error;
            if (load(&place, &why) == STATUS_OK)
                loaded++; /* there are twelve folders: the thirteenth call is none */
            else
                cr_expect(eq(int, (int)why.code, (int)faults[i].status), "%s", why.text);
            cr_expect(open_fails_at > 0 || strstr(why.file, "/copy/") != NULL, "%s", why.file);
        }
    cr_expect(eq(int, loaded, (int)LENGTH_OF(faults)), "only where nothing failed");
}

Test(rules, a_folder_that_cannot_be_read_to_its_end_is_an_error)
{
    const struct rules_place place = {.base = copy_rules()};
    struct fail why = {0};
    int failed = 0;

    fault = EIO;
    for (int k = 1; k <= 200; k++) {
        read_fails_at = k;
        if (load(&place, &why) == STATUS_OK) {
            cr_expect(read_fails_at > 0, "readdir number %d failed in silence", k);
            break;
        }
        failed++;
        cr_expect(eq(int, (int)why.code, STATUS_NO_INPUT), "%s", why.text);
    }
    cr_expect(failed > 40, "%d", failed);
}

/* what is done to the copy; whether it is the base, an overlay, or given whole; what comes of it */
static const struct {
    const char *prepare;
    bool overlay;
    enum status status;
    const char *says; /* in the file or the text */
} cases[] = {
    {"rm -r copy/quantities", false, STATUS_NO_INPUT, "copy/quantities"},
    {"rm -r copy/switches", false, STATUS_NO_INPUT, "copy/switches"},
    {"rm -r copy/targets", false, STATUS_NO_INPUT, "copy/targets"},
    {"rm -r copy/switches", true, STATUS_NO_INPUT, "copy/switches"},
    {"rm -r copy/targets", true, STATUS_OK, ""},
    {"rm -r copy/products copy/switches", true, STATUS_OK, ""}, /* no longer whole: laid over */
    {"rm -r copy/switches; echo x > copy/switches", true, STATUS_NO_INPUT, "copy/switches"},
    {"rm -r copy/switches; ln -s nowhere copy/switches", true, STATUS_NO_INPUT, "copy/switches"},
    {"rm -r copy/products copy/switches; ln -s nowhere copy/switches", true, STATUS_NO_INPUT,
     "copy/switches"},
    {"rm copy/switches/*; mkfifo copy/switches/inhalers.json", false, STATUS_NO_INPUT,
     "not a plain file"},
    {"rm copy/version.json; mkfifo copy/version.json", false, STATUS_NO_INPUT, "not a plain file"},
    {"rm -r copy/products; rm copy/switches/*; mkfifo copy/switches/inhalers.json", true,
     STATUS_NO_INPUT, "not a plain file"},
    {"mkdir copy/switches/more.json", false, STATUS_NO_INPUT, "not a plain file"},
    {"ln -s /dev/zero copy/switches/more.json", false, STATUS_NO_INPUT, "not a plain file"},
    {"rm -r copy/products; ln -sf nowhere copy/factors/iif-2022.json", true, STATUS_NO_INPUT,
     "iif-2022.json"},
};

Test(rules, only_a_folder_of_an_overlay_may_be_missing, .timeout = 60)
{
    char base[4096];
    struct fail why = {0};

    snprintf(base, sizeof base, "%s", in_root("rules"));
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        const char *const copy = copy_rules();
        const struct rules_place place = {.base = cases[i].overlay ? base : copy,
                                          .overlay = cases[i].overlay ? copy : NULL};
        enum status status;
        char said[1024];

        cr_assert(eq(int, shell("cd '%s' && %s", scratch_folder(), cases[i].prepare), 0));
        status = load(&place, &why);
        cr_expect(eq(int, (int)status, (int)cases[i].status), "%s: %s", cases[i].prepare, why.text);
        fail_print(&why, said, sizeof said);
        cr_expect(status == STATUS_OK || strstr(said, cases[i].says) != NULL, "%s: %s",
                  cases[i].prepare, said);
        shell("rm -rf '%s'", copy);
    }
}

/* As a file of targets from anywhere, and the rules of the program's own search. */
Test(rules, a_pipe_or_a_folder_as_targets_is_refused, .timeout = 60)
{
    struct rules_place place = {.base = in_root("rules"), .targets = in_scratch("pipe")};
    struct fail why = {0};

    cr_assert(eq(int, shell("mkfifo '%s'", place.targets), 0));
    cr_expect(eq(int, (int)load(&place, &why), STATUS_NO_INPUT), "%s", why.text);
    place.targets = scratch_folder();
    cr_expect(eq(int, (int)load(&place, &why), STATUS_NO_INPUT), "%s", why.text);
}

Test(rules, many_files_of_one_folder_cost_no_more_than_their_number)
{
    const struct rules_place place = {.base = in_root("rules"), .overlay = in_scratch("own")};
    struct fail why = {0};

    cr_assert(eq(int,
                 shell("mkdir -p '%s/targets' && cd '%s/targets' && seq -f %%.0f.json 20000 | "
                       "xargs touch",
                       place.overlay, place.overlay),
                 0));
    cr_expect(eq(int, (int)load(&place, &why), STATUS_RULE), "%s", why.text); /* an empty file */
    cr_expect(strstr(why.file, "targets/1.json") != NULL || strstr(why.text, "targets/1.json"),
              "%s %s", why.file, why.text);
}
