/* Published figures of trusts and papers come out of this program, with the factors that
 * they were made with; two of them are mistakes, and come out as such. */

#include "measure/results.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdlib.h>

/* The sets of the published pages that are none of ours, laid over the rules. */
static const char *const sets[][2] = {
    {"bedfordshire", "{'gas':'desflurane','gwp':2540,'source':'sulbaek-2012',"
                     "'checked':'2026-11-22'},{'gas':'sevoflurane','gwp':130,"
                     "'density_g_per_l':'1522','density_source':'bedfordshire-gases',"
                     "'source':'sulbaek-2012','checked':'2026-11-22'}"},
    {"recipe-book", "{'gas':'nitrous-oxide','gwp':310,'density_g_per_l':'1.8',"
                    "'density_source':'gwp-list','source':'gwp-list','checked':'2026-11-22'},"
                    "{'gas':'nitrous-oxide-oxygen','gwp':310,'density_g_per_l':'1.8',"
                    "'density_source':'gwp-list','source':'gwp-list','checked':'2026-11-22'}"},
};

static struct rules *overlaid_rules(void)
{
    struct rules_place place = {0};
    struct rules *rules = NULL;
    struct fail why = {0};
    char text[2048];
    char path[256];
    char base[4096];

    shell("mkdir -p '%s/factors'", in_scratch("own"));
    for (size_t i = 0; i < LENGTH_OF(sets); i++) {
        snprintf(text, sizeof text,
                 "{'id':'%s','title':'t','source':'gwp-list','checked':'2026-11-22',"
                 "'factors':[%s]}",
                 sets[i][0], sets[i][1]);
        for (char *at = text; *at != '\0'; at++)
            *at = *at == '\'' ? '"' : *at;
        snprintf(path, sizeof path, "own/factors/gases-%s.json", sets[i][0]);
        write_text(in_scratch(path), text);
    }
    snprintf(base, sizeof base, "%s", in_root("rules"));
    place.base = base;
    place.overlay = in_scratch("own");
    cr_assert(rules_load(&rules, &place, &why) == STATUS_OK, "%s: %s", why.file, why.text);
    return rules;
}

#define DES "39708611000001100", "Desflurane volatile liquid", "ML"
#define SEV "39711011000001104", "Sevoflurane volatile liquid", "ML"
#define N2O "14680411000001109", "Nitrous oxide", "LITRE"
#define MIX "14680511000001108", "Nitrous oxide 50% / Oxygen 50%", "LITRE"

/* quantity   thousandths of the unit */
static const struct published_gas {
    const char *who, *set;
    struct {
        const char *code, *name, *unit;
        int64_t quantity;
    } rows[2];
    const char *measure, *value; /* kgCO2e or share */
} cases[] = {
    {"Bedfordshire Hospitals, June 2021: 53.58 t, 60 bottles",
     "bedfordshire",
     {{DES, 60 * 240000}, {SEV, 177 * 250000}},
     "desflurane_kgco2e",
     "53583.84"},
    {"Bedfordshire Hospitals, June 2021: 8.76 t, 177 bottles",
     "bedfordshire",
     {{DES, 60 * 240000}, {SEV, 177 * 250000}},
     "sevoflurane_kgco2e",
     "8755.305"},
    {"... which by 1.520 g/ml are 8.74 t",
     "nhs-2540",
     {{DES, 60 * 240000}, {SEV, 177 * 250000}},
     "sevoflurane_kgco2e",
     "8743.8"},
    {"... 24.6 % is desflurane: the published labels are swapped",
     "nhs-2540",
     {{DES, 60 * 240000}, {SEV, 177 * 250000}},
     "desflurane_share_of_volatile_volume",
     "0.245524"},
    {"Bedfordshire Hospitals, May 2022: 8.9 t",
     "bedfordshire",
     {{DES, 10 * 240000}, {SEV, 156 * 250000}},
     "desflurane_kgco2e",
     "8930.64"},
    {"Bedfordshire Hospitals, May 2022: 7.7 t",
     "bedfordshire",
     {{DES, 10 * 240000}, {SEV, 156 * 250000}},
     "sevoflurane_kgco2e",
     "7716.54"},
    {"Bedfordshire Hospitals, May 2022: 5.8 %",
     "bedfordshire",
     {{DES, 10 * 240000}, {SEV, 156 * 250000}},
     "desflurane_share_of_volatile_volume",
     "0.057971"},
    {"Kent and Medway: 45,000 l of nitrous oxide, 25.11 t",
     "recipe-book",
     {{N2O, 45000000}, {NULL, NULL, NULL, 0}},
     "gases_kgco2e",
     "25110"},
    {"Kent and Medway: 81,000 l of Entonox, not 45.20 t",
     "recipe-book",
     {{MIX, 81000000}, {NULL, NULL, NULL, 0}},
     "gases_kgco2e",
     "22599"},
    {"... their 45.20 t take the mixture for pure",
     "recipe-book",
     {{N2O, 81000000}, {NULL, NULL, NULL, 0}},
     "gases_kgco2e",
     "45198"},
    {"leak paper: 9754 l in 18 days, 4.99 t, 101 t a year",
     "ar6",
     {{N2O, 9754000}, {NULL, NULL, NULL, 0}},
     "nitrous_oxide_kgco2e",
     "4987.503066"},
};

