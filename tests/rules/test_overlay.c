#include "rules/rules.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdio.h>

#define VENTOLIN "0301011R0BEAIAP"

static const char *overlay(const char *folder)
{
    shell("mkdir -p '%s/%s'", in_scratch("own"), folder);
    return in_scratch("own");
}

/* The shipped rules with the folder of scratch laid over them. */
static enum status load(struct rules **rules, struct fail *why)
{
    char base[4096];
    struct rules_place place = {.base = base, .overlay = in_scratch("own")};

    snprintf(base, sizeof base, "%s", in_root("rules"));
    return rules_load(rules, &place, why);
}

static int64_t kilograms(const struct rules *rules, const char *set, const char *code,
                         const char *month)
{
    const struct factor *const factor = rules_factor(
        rules_factor_set(rules, view_of(set)), rules_code(rules, view_of(code)), made_month(month));

    return factor != NULL ? factor->kg : -1;
}

#define SET(id, factors)                                                                \
    "{\"id\":\"" id "\",\"title\":\"t\",\"source\":\"S01\",\"checked\":\"2026-01-31\"," \
    "\"factors\":[" factors "]}"
#define FACTOR(id, kg, more)                                                              \
    "{\"id\":\"" id "\",\"products\":[\"ventolin-100-evohaler\"],\"kg\":\"" kg "\"," more \
    "\"grade\":\"A\",\"basis\":\"whole_life\",\"derivation\":\"b\",\"source\":\"S01\","   \
    "\"checked\":\"2026-01-31\"}"

Test(rules, a_file_of_ones_own_is_added_to_the_shipped_ones)
{
    struct rules *rules = NULL;
    struct fail why = {0};

    overlay("factors");
    write_text(in_scratch("own/factors/local.json"), SET("local", FACTOR("ventolin", "3", "")));
    cr_assert(load(&rules, &why) == STATUS_OK, "%s", why.text);
    cr_expect(eq(i64, kilograms(rules, "local", VENTOLIN, "2025-01"), 3000000), "ours");
    cr_expect(eq(i64, kilograms(rules, "iif-2022", VENTOLIN, "2025-01"), 28260000), "shipped");
    cr_expect(strcmp(rules->sha256, shipped_rules()->sha256) != 0,
              "the digest tells that the rules are others");
    rules_free(rules);
}

Test(rules, a_file_of_ones_own_replaces_the_shipped_one_of_the_same_name)
{
    struct rules *rules = NULL;
    struct fail why = {0};

    overlay("factors");
    write_text(in_scratch("own/factors/iif-2022.json"),
               SET("iif-2022", FACTOR("ventolin", "3", "")));
    cr_assert(load(&rules, &why) == STATUS_OK, "%s", why.text);
    cr_expect(eq(i64, kilograms(rules, "iif-2022", VENTOLIN, "2025-01"), 3000000), "ours");
    cr_expect(eq(i64, kilograms(rules, "iif-2022", "0301011R0AAAPAP", "2025-01"), -1),
              "nothing of the shipped file is left");
    cr_expect(eq(sz, rules->factor_sets.count, shipped_rules()->factor_sets.count), "no new set");
    rules_free(rules);
}

Test(rules, a_mistake_of_ones_own_is_told_by_its_file)
{
    struct rules *rules = NULL;
    struct fail why = {0};

    overlay("factors");
    write_text(in_scratch("own/factors/local.json"), SET("iif-2022", FACTOR("ventolin", "3", "")));
    cr_assert(load(&rules, &why) == STATUS_RULE, "two sets of one name");
    cr_expect(strcmp(why.file, "factors/local.json") == 0 &&
                  strstr(why.text, "/id (iif-2022): \"iif-2022\" is there twice") != NULL,
              "%s: %s", why.file, why.text);
    shell("rm -rf '%s'", in_scratch("own"));
    cr_expect(load(&rules, &why) == STATUS_NO_INPUT, "a folder that is not there");
    cr_expect(strstr(why.file, "own") != NULL, "%s", why.file);
}

