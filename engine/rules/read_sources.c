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

struct source_file {
    const char *version;
    const char *title;
    const char *checked;
    char entries;
};

static enum status read_sources(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    void *items;
    size_t count;

    (void)target;
    return json_read_array(file, value, sizeof(struct source_rule), read_source, &items, &count,
                           context);
}

enum status rules_read_sources(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD_BY(source_file, "sources", entries, true, read_sources),
    };
    struct source_file heading = {0};

    return json_read_object(file, tree, fields, COUNT_OF(fields), &heading, rules);
}

enum status rules_read_version(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD(source_file, version, JSON_TEXT, true),
        FIELD(source_file, title, JSON_TEXT, true),
        FIELD(source_file, checked, JSON_DATE, true),
    };
    struct source_file heading = {0};
    const enum status status =
        json_read_object(file, tree, fields, COUNT_OF(fields), &heading, NULL);

    if (status == STATUS_OK)
        rules->version = heading.version;
    return status;
}
