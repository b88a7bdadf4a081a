/* What became of a plan, by hand: P1 was to change 600 of 1,200 Ventolin a year, P2 was left alone.
 * P1 falls to 40 a month, P2 by itself from 100 to 90. */

#include "advise/plan_follow.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <string.h>

#define VENTOLIN "0301011R0BEAIAP"
#define SALAMOL "0301011R0BIAFAP"

static void buy(struct cube *cube, const char *practice, int month, const char *code, int inhalers)
{
    const struct row row = {
        .month = made_month("2025-04") + month,
        .practice_code = view_of(practice),
        .practice_name = view_of(practice),
        .icb_code = view_of("Q1"),
        .icb_name = view_of("Q1"),
        .bnf_code = view_of(code),
        .bnf_name = view_of(code),
        .items = inhalers,
        .quantity = inhalers * 1000,
        .nic = inhalers * 150000,
        .actual_cost = inhalers * 150000,
    };
    struct fail why = {0};

    cr_assert(cube_add(cube, &row, view_of("E92000001"), view_of("England"), &why) == STATUS_OK,
              "%s", why.text);
}

#define HEADER                                                                                    \
    "organisation_code,step,practice_code,kind,from_code,to_code,inhalers_year,inhalers_changed," \
    "kgco2e_saved_year,cost_change_gbp_year,base_last_month\n"

struct followed_plan {
    struct cube cube;
    struct results *results;
    struct plan_ask ask;
    struct plan_own own;
    struct plan_follow follow;
    struct fail why;
    enum status status;
};

static void make_followed(struct followed_plan *made, int now, const char *plan)
{
    *made = (struct followed_plan){0};
    for (int month = 0; month < 15; month++) {
        const bool later = month >= 12;

        buy(&made->cube, "P1", month, VENTOLIN, later ? now : 100);
        buy(&made->cube, "P1", month, SALAMOL, later ? 200 - now : 100);
        buy(&made->cube, "P2", month, VENTOLIN, later ? 90 : 100);
        buy(&made->cube, "P2", month, SALAMOL, later ? 110 : 100);
    }
    made->results = made_results(&made->cube, "canister");
    plan_ask_begin(&made->ask, made->results);
    made->ask.level = LEVEL_ICB;
    made->ask.organisation = intern_find(&made->cube.places.levels[LEVEL_ICB].codes, view_of("Q1"));
    made->ask.measure = rules_measure(shipped_rules(), view_of("salbutamol_kgco2e_per_inhaler"));
    write_text(in_scratch("plan.csv"), plan);
    made->status = plan_follow_make(&made->follow, &made->ask, in_scratch("plan.csv"), &made->why);
}

static void end(struct followed_plan *made)
{
    plan_follow_release(&made->follow);
    results_free(made->results);
    cube_release(&made->cube);
}

#define P1_ROW "Q1,1,P1,brand," VENTOLIN "," SALAMOL ",1200,600,9786,-24,2026-03\n"

/* 1,200 x 1,080 / 1,200 = 1,080 without the plan; 40 x 12 = 480 with it. */
Test(plan_follow, what_others_did_by_themselves_is_not_the_plans)
{
    struct followed_plan made;
    const struct follow_step *step;

    make_followed(&made, 40, HEADER P1_ROW);
    cr_assert(made.status == STATUS_OK, "%s", made.why.text);
    step = &made.follow.steps[0];
    cr_expect(step->known && step->expected == 1080 && step->after == 480 && step->realised == 600,
              "%lld %lld %lld", (long long)step->expected, (long long)step->after,
              (long long)step->realised);
    cr_expect(step->realised_saved == 9786000000 && step->realised_pounds == -2400000);
    end(&made);
}

/* 300 of 600: 47.5 instead of 95 % who agree. */
Test(plan_follow, what_is_left_is_planned_with_what_was_realised)
{
    struct followed_plan made;

    make_followed(&made, 65, HEADER P1_ROW);
    cr_assert(made.status == STATUS_OK, "%s", made.why.text);
    cr_assert(plan_follow_assume(&made.follow, &made.ask, &made.own, &made.why) == STATUS_OK);
    cr_expect(made.ask.assumptions.kinds[0].accept == 47500000, "%lld",
              (long long)made.ask.assumptions.kinds[0].accept);
    end(&made);
}

Test(plan_follow, work_that_has_not_begun_changes_no_assumption)
{
    struct followed_plan made;

    make_followed(&made, 90, HEADER P1_ROW);
    cr_assert(plan_follow_assume(&made.follow, &made.ask, &made.own, &made.why) == STATUS_OK);
    cr_expect(made.ask.assumptions.kinds[0].accept == 95000000);
    cr_expect(made.follow.steps[0].realised == 0);
    end(&made);
}

Test(plan_follow, what_is_no_plan_is_refused_in_a_sentence)
{
    static const char *const plans[][2] = {
        {"code,use\n", "has no column organisation_code"},
        {HEADER, "has no step"},
        {HEADER "Q7,1,P1,brand," VENTOLIN "," SALAMOL ",1200,600,9786,-24,2026-03\n",
         "another organisation"},
        {HEADER "Q1,1,P1,brand," VENTOLIN "," SALAMOL ",many,600,9786,-24,2026-03\n",
         "cannot be read"},
        {HEADER "Q1,1,P1,brand,0301011R0XXXXXX," SALAMOL ",1200,600,9786,-24,2026-03\n",
         "not in the rules"},
        {HEADER "Q1,1,P1,brand," VENTOLIN "," SALAMOL ",1200,600,9786,-24,2020-03\n",
         "not among the files"},
        {HEADER "Q1,1,P1,brand," VENTOLIN "," SALAMOL ",1200,600,9786,-24,2026-06\n",
         "none after them"},
    };

    for (size_t i = 0; i < LENGTH_OF(plans); i++) {
        struct followed_plan made;

        make_followed(&made, 40, plans[i][0]);
        cr_expect(made.status == STATUS_DATA && strstr(made.why.text, plans[i][1]) != NULL, "%s",
                  made.why.text);
        end(&made);
    }
}
