#include "rules/rules.h"

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>

#define BASE                                                                             \
    "\"id\": \"a\", \"title\": \"t\", \"plan\": \"p\", \"source\": \"s\", \"checked\": " \
    "\"2026-11-22\""

/* What follows BASE in a target, and what is said of it. */
static const struct {
    const char *rest, *says;
} wrong[] = {
    {"", "names either a measure or why it is not_computable"},
    {"\"not_computable\": \"w\", \"measure\": \"inhalers\"", "names either a measure"},
    {"\"measure\": \"inhalers\", \"levels\": [\"icb\"], \"due\": \"2028-03\"",
     "has either a value or a reduction_percent"},
    {"\"measure\": \"inhalers\", \"levels\": [\"icb\"], \"due\": \"2028-03\", \"value\": \"1\", "
     "\"reduction_percent\": \"2\"",
     "has either a value or a reduction_percent"},
    {"\"measure\": \"inhalers\", \"levels\": [\"icb\"], \"value\": \"1\"", "has a due month"},
    {"\"measure\": \"inhalers\", \"due\": \"2028-03\", \"value\": \"1\"",
     "has a due month and levels"},
    {"\"measure\": \"inhalers\", \"levels\": [\"county\"], \"due\": \"2028-03\", \"value\": \"1\"",
     "is not one of the allowed values"},
    {"\"measure\": \"inhalers\", \"levels\": [\"icb\"], \"due\": \"2028-03\", \"value\": \"1\", "
     "\"months\": 3",
     "months is 1 or 12"},
    {"\"measure\": \"inhalers\", \"levels\": [\"icb\"], \"due\": \"2028-03\", \"value\": \"-1\"",
     "must not be below 0"},
    {"\"measure\": \"inhalers\", \"levels\": [\"icb\"], \"due\": \"2028-03\", \"value\": 1",
     "must be a decimal as a text"},
    {"\"measure\": \"inhalers\", \"levels\": [\"icb\"], \"due\": \"2028-03\", "
     "\"reduction_percent\": \"50\"",
     "needs the months of its baseline"},
    {"\"measure\": \"inhalers\", \"levels\": [\"icb\"], \"due\": \"2028-03\", \"months\": 12, "
     "\"reduction_percent\": \"50\", \"baseline_from\": \"2019-04\", \"baseline_to\": \"2019-06\"",
     "must be as long as months"},
    {"\"measure\": \"inhalers\", \"levels\": [\"icb\"], \"due\": \"2028-03\", \"months\": 12, "
     "\"reduction_percent\": \"101\", \"baseline_from\": \"2019-04\", \"baseline_to\": \"2020-03\"",
     "at most 100 per cent"},
    {"\"measure\": \"nothing\", \"levels\": [\"icb\"], \"due\": \"2028-03\", \"value\": \"1\"",
     "there is no measure \"nothing\""},
    {"\"not_computable\": \"w\", \"sooner\": \"2028-03\"", "sooner"},
};

/* 0 when the file is taken. */
static enum status load(const char *rest, struct fail *why)
{
    const struct rules_place place = {.base = in_root("rules"), .targets = in_scratch("mine.json")};
    struct rules *rules = NULL;
    enum status status;
    char text[2048];

    snprintf(text, sizeof text, "{\"targets\": [{" BASE "%s%s}]}", *rest != '\0' ? ", " : "", rest);
    write_text(in_scratch("mine.json"), text);
    status = rules_load(&rules, &place, why);
    if (status == STATUS_OK)
        rules_free(rules);
    return status;
}

Test(rules, a_wrong_target_is_refused_with_its_file_and_path)
{
    struct fail why;

    for (size_t i = 0; i < LENGTH_OF(wrong); i++) {
        why = (struct fail){0};
        cr_expect(eq(int, (int)load(wrong[i].rest, &why), STATUS_RULE), "%s", wrong[i].rest);
        cr_expect(strstr(why.text, wrong[i].says) != NULL, "%s: %s", wrong[i].rest, why.text);
        cr_expect(strstr(why.file, "mine.json") != NULL || strstr(why.text, "mine.json") != NULL,
                  "%s: %s %s", wrong[i].rest, why.file, why.text);
    }
    cr_expect(eq(int, (int)load("\"not_computable\": \"w\"", &why), STATUS_OK), "%s", why.text);
}

/* Each plan of the issue, and what no extract can say. */
Test(rules, the_plans_and_what_cannot_be_computed_are_listed)
{
    static const char *const ids[] = {"blmk-saba-2026-03", "ddicb-inhaler-carbon-2026-03",
                                      "llr-salbutamol-2024-03", "national-inhaler-carbon-2028-03"};
    const struct rules_place place = {.base = in_root("rules")};
    struct rules *rules = NULL;
    struct fail why;

    cr_assert(eq(int, (int)rules_load(&rules, &place, &why), STATUS_OK), "%s", why.text);
    for (size_t i = 0; i < LENGTH_OF(ids); i++) {
        bool found = false;

        for (size_t t = 0; t < rules->targets.count; t++)
            found = found || strcmp(rules->targets.list[t]->id, ids[i]) == 0;
        cr_expect(found, "%s", ids[i]);
    }
    cr_expect(eq(sz, rules->elsewhere.count, 2), "RESP-01 and RESP-02");
    cr_expect(strcmp(rules->elsewhere.list[0]->id, "resp_01") == 0, "RESP-01");
    rules_free(rules);
}
