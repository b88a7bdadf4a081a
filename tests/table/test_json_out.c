#include "report/datapackage.h"
#include "table/json_out.h"
#include "table/table.h"

#include "support/cases.h"
#include "support/made.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

static const struct {
    const char *text, *printed;
} texts[] = {
    {"plain", "\"plain\""},
    {"", "\"\""},
    {"say \"ah\"", "\"say \\\"ah\\\"\""},
    {"back\\slash", "\"back\\\\slash\""},
    {"\n\r\t\x01\x1f", "\"\\u000a\\u000d\\u0009\\u0001\\u001f\""},
    {"\x7f", "\"\\u007f\""},
    {"Caf\xe9", "\"Caf\xc3\xa9\""},
    {"Caf\xc3\xa9", "\"Caf\xc3\xa9\""},
    {"</script>", "\"</script>\""},
};

Test(table, json_texts_are_escaped_and_always_utf8)
{
    for (size_t i = 0; i < LENGTH_OF(texts); i++) {
        char *got = NULL;
        size_t length;
        struct json_out json = {.file = open_memstream(&got, &length)};

        json_open(&json, NULL, '[');
        json_text(&json, NULL, view_of(texts[i].text));
        json_close(&json, ']');
        fclose(json.file);
        cr_expect(strncmp(got, "[\n  ", 4) == 0 &&
                      strncmp(got + 4, texts[i].printed, strlen(texts[i].printed)) == 0 &&
                      strcmp(got + 4 + strlen(texts[i].printed), "\n]\n") == 0,
                  "row %zu: %s", i, got);
        free(got);
    }
}

/* Any bytes: what is written is JSON and reads back as the text it was. */
Test(table, any_bytes_as_a_text_read_back)
{
    uint64_t state = 2026;

    for (int turn = 0; turn < 300; turn++) {
        char bytes[16];
        char *got = NULL;
        size_t length;
        struct json_out json = {.file = open_memstream(&got, &length)};
        cJSON *tree;

        for (size_t i = 0; i < sizeof bytes; i++) /* zero would end cJSON's text */
            bytes[i] = (char)(next_random(&state) % 255 + 1);
        bytes[0] = (char)(bytes[0] & 0x7f) == 0 ? 'x' : (char)(bytes[0] & 0x7f);
        json_open(&json, NULL, '{');
        json_text(&json, "key", (struct view){bytes, sizeof bytes});
        json_close(&json, '}');
        fclose(json.file);
        tree = cJSON_ParseWithLengthOpts(got, length + 1, NULL, 1);
        cr_expect(tree != NULL && tree->child != NULL && tree->child->valuestring != NULL &&
                      tree->child->valuestring[0] == bytes[0],
                  "turn %d: %s", turn, got);
        cJSON_Delete(tree);
        free(got);
    }
}

Test(table, json_numbers_are_never_rounded_by_a_double)
{
    char *got = NULL;
    size_t length;
    struct json_out json = {.file = open_memstream(&got, &length)};

    json_open(&json, NULL, '{');
    json_integer(&json, "rows", 9007199254740993u);
    json_ratio(&json, "kg", -1, 3, 6);
    json_flag(&json, "yes", true);
    json_null(&json, "none");
    json_open(&json, "empty", '[');
    json_close(&json, ']');
    json_close(&json, '}');
    fclose(json.file);
    cr_expect(strcmp(got,
                     "{\n  \"rows\": 9007199254740993,\n  \"kg\": -0.333333,\n  \"yes\": true,\n"
                     "  \"none\": null,\n  \"empty\": []\n}\n") == 0,
              "%s", got);
    free(got);
}

static const char *member(const cJSON *object, const char *key)
{
    const cJSON *const value = cJSON_GetObjectItemCaseSensitive(object, key);

    return cJSON_IsString(value) ? value->valuestring : "";
}

static bool names_column(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return true;
    return false;
}

static void expect_resource(const cJSON *resource, const struct table *table)
{
    const cJSON *const schema = cJSON_GetObjectItemCaseSensitive(resource, "schema");
    const cJSON *const fields = cJSON_GetObjectItemCaseSensitive(schema, "fields");
    const cJSON *const key = cJSON_GetObjectItemCaseSensitive(schema, "primaryKey");
    const cJSON *child;
    size_t count = 0;

    cr_expect(strcmp(member(resource, "path"), table->file) == 0, "%s", table->file);
    cr_expect(strcmp(member(resource, "factor_set"),
                     table->carbon == CARBON_INHALERS || table->carbon == CARBON_BOTH ? "iif-2022"
                                                                                      : "") == 0,
              "%s: factor set %s", table->file, member(resource, "factor_set"));
    cJSON_ArrayForEach (child, fields) {
        cr_expect(count < table->column_count &&
                      strcmp(member(child, "name"), table->columns[count].name) == 0,
                  "%s: column %zu is %s", table->file, count, member(child, "name"));
        cr_expect(strlen(member(child, "description")) > 0, "%s tells what %s is", table->file,
                  member(child, "name"));
        count++;
    }
    cr_expect(eq(sz, count, table->column_count), "%s: all columns", table->file);
    cr_expect(table->key[0] == NULL || cJSON_GetArraySize(key) > 0, "%s has a key", table->file);
    cr_expect(strcmp(member(resource, "gas_factor_set"),
                     table->carbon == CARBON_GASES || table->carbon == CARBON_BOTH ? "nhs-2540"
                                                                                   : "") == 0,
              "%s: factor set of gases %s", table->file, member(resource, "gas_factor_set"));
    cJSON_ArrayForEach (child, key)
        cr_expect(names_column(table, child->valuestring), "%s: key %s", table->file,
                  child->valuestring);
}

Test(table, the_datapackage_tells_exactly_the_columns_of_every_table)
{
    struct cube cube = {0};
    struct results *const results = made_results(&cube, "iif-2022");
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    write_datapackage(file, results);
    fclose(file);

    cJSON *const tree = cJSON_ParseWithLengthOpts(text, strlen(text) + 1, NULL, 1);
    const cJSON *const resources = cJSON_GetObjectItemCaseSensitive(tree, "resources");

    cr_assert(tree != NULL, "it is JSON:\n%s", text);
    cr_expect(eq(sz, (size_t)cJSON_GetArraySize(resources), table_count), "one a table");
    for (size_t i = 0; i < table_count; i++)
        expect_resource(cJSON_GetArrayItem(resources, (int)i), tables[i]);
    cr_expect(strstr(member(tree, "description"), "Open Government Licence v3.0") != NULL,
              "the attribution line");
    cJSON_Delete(tree);
    free(text);
    results_free(results);
    cube_release(&cube);
}
