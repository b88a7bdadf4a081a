#include "rules/load.h"

#include <stddef.h>

const char *const rules_device_names[DEVICE_WORDS] = {
#define X(name, text) text,
    DEVICE_LIST(X)
#undef X
};

const char *const rules_unit_names[UNIT_WORDS] = {
#define X(name, text) text,
    UNIT_LIST(X)
#undef X
};

const char *const rules_propellant_names[PROPELLANTS] = {"HFA134a",   "HFA227ea", "HFA152a",
                                                         "HFO1234ze", "none",     "unknown"};

static enum status keep_product(struct json_file *file, void *target, void *context)
{
    struct product *const product = target;
    struct rules *const rules = context;

    if ((product->unit == UNIT_INHALER || product->unit == UNIT_CARTRIDGE) &&
        product->units_per_pack > 1)
        return json_fail(file, "a quantity in %ss makes units_per_pack 1",
                         unit_text((enum unit)product->unit));
    return RULE_KEEP(file, rules->products, product);
}

static const struct json_field product_table_fields[] = {
    FIELD_WHERE(product),
    FIELD(product, id, JSON_ID, true, "an id, never used again", .defines = NAMES_PRODUCT),
    FIELD(product, name, JSON_TEXT, true, "its name, with strength and device"),
    FIELD(product, codes, JSON_CODES, true,
          "its BNF codes of 15 characters: today's first, then the older ones",
          .defines = NAMES_CODE),
    FIELD(product, substance, JSON_TEXT, true, "what is in it"),
    FIELD_AS(product, "class", therapeutic_class, JSON_TEXT, true,
             "its therapeutic class, one of the classes of the file", .refers = NAMES_CLASS),
    FIELD_AS(product, "device", device_of_kind, JSON_CHOICE, true,
             "the kind of device, also of its refill", WORDS(rules_device_names)),
    FIELD(product, propellant, JSON_WORD, true, "the propellant; none of a powder or soft mist",
          WORDS(rules_propellant_names)),
    FIELD(product, unit, JSON_CHOICE, true, "what QUANTITY counts in the extracts",
          WORDS(rules_unit_names)),
    FIELD(product, units_per_pack, JSON_COUNT, false,
          "units that make one inhaler or refill pack; left out where that is not known"),
    FIELD(product, doses, JSON_COUNT, false, "doses of one inhaler, as labelled"),
    FIELD(product, refill, JSON_FLAG, true, "true: it carries no device and is no inhaler"),
    FIELD(product, generic_code, JSON_CODE, false, "the BNF code of its generic"),
    FIELD(product, dmd, JSON_TEXTS, false,
          "its dm+d identifiers, as AMP:222311000001102, virtual products (VMP) first",
          .schema = "\"pattern\": \"^(VMP|VMPP|AMP|AMPP):[0-9]{6,18}$\""),
    FIELD(product, licensed_from_years, JSON_COUNT, false,
          "the lowest age for which it is licensed, where that is known"),
    FIELD_SOURCE(product),
    FIELD_CHECKED(product),
    FIELD_NOTE(product),
};
static TABLE(product_table, "An inhaler or a refill of one", .finish = keep_product);

static enum status keep_section(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->sections, *(struct section_rule *)target);
}

static const struct json_field section_table_fields[] = {
    FIELD(section_rule, prefix, JSON_BNF, true, "how the BNF codes of the section begin"),
    FIELD(section_rule, name, JSON_TEXT, true, "the name of the section in the BNF"),
};
static TABLE(section_table, "A section of the BNF that is read", .finish = keep_section);

static const struct json_field rules_products_table_fields[] = {
    HEADING_FIELDS,
    FIELD(heading, classes, JSON_TEXTS, false, "the therapeutic classes there are",
          .defines = NAMES_CLASS),
    FIELD_EACH("sections", false, section_rule, section_table,
               "the BNF sections of which rows are kept"),
    FIELD_EACH("products", true, product, product_table, "the products"),
};
TABLE(rules_products_table, "Inhalers");

enum status rules_read_products(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct heading heading = {0};
    enum status status = json_read_object(file, tree, &rules_products_table, &heading, rules);

    for (size_t i = 0; i < heading.classes.count && status == STATUS_OK; i++)
        status = RULE_KEEP(file, rules->known_classes, heading.classes.texts[i]);
    return status;
}

static enum status keep_exclusion(struct json_file *file, void *target, void *context)
{
    const struct exclusion *const exclusion = target;
    struct rules *const rules = context;

    if (exclusion->codes.count == 0 && exclusion->prefixes.count == 0)
        return json_fail(file, "must have codes or prefixes");
    if (exclusion->names.count > 0 && exclusion->prefixes.count == 0)
        return json_fail(file, "names narrow prefixes, and there are none");
    return RULE_KEEP(file, rules->exclusions, exclusion);
}

static const struct json_field exclusion_table_fields[] = {
    FIELD_WHERE(exclusion),
    FIELD(exclusion, id, JSON_ID, true, "an id, never used again", .defines = NAMES_EXCLUSION),
    FIELD(exclusion, reason, JSON_TEXT, true, "why it is no inhaler"),
    FIELD(exclusion, codes, JSON_CODES, false, "whole BNF codes"),
    FIELD(exclusion, prefixes, JSON_BNFS, false, "how BNF codes begin"),
    FIELD(exclusion, names, JSON_TEXTS, false,
          "with prefixes: one of these texts must be in the name as well"),
    FIELD_SOURCE(exclusion),
    FIELD_CHECKED(exclusion),
    FIELD_NOTE(exclusion),
};
static TABLE(exclusion_table, "What is prescribed in the same sections and is no inhaler",
             .finish = keep_exclusion,
             .schema = "\"anyOf\": [{\"required\": [\"codes\"]}, {\"required\": [\"prefixes\"]}],"
                       "\"dependencies\": {\"names\": [\"prefixes\"]}");

static const struct json_field rules_exclusions_table_fields[] = {
    HEADING_FIELDS,
    FIELD_EACH("rules", true, exclusion, exclusion_table, "the rules of this file"),
};
TABLE(rules_exclusions_table, "What is no inhaler");

enum status rules_read_exclusions(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct heading heading = {0};

    return json_read_object(file, tree, &rules_exclusions_table, &heading, rules);
}
