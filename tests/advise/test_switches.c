#include "advise/switches.h"
#include "table/table.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdlib.h>

#define MARCH "2025-03"

/* Average cost of a Ventolin in Q1: 70 / 40 = 1.75; of a Salamol there 16 / 10 = 1.6;
 * of an Accuhaler in Q2, and so in the file, 4; nobody prescribed the others. */
static const struct made surgeries[] = {
    {MARCH, "P1", "Q1", "0301011R0BEAIAP", "Ventolin Evohaler", "20", "30", "45"},
    {MARCH, "P2", "Q1", "0301011R0BEAIAP", "Ventolin Evohaler", "9", "10", "25"},
    {MARCH, "P2", "Q1", "0301011R0BIAFAP", "Salamol", "7", "10", "16"},
    {MARCH, "P3", "Q2", "0301011R0BEAHAQ", "Ventolin Accuhaler", "5", "10", "40"},
    {MARCH, "P4", "Q2", "0302000C0BPABBF", "Clenil Modulite 100", "3", "4", "29.6"},
    {MARCH, "P4", "Q2", "0302000K0BDAAAB", "not in any switch", "1", "1", "1"},
    {MARCH, "P5", "Q2", "0301011R0BIAFAP", "Salamol", "1", "0", "1"},
};

/* One advice as a line: practice, rank, rule, to, items, inhalers, kg now, kg saved,
 * change in pounds, grade. */
static void write_line(FILE *file, const struct results *results, const struct advice *advice)
{
    const struct rules *const rules = results->classified.rules;
    const struct places *const places = &results->classified.cube->places;
    char inhalers[DECIMAL_TEXT], now[DECIMAL_TEXT], saved[DECIMAL_TEXT], cost[DECIMAL_TEXT];

    ratio_print(advice->packs, inhaler_unit(rules), 6, inhalers);
    ratio_print(advice->carbon, kilogram_unit(rules), 6, now);
    if (advice->evidenced)
        ratio_print(advice->saved, kilogram_unit(rules) * advice->pair->from_inhalers, 6, saved);
    if (advice->has_cost)
        ratio_print(advice->cost_top, advice->cost_bottom, 5, cost);
    fprintf(file, "%s %u %s %s %lld %s %s %s %s %s\n",
            organisation_code(places, LEVEL_PRACTICE, advice->practice).at, advice->rank,
            advice->rule->id, advice->pair->to->id, (long long)advice->items, inhalers,
            advice->has_carbon ? now : "-", advice->evidenced ? saved : "-",
            advice->has_cost ? cost : "-", advice->grade[0] != '\0' ? advice->grade : "-");
}

/* To be freed. */
static char *lines_of(const struct results *results)
{
    struct advice_list advice;
    struct fail why = {0};
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    cr_assert(advise_switches(&advice, results, &why) == STATUS_OK, "%s", why.text);
    for (size_t i = 0; i < advice.count; i++)
        write_line(file, results, &advice.list[i]);
    fclose(file);
    advice_release(&advice);
    return text;
}

static char *advise(const struct made *rows, size_t count, const char *set)
{
    struct cube cube = {0};

    made_add(&cube, rows, count);
    struct results *const results = made_results(&cube, set);
    char *const text = lines_of(results);

    results_free(results);
    cube_release(&cube);
    return text;
}

/* 30 (28.26 - 0.62); 30 (28.26 - 5/3 0.58), 30 (5/3 4 - 1.75) pounds; 30 (28.26 - 9.72);
 * 30 (28.26 - 11.95), 30 (1.6 - 1.75) pounds.  Clenil is 17.346 of propellant and
 * 2.2915 for the rest: 4 (19.6375 - 1.4), but budesonide is another drug, so it comes behind what
 * keeps the drug, evidenced or not, in the order of ids. */
