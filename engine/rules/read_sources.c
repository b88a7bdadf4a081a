#include "rules/load.h"

#include <stddef.h>

static enum status keep_source(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->sources, *(struct source_rule *)target);
}

static const struct json_field source_table_fields[] = {
    FIELD_WHERE(source_rule),
    FIELD(source_rule, id, JSON_ID, true, "what rules call it; never used again for another",
          .defines = NAMES_SOURCE),
    FIELD(source_rule, title, JSON_TEXT, true, "what it is, with author or publisher and year"),
    FIELD(source_rule, where, JSON_TEXT, true, "where it is found: a DOI, an address, an issue"),
    FIELD(source_rule, checked, JSON_DATE, true, "the day on which it was last looked at"),
};
static TABLE(source_table, "A source", .finish = keep_source);

static const struct json_field rules_sources_table_fields[] = {
    FIELD_EACH("sources", true, source_rule, source_table, "what the ids in \"source\" stand for"),
};
TABLE(rules_sources_table, "Sources");

enum status rules_read_sources(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    char nothing; /* the items go into the rules */

    return json_read_object(file, tree, &rules_sources_table, &nothing, rules);
}

struct version_file {
    const char *version;
    const char *title;
    const char *checked;
};

static const struct json_field rules_version_table_fields[] = {
    FIELD(version_file, version, JSON_TEXT, true,
          "year, month and number of this version of the rules, as 2026.11.3"),
    FIELD(version_file, title, JSON_TEXT, true, "what these rules are"),
    FIELD(version_file, checked, JSON_DATE, true, "the day on which the rules were last reviewed"),
};
TABLE(rules_version_table, "The version of the rules");

enum status rules_read_version(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct version_file heading = {0};
    const enum status status = json_read_object(file, tree, &rules_version_table, &heading, NULL);

    if (status == STATUS_OK)
        rules->version = heading.version;
    return status;
}
