#include "cli/command.h"
#include "cli/explain.h"
#include "cli/explain_place.h"
#include "cli/explain_target.h"
#include "cli/words.h"
#include "measure/classify.h"
#include "run/session.h"

#include <string.h>

static void print_kilograms(int64_t milligrams)
{
    char text[DECIMAL_TEXT];

    fputs(decimal_print(milligrams, PLACES_CARBON, text), stdout);
}

static void print_list(const char *label, const struct text_list *list, size_t first)
{
    if (list->count <= first)
        return;
    printf("  %-14s", label);
    for (size_t i = first; i < list->count; i++)
        printf("%s%s", i > first ? ", " : "", list->texts[i]);
    putchar('\n');
}

static void print_quantity(const struct product *product)
{
    const char *const unit = unit_text((enum unit)product->unit);

    printf("  %-14s", "quantity");
    if (product->units_per_pack == 0)
        printf("in %ss; the number that makes one inhaler is not available, so inhalers and carbon "
               "are not counted",
               unit);
    else if (product->units_per_pack == 1)
        printf("in %ss, each counted as one %s", unit, product->refill ? "refill pack" : "inhaler");
    else
        printf("in %ss, divided by %lld for one %s", unit, (long long)product->units_per_pack,
               product->refill ? "refill pack" : "inhaler");
    if (product->doses > 0)
        printf("; %lld doses each", (long long)product->doses);
    if (product->refill)
        printf("; a refill carries no device and adds no inhaler");
    putchar('\n');
}

static void print_limit(const char *which, int64_t limit)
{
    char text[DECIMAL_TEXT];

    if (limit > 0)
        printf(", %s %s", which, decimal_print(limit, PLACES_QUANTITY, text));
}

/* What a month's mean quantity per item may be, by nation. */
static void print_limits(const struct rules *rules, const struct product *product)
{
    for (size_t i = 0; i < rules->quantities.count; i++) {
        const struct quantity_rule *const rule = rules->quantities.list[i];

        for (size_t n = 0; n < rule->nations.count; n++) {
            if (rules_quantity(rules, view_of(rule->nations.texts[n]), product) != rule)
                continue;
            printf("  %-14s%s in %s: reported", "mean per item", rule->id, rule->nations.texts[n]);
            print_limit("above", rule->mean_above);
            print_limit("below", rule->mean_below);
            if (rule->divide_by_doses && product->doses > 0)
                printf("; above it divided by %lld doses", (long long)product->doses);
            putchar('\n');
        }
    }
}

static void print_product(const struct rules *rules, const struct product *product)
{
    printf("  %-14s%s (%s)\n", "product", product->id, product->at);
    printf("  %-14s%s, %s, %s\n", "is", product->name, product->therapeutic_class,
           product->substance);
    printf("  %-14s%s%s, propellant %s\n", "device", device_text(product_device(product)),
           product->refill ? " (no device)" : "", product->propellant);
    print_quantity(product);
    print_limits(rules, product);
    printf("  %-14s%s\n", "code today", product->codes.texts[0]);
    print_list("older codes", &product->codes, 1);
    if (product->generic_code != NULL)
        printf("  %-14s%s\n", "generic code", product->generic_code);
    print_list("dm+d", &product->dmd, 0);
    if (product->note != NULL)
        printf("  %-14s%s\n", "note", product->note);
    printf("  %-14s", "source");
    print_source(rules, product->source, product->checked);
    putchar('\n');
}

static void print_factor(const struct rules *rules, const struct factor_set *set,
                         const struct factor *factor)
{
    char month[MONTH_TEXT];

    printf("  factor %s: ", set->id);
    print_kilograms(factor->kg);
    printf(" kgCO2e, grade %c, ", factor->grade);
    if (factor->low >= 0) {
        printf("range ");
        print_kilograms(factor->low);
        printf(" to ");
        print_kilograms(factor->high);
    } else {
        printf("range not available");
    }
    if (factor->from != MONTH_NONE)
        printf(", from %s", month_print(factor->from, month));
    if (factor->to != MONTH_NONE)
        printf(", to %s", month_print(factor->to, month));
    printf("\n    %s (%s)\n    ", factor->basis, factor->at);
    print_source(rules, factor->source, factor->checked);
    putchar('\n');
    if (factor->note != NULL)
        printf("    note: %s\n", factor->note);
}

