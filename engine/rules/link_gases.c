#include "rules/load.h"

#include "base/limits.h"

/* Units are found without regard to case, so a name is claimed in small letters. */
static enum status claim_name(struct intern *names, const char *name, const char *at,
                              struct faults *faults)
{
    char small[128] = "";
    const size_t length = strlen(name);

    if (length >= sizeof small)
        return fault_at(faults, at, "\"%.40s\" is too long for a unit", name);
    for (size_t i = 0; i < length; i++)
        small[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
    return rules_claim(names, small, at, faults);
}

/* Names and dm+d codes share a table: a code is digits, a name is not. */
static enum status link_units(const struct rules *rules, struct faults *faults)
{
    struct intern names = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->units.count && rules_go_on(status); i++) {
        const struct unit_rule *const unit = rules->units.list[i];

        if (unit->dmd != NULL)
            status = rules_both(status, rules_claim(&names, unit->dmd, unit->at, faults));
        for (size_t n = 0; n < unit->names.count && rules_go_on(status); n++)
            status = rules_both(status, claim_name(&names, unit->names.texts[n], unit->at, faults));
    }
    intern_release(&names);
    return status;
}

/* Texts of a code are new: rules/faults.c has seen to that. */
static enum status link_codes(struct rules *rules, const struct gas *gas, struct faults *faults)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < gas->code_count && status == STATUS_OK; i++) {
        uint32_t number;

        status = intern_put(&rules->layouts.hospital.codes, view_of(gas->codes[i].code), &number,
                            faults->why);
        if (status == STATUS_OK)
            rules->gas_by_code[number] = gas;
    }
    return status;
}

/* Bottles of all gases are summed as whole numbers of 1 / multiple. */
static enum status link_bottle(struct rules *rules, const struct gas *gas, struct faults *faults)
{
    if (gas->bottle_ml > 0)
        rules->bottle_multiple *=
            gas->bottle_ml / greatest_divisor(rules->bottle_multiple, gas->bottle_ml);
    return rules->bottle_multiple <= LIMIT_PACK_MULTIPLE
               ? STATUS_OK
               : fault_at(faults, gas->at,
                          "a bottle of %lld ml has no small common multiple with the others",
                          (long long)gas->bottle_ml);
}

static enum status link_all_gases(struct rules *rules, struct faults *faults)
{
    const size_t count = rules->gases.count;
    const struct name_pattern **const patterns =
        arena_array(&rules->arena, count + 1, sizeof *patterns);
    enum status status = STATUS_OK;
    size_t codes = 0;

    for (size_t i = 0; i < count; i++)
        codes += rules->gases.list[i]->code_count;
    rules->gas_by_code = arena_array(&rules->arena, codes + 1, sizeof *rules->gas_by_code);
    if (patterns == NULL || rules->gas_by_code == NULL)
        return fail_nomem(faults->why);
    rules->bottle_multiple = 1;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        rules->gases.list[i]->number = (uint32_t)i;
        patterns[i] = &rules->gases.list[i]->pattern;
        status = link_codes(rules, rules->gases.list[i], faults);
        if (status == STATUS_OK)
            status = link_bottle(rules, rules->gases.list[i], faults);
    }
    rules->layouts.hospital.patterns = patterns;
    rules->layouts.hospital.pattern_count = count;
    return status;
}

static enum status link_factor(const struct rules *rules, struct gas_factor_set *set,
                               const struct gas_factor *factor, struct faults *faults)
{
    const struct gas *const gas = rules_gas(rules, view_of(factor->gas_id));

    if (gas == NULL)
        return STATUS_RULE;
    if (set->by_gas[gas->number] != NULL)
        return fault_at(faults, factor->at, "\"%s\" is there twice", factor->gas_id);
    set->by_gas[gas->number] = factor;
    return STATUS_OK;
}

static enum status link_factor_sets(struct rules *rules, struct faults *faults)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->gas_factor_sets.count; i++) {
        struct gas_factor_set *const set = rules->gas_factor_sets.list[i];

        set->by_gas = arena_array(&rules->arena, rules->gases.count + 1, sizeof *set->by_gas);
        if (set->by_gas == NULL)
            return fail_nomem(faults->why);
        for (size_t f = 0; f < set->count; f++)
            status = rules_both(status, link_factor(rules, set, &set->factors[f], faults));
    }
    return status;
}

enum status rules_link_gases(struct rules *rules, struct faults *faults)
{
    enum status status = link_units(rules, faults);

    if (rules_go_on(status))
        status = rules_both(status, link_all_gases(rules, faults));
    return rules_go_on(status) ? rules_both(status, link_factor_sets(rules, faults)) : status;
}
