#include "rules/rules.h"

#include "support/cases.h"
#include "support/made.h"
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

/* What --target takes, and what it refuses. */
static const struct {
    const char *text, *says; /* NULL: taken */
} asked[] = {
    {"salbutamol_kgco2e_per_inhaler=13.5@2027-03", NULL},
    {"mdi_share_of_non_salbutamol_items=25%@2027-03", NULL},
    {"mdi_share_of_non_salbutamol_items=0.25@2027-03", NULL},
    {"desflurane_ml=0@2027-03", NULL},
    {"salbutamol_kgco2e_per_inhaler=13.5", "takes MEASURE=VALUE@YYYY-MM"},
    {"=13.5@2027-03", "takes MEASURE=VALUE@YYYY-MM"},
    {"salbutamol_kgco2e_per_inhaler=@2027-03", "the value is a number"},
    {"salbutamol_kgco2e_per_inhaler=-1@2027-03", "the value is a number"},
    {"salbutamol_kgco2e_per_inhaler=13,5@2027-03", "the value is a number"},
    {"salbutamol_kgco2e_per_inhaler=25%@2027-03", "the value is a number"},
    {"salbutamol_kgco2e_per_inhaler=13.5@2027-13", "the month is YYYY-MM"},
    {"salbutamol_kgco2e_per_inhaler=13.5@March", "the month is YYYY-MM"},
    {"mdi_share_of_non_salbutamol_items=25@2027-03", "a share is between 0 and 1"},
    {"carbon=13.5@2027-03", "there is no measure \"carbon\""},
    {"resp_01=90@2027-03", "resp_01 cannot be calculated: it counts patients"},
};

Test(rules, a_target_asked_for_in_a_few_words_is_taken_or_refused_with_what_is_wrong)
{
    for (size_t i = 0; i < LENGTH_OF(asked); i++) {
        const struct rules_place place = {.base = in_root("rules"),
                                          .asked = {asked[i].text, asked[i].text}};
        struct rules *rules = NULL;
        struct fail why = {0};
        const enum status status = rules_load(&rules, &place, &why);

        cr_expect(eq(int, (int)status, (int)(asked[i].says == NULL ? STATUS_OK : STATUS_USAGE)),
                  "%s: %s", asked[i].text, why.text);
        if (asked[i].says != NULL)
            cr_expect(strstr(why.text, asked[i].says) != NULL, "%s: %s", asked[i].text, why.text);
        if (status != STATUS_OK)
            continue;
        cr_expect(strcmp(rules->targets.list[rules->targets.count - 1]->id, asked[i].text) == 0);
        cr_expect(strcmp(rules->targets.list[rules->targets.count - 2]->id, asked[i].text) != 0,
                  "once");
        if (strstr(asked[i].text, "mdi_share") != NULL)
            cr_expect(eq(i64, rules->targets.list[rules->targets.count - 1]->value, 250000));
        rules_free(rules);
    }
}

/* What the plans ask for and nothing measures is listed, and says what it needs. */
Test(rules, a_target_that_cannot_be_calculated_says_what_it_needs)
{
    static const char *const ids[] = {
        "blmk-inhaler-carbon-saved",      "blmk-paracetamol-2027-03",
        "blmk-nitrous-oxide-best-peer",   "blmk-volatile-gas-analysis-2026-09",
        "blmk-emissions-by-inhaler-type", "ddicb-children-2025-03",
        "ddicb-nitrous-oxide-exception",  "llr-nitrous-oxide-waste"};

    for (size_t i = 0; i < LENGTH_OF(ids); i++) {
        const struct target *found = NULL;

        for (size_t t = 0; t < shipped_rules()->targets.count; t++)
            if (strcmp(shipped_rules()->targets.list[t]->id, ids[i]) == 0)
                found = shipped_rules()->targets.list[t];
        cr_assert(found != NULL && found->not_computable != NULL, "%s", ids[i]);
        cr_expect(strstr(found->not_computable, "need") != NULL, "%s: %s", ids[i],
                  found->not_computable);
    }
}
