#include "measure/results.h"

#include "table/table.h"
#include "support/cases.h"
#include "support/made.h"

#include <stdlib.h>

static const struct {
    const char *code, *name;
} medicines[] = {
    {"39708611000001100", "Desflurane volatile liquid"},
    {"39711011000001104", "Sevoflurane volatile liquid"},
    {"39717611000001102", "Isoflurane volatile liquid"},
    {"39710611000001101", "Enflurane volatile liquid"},
    {"14680411000001109", "Nitrous oxide"},
    {"4176711000001108", "Nitrous oxide 50% / Oxygen 50% cylinders 2000litres"},
    {"4728111000001100", "Nitrous oxide cylinders 900litres"},
};

static const char *const units[] = {"ML", "LITRE", "CYLINDER", "BOTTLE", "NO VALUE", "FURLONG"};
static const char *const trusts[] = {"RZ1", "RZ2", "RZ3", "RZ4"};

/* One made-up row: any gas, unit, origin, sign. */
static void add_random(struct cube *cube, uint64_t *state)
{
    const size_t medicine = next_random(state) % LENGTH_OF(medicines);
    const enum origin origin =
        (enum origin)(ORIGIN_PHARMACY + next_random(state) % (ORIGINS - ORIGIN_PHARMACY));
    const int64_t quantity = (int64_t)(next_random(state) % 2000000) - 400000;
    const struct presentation about = {
        .code = view_of(origin == ORIGIN_ELSEWHERE ? "" : medicines[medicine].code),
        .origin = origin,
        .returned = quantity < 0,
        .unknown_cost = next_random(state) % 5 == 0,
        .unit_name = view_of(units[next_random(state) % LENGTH_OF(units)]),
    };
    char key[PRESENTATION_KEY];
    const struct row row = {
        .month = made_month("2026-04") + (month_t)(next_random(state) % 3),
        .trust_code = view_of(trusts[next_random(state) % LENGTH_OF(trusts)]),
        .bnf_code = presentation_key(&about, key),
        .bnf_name = view_of(medicines[medicine].name),
        .quantity = quantity,
        .actual_cost = quantity * 7,
    };
    struct fail why = {0};

    cr_assert(cube_add_hospital(cube, &row, view_of("E92000001"), view_of("England"), &why) ==
                  STATUS_OK,
              "%s", why.text);
}

Test(gas_results, what_trusts_have_adds_up_to_the_nation_in_every_measure)
{
    const struct rules *const rules = shipped_rules();
    uint64_t state = 20261122;
    struct cube cube = {0};
    size_t values = 0;

    for (int i = 0; i < 600; i++)
        add_random(&cube, &state);
    struct results *const results = made_results(&cube, "canister");

    for (size_t m = 0; m < rules->measures.count; m++) {
        const struct measure *const measure = rules->measures.list[m];
        wide_t top[LEVELS] = {0};
        wide_t bottom[LEVELS] = {0};

        for (size_t i = 0; i < results->organisation_count; i++) {
            const struct organisation_month *const row = &results->organisations[i];
            const struct measure_value *const value = measure_value_of(row, measure);

            cr_assert(row->subject == SUBJECT_hospital, "nothing else is in it");
            if (value == NULL)
                continue;
            top[row->level] += value->numerator;
            bottom[row->level] += value->denominator;
            values++;
        }
        cr_expect(top[LEVEL_TRUST] == top[LEVEL_NATION], "%s: numerators", measure->id);
        cr_expect(bottom[LEVEL_TRUST] == bottom[LEVEL_NATION], "%s: denominators", measure->id);
    }
    cr_expect(values > 200, "%zu values", values);
    results_free(results);
    cube_release(&cube);
}

Test(gas_results, cubes_of_hospital_rows_merge_to_the_same_figures)
{
    uint64_t state = 7;
    uint64_t again = 7;
    struct cube one = {0};
    struct cube parts[3] = {0};
    struct cube merged = {0};
    const struct cell *shared = NULL;
    struct fail why = {0};

    for (int i = 0; i < 300; i++) {
        add_random(&one, &state);
        add_random(&parts[i * 7 % 3], &again);
    }
    cr_expect(cube_shares(&merged, &one, &shared) == false, "nothing is shared with nothing");
    for (int i = 2; i >= 0; i--)
        cr_assert(cube_merge(&merged, &parts[i], &why) == STATUS_OK, "%s", why.text);
    cr_expect(cube_shares(&one, &merged, &shared) && shared != NULL, "all is shared");

    struct results *const whole = made_results(&one, "canister");
    struct results *const joined = made_results(&merged, "canister");
    char *const expected = written(&table_measures, whole);
    char *const got = written(&table_measures, joined);

    cr_expect(strcmp(got, expected) == 0, "measures differ");
    cr_expect(eq(sz, joined->gas_count, whole->gas_count), "rows of gases");
    cr_expect(eq(sz, joined->gas_finding_count, whole->gas_finding_count), "findings");
    free(expected);
    free(got);
    results_free(whole);
    results_free(joined);
    for (int i = 0; i < 3; i++)
        cube_release(&parts[i]);
    cube_release(&merged);
    cube_release(&one);
}

Test(gas_results, only_the_same_month_trust_and_product_is_shared)
{
    static const char *const others[][3] = {
        {"2026-05", "RZ1", "Entonox"},
        {"2026-04", "RZ2", "Entonox"},
        {"2026-04", "RZ1", "N2O"},
        {"2026-04", "RZ1", "Entonox"},
    };
    struct fail why = {0};

    for (size_t i = 0; i < LENGTH_OF(others); i++) {
        struct cube cubes[2] = {0};
        const struct cell *shared = NULL;
        const bool same = i + 1 == LENGTH_OF(others);

        for (size_t c = 0; c < 2; c++) {
            const char *const *const row_of = others[c == 0 ? LENGTH_OF(others) - 1 : i];
            const struct presentation about = {.code = view_of(row_of[2]), .origin = ORIGIN_USE};
            char key[PRESENTATION_KEY];
            const struct row row = {.month = made_month(row_of[0]),
                                    .trust_code = view_of(row_of[1]),
                                    .bnf_code = presentation_key(&about, key)};

            cr_assert(cube_add_hospital(&cubes[c], &row, view_of("E"), view_of("E"), &why) ==
                          STATUS_OK,
                      "%s", why.text);
        }
        cr_expect(cube_shares(&cubes[0], &cubes[1], &shared) == same, "row %zu", i);
        cube_release(&cubes[0]);
        cube_release(&cubes[1]);
    }
}
