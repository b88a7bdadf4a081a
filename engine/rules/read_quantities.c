#include "rules/load.h"

#include <stddef.h>

/* Units stand as texts, each of them one that products have. */
static enum status read_units(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    static const char *const names[] = {
#define X(name, text) text,
        UNIT_LIST(X)
#undef X
    };
    struct text_list *const units = target;
    const cJSON *unit = NULL;

    (void)context;
    if (!cJSON_IsArray(value) || cJSON_GetArraySize(value) == 0)
        return json_fail(file, "must be a list of units");
    units->texts =
        arena_array(file->arena, (size_t)cJSON_GetArraySize(value), sizeof *units->texts);
    if (units->texts == NULL)
        return fail_nomem(file->why);
    cJSON_ArrayForEach (unit, value) {
        int index = 0;
        const enum status status = json_read_choice(file, unit, names, COUNT_OF(names), &index);

        if (status != STATUS_OK)
            return status;
        units->texts[units->count++] = names[index];
    }
    return STATUS_OK;
}

/* Only where the unit is one inhaler do its doses make another unit. */
static enum status check_division(struct json_file *file, const struct quantity_rule *rule)
{
    if (rule->divide_by_doses != (rule->mean_after > 0))
        return json_fail(file, "divide_by_doses and mean_after go together");
    if (rule->divide_by_doses && rule->mean_above == 0)
        return json_fail(file, "divides by doses and has no mean_above");
    for (size_t i = 0; i < rule->units.count && rule->divide_by_doses; i++)
        if (strcmp(rule->units.texts[i], unit_text(UNIT_INHALER)) != 0 &&
            strcmp(rule->units.texts[i], unit_text(UNIT_CARTRIDGE)) != 0)
            return json_fail(file, "divides %ss by doses", rule->units.texts[i]);
    return STATUS_OK;
}

static enum status read_rule(struct json_file *file, const cJSON *value, void *target,
                             void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(quantity_rule),
        FIELD(quantity_rule, id, JSON_ID, true),
        FIELD(quantity_rule, nations, JSON_TEXTS, true),
        FIELD_BY(quantity_rule, "units", units, true, read_units),
        FIELD(quantity_rule, mean_above, JSON_QUANTITY, false),
        FIELD(quantity_rule, mean_below, JSON_QUANTITY, false),
        FIELD(quantity_rule, divide_by_doses, JSON_FLAG, false),
        FIELD(quantity_rule, mean_after, JSON_QUANTITY, false),
        FIELD(quantity_rule, source, JSON_ID, true),
        FIELD(quantity_rule, checked, JSON_DATE, true),
        FIELD(quantity_rule, note, JSON_TEXT, false),
    };
    struct rules *const rules = context;
    const struct quantity_rule *const rule = target;
    enum status status = json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status == STATUS_OK && rule->mean_above == 0 && rule->mean_below == 0)
        status = json_fail(file, "has neither mean_above nor mean_below");
    if (status == STATUS_OK)
        status = check_division(file, rule);
    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->quantities, rule) ? STATUS_OK : fail_nomem(file->why);
}

enum status rules_read_quantities(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct heading heading = {0};
    static const struct json_field fields[] = {
        FIELD(heading, id, JSON_ID, true),      FIELD(heading, title, JSON_TEXT, true),
        FIELD(heading, source, JSON_ID, true),  FIELD(heading, checked, JSON_DATE, true),
        FIELD(heading, note, JSON_TEXT, false), FIELD_EACH("rules", true, quantity_rule, read_rule),
    };

    return json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);
}