static void print_factors(const struct rules *rules, uint32_t code)
{
    for (size_t i = 0; i < rules->factor_sets.count; i++) {
        const struct factor_set *const set = rules->factor_sets.list[i];
        uint32_t at = set->first_span[code];

        if (at == 0)
            printf("  factor %s: none for this code\n", set->id);
        for (; at != 0; at = set->spans[at - 1].next)
            print_factor(rules, set, set->spans[at - 1].factor);
    }
}

static bool is_in(const struct rules *rules, const struct measure *measure,
                  const struct measure_sum *sum, const struct product *product, uint32_t code)
{
    const struct factor_set *const set = measure->factor_set != NULL
                                             ? measure->factor_set
                                             : rules_factor_set(rules, view_of("canister"));
    const bool has_factor = set != NULL && set->first_span[code] != 0;

    return sum->sum != SUM_NONE && sum->sum != SUM_thousand_patients &&
           selection_holds(&sum->where, product, intern_text(&rules->codes, code), has_factor) &&
           (sum->sum != SUM_inhalers || !product->refill);
}

static void print_measures(const struct rules *rules, const struct product *product, uint32_t code)
{
    for (size_t i = 0; i < rules->measures.count; i++) {
        const struct measure *const measure = rules->measures.list[i];
        const bool above = is_in(rules, measure, &measure->numerator, product, code);
        const bool below = is_in(rules, measure, &measure->denominator, product, code);

        if (above || below)
            printf("  measure %s: %s\n", measure->id,
                   above && below ? "numerator and denominator"
                   : above        ? "numerator"
                                  : "denominator");
    }
}

static const struct factor *today_factor(const struct rules *rules, const struct product *product)
{
    const struct factor_set *const set = rules_factor_set(rules, view_of("canister"));
    const struct factor *last = NULL;
    uint32_t at =
        set == NULL ? 0 : set->first_span[rules_code(rules, view_of(product->codes.texts[0]))];

    for (; at != 0; at = set->spans[at - 1].next)
        last = set->spans[at - 1].factor;
    return last;
}

static void print_pair(const struct rules *rules, const struct switch_rule *rule,
                       const struct switch_pair *pair)
{
    const struct factor *const from = today_factor(rules, pair->from);
    const struct factor *const to = today_factor(rules, pair->to);
    char text[DECIMAL_TEXT];

    printf("  switch %s: to %s %s\n    %s: %s%s%s\n    ", rule->id, pair->to->codes.texts[0],
           pair->to->name, rule->change, rule->dose, rule->arithmetic != NULL ? "; " : "",
           rule->arithmetic != NULL ? rule->arithmetic : "");
    if (switch_is_evidenced(rule, from, to))
        printf(
            "%s kgCO2e less for each inhaler (grades %c and %c)\n",
            ratio_print((wide_t)from->kg * pair->from_inhalers - (wide_t)to->kg * pair->to_inhalers,
                        (wide_t)pair->from_inhalers * 1000000, 6, text),
            from->grade, to->grade);
    else
        printf("carbon saving: no evidence\n");
    for (size_t i = 0; i < rule->prompt_ids.count; i++)
        printf("    - %s\n", rule->prompts[i]->text);
    for (size_t i = 0; i < pair->prompt_ids.count; i++)
        printf("    - %s\n", pair->prompts[i]->text);
    printf("    ");
    print_source(rules, rule->source, rule->checked);
    putchar('\n');
}

static void print_switches(const struct rules *rules, const struct product *product)
{
    for (size_t i = 0; i < rules->switches.count; i++) {
        const struct switch_rule *const rule = rules->switches.list[i];

        for (size_t p = 0; p < rule->pair_count; p++) {
            if (rule->pairs[p].from == product)
                print_pair(rules, rule, &rule->pairs[p]);
            else if (rule->pairs[p].to == product)
                printf("  switch %s: from %s %s\n", rule->id, rule->pairs[p].from->codes.texts[0],
                       rule->pairs[p].from->name);
        }
    }
}

