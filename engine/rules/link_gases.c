#include "rules/load.h"

#include "base/limits.h"

/* An id, code or name of one entry only; source and note belong to its rule. */
static enum status claim(struct intern *seen, const char *text, const char *at, struct fail *why)
{
    const size_t before = seen->count;
    uint32_t number;
    const enum status status = intern_put(seen, view_of(text), &number, why);

    if (status == STATUS_OK && seen->count == before)
        return fail_set(why, STATUS_RULE, "%s: \"%s\" stands twice", at, text);
    return status;
}

static enum status check_source(const struct rules *rules, const char *id, const char *at,
                                struct fail *why)
{
    return id == NULL || rules_source(rules, id) != NULL
               ? STATUS_OK
               : fail_set(why, STATUS_RULE, "%s: the source \"%s\" is not in sources.json", at, id);
}

static enum status check_gas_id(const struct rules *rules, const char *id, const char *at,
                                struct fail *why)
{
    return rules_gas(rules, view_of(id)) != NULL
               ? STATUS_OK
               : fail_set(why, STATUS_RULE, "%s: there is no gas \"%s\"", at, id);
}

/* Units are found without regard to case, so a name is claimed in small letters. */
static enum status claim_name(struct intern *names, const char *name, const char *at,
                              struct fail *why)
{
    char small[128] = "";
    const size_t length = strlen(name);

    if (length >= sizeof small)
        return fail_set(why, STATUS_RULE, "%s: \"%.40s\" is too long for a unit", at, name);
    for (size_t i = 0; i < length; i++)
        small[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
    return claim(names, small, at, why);
}

/* Names and dm+d codes share a table: a code is digits, a name is not. */
static enum status link_units(const struct rules *rules, struct fail *why)
{
    struct intern ids = {0};
    struct intern names = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->units.count && status == STATUS_OK; i++) {
        const struct unit_rule *const unit = rules->units.list[i];

        status = claim(&ids, unit->id, unit->at, why);
        if (status == STATUS_OK)
            status = check_source(rules, unit->source, unit->at, why);
        if (status == STATUS_OK && unit->dmd != NULL)
            status = claim(&names, unit->dmd, unit->at, why);
        for (size_t n = 0; n < unit->names.count && status == STATUS_OK; n++)
            status = claim_name(&names, unit->names.texts[n], unit->at, why);
    }
    intern_release(&ids);
    intern_release(&names);
    return status;
}

static enum status link_codes(struct rules *rules, const struct gas *gas, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < gas->code_count && status == STATUS_OK; i++) {
        status = claim(&rules->layouts.hospital.codes, gas->codes[i].code, gas->at, why);
        if (status == STATUS_OK)
            status = check_source(rules, gas->codes[i].source, gas->at, why);
        if (status == STATUS_OK)
            rules->gas_by_code[rules->layouts.hospital.codes.count - 1] = gas;
    }
    return status;
}

static enum status link_gas(struct rules *rules, struct gas *gas, struct intern *ids,
                            struct fail *why)
{
    const char *const sources[] = {gas->source, gas->bottle_source, gas->density_source};
    enum status status = claim(ids, gas->id, gas->at, why);

    for (size_t i = 0; i < COUNT_OF(sources) && status == STATUS_OK; i++)
        status = check_source(rules, sources[i], gas->at, why);
    return status == STATUS_OK ? link_codes(rules, gas, why) : status;
}

/* Bottles of all gases are summed as whole numbers of 1 / multiple. */
static enum status link_bottle(struct rules *rules, const struct gas *gas, struct fail *why)
{
    if (gas->bottle_ml > 0)
        rules->bottle_multiple *=
            gas->bottle_ml / greatest_divisor(rules->bottle_multiple, gas->bottle_ml);
    return rules->bottle_multiple <= LIMIT_PACK_MULTIPLE
               ? STATUS_OK
               : fail_set(why, STATUS_RULE,
                          "%s: a bottle of %lld ml has no small common multiple with the others",
                          gas->at, (long long)gas->bottle_ml);
}

static enum status link_all_gases(struct rules *rules, struct fail *why)
{
    const size_t count = rules->gases.count;
    const struct name_pattern **const patterns =
        arena_array(&rules->arena, count + 1, sizeof *patterns);
    struct intern ids = {0};
    enum status status = STATUS_OK;
    size_t codes = 0;

    for (size_t i = 0; i < count; i++)
        codes += rules->gases.list[i]->code_count;
    rules->gas_by_code = arena_array(&rules->arena, codes + 1, sizeof *rules->gas_by_code);
    if (patterns == NULL || rules->gas_by_code == NULL)
        return fail_nomem(why);
    rules->bottle_multiple = 1;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        rules->gases.list[i]->number = (uint32_t)i;
        patterns[i] = &rules->gases.list[i]->pattern;
        status = link_gas(rules, rules->gases.list[i], &ids, why);
        if (status == STATUS_OK)
            status = link_bottle(rules, rules->gases.list[i], why);
    }
    rules->layouts.hospital.patterns = patterns;
    rules->layouts.hospital.pattern_count = count;
    intern_release(&ids);
    return status;
}

static enum status link_cylinders(const struct rules *rules, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->cylinders.count && status == STATUS_OK; i++) {
        const struct cylinder *const cylinder = rules->cylinders.list[i];

        status = check_gas_id(rules, cylinder->gas_id, cylinder->at, why);
        if (status == STATUS_OK)
            status = check_source(rules, cylinder->source, cylinder->at, why);
    }
    return status;
}

static enum status link_factor(const struct rules *rules, struct gas_factor_set *set,
                               const struct gas_factor *factor, struct fail *why)
{
    enum status status = check_gas_id(rules, factor->gas_id, factor->at, why);
    const struct gas_factor **place;

    if (status == STATUS_OK)
        status = check_source(rules, factor->source, factor->at, why);
    if (status == STATUS_OK)
        status = check_source(rules, factor->density_source, factor->at, why);
    if (status != STATUS_OK)
        return status;
    place = &set->by_gas[rules_gas(rules, view_of(factor->gas_id))->number];
    if (*place != NULL)
        return fail_set(why, STATUS_RULE, "%s: \"%s\" stands twice", factor->at, factor->gas_id);
    *place = factor;
    return STATUS_OK;
}

static enum status link_factor_sets(struct rules *rules, struct fail *why)
{
    struct intern ids = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->gas_factor_sets.count && status == STATUS_OK; i++) {
        struct gas_factor_set *const set = rules->gas_factor_sets.list[i];

        set->by_gas = arena_array(&rules->arena, rules->gases.count + 1, sizeof *set->by_gas);
        if (set->by_gas == NULL)
            return fail_nomem(why);
        status = claim(&ids, set->id, set->at, why);
        if (status == STATUS_OK)
            status = check_source(rules, set->source, set->at, why);
        for (size_t f = 0; f < set->count && status == STATUS_OK; f++)
            status = link_factor(rules, set, &set->factors[f], why);
    }
    intern_release(&ids);
    return status;
}

enum status rules_link_gases(struct rules *rules, struct fail *why)
{
    enum status status = link_units(rules, why);

    if (status == STATUS_OK)
        status = link_all_gases(rules, why);
    if (status == STATUS_OK)
        status = link_cylinders(rules, why);
    return status == STATUS_OK ? link_factor_sets(rules, why) : status;
}
