/* The sort against GLPK, on small instances that a die makes. */

#include "advise/solver.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INSTANCES 200
#define MOST 64

struct instance {
    struct solve_option options[MOST];
    struct solve_ask ask;
    wide_t need;
};

static int64_t roll(uint64_t *dice, int64_t low, int64_t high)
{
    return low + (int64_t)(next_random(dice) % (uint64_t)(high - low + 1));
}

static void make_instance(struct instance *instance, uint64_t *dice, wide_t visit)
{
    const uint32_t practices = (uint32_t)roll(dice, 2, 6);
    struct solver *solver = NULL;
    struct fail why = {0};

    *instance = (struct instance){
        .ask = {.options = instance->options, .practice_count = practices, .visit = visit}};
    for (uint32_t p = 0; p < practices; p++)
        for (uint32_t s = 0; s < (uint32_t)roll(dice, 1, 3); s++)
            for (int o = (int)roll(dice, 1, 3); o > 0; o--)
                instance->options[instance->ask.count++] =
                    (struct solve_option){.practice = p,
                                          .source = 10 * p + s,
                                          .ceiling = roll(dice, 1, 4) * 50,
                                          .step = 1,
                                          .gain = roll(dice, 100, 3000),
                                          .cost = roll(dice, 100, 3000)};
    cr_assert(eq(int, solver_new(&solver, &instance->ask, &why), STATUS_OK));
    instance->need = solver_most(solver) * roll(dice, 5, 99) / 100;
    solver_free(solver);
}

/* Nested ceilings: all options of a source with a ceiling of at most c together at most c. */
static size_t write_rows(FILE *file, const struct instance *instance)
{
    const struct solve_ask *const ask = &instance->ask;
    size_t rows = 0;

    for (size_t i = 0; i < ask->count; i++) {
        fprintf(file, " c%zu:", rows++);
        for (size_t k = 0; k < ask->count; k++)
            if (ask->options[k].source == ask->options[i].source &&
                ask->options[k].ceiling <= ask->options[i].ceiling)
                fprintf(file, " + x%zu", k);
        fprintf(file, " <= %lld\n", (long long)ask->options[i].ceiling);
    }
    for (size_t i = 0; i < ask->count && ask->visit > 0; i++)
        fprintf(file, " v%zu: x%zu - %lld z%u <= 0\n", i, i, (long long)ask->options[i].ceiling,
                ask->options[i].practice);
    return rows;
}

static void write_lp(const char *path, const struct instance *instance)
{
    const struct solve_ask *const ask = &instance->ask;
    FILE *const file = fopen(path, "w");

    fprintf(file, "Minimize\n cost:");
    for (size_t i = 0; i < ask->count; i++)
        fprintf(file, " + %lld x%zu", (long long)ask->options[i].cost, i);
    for (size_t p = 0; p < ask->practice_count && ask->visit > 0; p++)
        fprintf(file, " + %lld z%zu", (long long)ask->visit, p);
    fprintf(file, "\nSubject To\n need:");
    for (size_t i = 0; i < ask->count; i++)
        fprintf(file, " + %lld x%zu", (long long)ask->options[i].gain, i);
    fprintf(file, " >= %lld\n", (long long)instance->need);
    write_rows(file, instance);
    if (ask->visit > 0)
        fprintf(file, "Binary\n");
    for (size_t p = 0; p < ask->practice_count && ask->visit > 0; p++)
        fprintf(file, " z%zu\n", p);
    fprintf(file, "End\n");
    fclose(file);
}

/* What glpsol finds. */
static double oracle(const struct instance *instance)
{
    char lp[4096];
    char out[4096];
    char *text;
    const char *found;
    double cost;

    snprintf(lp, sizeof lp, "%s", in_scratch("plan.lp"));
    snprintf(out, sizeof out, "%s", in_scratch("plan.out"));
    write_lp(lp, instance);
    cr_assert(eq(int, shell("glpsol --lp %s -w %s", lp, out), 0), "%s", shell_output());
    text = read_whole(out, NULL);
    /* "s bas ROWS COLUMNS f f OBJECTIVE" or "s mip ROWS COLUMNS o OBJECTIVE" */
    found = strstr(text, "\ns ");
    cr_assert(found != NULL, "%s", text);
    found = strchr(found + 1, '\n');
    while (found[-1] != ' ')
        found--;
    cost = strtod(found, NULL);
    free(text);
    return cost;
}