static struct results *results_of(const struct rules *rules, struct cube *cube,
                                  const struct published_gas *published)
{
    const struct gas_factor_set *const set = rules_gas_factor_set(rules, view_of(published->set));
    struct results *results = NULL;
    struct fail why = {0};

    for (size_t i = 0; i < 2 && published->rows[i].code != NULL; i++) {
        const struct presentation about = {.code = view_of(published->rows[i].code),
                                           .origin = ORIGIN_PHARMACY,
                                           .unit_name = view_of(published->rows[i].unit)};
        char key[PRESENTATION_KEY];
        const struct row row = {.month = made_month("2021-06"),
                                .trust_code = view_of("RZ1"),
                                .bnf_code = presentation_key(&about, key),
                                .bnf_name = view_of(published->rows[i].name),
                                .quantity = published->rows[i].quantity};

        cr_assert(cube_add_hospital(cube, &row, view_of("E92000001"), view_of("England"), &why) ==
                      STATUS_OK,
                  "%s", why.text);
    }
    cr_assert(results_new(&results, NULL, rules, cube, rules_factor_set(rules, view_of("canister")),
                          set, NULL, &why) == STATUS_OK,
              "%s", why.text);
    return results;
}

Test(published, the_tonnages_and_shares_of_trusts_and_papers_come_out)
{
    struct rules *const rules = overlaid_rules();

    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        struct cube cube = {0};
        struct results *const results = results_of(rules, &cube, &cases[i]);
        const struct measure *const measure = rules_measure(rules, view_of(cases[i].measure));
        const struct organisation_month *const row = results_find(
            results, SUBJECT_hospital, LEVEL_TRUST, view_of("RZ1"), made_month("2021-06"));
        char printed[DECIMAL_TEXT];

        cr_assert(row != NULL && measure != NULL, "%s", cases[i].who);
        measure_print(rules, measure, measure_value_of(row, measure), printed);
        cr_expect(strcmp(printed, cases[i].value) == 0, "%s: %s, not %s", cases[i].who, printed,
                  cases[i].value);
        results_free(results);
        cube_release(&cube);
    }
    rules_free(rules);
}

/* By mass: 200 kg desflurane, 30 kg sevoflurane and 5 kg nitrous oxide are 513.225 t by carbonr's
 * table (2.54, 0.13 and 0.265 t a kg); 101 t a year is the leak of 18 days by 365 / 18. */
Test(published, potentials_agree_with_figures_by_mass)
{
    const struct rules *const rules = shipped_rules();
    const struct gas_factor_set *const nhs = rules_gas_factor_set(rules, view_of("nhs-2540"));
    const struct gas_factor_set *const ar5 = rules_gas_factor_set(rules, view_of("ar5"));
    const int64_t kilograms =
        200 * nhs->by_gas[rules_gas(rules, view_of("desflurane"))->number]->gwp +
        30 * nhs->by_gas[rules_gas(rules, view_of("sevoflurane"))->number]->gwp +
        5 * ar5->by_gas[rules_gas(rules, view_of("nitrous-oxide"))->number]->gwp;
    char printed[DECIMAL_TEXT];

    cr_expect(eq(i64, kilograms, 513225), "carbonr's example");
    ratio_print((wide_t)4987503066 * 365, (wide_t)1000000000 * 18, 1, printed);
    cr_expect(strcmp(printed, "101.1") == 0, "%s t a year", printed);
}

/* NoMoreGas: 6,487,200 l bought, 1,175,348 l used: 18 % used, 82 % not. */
Test(published, the_waste_of_the_nomoregas_hospitals_comes_out)
{
    write_text(in_scratch("supply.csv"), "organisation,month,site,gas,litres\n"
                                         "RZ1,2022-01,all,nitrous oxide,6487200\n");
    write_text(in_scratch("use.csv"),
               "organisation,month,site,litres_used\nRZ1,2022-01,all,1175348\n");
    cr_expect(eq(int,
                 shell("cd '%s' && '%s' run --quiet supply.csv use.csv --out out && "
                       "grep -c '^nitrous_oxide_waste_share,trust,RZ1,,2022-01,5311852,6487200,"
                       "0.81882,share,,,$' out/measures.csv && ! grep -q desflurane_ml "
                       "out/measures.csv",
                       scratch_folder(), program()),
                 0),
              "%s", shell_output());
}
