#include "rules/load.h"

#include <stddef.h>

/* Grams per litre, "1.873", as whole milligrams: no density here has more places. */
static enum status read_density(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    int64_t milligrams;

    (void)context;
    if (!cJSON_IsString(value) ||
        decimal_parse(view_of(value->valuestring), 3, &milligrams) != DECIMAL_OK ||
        milligrams < 1 || milligrams > 10000000)
        return json_fail(file, "must be g per l as a decimal text, as \"1.873\", up to 10000");
    memcpy(target, &milligrams, sizeof milligrams);
    return STATUS_OK;
}

static enum status read_form(struct json_file *file, const cJSON *value, void *target,
                             void *context)
{
    static const char *const names[] = {"gas", "liquid"};
    int index = 0;
    const enum status status = json_read_choice(file, value, names, COUNT_OF(names), &index);
    const bool liquid = index == 1;

    (void)context;
    memcpy(target, &liquid, sizeof liquid);
    return status;
}

/* Up to 10^9: a count of the other rules ends at a million. */
static enum status read_nanolitres(struct json_file *file, const cJSON *value, void *target,
                                   void *context)
{
    int64_t number;

    (void)context;
    if (!cJSON_IsNumber(value) || value->valuedouble < 1 || value->valuedouble > 1e9 ||
        value->valuedouble != (double)value->valueint)
        return json_fail(file, "must be whole nanolitres, up to those of a litre");
    number = value->valueint;
    memcpy(target, &number, sizeof number);
    return STATUS_OK;
}

static enum status read_pattern(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    static const struct json_field fields[] = {
        FIELD(name_pattern, name, JSON_TEXT, true),
        FIELD(name_pattern, with, JSON_TEXTS, true),
        FIELD(name_pattern, without, JSON_TEXTS, false),
    };

    (void)context;
    return json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
}

static enum status read_code(struct json_file *file, const cJSON *value, void *target,
                             void *context)
{
    static const struct json_field fields[] = {
        FIELD(gas_code, code, JSON_DMD, true),      FIELD(gas_code, name, JSON_TEXT, false),
        FIELD(gas_code, litres, JSON_COUNT, false), FIELD(gas_code, source, JSON_ID, true),
        FIELD(gas_code, checked, JSON_DATE, true),  FIELD(gas_code, note, JSON_TEXT, false),
    };

    (void)context;
    return json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
}

static enum status check_gas(struct json_file *file, const struct gas *gas)
{
    if (gas->liquid != (gas->nitrous_oxide == 0))
        return json_fail(file, "a gas says how much of it is nitrous oxide, a liquid does not");
    if (gas->nitrous_oxide > PERMILLE)
        return json_fail(file, "more than all of it is nitrous oxide");
    if ((gas->bottle_ml == 0) != (gas->bottle_source == NULL) ||
        (gas->density_mg_per_l == 0) != (gas->density_source == NULL))
        return json_fail(file, "a bottle and a density each come with their source");
    return STATUS_OK;
}

static enum status read_gas(struct json_file *file, const cJSON *value, void *target, void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(gas),
        FIELD(gas, id, JSON_ID, true),
        FIELD(gas, name, JSON_TEXT, true),
        FIELD(gas, also, JSON_TEXTS, false),
        FIELD_BY(gas, "form", liquid, true, read_form),
        FIELD_AS(gas, "nitrous_oxide_permille", nitrous_oxide, JSON_COUNT, false),
        FIELD(gas, bottle_ml, JSON_COUNT, false),
        FIELD(gas, one_bottle, JSON_FLAG, false),
        FIELD(gas, bottle_source, JSON_ID, false),
        FIELD_BY(gas, "density_g_per_l", density_mg_per_l, false, read_density),
        FIELD(gas, density_source, JSON_ID, false),
        FIELD_BY(gas, "names", pattern, true, read_pattern),
        FIELD_LIST(gas, "codes", codes, code_count, gas_code, read_code),
        FIELD(gas, source, JSON_ID, true),
        FIELD(gas, checked, JSON_DATE, true),
        FIELD(gas, note, JSON_TEXT, false),
    };
    struct rules *const rules = context;
    enum status status = json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status == STATUS_OK)
        status = check_gas(file, target);
    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->gases, (struct gas *)target) ? STATUS_OK : fail_nomem(file->why);
}

