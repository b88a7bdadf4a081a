#include "rules/load.h"

#include <stddef.h>

/* What is known about codes that are not in the rules, versions of products, and national items. */

#define NAME_FIELDS(type)                                                              \
    FIELD_AS(type, "words", name.words, JSON_TEXTS, true,                              \
             "one of these is in the name, in any case of letters"),                   \
        FIELD_AS(type, "unless", name.unless, JSON_TEXTS, false, "and none of these"), \
        FIELD_AS(type, "only_with", name.only_with, JSON_TEXTS, false, "and one of these besides")

static void begin_pattern(void *target)
{
    struct device_pattern *const pattern = target;

    pattern->device = -1;
    pattern->unit = -1;
}

static enum status keep_pattern(struct json_file *file, void *target, void *context)
{
    const struct device_pattern *const pattern = target;
    struct rules *const rules = context;

    if (pattern->device < 0 && pattern->unit < 0 && !pattern->refill)
        return json_fail(file, "says nothing: it needs a device, a unit or refill");
    return RULE_KEEP(file, rules->patterns, pattern);
}

static const struct json_field pattern_table_fields[] = {
    FIELD_WHERE(device_pattern),
    FIELD(device_pattern, id, JSON_ID, true, "an id, never used again", .defines = NAMES_PATTERN),
    NAME_FIELDS(device_pattern),
    FIELD(device_pattern, device, JSON_CHOICE, false,
          "the device that the words tell; unknown: nothing may be guessed",
          WORDS(rules_device_names)),
    FIELD(device_pattern, unit, JSON_CHOICE, false, "what QUANTITY counts then",
          WORDS(rules_unit_names)),
    FIELD(device_pattern, propellant, JSON_WORD, false, "the propellant that the words tell",
          WORDS(rules_propellant_names)),
    FIELD(device_pattern, units_per_pack, JSON_COUNT, false,
          "units that make one inhaler or refill pack"),
    FIELD(device_pattern, refill, JSON_FLAG, false, "true: it carries no device"),
    FIELD_NOTE(device_pattern),
};
static TABLE(pattern_table, "Words of a name that tell a device", .begin = begin_pattern,
             .finish = keep_pattern);

static enum status keep_class_pattern(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->class_patterns, target);
}

static const struct json_field class_pattern_table_fields[] = {
    FIELD_WHERE(class_pattern),
    FIELD(class_pattern, id, JSON_ID, true, "an id, never used again", .defines = NAMES_PATTERN),
    NAME_FIELDS(class_pattern),
    FIELD(class_pattern, prefixes, JSON_BNFS, true, "how the BNF code begins"),
    FIELD_AS(class_pattern, "class", therapeutic_class, JSON_TEXT, true,
             "the class that the words tell", .refers = NAMES_CLASS),
    FIELD_NOTE(class_pattern),
};
static TABLE(class_pattern_table, "Words of a name that tell a class",
             .finish = keep_class_pattern);

static const struct json_field rules_patterns_table_fields[] = {
    HEADING_FIELDS,
    FIELD_EACH("patterns", true, device_pattern, pattern_table, "what tells the device"),
    FIELD_EACH("classes", false, class_pattern, class_pattern_table,
               "what tells the class, where the substance has several"),
};
TABLE(rules_patterns_table, "What the name of a product tells that no rule knows");

enum status rules_read_patterns(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct heading heading = {0};

    return json_read_object(file, tree, &rules_patterns_table, &heading, rules);
}

static void begin_version(void *target)
{
    struct product_version *const version = target;

    version->share = version->share_low = version->share_high = -1;
}

static enum status check_share(struct json_file *file, const struct product_version *version)
{
    if (version->share < 0 && (version->share_low >= 0 || version->share_high >= 0))
        return json_fail(file, "has extremes of a share and no share");
    if ((version->share_low < 0) != (version->share_high < 0))
        return json_fail(file, "must have both share_low and share_high, or neither");
    if (version->share > MILLION || version->share_high > MILLION ||
        (version->share_low >= 0 &&
         (version->share_low > version->share || version->share > version->share_high)))
        return json_fail(file, "share must lie from share_low to share_high, and these in 0 to 1");
    return STATUS_OK;
}

static enum status check_dmd(struct json_file *file, const struct product_version *version)
{
    for (size_t i = 0; i < version->dmd.count; i++) {
        const char *const text = version->dmd.texts[i];
        const size_t length = strlen(text);

        if (length < 6 || length > 18 || strspn(text, "0123456789") != length)
            return json_fail(file, "dmd: \"%.60s\" is not a SNOMED code of 6 to 18 digits", text);
    }
    return STATUS_OK;
}

