#include "support/made.h"

#include <string.h>

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>

month_t made_month(const char *text)
{
    month_t month = MONTH_NONE;

    cr_assert(month_parse(view_of(text), &month), "%s is a month", text);
    return month;
}

static int64_t number(const char *text, int places)
{
    int64_t value = 0;

    cr_assert(decimal_parse(view_of(text), places, &value) == DECIMAL_OK, "%s is a number", text);
    return value;
}

void made_add(struct cube *cube, const struct made *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct made *const made = &rows[i];
        const bool has_icb = made->icb != NULL;
        const struct row row = {
            .month = made_month(made->month),
            .practice_code = view_of(made->practice),
            .practice_name = view_of(made->practice),
            .icb_code = has_icb ? view_of(made->icb) : view_none(),
            .icb_name = has_icb ? view_of(made->icb) : view_none(),
            .bnf_code = view_of(made->code),
            .bnf_name = view_of(made->name),
            .items = number(made->items, PLACES_ITEMS),
            .quantity = number(made->quantity, PLACES_QUANTITY),
            .nic = number(made->actual_cost, PLACES_MONEY),
            .actual_cost = number(made->actual_cost, PLACES_MONEY),
        };
        struct fail why = {0};

        cr_assert(cube_add(cube, &row, view_of("E92000001"), view_of("England"), &why) == STATUS_OK,
                  "row %zu: %s", i, why.text);
    }
}

const struct rules *shipped_rules(void)
{
    static struct rules *rules; /* lives until the test's process ends */
    static char folder[4096];
    const struct rules_place place = {.base = folder};
    struct fail why = {0};
    char said[1024];

    if (rules != NULL)
        return rules;
    snprintf(folder, sizeof folder, "%s", in_root("rules"));
    if (rules_load(&rules, &place, &why) != STATUS_OK) {
        fail_print(&why, said, sizeof said);
        cr_assert(false, "the shipped rules do not load: %s", said);
    }
    return rules;
}

const struct gas_factor_set *shipped_gas_factors(void)
{
    const struct gas_factor_set *const set =
        rules_gas_factor_set(shipped_rules(), view_of("nhs-2540"));

    cr_assert(set != NULL, "there is a factor set of gases nhs-2540");
    return set;
}

struct results *placed_results(struct cube *cube, const char *factor_set,
                               const struct placing *placing)
{
    const struct rules *const rules = shipped_rules();
    const struct factor_set *const set = rules_factor_set(rules, view_of(factor_set));
    struct results *results = NULL;
    struct fail why = {0};

    cr_assert(set != NULL, "there is a factor set %s", factor_set);
    cr_assert(results_new(&results, NULL, rules, cube, set, shipped_gas_factors(), placing, &why) ==
                  STATUS_OK,
              "%s", why.text);
    return results;
}

void made_figures(struct figures *figures, struct cube *cube)
{
    const struct rules *const rules = shipped_rules();
    const struct figures_from from = {
        .rules = rules,
        .cube = cube,
        .factors = rules_factor_set(rules, view_of("canister")),
        .gas_factors = shipped_gas_factors(),
        .charts = chart_usual(),
    };
    struct fail why = {0};

    cr_assert(figures_make(figures, &from, &why) == STATUS_OK, "%s", why.text);
}

struct results *made_results(struct cube *cube, const char *factor_set)
{
    return placed_results(cube, factor_set, NULL);
}

char *written(const struct table *table, const struct results *results)
{
    struct figures figures = {0};
    char *text = NULL;
    size_t length = 0;
    FILE *const file = open_memstream(&text, &length);

    cr_assert(file != NULL, "a stream in memory opens");
    memcpy(&figures.results, &results, sizeof results); /* it is read only */
    table_write(file, table, &figures);
    fclose(file);
    return text;
}

size_t files_of_a_run(void)
{
    return table_count + 6;
}

uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}
