#include "rules/schema.h"

#include "rules/load.h"

#include <string.h>

const struct rules_schema rules_schemas[] = {
    {"version", &rules_version_table},
    {"sources", &rules_sources_table},
    {"extracts/extract", &rules_extract_table},
    {"factors/factors", &rules_factors_table},
    {"factors/gases", &rules_gas_factors_table},
    {"measures/measures", &rules_measures_table},
    {"measures/caveats", &rules_caveats_table},
    {"measures/small_denominators", &rules_small_table},
    {"places/places", &rules_places_table},
    {"plan/assumptions", &rules_plan_table},
    {"portals/portals", &rules_portals_table},
    {"products/products", &rules_products_table},
    {"products/not_inhalers", &rules_exclusions_table},
    {"products/gases", &rules_gases_table},
    {"products/patterns", &rules_patterns_table},
    {"products/versions", &rules_versions_table},
    {"products/national_items", &rules_national_table},
    {"quantities/quantities", &rules_quantities_table},
    {"registers/register", &rules_registers_table},
    {"switches/switches", &rules_switches_table},
    {"targets/targets", &rules_targets_table},
    {"units/units", &rules_units_table},
};
const size_t rules_schema_count = COUNT_OF(rules_schemas);

const struct rules_schema *rules_schema(const char *name)
{
    for (size_t i = 0; i < rules_schema_count; i++)
        if (strcmp(rules_schemas[i].name, name) == 0)
            return &rules_schemas[i];
    for (size_t i = 0; i < rules_schema_count; i++) {
        const char *const slash = strchr(rules_schemas[i].name, '/');

        if (slash != NULL && strcmp(slash + 1, name) == 0)
            return &rules_schemas[i];
    }
    for (size_t i = 0; i < rules_schema_count; i++) {
        const size_t folder = strcspn(rules_schemas[i].name, "/");

        if (strlen(name) == folder && strncmp(rules_schemas[i].name, name, folder) == 0)
            return &rules_schemas[i];
    }
    return NULL;
}

/* What each kind of text is, as members of a schema; NULL: it has no pattern. */
static const char *const patterns[] = {
    [JSON_TEXT] = "\"type\": \"string\", \"minLength\": 1",
    [JSON_ID] = "\"type\": \"string\", \"pattern\": \"^[A-Za-z0-9_-]+$\"",
    [JSON_CODE] = "\"type\": \"string\", \"pattern\": \"^[0-9A-Z]{15}$\"",
    [JSON_DMD] = "\"type\": \"string\", \"pattern\": \"^[0-9]{6,18}$\"",
    [JSON_BNF] = "\"type\": \"string\", \"pattern\": \"^[0-9A-Z]{1,15}$\"",
    [JSON_DATE] = "\"type\": \"string\", \"pattern\": "
                  "\"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$\"",
    [JSON_MONTH] = "\"type\": \"string\", \"pattern\": \"^[0-9]{4}-(0[1-9]|1[0-2])$\"",
    [JSON_KILOGRAM] = "\"type\": \"string\", \"pattern\": \"^[0-9]+(\\\\.[0-9]{1,6})?$\"",
    [JSON_QUANTITY] = "\"type\": \"string\", \"pattern\": \"^[0-9]+(\\\\.[0-9]{1,3})?$\"",
    [JSON_MILLIONTHS] = "\"type\": \"string\", \"pattern\": \"^[0-9]+(\\\\.[0-9]{1,6})?$\"",
    [JSON_COUNT] = "\"type\": \"integer\", \"minimum\": 1, \"maximum\": 1000000",
    [JSON_FLAG] = "\"type\": \"boolean\"",
    [JSON_CUSTOM] = NULL,
};

static void indent(FILE *out, int depth)
{
    fprintf(out, "\n%*s", 2 * depth, "");
}

/* Texts of ours hold quotes and no other character that JSON escapes. */
static void print_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static void print_choices(FILE *out, const struct json_field *field)
{
    fputs("\"enum\": [", out);
    for (size_t i = 0; i < field->choice_count; i++) {
        fputs(i > 0 ? ", " : "", out);
        print_text(out, field->choices[i]);
    }
    fputc(']', out);
}

