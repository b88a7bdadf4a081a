#include "rules/rules.h"

#include <stdio.h>

/* The largest cylinder known holds 18000 litres. */
#define MOST_LITRE_DIGITS 6

static bool same_nocase(struct view a, const char *b)
{
    return a.length == strlen(b) && view_contains_nocase(a, view_of(b));
}

static bool lists_nocase(const struct text_list *list, struct view text)
{
    for (size_t i = 0; i < list->count; i++)
        if (same_nocase(text, list->texts[i]))
            return true;
    return false;
}

const struct gas *rules_gas(const struct rules *rules, struct view id)
{
    for (size_t i = 0; i < rules->gases.count; i++)
        if (view_is(id, rules->gases.list[i]->id))
            return rules->gases.list[i];
    return NULL;
}

const struct gas *rules_gas_called(const struct rules *rules, struct view name)
{
    for (size_t i = 0; i < rules->gases.count; i++) {
        const struct gas *const gas = rules->gases.list[i];

        if (same_nocase(name, gas->id) || same_nocase(name, gas->name) ||
            lists_nocase(&gas->also, name))
            return gas;
    }
    return NULL;
}

const struct gas_code *gas_code(const struct gas *gas, struct view code)
{
    for (size_t i = 0; i < gas->code_count; i++)
        if (view_is(code, gas->codes[i].code))
            return &gas->codes[i];
    return NULL;
}

const struct unit_rule *rules_unit(const struct rules *rules, struct view name, struct view dmd)
{
    const struct unit_rule *by_name = NULL;
    const struct unit_rule *by_code = NULL;

    for (size_t i = 0; i < rules->units.count; i++) {
        const struct unit_rule *const unit = rules->units.list[i];

        if (unit->dmd != NULL && view_is(dmd, unit->dmd))
            by_code = unit;
        if (lists_nocase(&unit->names, name))
            by_name = unit;
    }
    if (by_name != NULL && by_code != NULL && by_name != by_code)
        return NULL;
    return by_code != NULL ? by_code : by_name;
}

int64_t litres_in_name(struct view name)
{
    size_t at = 0;

    while (at < name.length) {
        int64_t number = 0;
        size_t digits = 0;

        for (; at < name.length && name.at[at] >= '0' && name.at[at] <= '9'; at++, digits++)
            number = digits < MOST_LITRE_DIGITS ? number * 10 + (name.at[at] - '0') : 0;
        while (digits > 0 && at < name.length && is_blank(name.at[at]))
            at++;
        if (digits > 0 && digits <= MOST_LITRE_DIGITS &&
            view_starts((struct view){name.at + at, name.length - at}, view_of("litre")))
            return number;
        at += digits == 0;
    }
    return 0;
}

int64_t rules_cylinder(const struct rules *rules, const struct gas *gas, struct view brand_size)
{
    int64_t litres = 0;
    char told[256];

    for (size_t i = 0; i < rules->cylinders.count; i++) {
        const struct cylinder *const cylinder = rules->cylinders.list[i];

        snprintf(told, sizeof told, "%.100s/%.100s", cylinder->brand, cylinder->size);
        if (strcmp(cylinder->gas_id, gas->id) != 0 || !same_nocase(brand_size, told))
            continue;
        if (litres != 0 && litres != cylinder->litres)
            return -1;
        litres = cylinder->litres;
    }
    return litres;
}

const struct gas_factor_set *rules_gas_factor_set(const struct rules *rules, struct view id)
{
    for (size_t i = 0; i < rules->gas_factor_sets.count; i++)
        if (view_is(id, rules->gas_factor_sets.list[i]->id))
            return rules->gas_factor_sets.list[i];
    return NULL;
}

int64_t gas_factor_density(const struct gas *gas, const struct gas_factor *factor)
{
    return factor->density_mg_per_l > 0 ? factor->density_mg_per_l : gas->density_mg_per_l;
}

bool gas_carbon_per_litre(const struct gas_factor_set *set, const struct gas *gas,
                          int64_t *milligrams)
{
    const struct gas_factor *const factor = set->by_gas[gas->number];

    if (factor == NULL || gas_factor_density(gas, factor) == 0)
        return false;
    *milligrams = factor->gwp * gas_factor_density(gas, factor);
    return true;
}

static const struct gas *gas_by_name(const struct rules *rules, struct view name)
{
    for (size_t i = 0; i < rules->gases.count; i++)
        if (name_fits(&rules->gases.list[i]->pattern, name))
            return rules->gases.list[i];
    return NULL;
}

struct rules_verdict rules_classify_key(const struct rules *rules, struct view key,
                                        struct view name)
{
    const struct presentation about = presentation_of(key);
    struct rules_verdict verdict = {.kind = RULES_UNKNOWN};
    uint32_t number;

    if (about.origin == ORIGIN_PRIMARY)
        return rules_classify(rules, about.code, name);
    if (about.origin == ORIGIN_ELSEWHERE) {
        verdict.kind = RULES_ELSEWHERE;
        return verdict;
    }
    number = intern_find(&rules->layouts.hospital.codes, about.code);
    if (number != INTERN_NONE)
        verdict.gas = rules->gas_by_code[number];
    else if (about.origin == ORIGIN_PHARMACY)
        verdict.gas = gas_by_name(rules, name);
    else
        verdict.gas = rules_gas_called(rules, about.code);
    if (verdict.gas != NULL)
        verdict.kind = RULES_GAS;
    return verdict;
}
