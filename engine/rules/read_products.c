#include "rules/load.h"

#include <stddef.h>

static const char *const device_names[] = {
#define X(name, text) text,
    DEVICE_LIST(X)
#undef X
};

static const char *const unit_names[] = {
#define X(name, text) text,
    UNIT_LIST(X)
#undef X
};

enum status rules_read_propellant(struct json_file *file, const cJSON *value, void *target,
                                  void *context)
{
    static const char *const names[] = {"HFA134a",   "HFA227ea", "HFA152a",
                                        "HFO1234ze", "none",     "unknown"};
    int index = 0;
    const enum status status = json_read_choice(file, value, names, COUNT_OF(names), &index);

    (void)context;
    memcpy(target, &names[index], sizeof names[index]);
    return status;
}

static enum status read_product(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(product),
        FIELD(product, id, JSON_ID, true),
        FIELD(product, name, JSON_TEXT, true),
        FIELD(product, codes, JSON_CODES, true),
        FIELD(product, substance, JSON_TEXT, true),
        FIELD_AS(product, "class", therapeutic_class, JSON_TEXT, true),
        FIELD_CHOICE(product, "device", device_of_kind, device_names),
        FIELD_BY(product, "propellant", propellant, true, rules_read_propellant),
        FIELD_CHOICE(product, "unit", unit, unit_names),
        FIELD(product, units_per_pack, JSON_COUNT, false),
        FIELD(product, doses, JSON_COUNT, false),
        FIELD(product, refill, JSON_FLAG, true),
        FIELD(product, generic_code, JSON_CODE, false),
        FIELD(product, dmd, JSON_TEXTS, false),
        FIELD(product, licensed_from_years, JSON_COUNT, false),
        FIELD(product, source, JSON_ID, true),
        FIELD(product, checked, JSON_DATE, true),
        FIELD(product, note, JSON_TEXT, false),
    };
    struct rules *const rules = context;
    struct product *const product = target;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), product, NULL);

    if (status != STATUS_OK)
        return status;
    if ((product->unit == UNIT_INHALER || product->unit == UNIT_CARTRIDGE) &&
        product->units_per_pack > 1)
        return json_fail(file, "a quantity in %ss makes units_per_pack 1",
                         unit_text((enum unit)product->unit));
    return RULE_PUSH(rules->products, product) ? STATUS_OK : fail_nomem(file->why);
}

static enum status read_section(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    static const struct json_field fields[] = {
        FIELD(section_rule, prefix, JSON_BNF, true),
        FIELD(section_rule, name, JSON_TEXT, true),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->sections, *(struct section_rule *)target) ? STATUS_OK
                                                                      : fail_nomem(file->why);
}

enum status rules_read_products(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        HEADING_FIELDS,
        FIELD(heading, classes, JSON_TEXTS, false),
        FIELD_EACH("sections", false, section_rule, read_section),
        FIELD_EACH("products", true, product, read_product),
    };
    struct heading heading = {0};
    enum status status = json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);

    for (size_t i = 0; i < heading.classes.count && status == STATUS_OK; i++)
        if (!RULE_PUSH(rules->known_classes, heading.classes.texts[i]))
            status = fail_nomem(file->why);
    return status;
}

static enum status read_exclusion(struct json_file *file, const cJSON *value, void *target,
                                  void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(exclusion),
        FIELD(exclusion, id, JSON_ID, true),
        FIELD(exclusion, reason, JSON_TEXT, true),
        FIELD(exclusion, codes, JSON_CODES, false),
        FIELD(exclusion, prefixes, JSON_BNFS, false),
        FIELD(exclusion, names, JSON_TEXTS, false),
        FIELD(exclusion, source, JSON_ID, true),
        FIELD(exclusion, checked, JSON_DATE, true),
        FIELD(exclusion, note, JSON_TEXT, false),
    };
    struct rules *const rules = context;
    struct exclusion *const exclusion = target;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), exclusion, NULL);

    if (status != STATUS_OK)
        return status;
    if (exclusion->codes.count == 0 && exclusion->prefixes.count == 0)
        return json_fail(file, "must have codes or prefixes");
    if (exclusion->names.count > 0 && exclusion->prefixes.count == 0)
        return json_fail(file, "names narrow prefixes, and there are none");
    return RULE_PUSH(rules->exclusions, exclusion) ? STATUS_OK : fail_nomem(file->why);
}

enum status rules_read_exclusions(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        HEADING_FIELDS,
        FIELD_EACH("rules", true, exclusion, read_exclusion),
    };
    struct heading heading = {0};

    return json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);
}
