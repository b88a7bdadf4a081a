#include "rules/rules.h"

#include <stdlib.h>

const char *device_text(enum device device)
{
    static const char *const texts[] = {
#define X(name, text) text,
        DEVICE_LIST(X)
#undef X
            "refill"};

    return texts[device];
}

const char *unit_text(enum unit unit)
{
    static const char *const texts[] = {
#define X(name, text) text,
        UNIT_LIST(X)
#undef X
    };

    return texts[unit];
}

const char *grade_text(enum grade grade)
{
    static const char *const texts[] = {
#define X(name, text) text,
        GRADE_LIST(X)
#undef X
    };

    return texts[grade];
}

const char *basis_text(enum basis basis)
{
    static const char *const texts[] = {
#define X(name) #name,
        BASIS_LIST(X)
#undef X
    };

    return texts[basis];
}

enum device product_device(const struct product *product)
{
    return product->refill ? DEVICE_REFILL : (enum device)product->device_of_kind;
}

void rules_free(struct rules *rules)
{
    if (rules == NULL)
        return;
    for (size_t i = 0; i < rules->factor_sets.count; i++)
        free(rules->factor_sets.list[i]->spans);
    intern_release(&rules->codes);
    intern_release(&rules->layouts.hospital.codes);
    free(rules->units.list);
    free(rules->gases.list);
    free(rules->cylinders.list);
    free(rules->gas_factor_sets.list);
    free(rules->extracts.list);
    free(rules->sources.list);
    free(rules->sections.list);
    free(rules->known_classes.list);
    free(rules->products.list);
    free(rules->exclusions.list);
    free(rules->versions.list);
    free(rules->patterns.list);
    free(rules->class_patterns.list);
    free(rules->national.list);
    free(rules->factor_sets.list);
    free(rules->measures.list);
    free(rules->caveats.list);
    free(rules->elsewhere.list);
    free(rules->targets.list);
    free(rules->prompts.list);
    free(rules->switches.list);
    free(rules->registers.list);
    free(rules->unidentified.list);
    free(rules->successions.list);
    free(rules->quantities.list);
    free(rules->portals.list);
    free(rules->checked.list);
    free(rules->small_denominators.list);
    arena_release(&rules->arena);
    free(rules);
}

uint32_t rules_code(const struct rules *rules, struct view code)
{
    return intern_find(&rules->codes, code);
}

static bool excludes_code(const struct exclusion *exclusion, struct view code)
{
    for (size_t i = 0; i < exclusion->codes.count; i++)
        if (view_is(code, exclusion->codes.texts[i]))
            return true;
    return false;
}

static bool excludes_prefix(const struct exclusion *exclusion, struct view code, struct view name)
{
    bool found = false;

    for (size_t i = 0; i < exclusion->prefixes.count && !found; i++)
        found = view_starts(code, view_of(exclusion->prefixes.texts[i]));
    if (!found || exclusion->names.count == 0)
        return found;
    for (size_t i = 0; i < exclusion->names.count; i++)
        if (view_contains_nocase(name, view_of(exclusion->names.texts[i])))
            return true;
    return false;
}

/* An exact code beats a prefix, a prefix alone beats one with a name. */
static const struct exclusion *find_exclusion(const struct rules *rules, struct view code,
                                              struct view name)
{
    const struct exclusion *by_name = NULL;
    const struct exclusion *by_prefix = NULL;

    for (size_t i = 0; i < rules->exclusions.count; i++) {
        const struct exclusion *const exclusion = rules->exclusions.list[i];

        if (excludes_code(exclusion, code))
            return exclusion;
        if (!excludes_prefix(exclusion, code, name))
            continue;
        if (exclusion->names.count > 0 && by_name == NULL)
            by_name = exclusion;
        if (exclusion->names.count == 0 && by_prefix == NULL)
            by_prefix = exclusion;
    }
    return by_prefix != NULL ? by_prefix : by_name;
}

struct rules_verdict rules_classify(const struct rules *rules, struct view code, struct view name)
{
    const uint32_t number = rules_code(rules, code);
    struct rules_verdict verdict = {.kind = RULES_UNKNOWN};

    if (number != INTERN_NONE) {
        verdict.kind = RULES_INHALER;
        verdict.product = rules->by_code[number];
        return verdict;
    }
    verdict.exclusion = find_exclusion(rules, code, name);
    if (verdict.exclusion != NULL)
        verdict.kind = RULES_NOT_INHALER;
    return verdict;
}

const struct product *rules_product(const struct rules *rules, struct view id)
{
    for (size_t i = 0; i < rules->products.count; i++)
        if (view_is(id, rules->products.list[i]->id))
            return rules->products.list[i];
    return NULL;
}

const struct source_rule *rules_source(const struct rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->sources.count; i++)
        if (strcmp(rules->sources.list[i].id, id) == 0)
            return &rules->sources.list[i];
    return NULL;
}

static bool lists(const struct text_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->texts[i], text) == 0)
            return true;
    return false;
}

const struct quantity_rule *rules_quantity(const struct rules *rules, struct view nation,
                                           const struct product *product)
{
    for (size_t i = 0; i < rules->quantities.count; i++) {
        const struct quantity_rule *const rule = rules->quantities.list[i];

        for (size_t n = 0; n < rule->nations.count; n++)
            if (view_is(nation, rule->nations.texts[n]) &&
                lists(&rule->units, unit_text((enum unit)product->unit)))
                return rule;
    }
    return NULL;
}

