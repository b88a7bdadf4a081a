#include "rules/load.h"

#include <stddef.h>

#define DENSITY_SCHEMA .schema = "\"type\": \"string\", \"pattern\": \"^[0-9]+(\\\\.[0-9]{1,3})?$\""

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

/* Up to 10^9: a count of the other rules ends at a million. */
static enum status read_nanolitres(struct json_file *file, const cJSON *value, void *target,
                                   void *context)
{
    int64_t number;

    (void)context;
    if (!cJSON_IsNumber(value) || value->valuedouble < 1 || value->valuedouble > 1e9 ||
        value->valuedouble != (double)(int64_t)value->valuedouble)
        return json_fail(file, "must be whole nanolitres, up to those of a litre");
    number = (int64_t)value->valuedouble;
    memcpy(target, &number, sizeof number);
    return STATUS_OK;
}

static const char *const form_names[] = {"gas", "liquid"};

static const struct json_field pattern_table_fields[] = {
    FIELD(name_pattern, name, JSON_TEXT, true, "the text that must be in the name"),
    FIELD(name_pattern, with, JSON_TEXTS, true, "one of these must be in it as well"),
    FIELD(name_pattern, without, JSON_TEXTS, false, "none of these may be in it"),
};
static TABLE(pattern_table, "How a name tells the gas where no rule knows the code");

static const struct json_field code_table_fields[] = {
    FIELD(gas_code, code, JSON_DMD, true, "the VMP code of dm+d", .defines = NAMES_GAS_CODE),
    FIELD(gas_code, name, JSON_TEXT, false, "the product's name as published"),
    FIELD(gas_code, litres, JSON_COUNT, false, "litres in one cylinder"),
    FIELD_SOURCE(gas_code),
    FIELD_CHECKED(gas_code),
    FIELD_NOTE(gas_code),
};
static TABLE(code_table, "A virtual medicinal product of dm+d");

static enum status keep_gas(struct json_file *file, void *target, void *context)
{
    const struct gas *const gas = target;
    struct rules *const rules = context;
    enum status status = STATUS_OK;

    if (gas->liquid != (gas->nitrous_oxide == 0))
        status = json_fail(file, "a gas says how much of it is nitrous oxide, a liquid does not");
    if (gas->nitrous_oxide > PERMILLE)
        status = json_fail(file, "more than all of it is nitrous oxide");
    if ((gas->bottle_ml == 0) != (gas->bottle_source == NULL) ||
        (gas->density_mg_per_l == 0) != (gas->density_source == NULL))
        status = json_fail(file, "a bottle and a density each come with their source");
    return status == STATUS_OK ? RULE_KEEP(file, rules->gases, (struct gas *)target) : status;
}

static const struct json_field gas_table_fields[] = {
    FIELD_WHERE(gas),
    FIELD(gas, id, JSON_ID, true, "an id, never used again", .defines = NAMES_GAS),
    FIELD(gas, name, JSON_TEXT, true, "its name"),
    FIELD(gas, also, JSON_TEXTS, false, "what else people call it"),
    FIELD_AS(gas, "form", liquid, JSON_EITHER, true,
             "liquid: a volatile agent; gas: counted in litres", WORDS(form_names)),
    FIELD_AS(gas, "nitrous_oxide_permille", nitrous_oxide, JSON_COUNT, false,
             "of a gas: thousandths of the volume that are nitrous oxide",
             .schema = "\"type\": \"integer\", \"minimum\": 1, \"maximum\": 1000"),
    FIELD(gas, bottle_ml, JSON_COUNT, false, "ml of the bottle in which bottles are counted"),
    FIELD(gas, one_bottle, JSON_FLAG, false,
          "true: no other size is sold, so that a number of bottles is a volume"),
    FIELD(gas, bottle_source, JSON_ID, false, "where bottle_ml is from", .refers = NAMES_SOURCE),
    FIELD_AS(gas, "density_g_per_l", density_mg_per_l, JSON_CUSTOM, false,
             "g per litre, as a decimal text", .read = read_density, DENSITY_SCHEMA),
    FIELD(gas, density_source, JSON_ID, false, "where the density is from", .refers = NAMES_SOURCE),
    FIELD_OBJECT(gas, "names", pattern, true, pattern_table,
                 "how a name tells the gas where no rule knows the code"),
    FIELD_LIST(gas, "codes", codes, code_count, gas_code, true, code_table,
               "its products, old and new"),
    FIELD_SOURCE(gas),
    FIELD_CHECKED(gas),
    FIELD_NOTE(gas),
};
static TABLE(gas_table, "An anaesthetic gas", .finish = keep_gas,
             .schema = "\"dependencies\": {\"bottle_ml\": [\"bottle_source\"], \"bottle_source\": "
                       "[\"bottle_ml\"], \"density_g_per_l\": [\"density_source\"], "
                       "\"density_source\": [\"density_g_per_l\"]}");

static enum status keep_cylinder(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->cylinders, (const struct cylinder *)target);
}

static const struct json_field cylinder_table_fields[] = {
    FIELD_WHERE(cylinder),
    FIELD_AS(cylinder, "gas", gas_id, JSON_ID, true, "what is in it: the id of a gas",
             .refers = NAMES_GAS),
    FIELD(cylinder, brand, JSON_TEXT, true, "who sells it"),
    FIELD(cylinder, size, JSON_TEXT, true, "the letter of its size: differs by brand"),
    FIELD(cylinder, litres, JSON_COUNT, true, "litres of gas in it"),
    FIELD_SOURCE(cylinder),
    FIELD_CHECKED(cylinder),
};
static TABLE(cylinder_table, "A cylinder by brand and size", .finish = keep_cylinder);