static struct solve_outcome solve(const struct instance *instance, int64_t *taken)
{
    struct solve_outcome outcome;
    struct solver *solver = NULL;
    struct fail why = {0};

    cr_assert(eq(int, solver_new(&solver, &instance->ask, &why), STATUS_OK));
    cr_assert(solver_run(solver, instance->need, SOLVE_LEAST_COST, taken, &outcome, &why) ==
              STATUS_OK);
    solver_free(solver);
    return outcome;
}

/* Whole, within every nested ceiling, and worth what the outcome says. */
static void expect_sound(const struct instance *instance, const int64_t *taken,
                         const struct solve_outcome *outcome)
{
    const struct solve_ask *const ask = &instance->ask;
    wide_t gain = 0;

    for (size_t i = 0; i < ask->count; i++) {
        int64_t together = 0;

        for (size_t k = 0; k < ask->count; k++)
            if (ask->options[k].source == ask->options[i].source &&
                ask->options[k].ceiling <= ask->options[i].ceiling)
                together += taken[k];
        cr_expect(taken[i] >= 0 && together <= ask->options[i].ceiling, "nested ceilings hold");
        gain += (wide_t)taken[i] / ask->options[i].step * ask->options[i].gain;
    }
    cr_expect(gain == outcome->gain && gain >= instance->need && outcome->reached);
}

#define REQUIRE_GLPSOL                                                                      \
    do {                                                                                    \
        if (shell("command -v glpsol") != 0)                                                \
            cr_skip_test("glpsol (glpk-utils) is not here: the sort is not held against a " \
                         "solver");                                                         \
    } while (0)

Test(solver, is_the_linear_optimum_of_two_hundred_instances, .timeout = 300)
{
    uint64_t dice = 20261201;
    struct instance instance;
    int64_t taken[MOST];

    REQUIRE_GLPSOL;
    for (int i = 0; i < INSTANCES; i++) {
        struct solve_outcome outcome;

        make_instance(&instance, &dice, 0);
        outcome = solve(&instance, taken);
        const double wanted = oracle(&instance);

        expect_sound(&instance, taken, &outcome);
        cr_expect(fabs(outcome.bound - wanted) <= 1e-7 * wanted, "instance %d: %.9g, not %.9g", i,
                  outcome.bound, wanted);
        cr_expect(wanted * (1 - 1e-9) <= (double)outcome.cost);
    }
}

/* The optimum in parts of steps is at most the plan's; a step is at most 3,000. */
Test(solver, is_within_two_per_cent_of_the_optimum_with_visits, .timeout = 300)
{
    uint64_t dice = 71;
    struct instance instance;
    int64_t taken[MOST];

    REQUIRE_GLPSOL;
    for (int i = 0; i < INSTANCES; i++) {
        make_instance(&instance, &dice, 60000);
        const struct solve_outcome outcome = solve(&instance, taken);
        const double wanted = oracle(&instance);

        expect_sound(&instance, taken, &outcome);
        cr_expect(outcome.bound <= wanted * (1 + 1e-7), "instance %d: the bound %.9g is above %.9g",
                  i, outcome.bound, wanted);
        cr_expect(wanted * 1.02 + 3000 >= (double)outcome.cost, "instance %d: %.9g, not %.9g", i,
                  (double)outcome.cost, wanted);
    }
}

/* Without GLPK: more costs more, steps are whole, and what saves is taken anyway. */
Test(solver, takes_whole_steps_and_what_saves_anyway)
{
    static const struct solve_option options[] = {
        {0, 0, 100, 3, 10, 30},
        {0, 0, 40, 1, 9, 90},
        {1, 1, 50, 2, 4, -2},
    };
    struct instance instance = {.ask = {.options = options, .count = 3, .practice_count = 2},
                                .need = 1};
    int64_t taken[MOST];
    wide_t before = -1000;

    for (; instance.need <= 10 * 33 + 100; instance.need += 7) {
        const struct solve_outcome outcome = solve(&instance, taken);

        cr_expect(taken[0] % 3 == 0 && taken[2] == 50);
        cr_expect(outcome.cost >= before && outcome.gain >= instance.need);
        before = outcome.cost;
    }
}
