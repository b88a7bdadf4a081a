#include "cli/plan_words.h"

#include "cli/words.h"
#include "table/words.h"

#include <math.h>

#define LOOK_FIRST 3

static void print_value(FILE *out, const struct plan *plan, wide_t top, wide_t bottom)
{
    fprintf(out, "%.2f", plan_value(plan, top, bottom));
}

static void print_tonnes(FILE *out, int64_t milligrams)
{
    fprintf(out, "%.1f t", (double)milligrams / 1e9);
}

static void print_hours(FILE *out, int64_t minutes)
{
    char text[DECIMAL_TEXT];

    fprintf(out, "%s hours", with_commas((uint64_t)((minutes + 30000) / 60000), text));
}

static void print_pounds(FILE *out, int64_t pounds)
{
    char text[DECIMAL_TEXT];
    const int64_t whole = ((pounds < 0 ? -pounds : pounds) + 50000) / 100000;

    fprintf(out, "GBP %s a year %s", with_commas((uint64_t)whole, text),
            pounds < 0 ? "less" : "more");
}

static const char *number(int64_t value, char *text)
{
    return with_commas((uint64_t)value, text);
}

static void print_target(FILE *out, const struct plan *plan)
{
    char text[DECIMAL_TEXT];

    fputs(decimal_print(plan->ask.value, 6, text), out);
}

static void print_start(FILE *out, const struct plan *plan)
{
    const struct plan_ask *const ask = &plan->ask;
    const struct places *const places = &ask->results->classified.cube->places;
    const struct view name = organisation_name(places, ask->level, ask->organisation);
    const bool total = plan->denominator == 0;
    char first[MONTH_TEXT];
    char last[MONTH_TEXT];

    fprintf(out, "%.*s: %s ", (int)name.length, name.at, ask->measure->title);
    print_value(out, plan, total ? plan->numerator : (wide_t)plan->numerator * 1000,
                total ? 1 : plan->denominator);
    fprintf(out, " %s (%s to %s, made a year%s).", ask->measure->unit,
            month_print(plan->base_first, first), month_print(plan->base_last, last),
            plan->whole_year ? " by the volume of the last twelve months"
                             : ": the files hold no whole year");
}

static void print_due(FILE *out, const struct plan *plan)
{
    char month[MONTH_TEXT];

    if (plan->ask.due == MONTH_NONE)
        return;
    if (plan->ask.due <= plan->base_last)
        fprintf(out, " (due in %s, which has passed: this is what is missing now)",
                month_print(plan->ask.due, month));
    else
        fprintf(out, " by %s", month_print(plan->ask.due, month));
}

static void print_sums(FILE *out, const struct plan *plan, const struct plan_totals *totals)
{
    char texts[5][DECIMAL_TEXT];

    fputs("  ", out);
    print_tonnes(out, totals->gain);
    fprintf(out, " a year: %s of %s inhalers, about %s people in %s of %s practices;\n",
            number(totals->changed, texts[0]), number(plan->denominator / 1000, texts[1]),
            number((totals->people + 5) / 10 * 10, texts[2]), number(totals->practices, texts[3]),
            number((int64_t)plan->practice_count, texts[4]));
    fprintf(out, "  %s checks, ", number(totals->reviews, texts[0]));
    print_hours(out, totals->minutes);
    for (size_t i = 0; i < plan->ask.assumptions.wage_count; i++)
        if (totals->by_wage[i] > 0) {
            fputs(", ", out);
            print_hours(out, totals->by_wage[i]);
            fprintf(out, " of a %s", plan->ask.assumptions.wages[i].who);
        }
    if (totals->visits > 0) {
        fputs(", ", out);
        print_hours(out, totals->visits);
        fputs(" of visits", out);
    }
    fputs("; drugs cost ", out);
    print_pounds(out, totals->pounds);
    fputs(".\n", out);
    if (totals->more_inhalers > 0) {
        fputs("  Of that ", out);
        print_tonnes(out, totals->more_inhalers);
        fputs(" come only from more inhalers below the line: no carbon is saved by them.\n", out);
    }
}

static void print_first(FILE *out, const struct plan *plan)
{
    const struct places *const places = &plan->ask.results->classified.cube->places;
    char texts[3][DECIMAL_TEXT];

    for (size_t i = 0; i < plan->rows.count && i < LOOK_FIRST; i++) {
        const struct plan_row *const row = &plan->rows.list[i];
        const struct view name = organisation_name(places, LEVEL_PRACTICE, row->practice);

        fprintf(out, "%s %.*s, %s to %s (%s): %s of %s inhalers, %s checks, ",
                i == 0 ? "First:" : "Then: ", (int)name.length, name.at, row->pair->from->name,
                row->pair->to->name, row->kind->label, number(row->changed, texts[0]),
                number(row->year, texts[1]), number(row->reviews, texts[2]));
        print_tonnes(out, row->gain);
        fputs(".\n", out);
    }
}