/* The members that say what one text, number or flag of the field is. */
static void print_scalar(FILE *out, const struct json_field *field, enum json_kind kind)
{
    if (field->choices != NULL)
        print_choices(out, field);
    else
        fputs(field->schema != NULL ? field->schema : patterns[kind], out);
}

static void print_members(FILE *out, const struct json_table *table, int depth);

static void print_array(FILE *out, const struct json_field *field, enum json_kind kind, int depth)
{
    fputs("\"type\": \"array\",", out);
    if (field->kind != JSON_LIST) {
        indent(out, depth);
        fputs("\"minItems\": 1,", out);
    }
    if (field->kind == JSON_WORDS || field->kind == JSON_SET || field->defines != NAMES_NONE) {
        indent(out, depth);
        fputs("\"uniqueItems\": true,", out);
    }
    indent(out, depth);
    fputs("\"items\": {", out);
    if (field->kind == JSON_LIST) {
        print_members(out, field->table, depth + 1);
        indent(out, depth);
    } else {
        print_scalar(out, field, kind);
    }
    fputc('}', out);
}

static void print_value(FILE *out, const struct json_field *field, int depth)
{
    switch (field->kind) {
    case JSON_TEXTS:
        print_array(out, field, JSON_TEXT, depth);
        break;
    case JSON_IDS:
        print_array(out, field, JSON_ID, depth);
        break;
    case JSON_CODES:
        print_array(out, field, JSON_CODE, depth);
        break;
    case JSON_BNFS:
        print_array(out, field, JSON_BNF, depth);
        break;
    case JSON_WORDS:
    case JSON_SET:
    case JSON_LIST:
        print_array(out, field, JSON_TEXT, depth);
        break;
    case JSON_OBJECT:
        print_members(out, field->table, depth);
        break;
    default:
        print_scalar(out, field, field->kind);
    }
}

static void print_field(FILE *out, const struct json_field *field, int depth)
{
    print_text(out, field->key);
    fputs(": {", out);
    indent(out, depth + 1);
    fputs("\"description\": ", out);
    print_text(out, field->about);
    fputc(',', out);
    if (field->kind != JSON_OBJECT)
        indent(out, depth + 1);
    print_value(out, field, depth + 1);
    indent(out, depth);
    fputc('}', out);
}

static void print_required(FILE *out, const struct json_table *table, int depth)
{
    const char *comma = "";

    indent(out, depth);
    fputs("\"required\": [", out);
    for (size_t i = 0; i < table->count; i++) {
        if (!table->fields[i].required)
            continue;
        fputs(comma, out);
        print_text(out, table->fields[i].key);
        comma = ", ";
    }
    fputs("],", out);
}

/* All that a schema says of an object, without its braces. */
static void print_members(FILE *out, const struct json_table *table, int depth)
{
    const char *comma = "";

    indent(out, depth);
    fputs("\"title\": ", out);
    print_text(out, table->title);
    fputc(',', out);
    indent(out, depth);
    fputs("\"type\": \"object\",", out);
    indent(out, depth);
    fputs("\"additionalProperties\": false,", out);
    print_required(out, table, depth);
    indent(out, depth);
    fputs("\"properties\": {", out);
    for (size_t i = 0; i < table->count; i++) {
        if (table->fields[i].kind == JSON_WHERE)
            continue;
        fputs(comma, out);
        indent(out, depth + 1);
        print_field(out, &table->fields[i], depth + 1);
        comma = ",";
    }
    indent(out, depth);
    fputc('}', out);
    if (table->schema != NULL) {
        fputc(',', out);
        indent(out, depth);
        fputs(table->schema, out);
    }
}

void rules_schema_print(const struct rules_schema *schema, FILE *out)
{
    fputs("{", out);
    indent(out, 1);
    fputs("\"$schema\": \"http://json-schema.org/draft-07/schema#\",", out);
    indent(out, 1);
    fputs("\"$comment\": \"Printed by canister rules schema ", out);
    fputs(schema->name, out);
    fputs("\",", out);
    print_members(out, schema->table, 1);
    fputs("\n}\n", out);
}