static const char *const expected =
    "P1 1 salbutamol-pmdi-to-easyhaler easyhaler-salbutamol-100-dpi 20 30 847.8 829.2 - A\n"
    "P1 2 salbutamol-pmdi-to-ventolin-accuhaler ventolin-200-accuhaler 20 30 847.8 818.8 147.5 A\n"
    "P1 3 ventolin-evohaler-to-airomir airomir-100-inhaler 20 30 847.8 556.2 - A\n"
    "P1 4 ventolin-evohaler-to-salamol salamol-100-cfc-free-teva 20 30 847.8 489.3 -4.5 A\n"
    "P2 1 salbutamol-pmdi-to-easyhaler easyhaler-salbutamol-100-dpi 9 10 282.6 276.4 - A\n"
    "P2 2 salbutamol-pmdi-to-ventolin-accuhaler ventolin-200-accuhaler 9 10 282.6 272.933333 "
    "49.16667 A\n"
    "P2 3 ventolin-evohaler-to-airomir airomir-100-inhaler 9 10 282.6 185.4 - A\n"
    "P2 4 ventolin-evohaler-to-salamol salamol-100-cfc-free-teva 9 10 282.6 163.1 -1.5 A\n"
    "P2 5 salbutamol-pmdi-to-easyhaler easyhaler-salbutamol-100-dpi 7 10 119.5 113.3 - A\n"
    "P2 6 salbutamol-pmdi-to-ventolin-accuhaler ventolin-200-accuhaler 7 10 119.5 109.833333 "
    "50.66667 A\n"
    "P4 1 clenil-to-easyhaler-beclometasone easyhaler-beclometasone-200-dpi 3 4 78.55 - - C\n"
    "P4 2 clenil-to-kelhale kelhale-50-inhaler 3 4 78.55 - - D\n"
    "P4 3 clenil-to-qvar qvar-50-inhaler 3 4 78.55 - - D\n"
    "P4 4 clenil-to-soprobec soprobec-100-inhaler 3 4 78.55 - - D\n"
    "P4 5 clenil-to-pulmicort-turbohaler pulmicort-200-turbohaler 3 4 78.55 72.95 - B\n"
    "P4 6 clenil-to-easyhaler-budesonide easyhaler-budesonide-100-dpi 3 4 78.55 - - C\n";

Test(advise, savings_and_costs_come_out_as_by_hand_largest_first)
{
    char *const got = advise(surgeries, LENGTH_OF(surgeries), "canister");

    cr_expect(strcmp(got, expected) == 0, "got\n%snot\n%s", got, expected);
    free(got);
}

/* Only a factor of grade A, B or B2 at both ends claims a saving, in any month. */
static const struct made many[] = {
    {MARCH, "P1", "Q1", "0301011R0BZAAAP", "AirSalb", "1", "10", "15"},
    {"2025-04", "P1", "Q1", "0301011R0BEAIAP", "Ventolin", "1", "10", "15"},
    {"2025-04", "P1", "Q2", "0301011R0BEAIAP", "Ventolin", "1", "1", "15"},
    {"2025-04", "P1", NULL, "0301011R0BIAHAP", "Salamol", "1", "1", "15"},
};

Test(advise, a_saving_is_claimed_only_from_and_to_grade_a_b_or_b2)
{
    char *const got = advise(many, LENGTH_OF(many), "canister");
    static const char *const lines[] = {
        "P1 1 salbutamol-pmdi-to-easyhaler easyhaler-salbutamol-100-dpi 1 10 121.615 - - C\n",
        "P1 2 salbutamol-pmdi-to-ventolin-accuhaler ventolin-200-accuhaler 1 10 121.615 - - C\n",
    };

    for (size_t i = 0; i < LENGTH_OF(lines); i++)
        cr_expect(strstr(got, lines[i]) != NULL, "no %s in\n%s", lines[i], got);
    free(got);
}

Test(advise, every_month_and_icb_of_a_practice_has_ranks_of_its_own)
{
    struct cube cube = {0};
    struct advice_list advice;
    struct fail why = {0};
    size_t firsts = 0;

    made_add(&cube, many, LENGTH_OF(many));
    struct results *const results = made_results(&cube, "canister");

    cr_assert(advise_switches(&advice, results, &why) == STATUS_OK, "%s", why.text);
    cr_expect(eq(sz, advice.count, 2 + 4 + 4 + 2), "all of them");
    for (size_t i = 0; i < advice.count; i++) {
        const struct advice *const one = &advice.list[i];

        firsts += one->rank == 1;
        cr_expect(one->rank == 1 || (advice.list[i - 1].rank == one->rank - 1 &&
                                     advice.list[i - 1].month == one->month &&
                                     advice.list[i - 1].icb == one->icb),
                  "rank %u of row %zu", one->rank, i);
    }
    cr_expect(eq(sz, firsts, 4), "lists");
    advice_release(&advice);
    results_free(results);
    cube_release(&cube);
}