static void print_look_at(FILE *out, const struct plan *plan)
{
    const struct plan_totals *const without = &plan->scenarios[PLAN_SCENARIO_NO_GENERIC];
    int64_t generic = 0;

    for (size_t i = 0; i < plan->rows.count; i++)
        generic += plan->rows.list[i].generic ? plan->rows.list[i].gain : 0;
    if (generic > 0) {
        fputs("Look at: ", out);
        print_tonnes(out, generic);
        fputs(" rest on what is prescribed generically, where what is dispensed is not known", out);
        if (plan->has_scenario[PLAN_SCENARIO_NO_GENERIC]) {
            fputs(without->reached ? "; without it " : "; without it it is not reached: ", out);
            if (without->reached)
                print_hours(out, without->minutes);
            else
                print_value(out, plan, without->value_top, without->value_bottom);
        }
        fputs(".\n", out);
    }
    for (size_t i = 0; i < plan->product_count; i++) {
        const struct plan_product *const product = &plan->products[i];

        if (product->after > product->now &&
            (wide_t)product->after * 1000 >=
                (wide_t)plan->ask.assumptions.supply_times * product->now)
            fprintf(out,
                    "Look at: ask about the supply of %s: %lld inhalers a year today, %lld "
                    "when all is done.\n",
                    product->product->name, (long long)product->now, (long long)product->after);
    }
    fputs("Before any change of a reliever: 3 or more a year need an asthma review, not a "
          "switch.\n",
          out);
}

static void print_scenario(FILE *out, const struct plan *plan, enum plan_scenario scenario,
                           const char *label)
{
    const struct plan_totals *const totals = &plan->scenarios[scenario];

    if (!plan->has_scenario[scenario])
        return;
    fprintf(out, "%s: ", label);
    if (totals->reached) {
        print_hours(out, totals->minutes);
        fputs(", ", out);
        print_pounds(out, totals->pounds);
    } else {
        fputs("not reached, ", out);
        print_value(out, plan, totals->value_top, totals->value_bottom);
    }
    fputs(".\n", out);
}

/* The first month in which the target is met, and the value when it is due. */
static void print_path(FILE *out, const struct plan *plan)
{
    char texts[2][MONTH_TEXT];
    char hours[DECIMAL_TEXT];

    if (plan->path_count == 0)
        return;
    fprintf(out,
            "At %s hours a month from %s: ", decimal_print(plan->ask.hours_per_month, 3, hours),
            month_print(plan->ask.start, texts[0]));
    for (size_t i = 0; i < plan->path_count; i++)
        if (plan->path[i].month == plan->ask.due) {
            print_value(out, plan, plan->path[i].value_top, plan->path[i].value_bottom);
            fprintf(out, " in %s, ", month_print(plan->ask.due, texts[0]));
        }
    fprintf(out, "all of it shows in %s.\n",
            month_print(plan->path[plan->path_count - 1].month, texts[1]));
}

static void print_left(FILE *out, const struct plan *plan)
{
    bool any = false;

    for (int i = 0; i < PLAN_LEFTS; i++)
        if (plan->left[i] > 0) {
            fprintf(out, "%s%llu %s", any ? ", " : "Left out, practices and products: ",
                    (unsigned long long)plan->left[i], plan_left_text((enum plan_left)i));
            any = true;
        }
    fputs(any ? ".\n" : "", out);
}

static void print_assumed(FILE *out, const struct plan *plan)
{
    const struct plan_assumptions *const all = &plan->ask.assumptions;
    char texts[3][DECIMAL_TEXT];

    if (plan->ask.formulary == NULL)
        fputs("Assumed: the formulary is what half of the practices prescribed in the last twelve "
              "months; --formulary gives your own.\n",
              out);
    for (size_t i = 0; i < all->kind_count && i < PLAN_MOST_KINDS; i++)
        if (plan->ask.kinds[i])
            fprintf(out,
                    "Assumed (grade %c) of %s: %s %% could change, %s %% of those agree, %s "
                    "minutes each, %s: %s.\n",
                    all->kinds[i].grade, all->kinds[i].label,
                    decimal_print(all->kinds[i].eligible, 6, texts[0]),
                    decimal_print(all->kinds[i].accept, 6, texts[1]),
                    decimal_print(all->kinds[i].minutes, 3, texts[2]), all->kinds[i].who,
                    all->kinds[i].basis);
    fputs(
        "These are shares of people, each of whom agrees or does not: nobody's inhaler is changed "
        "because of a row in a file.\n",
        out);
}

static void print_reasons(FILE *out, const struct plan *plan)
{
    const struct plan_totals *const best = &plan->scenarios[PLAN_SCENARIO_BEST];

    print_target(out, plan);
    fputs(" cannot be reached with these ceilings: best is ", out);
    print_value(out, plan, best->value_top, best->value_bottom);
    fputs(" (", out);
    print_hours(out, best->minutes);
    fputs(").", out);
    for (size_t i = 0; i < plan->reason_count; i++) {
        fprintf(out, "%s%s (", i == 0 ? " What gets it: " : ", ", plan->reasons[i].text);
        print_hours(out, plan->reasons[i].minutes);
        fputs(")", out);
    }
    if (plan->reason_count > 0) {
        fputs(".\n", out);
    } else {
        fputs(" Nothing that was tried gets it by itself; all together ", out);
        print_value(out, plan, plan->all_top, plan->all_bottom);
        fputs(".\n", out);
    }
}

