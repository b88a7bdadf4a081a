#include "rules/load.h"

#include <stddef.h>

static enum status read_unidentified(struct json_file *file, const cJSON *value, void *target,
                                     void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(unidentified_rule),
        FIELD(unidentified_rule, id, JSON_ID, true),
        FIELD(unidentified_rule, codes, JSON_TEXTS, false),
        FIELD(unidentified_rule, suffix, JSON_ID, false),
        FIELD(unidentified_rule, characters, JSON_COUNT, false),
        FIELD(unidentified_rule, source, JSON_ID, true),
        FIELD(unidentified_rule, checked, JSON_DATE, true),
        FIELD(unidentified_rule, note, JSON_TEXT, false),
    };
    const struct unidentified_rule *const rule = target;
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    if ((rule->suffix != NULL) != (rule->characters > 0))
        return json_fail(file, "suffix and characters go together");
    return RULE_PUSH(rules->unidentified, rule) ? STATUS_OK : fail_nomem(file->why);
}

static enum status read_level(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    static const char *const names[] = {"practice", "pcn", "sub_icb", "icb", "region", "trust"};
    int index = 0;
    const enum status status = json_read_choice(file, value, names, COUNT_OF(names), &index);

    (void)context;
    memcpy(target, &names[index], sizeof names[index]);
    return status;
}

static enum status read_succession(struct json_file *file, const cJSON *value, void *target,
                                   void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(succession),
        FIELD(succession, id, JSON_ID, true),
        FIELD_BY(succession, "level", level, true, read_level),
        FIELD(succession, from_code, JSON_ID, true),
        FIELD(succession, from_name, JSON_TEXT, false),
        FIELD(succession, to_code, JSON_ID, false),
        FIELD(succession, to_name, JSON_TEXT, false),
        FIELD(succession, sub_icbs, JSON_IDS, false),
        FIELD(succession, practices, JSON_IDS, false),
        FIELD(succession, continues_as, JSON_IDS, false),
        FIELD_AS(succession, "date", date_text, JSON_DATE, true),
        FIELD(succession, source, JSON_ID, true),
        FIELD(succession, checked, JSON_DATE, true),
        FIELD(succession, note, JSON_TEXT, false),
    };
    struct succession *const rule = target;
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    if (rule->to_code == NULL && rule->to_name == NULL && rule->note == NULL)
        return json_fail(file, "has neither to_code nor to_name, and no note that says why");
    if (!date_parse(view_of(rule->date_text), &rule->date))
        return json_fail(file, "%s is not a day", rule->date_text);
    return RULE_PUSH(rules->successions, rule) ? STATUS_OK : fail_nomem(file->why);
}

struct places_file {
    const char *sub_icb_padding;
};

enum status rules_read_places(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD(places_file, sub_icb_padding, JSON_ID, false),
        FIELD_EACH("unidentified", false, unidentified_rule, read_unidentified),
        FIELD_EACH("successions", false, succession, read_succession),
    };
    struct places_file heading = {0};
    const enum status status =
        json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);

    if (status == STATUS_OK && heading.sub_icb_padding != NULL)
        rules->sub_icb_padding = heading.sub_icb_padding;
    return status;
}