static const struct json_field rules_gases_table_fields[] = {
    HEADING_FIELDS,
    FIELD_EACH("gases", true, gas, gas_table, "the gases"),
    FIELD_EACH("cylinders", false, cylinder, cylinder_table,
               "cylinders by brand and size, for supply outside pharmacy"),
};
TABLE(rules_gases_table, "Anaesthetic gases and their cylinders");

enum status rules_read_gases(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct heading heading = {0};

    return json_read_object(file, tree, &rules_gases_table, &heading, rules);
}

static const char *const unit_kind_names[] = {
#define X(name) #name,
    UNIT_KIND_LIST(X)
#undef X
};

static enum status keep_unit(struct json_file *file, void *target, void *context)
{
    const struct unit_rule *const unit = target;
    struct rules *const rules = context;

    if ((unit->kind == UNIT_KIND_volume) != (unit->nanolitres > 0))
        return json_fail(file, "a volume, and nothing else, has nanolitres");
    return RULE_KEEP(file, rules->units, unit);
}

static const struct json_field unit_table_fields[] = {
    FIELD_WHERE(unit_rule),
    FIELD(unit_rule, id, JSON_ID, true, "an id, never used again", .defines = NAMES_UNIT),
    FIELD(unit_rule, title, JSON_TEXT, true, "its name, for people"),
    FIELD(unit_rule, names, JSON_TEXTS, true, "how extracts print it, without regard to case"),
    FIELD(unit_rule, dmd, JSON_DMD, false, "its code in dm+d"),
    FIELD_AS(unit_rule, "is", kind, JSON_CHOICE, true,
             "volume; container: a volume where it is known what one holds; none: a quantity in it "
             "is listed and left out",
             WORDS(unit_kind_names)),
    FIELD(unit_rule, nanolitres, JSON_CUSTOM, false, "of a volume: so many nanolitres",
          .read = read_nanolitres,
          .schema = "\"type\": \"integer\", \"minimum\": 1, \"maximum\": 1000000000"),
    FIELD_SOURCE(unit_rule),
    FIELD_CHECKED(unit_rule),
    FIELD_NOTE(unit_rule),
};
static TABLE(unit_table, "A unit of hospital quantities", .finish = keep_unit);

static const struct json_field rules_units_table_fields[] = {
    HEADING_FIELDS,
    FIELD_EACH("units", true, unit_rule, unit_table, "the units"),
};
TABLE(rules_units_table, "Units of hospital quantities");

enum status rules_read_units(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct heading heading = {0};

    return json_read_object(file, tree, &rules_units_table, &heading, rules);
}

static enum status check_gas_factor(struct json_file *file, void *target, void *context)
{
    const struct gas_factor *const factor = target;

    (void)context;
    return (factor->density_mg_per_l == 0) == (factor->density_source == NULL)
               ? STATUS_OK
               : json_fail(file, "a density comes with its source");
}

static const struct json_field gas_factor_table_fields[] = {
    FIELD_WHERE(gas_factor),
    FIELD_AS(gas_factor, "gas", gas_id, JSON_ID, true, "the id of a gas", .refers = NAMES_GAS),
    FIELD(gas_factor, gwp, JSON_COUNT, true, "its global warming potential over 100 years"),
    FIELD_SOURCE(gas_factor),
    FIELD_AS(gas_factor, "density_g_per_l", density_mg_per_l, JSON_CUSTOM, false,
             "g per litre, instead of that of the gas", .read = read_density, DENSITY_SCHEMA),
    FIELD(gas_factor, density_source, JSON_ID, false, "where the density is from",
          .refers = NAMES_SOURCE),
    FIELD_CHECKED(gas_factor),
    FIELD_NOTE(gas_factor),
};
static TABLE(gas_factor_table, "The potential of a gas", .finish = check_gas_factor,
             .schema = "\"dependencies\": {\"density_g_per_l\": [\"density_source\"], "
                       "\"density_source\": [\"density_g_per_l\"]}");

static enum status keep_gas_set(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->gas_factor_sets, (struct gas_factor_set *)target);
}

static const struct json_field rules_gas_factors_table_fields[] = {
    FIELD_WHERE(gas_factor_set),
    FIELD(gas_factor_set, id, JSON_ID, true, "what --gas-factors calls the set",
          .defines = NAMES_FACTOR_SET),
    FIELD(gas_factor_set, title, JSON_TEXT, true, "what the set is"),
    FIELD_SOURCE(gas_factor_set),
    FIELD_CHECKED(gas_factor_set),
    FIELD_NOTE(gas_factor_set),
    FIELD_LIST(gas_factor_set, "factors", factors, count, gas_factor, true, gas_factor_table,
               "the potentials of the set"),
};
TABLE(rules_gas_factors_table, "A named set of global warming potentials", .finish = keep_gas_set);

enum status rules_read_gas_factors(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct gas_factor_set *const set = arena_take(file->arena, sizeof *set);

    if (set == NULL)
        return fail_nomem(file->why);
    return json_read_object(file, tree, &rules_gas_factors_table, set, rules);
}