const struct factor_set *rules_factor_set(const struct rules *rules, struct view id)
{
    for (size_t i = 0; i < rules->factor_sets.count; i++)
        if (view_is(id, rules->factor_sets.list[i]->id))
            return rules->factor_sets.list[i];
    return NULL;
}

const struct measure *rules_measure(const struct rules *rules, struct view id)
{
    for (size_t i = 0; i < rules->measures.count; i++)
        if (view_is(id, rules->measures.list[i]->id))
            return rules->measures.list[i];
    return NULL;
}

const struct factor *rules_factor(const struct factor_set *set, uint32_t code, month_t month)
{
    uint32_t at = code == INTERN_NONE ? 0 : set->first_span[code];

    while (at != 0) {
        const struct factor *const factor = set->spans[at - 1].factor;

        if ((factor->from == MONTH_NONE || factor->from <= month) &&
            (factor->to == MONTH_NONE || month <= factor->to))
            return factor;
        at = set->spans[at - 1].next;
    }
    return NULL;
}

const struct factor *product_factor(const struct rules *rules, const struct factor_set *set,
                                    const struct product *product, month_t month)
{
    return factor_in_use(set, product, NULL, rules_code(rules, view_of(product->codes.texts[0])),
                         month);
}

static bool fits_default(const struct factor_default *one, const struct product *product)
{
    return one->device == product->device_of_kind && one->refill == product->refill &&
           (one->therapeutic_class == NULL ||
            strcmp(one->therapeutic_class, product->therapeutic_class) == 0) &&
           (one->propellant == NULL || strcmp(one->propellant, product->propellant) == 0);
}

const struct factor *factor_in_use(const struct factor_set *set, const struct product *product,
                                   const struct product_version *version, uint32_t code,
                                   month_t month)
{
    if (version != NULL && version->factors[set->number] != NULL)
        return version->factors[set->number];
    if (!product->provisional)
        return rules_factor(set, code, month);
    for (size_t i = 0; i < set->default_count; i++)
        if (fits_default(&set->defaults[i], product))
            return &set->defaults[i].factor;
    return NULL;
}

static bool is_good(const struct factor *factor)
{
    return factor != NULL && factor->grade <= GRADE_B2;
}

/* Between two bases the addition is in the saving: it must be there without its uncertainty. */
static bool outlasts_basis(const struct switch_pair *pair, const struct factor *from,
                           const struct factor *to)
{
    const int64_t least = from->published + from->addition.low;
    const int64_t most = to->published + to->addition.high;

    return from->basis == to->basis || least * pair->from_inhalers > most * pair->to_inhalers;
}

bool switch_is_evidenced(const struct switch_rule *rule, const struct switch_pair *pair,
                         const struct factor *from, const struct factor *to)
{
    return rule->by_factors && is_good(from) && is_good(to) && outlasts_basis(pair, from, to);
}

bool pair_is_on(const struct switch_pair *pair, month_t month)
{
    if (pair->to_version == NULL)
        return true;
    for (size_t i = 0; i < pair->to->version_count; i++)
        if (strcmp(pair->to->versions[i].id, pair->to_version_id) == 0 &&
            version_is_on(&pair->to->versions[i], month))
            return true;
    return false;
}

const struct factor *pair_target_factor(const struct rules *rules, const struct factor_set *set,
                                        const struct switch_pair *pair, month_t month)
{
    return factor_in_use(set, pair->to, pair->to_version,
                         rules_code(rules, view_of(pair->to->codes.texts[0])), month);
}

bool pair_changes_drug(const struct switch_pair *pair)
{
    return strcmp(pair->from->substance, pair->to->substance) != 0;
}

enum subject sum_subject(enum sum sum)
{
    switch (sum) {
#define X(name) case SUM_##name:
        GAS_SUM_LIST(X)
#undef X
        return SUBJECT_hospital;
    default:
        return SUBJECT_prescribing;
    }
}

static bool lists_prefix(const struct text_list *list, struct view code)
{
    for (size_t i = 0; i < list->count; i++)
        if (view_starts(code, view_of(list->texts[i])))
            return true;
    return false;
}

/* In any month: propellants_share says how much of it in one. */
static bool holds_propellant(const struct text_list *propellants, const struct product *product)
{
    for (size_t i = 0; i < product->version_count; i++)
        if (lists(propellants, product->versions[i].propellant))
            return true;
    return product->version_count == 0 && lists(propellants, product->propellant);
}

bool selection_holds(const struct selection *where, const struct product *product, struct view code,
                     bool has_factor)
{
    if (where->classes.count > 0 && !lists(&where->classes, product->therapeutic_class))
        return false;
    if (where->devices.count > 0 && !lists(&where->devices, device_text(product_device(product))))
        return false;
    if (where->chemicals.count > 0 && !lists_prefix(&where->chemicals, code))
        return false;
    if (lists_prefix(&where->not_chemicals, code))
        return false;
    if (where->propellants.count > 0 && !holds_propellant(&where->propellants, product))
        return false;
    if (where->products.count > 0 && !lists(&where->products, product->id))
        return false;
    if (where->has_refill && where->refill != product->refill)
        return false;
    return !where->with_factor || has_factor;
}