static void print_plan(FILE *out, const struct plan *plan)
{
    const struct plan_totals *const totals = &plan->scenarios[PLAN_SCENARIO_PLAN];

    print_start(out, plan);
    if (plan->ask.has_hours) {
        fputs(" In the hours that there are it comes to ", out);
        print_value(out, plan, totals->value_top, totals->value_bottom);
    } else if (plan->state == PLAN_PLANNED) {
        fputs(" To reach ", out);
        print_target(out, plan);
    } else {
        fputs(" The best towards ", out);
        print_target(out, plan);
    }
    print_due(out, plan);
    fputs(":\n", out);
    print_sums(out, plan, totals);
    if (plan->ask.aim == PLAN_LEAST_PRACTICES)
        fputs("  The fewest practices are those that prescribe most, and not the least work: see "
              "--least work.\n",
              out);
    if (!isnan(plan->ask.expected))
        fprintf(out,
                "  The trend by itself leads to %.2f; it may be the same changes, and is not "
                "added.\n",
                plan->ask.expected);
    print_first(out, plan);
    print_look_at(out, plan);
    print_scenario(out, plan, PLAN_SCENARIO_LOW, "Low uptakes");
    print_scenario(out, plan, PLAN_SCENARIO_HIGH, "High uptakes");
    print_scenario(out, plan, PLAN_SCENARIO_DEVICE, "By device alone");
    print_scenario(out, plan, PLAN_SCENARIO_BRAND, "By brand alone");
    print_path(out, plan);
    print_left(out, plan);
    print_assumed(out, plan);
}

void tell_plan(FILE *out, const struct plan *plan)
{
    const bool total = plan->denominator == 0;
    char month[MONTH_TEXT];
    char text[DECIMAL_TEXT];

    switch (plan->state) {
    case PLAN_REACHED:
        print_target(out, plan);
        fputs(" is reached: ", out);
        print_value(out, plan, total ? plan->numerator : (wide_t)plan->numerator * 1000,
                    total ? 1 : plan->denominator);
        fprintf(out, " in %s. Nothing is planned.\n", month_print(plan->base_last, month));
        return;
    case PLAN_TOO_DEAR:
        print_target(out, plan);
        fprintf(out, " cannot be reached at GBP %s a year: the least is ",
                decimal_print(plan->ask.limit, PLACES_MONEY, text));
        print_pounds(out, plan->least_pounds);
        fputs(".\n", out);
        break;
    case PLAN_UNREACHABLE:
        print_reasons(out, plan);
        break;
    case PLAN_PLANNED:
        break;
    }
    print_plan(out, plan);
}

/* Planned and realised, kind by kind. */
static void print_kinds(FILE *out, const struct plan_follow *follow, const struct plan *plan)
{
    const struct plan_assumptions *const all = &plan->ask.assumptions;
    char accept[DECIMAL_TEXT];

    for (size_t i = 0; i < all->kind_count && i < PLAN_MOST_KINDS; i++) {
        const struct follow_kind *const kind = &follow->kinds[i];

        if (kind->planned > 0 && !plan_follow_has_begun(kind))
            fprintf(out,
                    "  %s: %lld of %lld planned inhalers a year: no sign that the work has begun, "
                    "and the assumption of %s %% who agree is kept.\n",
                    all->kinds[i].label, (long long)kind->realised, (long long)kind->planned,
                    decimal_print(all->kinds[i].accept, 6, accept));
        else if (kind->planned > 0)
            fprintf(out,
                    "  %s: %lld of %lld planned inhalers a year, %.0f %%; what is left is "
                    "planned with %s %% who agree.\n",
                    all->kinds[i].label, (long long)kind->realised, (long long)kind->planned,
                    100.0 * (double)kind->realised / (double)kind->planned,
                    decimal_print(all->kinds[i].accept, 6, accept));
    }
}

void tell_follow(FILE *out, const struct plan_follow *follow, const struct plan *plan)
{
    int64_t planned = 0;
    int64_t realised = 0;
    size_t unknown = 0;
    char first[MONTH_TEXT];
    char last[MONTH_TEXT];

    for (size_t i = 0; i < follow->count; i++) {
        planned += follow->steps[i].saved;
        realised += follow->steps[i].realised_saved;
        unknown += !follow->steps[i].known;
    }
    fprintf(out,
            "The plan made of the months to %s, followed to %s, beside the practices that it "
            "left alone: ",
            month_print(follow->planned_from, first), month_print(follow->last, last));
    print_tonnes(out, realised);
    fputs(" a year of ", out);
    print_tonnes(out, planned);
    fputs(" planned.\n", out);
    print_kinds(out, follow, plan);
    if (unknown > 0)
        fprintf(out, "  %zu steps are in practices without rows today: nothing is known of them.\n",
                unknown);
    if (follow->alone > 0)
        fprintf(out,
                "  %zu steps have no practice beside them: all that fell is taken for theirs.\n",
                follow->alone);
}
