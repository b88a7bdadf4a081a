#include "rules/load.h"

#include <stddef.h>

static const char *const unit_names[] = {
#define X(name, text) text,
    UNIT_LIST(X)
#undef X
};

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

static enum status keep_rule(struct json_file *file, void *target, void *context)
{
    const struct quantity_rule *const rule = target;
    struct rules *const rules = context;
    enum status status = STATUS_OK;

    if (rule->mean_above == 0 && rule->mean_below == 0)
        status = json_fail(file, "has neither mean_above nor mean_below");
    if (status == STATUS_OK)
        status = check_division(file, rule);
    return status == STATUS_OK ? RULE_KEEP(file, rules->quantities, rule) : status;
}

static const struct json_field quantity_table_fields[] = {
    FIELD_WHERE(quantity_rule),
    FIELD(quantity_rule, id, JSON_ID, true, "an id, never used again", .defines = NAMES_QUANTITY),
    FIELD(quantity_rule, nations, JSON_TEXTS, true, "codes of the nations it holds for",
          .refers = NAMES_NATION),
    FIELD(quantity_rule, units, JSON_WORDS, true, "units of the products it holds for",
          WORDS(unit_names)),
    FIELD(quantity_rule, mean_above, JSON_QUANTITY, false,
          "a mean quantity per item beyond it is reported"),
    FIELD(quantity_rule, mean_below, JSON_QUANTITY, false,
          "a mean quantity per item below it is reported"),
    FIELD(quantity_rule, divide_by_doses, JSON_FLAG, false,
          "true: beyond mean_above the quantity was in doses, and is divided by them"),
    FIELD(quantity_rule, mean_after, JSON_QUANTITY, false,
          "the mean must be at least this after the division, else nothing is divided"),
    FIELD_SOURCE(quantity_rule),
    FIELD_CHECKED(quantity_rule),
    FIELD_NOTE(quantity_rule),
};
static TABLE(quantity_table, "What a mean quantity per item may be", .finish = keep_rule,
             .schema = "\"anyOf\": [{\"required\": [\"mean_above\"]}, {\"required\": "
                       "[\"mean_below\"]}],"
                       "\"dependencies\": {\"divide_by_doses\": [\"mean_above\", \"mean_after\"], "
                       "\"mean_after\": [\"divide_by_doses\"]}");

static const struct json_field rules_quantities_table_fields[] = {
    HEADING_FIELDS,
    FIELD_EACH("rules", true, quantity_rule, quantity_table, "the rules of this file"),
};
TABLE(rules_quantities_table, "Quantities that count something else");

enum status rules_read_quantities(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct heading heading = {0};

    return json_read_object(file, tree, &rules_quantities_table, &heading, rules);
}
