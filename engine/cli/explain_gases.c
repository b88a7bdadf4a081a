#include "cli/explain.h"
#include "cli/shown.h"

#include "measure/gases.h"

#include <stdio.h>

static void print_sourced(const struct rules *rules, const char *id, const char *checked)
{
    printf("    ");
    print_source(rules, id, checked);
    putchar('\n');
}

static void print_decimal(const char *before, wide_t top, wide_t bottom, const char *behind)
{
    char text[DECIMAL_TEXT];

    printf("%s%s%s", before, ratio_print(top, bottom, 6, text), behind);
}

/* Liquids weigh by the bottle and the ml, gases by the litre as it is sold. */
static void print_weight(const struct gas *gas, int64_t milligrams)
{
    const wide_t kilogram = 1000000;

    if (!gas->liquid) {
        print_decimal("", (wide_t)milligrams * gas->nitrous_oxide, kilogram * PERMILLE,
                      " kgCO2e a litre");
        if (gas->nitrous_oxide != PERMILLE)
            print_decimal(", by the ", gas->nitrous_oxide, PERMILLE,
                          " of it that is nitrous oxide");
        putchar('\n');
        return;
    }
    print_decimal("", milligrams, kilogram * 1000, " kgCO2e a ml");
    if (gas->bottle_ml > 0)
        print_decimal(", ", (wide_t)milligrams * gas->bottle_ml, kilogram * 1000, " a bottle");
    putchar('\n');
}

static void print_factor(const struct rules *rules, const struct gas_factor_set *set,
                         const struct gas *gas)
{
    const struct gas_factor *const factor = set->by_gas[gas->number];
    int64_t milligrams;

    if (factor == NULL) {
        printf("  factor %s: no potential of it: no kgCO2e\n", set->id);
        return;
    }
    printf("  factor %s: GWP %lld", set->id, (long long)factor->gwp);
    if (!gas_carbon_per_litre(set, gas, &milligrams)) {
        printf("; no density was found: no kgCO2e\n");
    } else {
        print_decimal(" x ", gas_factor_density(gas, factor), 1000, " g/l = ");
        print_weight(gas, milligrams);
    }
    print_sourced(rules, factor->source, factor->checked);
    if (factor->density_source != NULL)
        print_sourced(rules, factor->density_source, factor->checked);
    if (factor->note != NULL)
        printf("    note: %s\n", factor->note);
}

static void print_code(const struct rules *rules, const struct gas_code *code)
{
    printf("  code %s%s%s", code->code, code->name != NULL ? " " : "",
           code->name != NULL ? code->name : "");
    if (code->litres > 0)
        printf(", %lld litres each", (long long)code->litres);
    putchar('\n');
    print_sourced(rules, code->source, code->checked);
    if (code->note != NULL)
        printf("    note: %s\n", code->note);
}

static void print_texts(const char *before, const struct text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        printf("%s\"%s\"", i == 0 ? before : ", ", list->texts[i]);
}

static void print_sizes(const struct rules *rules, const struct gas *gas)
{
    if (gas->bottle_ml > 0) {
        printf("  bottle of %lld ml%s\n", (long long)gas->bottle_ml,
               gas->one_bottle ? ""
                               : ", in which bottles are counted; not a volume for a quantity "
                                 "in bottles, since other sizes may be sold");
        print_sourced(rules, gas->bottle_source, gas->checked);
    }
    if (gas->density_mg_per_l > 0) {
        print_decimal("  density ", gas->density_mg_per_l, 1000, " g/l\n");
        print_sourced(rules, gas->density_source, gas->checked);
    }
    for (size_t i = 0; i < rules->cylinders.count; i++) {
        const struct cylinder *const cylinder = rules->cylinders.list[i];

        if (strcmp(cylinder->gas_id, gas->id) == 0)
            printf("  cylinder %s %s: %lld litres (%s)\n", cylinder->brand, cylinder->size,
                   (long long)cylinder->litres, cylinder->source);
    }
}

static bool lists(const struct measure_sum *sum, const struct gas *gas)
{
    for (size_t i = 0; i < sum->where.gases.count; i++)
        if (strcmp(sum->where.gases.texts[i], gas->id) == 0)
            return true;
    return sum->sum != SUM_NONE && sum->where.gases.count == 0;
}

