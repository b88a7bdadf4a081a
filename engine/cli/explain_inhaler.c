#include "cli/explain_inhaler.h"

#include "cli/words.h"
#include "measure/classify.h"

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

static void print_share(const struct product_version *version)
{
    char share[3][DECIMAL_TEXT];

    if (version->share < 0)
        return;
    printf(", share %s", decimal_print(version->share, 6, share[0]));
    if (version->share_low != version->share_high)
        printf(" (not known: %s to %s)", decimal_print(version->share_low, 6, share[1]),
               decimal_print(version->share_high, 6, share[2]));
}

static void print_versions(const struct rules *rules, const struct product *product)
{
    char month[MONTH_TEXT];

    for (size_t i = 0; i < product->version_count; i++) {
        const struct product_version *const version = &product->versions[i];

        printf("  %-14s%s: propellant %s", "version", version->id, version->propellant);
        if (version->from != MONTH_NONE)
            printf(", from %s", month_print(version->from, month));
        if (version->to != MONTH_NONE)
            printf(", to %s", month_print(version->to, month));
        print_share(version);
        printf("%s (%s)\n    ",
               version->prepared ? ", prepared: not used until a rule says from when" : "",
               version->at);
        print_source(rules, version->source, version->checked);
        putchar('\n');
        if (version->note != NULL)
            printf("    note: %s\n", version->note);
    }
}

static void print_product(const struct rules *rules, const struct product *product)
{
    printf("  %-14s%s (%s)\n", "product", product->id, product->at);
    printf("  %-14s%s, %s, %s\n", "is", product->name, product->therapeutic_class,
           product->substance);
    printf("  %-14s%s%s, propellant %s\n", "device", device_text(product_device(product)),
           product->refill ? " (no device)" : "", product->propellant);
    print_versions(rules, product);
    print_quantity(product);
    print_limits(rules, product);
    printf("  %-14s%s\n", "code today", product->codes.texts[0]);
    print_list("older codes", &product->codes, 1);
    if (product->generic_code != NULL)
        printf("  %-14s%s\n", "generic code", product->generic_code);
    print_list("dm+d", &product->dmd, 0);
    if (product->licensed_from_years > 0)
        printf("  %-14sfrom %lld years\n", "licensed", (long long)product->licensed_from_years);
    if (product->note != NULL)
        printf("  %-14s%s\n", "note", product->note);
    printf("  %-14s", "source");
    print_source(rules, product->source, product->checked);
    putchar('\n');
}

/* What was published, and what brought it to the whole life. */
static void print_basis(const struct factor *factor)
{
    printf("\n    basis: %s", basis_text(factor->basis));
    if (factor->basis == BASIS_whole_life)
        return;
    printf(", ");
    print_kilograms(factor->published);
    printf(" kg, with ");
    print_kilograms(factor->addition.kg);
    printf(" kg (");
    print_kilograms(factor->addition.low);
    printf(" to ");
    print_kilograms(factor->addition.high);
    printf(") added for the whole life");
    if (factor->addition.products > 0)
        printf(": the median of %zu products with both figures", factor->addition.products);
}

static void print_factor(const struct rules *rules, const struct factor_set *set,
                         const struct factor *factor)
{
    char month[MONTH_TEXT];

    printf("  factor %s: ", set->id);
    print_kilograms(factor->kg);
    printf(" kgCO2e, grade %s, ", grade_text(factor->grade));
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
    print_basis(factor);
    printf("\n    %s (%s)\n    ", factor->derivation, factor->at);
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

static const struct factor *today_target(const struct rules *rules, const struct switch_pair *pair)
{
    const struct factor_set *const set = rules_factor_set(rules, view_of("canister"));

    return pair->to_version != NULL && set != NULL ? pair->to_version->factors[set->number]
                                                   : today_factor(rules, pair->to);
}

static void print_pair(const struct rules *rules, const struct switch_rule *rule,
                       const struct switch_pair *pair)
{
    const struct factor *const from = today_factor(rules, pair->from);
    const struct factor *const to = today_target(rules, pair);
    char text[DECIMAL_TEXT];

    printf("  switch %s: to %s %s%s%s\n    %s: %s%s%s\n    ", rule->id, pair->to->codes.texts[0],
           pair->to->name, pair->to_version != NULL ? ", version " : "",
           pair->to_version != NULL ? pair->to_version_id : "", rule->change, rule->dose,
           rule->arithmetic != NULL ? "; " : "", rule->arithmetic != NULL ? rule->arithmetic : "");
    if (switch_is_evidenced(rule, pair, from, to))
        printf(
            "%s kgCO2e less for each inhaler (grades %s and %s)\n",
            ratio_print((wide_t)from->kg * pair->from_inhalers - (wide_t)to->kg * pair->to_inhalers,
                        (wide_t)pair->from_inhalers * 1000000, 6, text),
            grade_text(from->grade), grade_text(to->grade));
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

void explain_inhaler(const struct rules *rules, const struct product *product, uint32_t code)
{
    print_product(rules, product);
    print_factors(rules, code);
    print_measures(rules, product, code);
    print_switches(rules, product);
}
