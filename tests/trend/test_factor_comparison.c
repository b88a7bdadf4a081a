/* The headline by each factor set: the same inhalers, other weights. */

#include "trend/factor_comparison.h"
#include "table/table.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdlib.h>

/* June is not the last month, Clenil not in the headline, and the practice of I2 is another's. */
static const struct made rows[] = {
    {"2026-06", "P1", "I1", "0301011R0BEAIAP", "Ventolin", "9", "900", "1"},
    {"2026-07", "P1", "I1", "0301011R0BEAIAP", "Ventolin", "9", "12", "1"},
    {"2026-07", "P2", "I1", "0301011R0BWAABZ", "Easyhaler", "5", "6", "1"},
    {"2026-07", "P2", "I1", "0302000C0BPABBF", "Clenil", "50", "60", "1"},
    {"2026-07", "P3", "I2", "0301011R0BWAABZ", "Easyhaler", "5", "4", "1"},
};

/* A third set, which knows Ventolin alone. */
static const char mine[] =
    "{\"id\":\"mine\",\"title\":\"t\",\"source\":\"S01\",\"checked\":\"2026-01-31\",\"factors\":["
    "{\"id\":\"v\",\"products\":[\"ventolin-100-evohaler\"],\"kg\":\"10\",\"low\":\"5\","
    "\"high\":\"20\",\"grade\":\"D\",\"basis\":\"whole_life\",\"derivation\":\"b\",\"source\":"
    "\"S01\",\"checked\":\"2026-01-31\"}"
    "]}";

/* canister: Ventolin 28.26, Easyhaler 0.62 (0.533 to 0.62); iif-2022 has the same two without a
 * range.  (12 x 28.26 + 6 x 0.62) / 18 = 19.046667, (12 x 28.26 + 6 x 0.533) / 18 = 19.017667. */
static const char *const expected[] = {
    ",icb,I1,I1,2026-07,canister,,342.84,18,0,19.046667,19.017667,19.046667,kgCO2e per inhaler\n",
    ",icb,I1,I1,2026-07,iif-2022,yes,342.84,18,0,19.046667,19.046667,19.046667,kgCO2e per ",
    ",icb,I1,I1,2026-07,mine,,120,12,6,10,5,20,kgCO2e per inhaler\n",
    ",icb,I2,I2,2026-07,mine,,0,0,4,,,,kgCO2e per inhaler\n",
    ",practice,P2,P2,2026-07,canister,,3.72,6,0,0.62,0.533,0.62,kgCO2e per inhaler\n",
    ",nation,E92000001,England,2026-07,mine,,120,12,10,10,5,20,kgCO2e per inhaler\n",
};

Test(factor_comparisons, the_same_inhalers_are_weighed_by_each_set_and_what_a_set_lacks_is_told)
{
    char base[4096];
    struct rules_place place = {.base = base};
    struct factor_comparison_list list;
    struct results *results;
    struct rules *rules;
    struct cube cube = {0};
    struct fail why = {0};
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    cr_assert(eq(int, shell("mkdir -p %s/own/factors", scratch_folder()), 0));
    snprintf(base, sizeof base, "%s", in_root("rules"));
    write_text(in_scratch("own/factors/mine.json"), mine);
    place.overlay = in_scratch("own");
    cr_assert(eq(int, rules_load(&rules, &place, &why), STATUS_OK), "%s", why.text);
    made_add(&cube, rows, LENGTH_OF(rows));
    cr_assert(
        eq(int,
           results_new(&results, NULL, rules, &cube, rules_factor_set(rules, view_of("canister")),
                       rules_gas_factor_set(rules, view_of("nhs-2540")), NULL, &why),
           STATUS_OK));
    cr_assert(eq(int, factor_comparisons_find(&list, results, &why), STATUS_OK));

    const struct figures figures = {.results = results, .factor_comparisons = list};

    table_write(file, &table_factor_sets, &figures);
    fclose(file);
    for (size_t i = 0; i < LENGTH_OF(expected); i++)
        cr_expect(strstr(text, expected[i]) != NULL, "no %s in\n%s", expected[i], text);
    cr_expect(strstr(text, "2026-06") == NULL);
    free(text);
    factor_comparisons_release(&list);
    results_free(results);
    cube_release(&cube);
    rules_free(rules);
}

/* Its own set gives every organisation the value that measures.csv has. */
Test(factor_comparisons, its_own_set_gives_the_headline_of_the_sample)
{
    cr_expect(
        eq(int,
           shell("cd %s && %s run --quiet %s/build/sample/EPD_SNOMED_20260[67].csv --factors "
                 "iif-2022 --out out && "
                 "awk -F, '$6 == \"iif-2022\" && $7 == \"yes\" { print $1, $2, $3, $5, $8, $9, $11 "
                 "}' out/factor_sets.csv > own && test $(wc -l < own) -gt 50 && "
                 "awk -F, '$1 == \"salbutamol_kgco2e_per_inhaler\" && $5 == \"2026-07\" { print "
                 "$1, $2, $3, $5, $6, $7, $8 }' out/measures.csv | cmp - own",
                 scratch_folder(), program(), root_folder()),
           0),
        "%s", shell_output());
}