static void print_measures(const struct rules *rules, const struct gas *gas)
{
    for (size_t i = 0; i < rules->measures.count; i++) {
        const struct measure *const measure = rules->measures.list[i];

        if (measure->subject == SUBJECT_hospital &&
            (lists(&measure->numerator, gas) || lists(&measure->denominator, gas)))
            printf("  measure %s: %s\n", measure->id, measure->title);
    }
}

/* only: one code of it, or NULL for all. */
static void explain_gas(const struct rules *rules, const struct gas *gas,
                        const struct gas_code *only)
{
    printf("  %-14s%s (%s)\n  %-14s%s%s\n", "gas", gas->id, gas->at, "is", gas->name,
           gas->liquid ? ", a volatile liquid, counted in ml" : ", a gas, counted in litres");
    if (gas->note != NULL)
        printf("  %-14s%s\n", "note", gas->note);
    for (size_t i = 0; i < gas->code_count; i++)
        if (only == NULL || only == &gas->codes[i])
            print_code(rules, &gas->codes[i]);
    printf("  last resort: a name with \"%s\"", gas->pattern.name);
    print_texts(" and one of ", &gas->pattern.with);
    print_texts(", without ", &gas->pattern.without);
    printf("; listed as matched_by_name\n");
    print_sizes(rules, gas);
    for (size_t i = 0; i < rules->gas_factor_sets.count; i++)
        print_factor(rules, rules->gas_factor_sets.list[i], gas);
    print_measures(rules, gas);
}

static void explain_unit(const struct rules *rules, const struct unit_rule *unit)
{
    printf("%s\n  %-14s%s (%s)\n", unit->id, "unit", unit->title, unit->at);
    printf("  %-14s", "printed");
    print_texts("", &unit->names);
    if (unit->dmd != NULL)
        printf(", dm+d %s", unit->dmd);
    putchar('\n');
    if (unit->kind == UNIT_KIND_volume)
        print_decimal("  becomes       ", unit->nanolitres, 1000000, " ml each\n");
    else if (unit->kind == UNIT_KIND_container)
        printf("  becomes       a volume where the rules or the name of the product give the "
               "contents; otherwise it is listed and excluded\n");
    else
        printf("  becomes       nothing: a quantity in it is listed in gases.csv and excluded from "
               "every sum\n");
    if (unit->note != NULL)
        printf("  %-14s%s\n", "note", unit->note);
    printf("  %-14s", "source");
    print_source(rules, unit->source, unit->checked);
    putchar('\n');
}

static void explain_set(const struct rules *rules, const struct gas_factor_set *set)
{
    printf("%s\n  %-14s%s (%s)\n", set->id, "factor set", set->title, set->at);
    if (set->note != NULL)
        printf("  %-14s%s\n", "note", set->note);
    for (size_t i = 0; i < rules->gases.count; i++) {
        printf(" %s:\n", rules->gases.list[i]->id);
        print_factor(rules, set, rules->gases.list[i]);
    }
    printf("  %-14s", "source");
    print_source(rules, set->source, set->checked);
    putchar('\n');
}

bool explain_gas_word(const struct rules *rules, struct view word)
{
    const uint32_t number = intern_find(&rules->layouts.hospital.codes, word);
    const struct gas *gas = rules_gas_called(rules, word);
    const struct unit_rule *unit = rules_unit(rules, word, view_none());
    const struct gas_factor_set *const set = rules_gas_factor_set(rules, word);

    if (number != INTERN_NONE)
        gas = rules->gas_by_code[number];
    if (unit == NULL)
        unit = rules_unit(rules, view_none(), word);
    if (gas != NULL) {
        show(stdout, word);
        fputc('\n', stdout);
        explain_gas(rules, gas, number != INTERN_NONE ? gas_code(gas, word) : NULL);
    } else if (unit != NULL) {
        explain_unit(rules, unit);
    } else if (set != NULL) {
        explain_set(rules, set);
    }
    return gas != NULL || unit != NULL || set != NULL;
}
