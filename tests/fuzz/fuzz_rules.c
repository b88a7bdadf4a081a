/* The readers of rule files, and the checks of one against the other: no bytes
 * crash them, and what they refuse they refuse with a sentence.  '%' stands
 * between files; the first byte of each says which file the rest would be. */

#include "rules/load.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static rules_reader *const readers[] = {
    rules_read_version,    rules_read_sources,     rules_read_extract,    rules_read_products,
    rules_read_exclusions, rules_read_factors,     rules_read_measures,   rules_read_switches,
    rules_read_registers,  rules_read_places,      rules_read_quantities, rules_read_units,
    rules_read_gases,      rules_read_gas_factors, rules_read_plan,
};

static void check(enum status status, const struct fail *why)
{
    if (status == STATUS_OK)
        return;
    if (status != STATUS_RULE || why->code != status || why->text[0] != '/' ||
        strcmp(why->file, "fuzz.json") != 0)
        abort();
}

static enum status read_file(struct rules *rules, const uint8_t *data, size_t size,
                             struct fail *why)
{
    struct json_file file = {.arena = &rules->arena, .name = "fuzz.json", .why = why};
    char *const text = calloc(1, size); /* NUL-terminated, as the loader has it */
    cJSON *tree = NULL;
    enum status status;

    if (text == NULL)
        abort();
    memcpy(text, data + 1, size - 1);
    status = json_parse(&file, text, size - 1, &tree);
    if (status == STATUS_OK)
        status = readers[(uint8_t)(data[0] - '0') % COUNT_OF(readers)](&file, tree, rules);
    check(status, why);
    cJSON_Delete(tree);
    free(text);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rules *const rules = calloc(1, sizeof *rules);
    struct fail why = {0};
    enum status status = STATUS_OK;

    if (rules == NULL)
        abort();
    while (size > 0 && status == STATUS_OK) {
        const uint8_t *const end = memchr(data, '%', size);
        const size_t length = end != NULL ? (size_t)(end - data) : size;

        if (length > 0)
            status = read_file(rules, data, length, &why);
        data += end != NULL ? length + 1 : length;
        size -= end != NULL ? length + 1 : length;
    }
    if (status == STATUS_OK)
        status = rules_link(rules, &why);
    if (status != STATUS_OK && (status != STATUS_RULE || why.text[0] == '\0'))
        abort();
    rules_free(rules);
    return 0;
}
