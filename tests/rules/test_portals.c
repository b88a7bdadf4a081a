/* What a portal may answer, and what a rule of a portal may say. */

#include "rules/portal_answer.h"
#include "support/cases.h"
#include "support/dice.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdlib.h>
#include <string.h>

static const char show[] =
    "{\"help\": \"?\", \"success\": true, \"result\": {\"result\": {\"resources\": ["
    "{\"id\": \"1\", \"name\": \"EPD_202607\", \"url\": \"https://x/epd_202607.csv\", "
    "\"zip_url\": null, \"size\": 7250000000, \"last_modified\": null, \"created\": "
    "\"2026-09-20\"}, {\"name\": 5, \"size\": \"9\"}, 7]}}}";

Test(portals, an_answer_is_read_whatever_its_keys_are)
{
    struct arena arena = {0};
    struct portal_resource *list;
    struct fail why = {0};
    size_t count;

    cr_assert(
        eq(int, portal_answer_read(&arena, show, strlen(show), &list, &count, &why), STATUS_OK),
        "%s", why.text);
    cr_assert(eq(sz, count, 2));
    cr_expect(eq(str, (char *)list[0].name, "EPD_202607"));
    cr_expect(eq(str, (char *)list[0].version, "2026-09-20"),
              "created, where last_modified is empty");
    cr_expect(eq(str, (char *)list[0].zip_url, ""));
    cr_expect(list[0].bytes == INT64_C(7250000000));
    cr_expect(eq(str, (char *)list[1].name, ""));
    arena_release(&arena);
}

/* Cut anywhere, and with any byte changed: an answer or a refusal, never more. */
Test(portals, a_damaged_answer_is_refused_or_read)
{
    uint64_t dice = 7;
    const size_t length = strlen(show);

    for (size_t i = 0; i < 4000; i++) {
        struct arena arena = {0};
        struct portal_resource *list;
        struct fail why = {0};
        size_t count;
        const size_t cut = i < length ? i : length;
        char *const text = malloc(cut + 1);
        enum status status;

        memcpy(text, show, cut);
        if (i >= length)
            text[dice_below(&dice, cut)] = (char)dice_below(&dice, 256);
        status = portal_answer_read(&arena, text, cut, &list, &count, &why);
        cr_assert(status == STATUS_OK || status == STATUS_DATA, "%.*s", (int)cut, text);
        free(text);
        arena_release(&arena);
    }
}

static const char *const wrong[] = {
    "s|\"kind\": \"ckan\"|\"kind\": \"ftp\"|",
    "s|\"address\": \"https:[^\"]*\"|\"address\": \"file:///etc/\"|",
    "s|\"address\": \"\\(https:[^\"]*\\)/\"|\"address\": \"\\1\"|",
    "s|\"kind\": \"ckan\"|\"kind\": \"pages\"|",
    "s|\"source\": \"nhsbsa-portal\"|\"source\": \"nobody\"|",
    "s|\"packages\"|\"package\"|",
};

Test(portals, a_wrong_rule_is_refused_with_its_file)
{
    for (size_t i = 0; i < LENGTH_OF(wrong); i++) {
        cr_expect(eq(int,
                     shell("cd %s && mkdir -p own/portals && sed '%s' %s/rules/portals/nhsbsa.json "
                           "> own/portals/nhsbsa.json && %s rules check --rules own",
                           scratch_folder(), wrong[i], root_folder(), program()),
                     78),
                  "%s: %s", wrong[i], shell_output());
        cr_expect(strstr(shell_output(), "portals/nhsbsa.json") != NULL, "%s: %s", wrong[i],
                  shell_output());
    }
}