static enum status check_version(struct json_file *file, void *target, void *context)
{
    const struct product_version *const version = target;
    enum status status = check_share(file, version);

    (void)context;
    if (check_dmd(file, version) != STATUS_OK)
        status = STATUS_RULE;
    if (version->from != MONTH_NONE && version->to != MONTH_NONE && version->from > version->to)
        status = json_fail(file, "ends before it begins");
    if (version->prepared && version->from != MONTH_NONE)
        status = json_fail(file, "is either prepared or has a month from which it is used");
    return status;
}

static const struct json_field version_table_fields[] = {
    FIELD_WHERE(product_version),
    FIELD(product_version, id, JSON_ID, true,
          "the version; several entries of one version are for other months"),
    FIELD(product_version, propellant, JSON_WORD, true, "the propellant of the version",
          WORDS(rules_propellant_names)),
    FIELD(product_version, from, JSON_MONTH, false,
          "the first month in which it is dispensed; without it: always"),
    FIELD(product_version, to, JSON_MONTH, false,
          "the last month in which it is dispensed; without it: until today"),
    FIELD(product_version, share, JSON_MILLIONTHS, false,
          "its part of the inhalers of the product, 0 to 1; without it: all"),
    FIELD(product_version, share_low, JSON_MILLIONTHS, false,
          "the lowest that the share may be; goes with share_high"),
    FIELD(product_version, share_high, JSON_MILLIONTHS, false,
          "the highest that the share may be; goes with share_low"),
    FIELD(product_version, prepared, JSON_FLAG, false,
          "true: not used until this gives way to a month from which it is dispensed"),
    FIELD(product_version, dmd, JSON_TEXTS, false, "SNOMED codes of this version alone",
          .schema = "\"pattern\": \"^[0-9]{6,18}$\""),
    FIELD_SOURCE(product_version),
    FIELD_CHECKED(product_version),
    FIELD_NOTE(product_version),
};
static TABLE(version_table, "A version of a product", .begin = begin_version,
             .finish = check_version);

static enum status keep_versions(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->versions, target);
}

static const struct json_field versions_table_fields[] = {
    FIELD_WHERE(product_versions),
    FIELD_AS(product_versions, "product", product_id, JSON_ID, true, "the product",
             .refers = NAMES_PRODUCT),
    FIELD_LIST(product_versions, "versions", list, count, product_version, true, version_table,
               "its versions"),
};
static TABLE(versions_table, "A product with several versions", .finish = keep_versions);

static const struct json_field rules_versions_table_fields[] = {
    HEADING_FIELDS,
    FIELD_EACH("products", true, product_versions, versions_table, "the products"),
};
TABLE(rules_versions_table, "Products that come in versions with different propellants");

enum status rules_read_versions(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct heading heading = {0};

    return json_read_object(file, tree, &rules_versions_table, &heading, rules);
}

static const struct json_field national_share_table_fields[] = {
    FIELD_AS(national_share, "product", product_id, JSON_ID, true, "the product",
             .refers = NAMES_PRODUCT),
    FIELD(national_share, share, JSON_MILLIONTHS, true,
          "its part of the items of the substance, 0 to 1"),
};
static TABLE(national_share_table, "A product inside a substance");

static enum status keep_national(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->national, target);
}

static const struct json_field national_items_table_fields[] = {
    FIELD_WHERE(national_items),
    FIELD(national_items, code, JSON_BNF, true, "the first nine characters of its BNF codes"),
    FIELD(national_items, name, JSON_TEXT, true, "the substance"),
    FIELD(national_items, items, JSON_MILLIONTHS, true, "its items in the month"),
    FIELD_LIST(national_items, "mix", mix, mix_count, national_share, false, national_share_table,
               "the products inside it; left out where that is not known"),
    FIELD_NOTE(national_items),
};
static TABLE(national_items_table, "Items of a substance", .finish = keep_national);

static const struct json_field rules_national_table_fields[] = {
    HEADING_FIELDS,
    FIELD(heading, month, JSON_MONTH, true, "the month of the items"),
    FIELD_EACH("chemicals", true, national_items, national_items_table, "the substances"),
};
TABLE(rules_national_table, "National items, for weighing what the factors cover");

enum status rules_read_national(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct heading heading = {0};
    const size_t before = rules->national.count;
    const enum status status = json_read_object(file, tree, &rules_national_table, &heading, rules);

    for (size_t i = before; i < rules->national.count; i++)
        rules->national.list[i]->month = heading.month;
    return status;
}
