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

static void begin_factor(void *target)
{
    struct factor *const factor = target;

    factor->low = -1;
    factor->high = -1;
}

/* Without codes and products it is for the product of its own id. */
static enum status take_id(struct json_file *file, struct factor *factor)
{
    if (factor->codes.count > 0 || factor->products.count > 0)
        return STATUS_OK;
    factor->products.texts = arena_array(file->arena, 1, sizeof *factor->products.texts);
    if (factor->products.texts == NULL)
        return fail_nomem(file->why);
    factor->products.texts[0] = factor->id;
    factor->products.count = 1;
    json_refer(file, NAMES_PRODUCT, factor->id);
    return STATUS_OK;
}

/* An analogue or a default without a range would look as sure as a figure for the product. */
static enum status check_range(struct json_file *file, const struct factor *factor)
{
    const bool ranged = factor->low >= 0;

    if (ranged && factor->no_range != NULL)
        return json_fail(file, "has a range, and no_range says why it has none");
    if (!ranged && factor->no_range == NULL && (factor->grade == 'C' || factor->grade == 'D'))
        return json_fail(file,
                         "grade %c needs low and high, or no_range, which says why there is "
                         "no range",
                         factor->grade);
    return STATUS_OK;
}

static enum status check_factor(struct json_file *file, void *target, void *context)
{
    struct factor *const factor = target;
    enum status status = STATUS_OK;

    (void)context;
    if (factor->codes.count > 0 && factor->products.count > 0)
        status = json_fail(file, "has codes and products: give one of them");
    if ((factor->low < 0) != (factor->high < 0))
        status = json_fail(file, "must have both low and high, or neither");
    else if (factor->low >= 0 && (factor->low > factor->kg || factor->kg > factor->high))
        status = json_fail(file, "kg must lie from low to high");
    if (factor->from != MONTH_NONE && factor->to != MONTH_NONE && factor->from > factor->to)
        status = json_fail(file, "ends before it begins");
    if (check_range(file, factor) != STATUS_OK)
        status = STATUS_RULE;
    return status == STATUS_OK ? take_id(file, factor) : status;
}

static const struct json_field factor_table_fields[] = {
    FIELD_WHERE(factor),
    FIELD(factor, id, JSON_ID, true, "an id, once in its set"),
    FIELD(factor, codes, JSON_CODES, false, "BNF codes it is for; or products",
          .refers = NAMES_CODE),
    FIELD(factor, products, JSON_IDS, false,
          "products it is for, under all of their codes; the one of its own id where neither is "
          "given",
          .refers = NAMES_PRODUCT),
    FIELD(factor, kg, JSON_KILOGRAM, true,
          "kgCO2e of one inhaler or refill pack, as a decimal text"),
    FIELD(factor, low, JSON_KILOGRAM, false, "the lowest it may be; goes with high"),
    FIELD(factor, high, JSON_KILOGRAM, false, "the highest it may be; goes with low"),
    FIELD(factor, no_range, JSON_TEXT, false,
          "of grade C or D without low and high: why there is no range"),
    FIELD_AS(factor, "grade", grade, JSON_CUSTOM, true,
             "A: a figure for the product itself; B: second hand or derived; C: an analogue; D: a "
             "default",
             .read = read_grade, .schema = "\"enum\": [\"A\", \"B\", \"C\", \"D\"]"),
    FIELD(factor, basis, JSON_TEXT, true, "how the figure was come by"),
    FIELD_SOURCE(factor),
    FIELD_CHECKED(factor),
    FIELD_NOTE(factor),
    FIELD(factor, from, JSON_MONTH, false, "the first month it holds for; without it: always"),
    FIELD(factor, to, JSON_MONTH, false, "the last month it holds for; without it: until today"),
};
static TABLE(factor_table, "What one inhaler or refill pack weighs", .begin = begin_factor,
             .finish = check_factor,
             .schema = "\"not\": {\"required\": [\"codes\", \"products\"]},"
                       "\"dependencies\": {\"low\": [\"high\"], \"high\": [\"low\"]},"
                       "\"if\": {\"properties\": {\"grade\": {\"enum\": [\"C\", \"D\"]}}},"
                       "\"then\": {\"anyOf\": [{\"required\": [\"low\"]}, {\"required\": "
                       "[\"no_range\"]}]}");

static enum status keep_set(struct json_file *file, void *target, void *context)
{
    struct factor_set *const set = target;
    struct rules *const rules = context;

    if (strcmp(set->id, "run") == 0)
        return json_fail(file, "a set cannot have the id \"run\"");
    return RULE_KEEP(file, rules->factor_sets, set);
}

static const struct json_field rules_factors_table_fields[] = {
    FIELD_WHERE(factor_set),
    FIELD(factor_set, id, JSON_ID, true, "what --factors calls the set",
          .defines = NAMES_FACTOR_SET),
    FIELD(factor_set, title, JSON_TEXT, true, "what the set is"),
    FIELD_SOURCE(factor_set),
    FIELD_CHECKED(factor_set),
    FIELD_NOTE(factor_set),
    FIELD_LIST(factor_set, "factors", factors, count, factor, true, factor_table,
               "the factors of the set"),
};
TABLE(rules_factors_table, "A named set of carbon factors, kgCO2e of one inhaler or refill pack",
      .finish = keep_set);

enum status rules_read_factors(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct factor_set *const set = arena_take(file->arena, sizeof *set);

    if (set == NULL)
        return fail_nomem(file->why);
    return json_read_object(file, tree, &rules_factors_table, set, rules);
}
