#include "rules/load.h"

#include <stddef.h>

static enum status read_grade(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    static const char *const grades[] = {"A", "B", "C", "D"};
    int index = 0;
    const enum status status = json_read_choice(file, value, grades, COUNT_OF(grades), &index);
    const int grade = grades[index][0];

    (void)context;
    memcpy(target, &grade, sizeof grade);
    return status;
}

static enum status check_factor(struct json_file *file, const struct factor *factor)
{
    if ((factor->codes.count == 0) == (factor->products.count == 0))
        return json_fail(file, "must have either codes or products");
    if ((factor->low < 0) != (factor->high < 0))
        return json_fail(file, "must have both low and high, or neither");
    if (factor->low >= 0 && (factor->low > factor->kg || factor->kg > factor->high))
        return json_fail(file, "kg must lie from low to high");
    if (factor->from != MONTH_NONE && factor->to != MONTH_NONE && factor->from > factor->to)
        return json_fail(file, "ends before it begins");
    return STATUS_OK;
}

static enum status read_factor(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(factor),
        FIELD(factor, id, JSON_ID, true),
        FIELD(factor, codes, JSON_CODES, false),
        FIELD(factor, products, JSON_IDS, false),
        FIELD(factor, kg, JSON_KILOGRAM, true),
        FIELD(factor, low, JSON_KILOGRAM, false),
        FIELD(factor, high, JSON_KILOGRAM, false),
        FIELD_BY(factor, "grade", grade, true, read_grade),
        FIELD(factor, basis, JSON_TEXT, true),
        FIELD(factor, source, JSON_ID, true),
        FIELD(factor, checked, JSON_DATE, true),
        FIELD(factor, note, JSON_TEXT, false),
        FIELD(factor, from, JSON_MONTH, false),
        FIELD(factor, to, JSON_MONTH, false),
    };
    struct factor *const factor = target;
    enum status status;

    (void)context;
    factor->low = -1;
    factor->high = -1;
    status = json_read_object(file, value, fields, COUNT_OF(fields), factor, NULL);
    return status == STATUS_OK ? check_factor(file, factor) : status;
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