static enum status read_cylinder(struct json_file *file, const cJSON *value, void *target,
                                 void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(cylinder),
        FIELD_AS(cylinder, "gas", gas_id, JSON_ID, true),
        FIELD(cylinder, brand, JSON_TEXT, true),
        FIELD(cylinder, size, JSON_TEXT, true),
        FIELD(cylinder, litres, JSON_COUNT, true),
        FIELD(cylinder, source, JSON_ID, true),
        FIELD(cylinder, checked, JSON_DATE, true),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->cylinders, (const struct cylinder *)target) ? STATUS_OK
                                                                        : fail_nomem(file->why);
}

enum status rules_read_gases(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        HEADING_FIELDS,
        FIELD_EACH("gases", true, gas, read_gas),
        FIELD_EACH("cylinders", false, cylinder, read_cylinder),
    };
    struct heading heading = {0};

    return json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);
}

static const char *const unit_kind_names[] = {
#define X(name) #name,
    UNIT_KIND_LIST(X)
#undef X
};

static enum status read_unit(struct json_file *file, const cJSON *value, void *target,
                             void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(unit_rule),
        FIELD(unit_rule, id, JSON_ID, true),
        FIELD(unit_rule, title, JSON_TEXT, true),
        FIELD(unit_rule, names, JSON_TEXTS, true),
        FIELD(unit_rule, dmd, JSON_DMD, false),
        FIELD_CHOICE(unit_rule, "is", kind, unit_kind_names),
        FIELD_BY(unit_rule, "nanolitres", nanolitres, false, read_nanolitres),
        FIELD(unit_rule, source, JSON_ID, true),
        FIELD(unit_rule, checked, JSON_DATE, true),
        FIELD(unit_rule, note, JSON_TEXT, false),
    };
    struct rules *const rules = context;
    const struct unit_rule *const unit = target;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    if ((unit->kind == UNIT_KIND_volume) != (unit->nanolitres > 0))
        return json_fail(file, "a volume, and nothing else, has nanolitres");
    return RULE_PUSH(rules->units, unit) ? STATUS_OK : fail_nomem(file->why);
}

enum status rules_read_units(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        HEADING_FIELDS,
        FIELD_EACH("units", true, unit_rule, read_unit),
    };
    struct heading heading = {0};

    return json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);
}

static enum status read_gas_factor(struct json_file *file, const cJSON *value, void *target,
                                   void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(gas_factor),
        FIELD_AS(gas_factor, "gas", gas_id, JSON_ID, true),
        FIELD(gas_factor, gwp, JSON_COUNT, true),
        FIELD(gas_factor, source, JSON_ID, true),
        FIELD_BY(gas_factor, "density_g_per_l", density_mg_per_l, false, read_density),
        FIELD(gas_factor, density_source, JSON_ID, false),
        FIELD(gas_factor, checked, JSON_DATE, true),
        FIELD(gas_factor, note, JSON_TEXT, false),
    };
    const struct gas_factor *const factor = target;
    enum status status;

    (void)context;
    status = json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
    if (status == STATUS_OK && (factor->density_mg_per_l == 0) != (factor->density_source == NULL))
        return json_fail(file, "a density comes with its source");
    return status;
}

enum status rules_read_gas_factors(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(gas_factor_set),
        FIELD(gas_factor_set, id, JSON_ID, true),
        FIELD(gas_factor_set, title, JSON_TEXT, true),
        FIELD(gas_factor_set, source, JSON_ID, true),
        FIELD(gas_factor_set, checked, JSON_DATE, true),
        FIELD(gas_factor_set, note, JSON_TEXT, false),
        FIELD_LIST(gas_factor_set, "factors", factors, count, gas_factor, read_gas_factor),
    };
    struct gas_factor_set *const set = arena_take(file->arena, sizeof *set);
    enum status status;

    if (set == NULL)
        return fail_nomem(file->why);
    status = json_read_object(file, tree, fields, COUNT_OF(fields), set, NULL);
    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->gas_factor_sets, set) ? STATUS_OK : fail_nomem(file->why);
}