static void explain_inhaler(const struct rules *rules, const struct product *product, uint32_t code)
{
    print_product(rules, product);
    print_factors(rules, code);
    print_measures(rules, product, code);
    print_switches(rules, product);
}

static void explain_exclusion(const struct rules *rules, const struct exclusion *exclusion)
{
    printf("  not an inhaler: %s\n  rule %s (%s)\n  source ", exclusion->reason, exclusion->id,
           exclusion->at);
    print_source(rules, exclusion->source, exclusion->checked);
    putchar('\n');
}

/* Rules that need the published name cannot be settled from a code alone. */
static void explain_unknown(const struct rules *rules, struct view code)
{
    for (size_t i = 0; i < rules->sections.count; i++) {
        if (!view_starts(code, view_of(rules->sections.list[i].prefix)))
            continue;
        printf("  no rule covers this code. It is in BNF section %s (%s), which is read: unless "
               "its published name shows that it is not an inhaler, it is listed in "
               "unclassified.csv with its quantity and cost\n",
               rules->sections.list[i].prefix, rules->sections.list[i].name);
        for (size_t e = 0; e < rules->exclusions.count; e++)
            if (rules->exclusions.list[e]->names.count > 0)
                printf("  rules that go by name: %s (%s)\n", rules->exclusions.list[e]->id,
                       rules->exclusions.list[e]->reason);
        return;
    }
    printf("  out of scope: only BNF sections");
    for (size_t i = 0; i < rules->sections.count; i++)
        printf(" %s", rules->sections.list[i].prefix);
    printf(" are read\n");
}

static void print_texts(const char *label, const struct text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        printf("%s%s", i == 0 ? label : ", ", list->texts[i]);
}

static void print_sum(const char *label, const struct measure_sum *sum)
{
    static const char *const names[] = {
#define X(name) #name,
        SUM_LIST(X)
#undef X
    };

    if (sum->sum == SUM_NONE)
        return;
    printf("  %-14ssum of %s", label, names[sum->sum]);
    print_texts("; classes ", &sum->where.classes);
    print_texts("; devices ", &sum->where.devices);
    print_texts("; chemicals ", &sum->where.chemicals);
    print_texts("; without the chemicals ", &sum->where.not_chemicals);
    print_texts("; propellants ", &sum->where.propellants);
    print_texts("; products ", &sum->where.products);
    if (sum->where.with_factor)
        printf("; only codes with a factor");
    if (sum->where.has_refill)
        printf("; %s", sum->where.refill ? "refills only" : "without refills");
    print_texts("; gases ", &sum->where.gases);
    if (sum->where.supply)
        printf("; with supply outside pharmacy");
    putchar('\n');
}

static void explain_measure(const struct rules *rules, const struct measure *measure)
{
    printf("%s\n  %-14s%s (%s)\n  %-14s%s\n", measure->id, "measure", measure->title, measure->at,
           "is", measure->description);
    printf("  %-14s%s", "unit", measure->unit);
    if (strcmp(measure->direction, "none") != 0)
        printf("; %s is better", measure->direction);
    putchar('\n');
    if (measure->equals != NULL)
        printf("  %-14s%s\n", "equals", measure->equals);
    print_sum("numerator", &measure->numerator);
    print_sum("denominator", &measure->denominator);
    if (measure->factor_set_id != NULL)
        printf("  %-14s%s\n", "factor set",
               strcmp(measure->factor_set_id, "run") != 0 ? measure->factor_set_id
               : measure->subject == SUBJECT_hospital     ? "chosen by --gas-factors"
                                                          : "chosen by --factors");
    if (measure->share)
        printf("  %-14s%s\n", "range", "0 to 1; a value outside cannot be calculated");
    if (measure->as_read)
        printf("  %-14sas read, never corrected\n", "quantities");
    printf("  %-14s%s\n", "why", measure->why);
    for (size_t i = 0; i < measure->caveats.count; i++)
        printf("  - %s\n", measure->caveats.texts[i]);
    printf("  %-14s", "source");
    print_source(rules, measure->source, measure->checked);
    putchar('\n');
    if (measure->written_by != NULL)
        printf("  %-14s%s\n", "written by", measure->written_by);
    if (measure->checked_by != NULL)
        printf("  %-14s%s\n", "checked by", measure->checked_by);
    for (size_t i = 0; i < measure->change_count; i++)
        printf("  %-14s%s: %s\n", "changed", measure->changes[i].date, measure->changes[i].change);
}

