/* The readers of rule files, and the checks of one against the other: no bytes
 * crash them, and what they refuse they refuse with a sentence.  '%' stands
 * between files; the first byte of each says which file the rest would be. */

#include "rules/load.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static rules_reader *const readers[] = {
#define X(name) rules_read_##name,
    FILE_KIND_LIST(X)
#undef X
};

static enum status read_file(struct rules *rules, struct faults *faults, const uint8_t *data,
                             size_t size)
{
    struct json_file file = {
        .arena = &rules->arena, .name = "fuzz.json", .why = faults->why, .faults = faults};
    char *const text = calloc(1, size); /* NUL-terminated, as the loader has it */
    const size_t before = faults->count + faults->more;
    cJSON *tree = NULL;
    enum status status;

    if (text == NULL)
        abort();
    memcpy(text, data + 1, size - 1);
    status = json_parse(&file, text, size - 1, &tree);
    if (status == STATUS_OK)
        status = readers[(uint8_t)(data[0] - '0') % COUNT_OF(readers)](&file, tree, rules);
    if (status != STATUS_OK && (status != STATUS_RULE || faults->count + faults->more == before))
        abort();
    cJSON_Delete(tree);
    free(text);
    return status;
}

/* As rules_load does when all files have been read. */
static void settle(struct rules *rules, struct faults *faults, enum status status)
{
    struct fail *const why = faults->why;

    faults_check_names(faults);
    status = rules_both(status, rules_link(rules, faults));
    if (!rules_go_on(status))
        abort();
    if ((faults_settle(faults, why) == STATUS_OK) != (status == STATUS_OK))
        abort();
    if (status == STATUS_RULE && (why->code != status || why->text[0] != '/'))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rules *const rules = calloc(1, sizeof *rules);
    struct fail why = {0};
    struct faults faults = {.why = &why};
    enum status status = STATUS_OK;

    if (rules == NULL)
        abort();
    while (size > 0) {
        const uint8_t *const end = memchr(data, '%', size);
        const size_t length = end != NULL ? (size_t)(end - data) : size;

        if (length > 0)
            status = rules_both(status, read_file(rules, &faults, data, length));
        size -= end != NULL ? length + 1 : length;
        data += end != NULL ? length + 1 : length;
    }
    settle(rules, &faults, status);
    faults_release(&faults);
    rules_free(rules);
    return 0;
}