/* A file that is there and cannot be opened must not fall back in silence. */
Test(rules, a_file_of_ones_own_that_cannot_be_opened_is_refused)
{
    struct rules *rules = NULL;
    struct fail why = {0};

    overlay("factors");
    shell("ln -s iif-2022.json '%s'", in_scratch("own/factors/iif-2022.json"));
    cr_expect(load(&rules, &why) == STATUS_NO_INPUT, "the shipped file was taken instead");
    cr_expect(strstr(why.file, "own/factors/iif-2022.json") != NULL, "%s", why.file);
    rules_free(rules);
}

/* month, kg of Ventolin Evohaler by its dated factors */
static const struct {
    const char *month;
    int64_t milligrams;
} dated[] = {
    {"2024-02", -1},      {"2024-03", 20000000}, {"2025-06", 20000000}, {"2025-07", 5000000},
    {"2025-12", 5000000}, {"2026-01", 1500000},  {"2099-12", 1500000},
};

/* clang-format off */
static const char dated_factors[] =
    SET("local",
        FACTOR("last", "1.5", "\"from\":\"2026-01\",") ","
        FACTOR("first", "20", "\"from\":\"2024-03\",\"to\":\"2025-06\",") ","
        FACTOR("second", "5", "\"from\":\"2025-07\",\"to\":\"2025-12\","));
/* clang-format on */

static const struct made two_months[] = {
    {"2025-06", "P1", "Q1", VENTOLIN, "Ventolin", "1", "2", "3"},
    {"2025-07", "P1", "Q1", VENTOLIN, "Ventolin", "1", "2", "3"},
};

Test(rules, factors_take_effect_from_their_first_month_to_their_last)
{
    struct rules *rules = NULL;
    struct cube cube = {0};
    struct results *results = NULL;
    struct fail why = {0};
    char printed[DECIMAL_TEXT];

    overlay("factors");
    write_text(in_scratch("own/factors/local.json"), dated_factors);
    cr_assert(load(&rules, &why) == STATUS_OK, "%s", why.text);
    for (size_t i = 0; i < LENGTH_OF(dated); i++)
        cr_expect(eq(i64, kilograms(rules, "local", VENTOLIN, dated[i].month), dated[i].milligrams),
                  "%s", dated[i].month);
    made_add(&cube, two_months, LENGTH_OF(two_months));
    cr_assert(results_new(&results, NULL, rules, &cube, rules_factor_set(rules, view_of("local")),
                          rules_gas_factor_set(rules, view_of("nhs-2540")), NULL,
                          &why) == STATUS_OK,
              "%s", why.text);
    for (size_t m = 0; m < rules->measures.count; m++) {
        const struct measure *const measure = rules->measures.list[m];

        if (strcmp(measure->id, "inhaler_kgco2e") != 0)
            continue;
        for (int i = 0; i < 2; i++)
            cr_expect(
                strcmp(measure_print(rules, measure,
                                     measure_value_of(results_find(results, SUBJECT_prescribing,
                                                                   LEVEL_PRACTICE, view_of("P1"),
                                                                   made_month(two_months[i].month)),
                                                      measure),
                                     printed),
                       i == 0 ? "40" : "10") == 0,
                "%s: %s kg", two_months[i].month, printed);
    }
    results_free(results);
    cube_release(&cube);
    rules_free(rules);
}

Test(rules, a_folder_that_holds_no_kind_of_rule_is_refused)
{
    struct rules *rules = NULL;
    struct fail why = {0};

    overlay("switch");
    cr_assert(eq(int, (int)load(&rules, &why), STATUS_RULE), "a misspelt folder was passed over");
    cr_assert(strstr(why.file, "/switch") != NULL, "the folder is told: %s", why.file);
}