/* A BNF code begins with its chapter, two digits. */
static bool is_bnf(const char *text)
{
    return strspn(text, "0123456789") >= 2 && strlen(text) <= 15 &&
           strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(text);
}

static bool explain(const struct rules *rules, const struct registers *registers, const char *word)
{
    const struct measure *const measure = rules_measure(rules, view_of(word));
    const struct product *const by_id = rules_product(rules, view_of(word));
    const char *const code = by_id != NULL ? by_id->codes.texts[0] : word;
    const struct rules_verdict verdict = rules_classify(rules, view_of(code), view_none());
    struct fail why = {0};

    if (measure != NULL) {
        explain_measure(rules, measure);
        return true;
    }
    if (explain_gas_word(rules, view_of(word)))
        return true;
    if (by_id == NULL && explain_place(rules, registers, word, &why))
        return true;
    if (explain_target(rules, word))
        return true;
    if (by_id == NULL && !is_bnf(word)) {
        if (registers->account_count > 0)
            fprintf(stderr, "canister: %s\n", why.text);
        fprintf(stderr,
                "canister: \"%s\" is no BNF code, and not the id of a product, a gas, a unit, a "
                "measure or a target%s\n",
                word, registers->account_count > 0 ? "" : "; organisations need --register FILE");
        return false;
    }
    printf("%s\n", code);
    if (verdict.kind == RULES_INHALER)
        explain_inhaler(rules, verdict.product, rules_code(rules, view_of(code)));
    else if (verdict.kind == RULES_NOT_INHALER)
        explain_exclusion(rules, verdict.exclusion);
    else
        explain_unknown(rules, view_of(code));
    return true;
}

static int run_explain(const struct invocation *invocation)
{
    const struct rules_place place = {.overlay = option_value(invocation, "rules"),
                                      .targets = option_value(invocation, "targets")};
    struct rules *rules = NULL;
    struct registers registers = {0};
    struct fail why;
    const char *path;
    size_t at = 0;
    int exit_code = 0;
    enum status status = rules_load(&rules, &place, &why);

    while (status == STATUS_OK && (path = option_next(invocation, "register", &at)) != NULL)
        status = registers_read(&registers, rules, path, SESSION_REJECT_LIMIT, false, &why);
    registers_settle(&registers);
    for (size_t i = 0; i < invocation->argument_count && status == STATUS_OK; i++)
        if (!explain(rules, &registers, invocation->arguments[i]))
            exit_code = status_exit_code(STATUS_USAGE);
    if (status != STATUS_OK)
        exit_code = report_failure(&why);
    registers_release(&registers);
    rules_free(rules);
    return close_output(exit_code);
}

const struct command command_explain = {
    .name = "explain",
    .arguments = "CODE...",
    .summary = "show how a code, gas, measure or organisation counts",
    .description =
        "BNF code or product id: the product, the rules that apply and their sources, its factor, "
        "grade and range in every factor set, how its quantity becomes inhalers, its old and new "
        "codes, the measures that count it and its switches.\nMeasure: its definition and caveats. "
        "Target: who set it and when it is due.\nGas (desflurane), VMP code, unit of hospital data "
        "(ml) or set of potentials (nhs-2540): how it is counted, and the source.\nPractice, PCN, "
        "sub-ICB, ICB, region or trust, by its code or part of its name: what the registers "
        "(--register) and the rules of successors say: name, status, setting, which organisations "
        "it belonged to and when, list sizes, and the file each came from.",
    .needs_argument = true,
    .options = {OPTION_RULES, OPTION_TARGETS, OPTION_REGISTER},
    .run = run_explain,
};