/* With the official weights only salbutamol has a factor: what has none is no saving,
 * and no carbon now either. */
Test(advise, without_a_factor_neither_carbon_nor_a_saving_is_told)
{
    char *const got = advise(surgeries, LENGTH_OF(surgeries), "iif-2022");

    cr_expect(strstr(got, "P4 1 clenil-to-easyhaler-beclometasone "
                          "easyhaler-beclometasone-200-dpi 3 4 - - - -\n") != NULL,
              "%s", got);
    cr_expect(strstr(got, "P1 1 salbutamol-pmdi-to-easyhaler easyhaler-salbutamol-100-dpi 20 30 "
                          "847.8 829.2 - A\n") != NULL,
              "%s", got);
    free(got);
}

/* ' stands for " */
#define PAIR(to) \
    "{'from':'salamol-100-cfc-free-teva','to':'" to "','from_inhalers':1,'to_inhalers':1}"
#define RULE(id, evidence, pairs)                                                      \
    "{'id':'" id "','title':'t','change':'brand','dose':'1 : 1','evidence':'" evidence \
    "','prompts':['ask'],'pairs':[" pairs "],'source':'S01','checked':'2026-01-31'}"

/* clang-format off */
static const char own_switches[] =
    "{'prompts':[{'id':'ask','label':'ask','text':'ask','source':'S01'}],'switches':["
    RULE("back", "factors", PAIR("ventolin-100-evohaler") "," PAIR("salamol-100-cfc-free-arrow"))
    "," RULE("free", "none", PAIR("airsalb-100-cfc-free") "," PAIR("airomir-100-inhaler"))
    "]}";
/* clang-format on */

static void write_own_switches(void)
{
    char *const text = strdup(own_switches);

    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    shell("mkdir -p '%s'", in_scratch("own/switches"));
    write_text(in_scratch("own/switches/inhalers.json"), text);
    free(text);
}

/* From Salamol to Ventolin costs carbon, from Teva's to Arrow's saves none. */
Test(advise, a_switch_that_gains_nothing_is_left_out_unless_it_claims_nothing)
{
    char base[4096];
    const struct rules_place place = {.base = base, .overlay = in_scratch("own")};
    struct rules *rules = NULL;
    struct results *results = NULL;
    struct cube cube = {0};
    struct fail why = {0};

    snprintf(base, sizeof base, "%s", in_root("rules"));
    write_own_switches();
    cr_assert(rules_load(&rules, &place, &why) == STATUS_OK, "%s", why.text);
    made_add(&cube, &surgeries[2], 1);
    cr_assert(
        results_new(&results, NULL, rules, &cube, rules_factor_set(rules, view_of("canister")),
                    rules_gas_factor_set(rules, view_of("nhs-2540")), NULL, &why) == STATUS_OK,
        "%s", why.text);
    char *const got = lines_of(results);

    cr_expect(strcmp(got, "P2 1 free airomir-100-inhaler 7 10 119.5 - - A\n"
                          "P2 2 free airsalb-100-cfc-free 7 10 119.5 - - C\n") == 0,
              "got\n%s", got);
    free(got);
    results_free(results);
    cube_release(&cube);
    rules_free(rules);
}

Test(advise, the_table_tells_prompts_codes_and_what_is_not_evidenced)
{
    static const char *const parts[] = {
        "\n2025-03,P1,P1,Q1,4,ventolin-evohaler-to-salamol,0301011R0BEAIAP,",
        ",20,30,847.8,489.3,-4.5,A,222311000001102,no mass",
        "no mass switching; prescribe by brand; ",
        "supply; SABA review (NG245)\n",
        ",20,30,847.8,818.8,147.5,A,222311000001102,no mass switching;",
        "inspiratory effort; age under 6 or from 75; acute use: keep pMDI and spacer if at risk; "
        "children under 12",
        ",3,4,78.55,,,D,10618211000001109,CARBON SAVING NOT EVIDENCED; ",
    };
    struct cube cube = {0};
    struct figures figures;
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    made_add(&cube, surgeries, LENGTH_OF(surgeries));
    made_figures(&figures, &cube);
    table_write(file, &table_switches, &figures);
    fclose(file);
    for (size_t i = 0; i < LENGTH_OF(parts); i++)
        cr_expect(strstr(text, parts[i]) != NULL, "no %s in\n%s", parts[i], text);
    free(text);
    figures_release(&figures);
    cube_release(&cube);
}
