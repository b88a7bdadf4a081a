#include "rules/load.h"

#include <stddef.h>

static enum status read_grade(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    static const char *const grades[] = {
#define X(name, text) text,
        GRADE_LIST(X)
#undef X
    };
    int index = 0;
    const enum status status = json_read_choice(file, value, grades, COUNT_OF(grades), &index);

    (void)context;
    memcpy(target, &index, sizeof index);
    return status;
}

static enum status read_basis(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    static const char *const names[] = {
#define X(name) #name,
        BASIS_LIST(X)
#undef X
    };
    int index = 0;
    const enum status status = json_read_choice(file, value, names, COUNT_OF(names), &index);

    (void)context;
    memcpy(target, &index, sizeof index);
    return status;
}

/* The figure of the propellant alone is no figure of the inhaler: it cannot be the best. */
static enum status check_basis(struct json_file *file, const struct factor *factor)
{
    const struct addition *const own = &factor->addition;

    if (factor->basis == BASIS_propellant_only && factor->grade == GRADE_A)
        return json_fail(file, "a figure of the propellant alone is of grade B at most");
    if (factor->basis == BASIS_propellant_only && factor->propellant_only >= 0)
        return json_fail(file, "propellant_only stands beside a figure of the whole life");
    if (factor->basis == BASIS_whole_life && own->kg >= 0)
        return json_fail(file, "nothing is added to a figure of the whole life");
    if (own->kg >= 0 && (own->low < 0 || own->low > own->kg || own->kg > own->high))
        return json_fail(file, "addition must lie from addition_low to addition_high");
    return STATUS_OK;
}

static enum status check_numbers(struct json_file *file, const struct factor *factor)
{
    if ((factor->low < 0) != (factor->high < 0))
        return json_fail(file, "must have both low and high, or neither");
    if (factor->low >= 0 && (factor->low > factor->kg || factor->kg > factor->high))
        return json_fail(file, "kg must lie from low to high");
    return check_basis(file, factor);
}

static enum status check_factor(struct json_file *file, const struct factor *factor)
{
    if ((factor->codes.count == 0) == (factor->products.count == 0))
        return json_fail(file, "must have either codes or products");
    if (factor->version != NULL && factor->products.count == 0)
        return json_fail(file, "a version is one of products, not of codes");
    if (factor->version != NULL && (factor->from != MONTH_NONE || factor->to != MONTH_NONE))
        return json_fail(file, "the months are those of the version");
    if (factor->from != MONTH_NONE && factor->to != MONTH_NONE && factor->from > factor->to)
        return json_fail(file, "ends before it begins");
    return check_numbers(file, factor);
}

static void begin_factor(struct factor *factor)
{
    factor->low = factor->high = -1;
    factor->propellant_only = -1;
    factor->addition = (struct addition){-1, -1, -1, 0};
}

#define FIGURE_FIELDS(type, member)                                                   \
    FIELD_AS(type, "id", member id, JSON_ID, true),                                   \
        FIELD_AS(type, "kg", member kg, JSON_KILOGRAM, true),                         \
        FIELD_AS(type, "low", member low, JSON_KILOGRAM, false),                      \
        FIELD_AS(type, "high", member high, JSON_KILOGRAM, false),                    \
        FIELD_BY(type, "grade", member grade, true, read_grade),                      \
        FIELD_BY(type, "basis", member basis, true, read_basis),                      \
        FIELD_AS(type, "addition", member addition.kg, JSON_KILOGRAM, false),         \
        FIELD_AS(type, "addition_low", member addition.low, JSON_KILOGRAM, false),    \
        FIELD_AS(type, "addition_high", member addition.high, JSON_KILOGRAM, false),  \
        FIELD_AS(type, "derivation", member derivation, JSON_TEXT, true),             \
        FIELD_AS(type, "source", member source, JSON_ID, true),                       \
        FIELD_AS(type, "checked", member checked, JSON_DATE, true),                   \
        FIELD_AS(type, "note", member note, JSON_TEXT, false)

static enum status read_factor(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(factor),
        FIELD(factor, codes, JSON_CODES, false),
        FIELD(factor, products, JSON_IDS, false),
        FIELD(factor, version, JSON_ID, false),
        FIGURE_FIELDS(factor, ),
        FIELD(factor, propellant_only, JSON_KILOGRAM, false),
        FIELD(factor, from, JSON_MONTH, false),
        FIELD(factor, to, JSON_MONTH, false),
    };
    struct factor *const factor = target;
    enum status status;

    (void)context;
    begin_factor(factor);
    status = json_read_object(file, value, fields, COUNT_OF(fields), factor, NULL);
    factor->published = factor->kg;
    return status == STATUS_OK ? check_factor(file, factor) : status;
}

static enum status read_default(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    static const char *const devices[] = {
#define X(name, text) text,
        DEVICE_LIST(X)
#undef X
    };
    static const struct json_field fields[] = {
        FIELD_AS(factor_default, "", factor.at, JSON_WHERE, false),
        FIELD_CHOICE(factor_default, "device", device, devices),
        FIELD_AS(factor_default, "class", therapeutic_class, JSON_TEXT, false),
        FIELD_BY(factor_default, "propellant", propellant, false, rules_read_propellant),
        FIELD(factor_default, refill, JSON_FLAG, false),
        FIGURE_FIELDS(factor_default, factor.),
    };
    struct factor_default *const one = target;
    enum status status;

    (void)context;
    begin_factor(&one->factor);
    status = json_read_object(file, value, fields, COUNT_OF(fields), one, NULL);
    one->factor.published = one->factor.kg;
    if (status == STATUS_OK && one->factor.grade != GRADE_D)
        return json_fail(file, "a default is of grade D");
    return status == STATUS_OK ? check_numbers(file, &one->factor) : status;
}

enum status rules_read_factors(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(factor_set),
        FIELD(factor_set, id, JSON_ID, true),
        FIELD(factor_set, title, JSON_TEXT, true),
        FIELD(factor_set, source, JSON_ID, true),
        FIELD(factor_set, checked, JSON_DATE, true),
        FIELD(factor_set, note, JSON_TEXT, false),
        FIELD_LIST(factor_set, "factors", factors, count, factor, read_factor),
        FIELD_SOME(factor_set, "defaults", defaults, default_count, factor_default, read_default),
    };
    struct factor_set *const set = arena_take(file->arena, sizeof *set);
    enum status status;

    if (set == NULL)
        return fail_nomem(file->why);
    status = json_read_object(file, tree, fields, COUNT_OF(fields), set, NULL);
    if (status != STATUS_OK)
        return status;
    if (strcmp(set->id, "run") == 0)
        return json_fail(file, "a set cannot have the id \"run\"");
    return RULE_PUSH(rules->factor_sets, set) ? STATUS_OK : fail_nomem(file->why);
}
