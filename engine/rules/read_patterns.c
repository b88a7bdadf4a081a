#include "rules/load.h"

#include <stddef.h>

/* Readers of what is known about codes that are not in the rules, of versions of a product,
 * and of national items. */

#define NAME_FIELDS(type)                                             \
    FIELD_AS(type, "words", name.words, JSON_TEXTS, true),            \
        FIELD_AS(type, "unless", name.unless, JSON_TEXTS, false),     \
        FIELD_AS(type, "only_with", name.only_with, JSON_TEXTS, false)

static enum status read_device(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    static const char *const names[] = {
#define X(name, text) text,
        DEVICE_LIST(X)
#undef X
    };
    int index = 0;
    const enum status status = json_read_choice(file, value, names, COUNT_OF(names), &index);

    (void)context;
    memcpy(target, &index, sizeof index);
    return status;
}

static enum status read_unit(struct json_file *file, const cJSON *value, void *target,
                             void *context)
{
    static const char *const names[] = {
#define X(name, text) text,
        UNIT_LIST(X)
#undef X
    };
    int index = 0;
    const enum status status = json_read_choice(file, value, names, COUNT_OF(names), &index);

    (void)context;
    memcpy(target, &index, sizeof index);
    return status;
}

static enum status read_pattern(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(device_pattern),
        FIELD(device_pattern, id, JSON_ID, true),
        NAME_FIELDS(device_pattern),
        FIELD_BY(device_pattern, "device", device, false, read_device),
        FIELD_BY(device_pattern, "unit", unit, false, read_unit),
        FIELD_BY(device_pattern, "propellant", propellant, false, rules_read_propellant),
        FIELD(device_pattern, units_per_pack, JSON_COUNT, false),
        FIELD(device_pattern, refill, JSON_FLAG, false),
        FIELD(device_pattern, note, JSON_TEXT, false),
    };
    struct rules *const rules = context;
    struct device_pattern *const pattern = target;
    enum status status;

    pattern->device = -1;
    pattern->unit = -1;
    status = json_read_object(file, value, fields, COUNT_OF(fields), pattern, NULL);
    if (status != STATUS_OK)
        return status;
    if (pattern->device < 0 && pattern->unit < 0 && !pattern->refill)
        return json_fail(file, "says nothing: it needs a device, a unit or refill");
    return RULE_PUSH(rules->patterns, pattern) ? STATUS_OK : fail_nomem(file->why);
}

static enum status read_class_pattern(struct json_file *file, const cJSON *value, void *target,
                                      void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(class_pattern),
        FIELD(class_pattern, id, JSON_ID, true),
        NAME_FIELDS(class_pattern),
        FIELD(class_pattern, prefixes, JSON_BNFS, true),
        FIELD_AS(class_pattern, "class", therapeutic_class, JSON_TEXT, true),
        FIELD(class_pattern, note, JSON_TEXT, false),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->class_patterns, target) ? STATUS_OK : fail_nomem(file->why);
}

enum status rules_read_patterns(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        HEADING_FIELDS,
        FIELD_EACH("patterns", true, device_pattern, read_pattern),
        FIELD_EACH("classes", false, class_pattern, read_class_pattern),
    };
    struct heading heading = {0};

    return json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);
}

static enum status check_version(struct json_file *file, const struct product_version *version)
{
    if (version->from != MONTH_NONE && version->to != MONTH_NONE && version->from > version->to)
        return json_fail(file, "ends before it begins");
    if (version->prepared && version->from != MONTH_NONE)
        return json_fail(file, "is either prepared or has a month from which it is used");
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

static enum status read_version(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(product_version),
        FIELD(product_version, id, JSON_ID, true),
        FIELD_BY(product_version, "propellant", propellant, true, rules_read_propellant),
        FIELD(product_version, from, JSON_MONTH, false),
        FIELD(product_version, to, JSON_MONTH, false),
        FIELD(product_version, share, JSON_MILLIONTHS, false),
        FIELD(product_version, share_low, JSON_MILLIONTHS, false),
        FIELD(product_version, share_high, JSON_MILLIONTHS, false),
        FIELD(product_version, prepared, JSON_FLAG, false),
        FIELD(product_version, dmd, JSON_TEXTS, false),
        FIELD(product_version, source, JSON_ID, true),
        FIELD(product_version, checked, JSON_DATE, true),
        FIELD(product_version, note, JSON_TEXT, false),
    };
    struct product_version *const version = target;
    enum status status;

    (void)context;
    version->share = version->share_low = version->share_high = -1;
    status = json_read_object(file, value, fields, COUNT_OF(fields), version, NULL);
    return status == STATUS_OK ? check_version(file, version) : status;
}

static enum status read_product_versions(struct json_file *file, const cJSON *value, void *target,
                                         void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(product_versions),
        FIELD_AS(product_versions, "product", product_id, JSON_ID, true),
        FIELD_LIST(product_versions, "versions", list, count, product_version, read_version),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->versions, target) ? STATUS_OK : fail_nomem(file->why);
}

enum status rules_read_versions(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        HEADING_FIELDS,
        FIELD_EACH("products", true, product_versions, read_product_versions),
    };
    struct heading heading = {0};

    return json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);
}

static enum status read_national_share(struct json_file *file, const cJSON *value, void *target,
                                       void *context)
{
    static const struct json_field fields[] = {
        FIELD_AS(national_share, "product", product_id, JSON_ID, true),
        FIELD(national_share, share, JSON_MILLIONTHS, true),
    };

    (void)context;
    return json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
}

static enum status read_national_items(struct json_file *file, const cJSON *value, void *target,
                                       void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(national_items),
        FIELD(national_items, code, JSON_BNF, true),
        FIELD(national_items, name, JSON_TEXT, true),
        FIELD(national_items, items, JSON_MILLIONTHS, true),
        FIELD(national_items, note, JSON_TEXT, false),
        FIELD_SOME(national_items, "mix", mix, mix_count, national_share, read_national_share),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->national, target) ? STATUS_OK : fail_nomem(file->why);
}

enum status rules_read_national(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        HEADING_FIELDS,
        FIELD(heading, month, JSON_MONTH, true),
        FIELD_EACH("chemicals", true, national_items, read_national_items),
    };
    struct heading heading = {0};
    const size_t before = rules->national.count;
    const enum status status =
        json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);

    for (size_t i = before; i < rules->national.count; i++)
        rules->national.list[i]->month = heading.month;
    return status;
}
