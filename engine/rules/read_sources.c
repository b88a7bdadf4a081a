#include "rules/load.h"

#include <stddef.h>

static enum status read_source(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(source_rule),
        FIELD(source_rule, id, JSON_ID, true),
        FIELD(source_rule, title, JSON_TEXT, true),
        FIELD(source_rule, where, JSON_TEXT, true),
        FIELD(source_rule, checked, JSON_DATE, true),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->sources, *(struct source_rule *)target) ? STATUS_OK
                                                                    : fail_nomem(file->why);
}

struct version_file {
    const char *version;
    const char *title;
    const char *checked;
};

enum status rules_read_sources(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD_EACH("sources", true, source_rule, read_source),
    };
    char nothing; /* the items go into the rules */

    return json_read_object(file, tree, fields, COUNT_OF(fields), &nothing, rules);
}

enum status rules_read_version(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD(version_file, version, JSON_TEXT, true),
        FIELD(version_file, title, JSON_TEXT, true),
        FIELD(version_file, checked, JSON_DATE, true),
    };
    struct version_file heading = {0};
    const enum status status =
        json_read_object(file, tree, fields, COUNT_OF(fields), &heading, NULL);

    if (status == STATUS_OK)
        rules->version = heading.version;
    return status;
}
