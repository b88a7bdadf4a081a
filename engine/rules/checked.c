#include "rules/load.h"

#include <stdio.h>

/* Rules are not nested deeper. */
#define DEEPEST 12

/* A place in the tree, from the top: keys and indexes. */
struct place_path {
    char text[256];
    size_t length;
};

static void extend(struct place_path *path, const cJSON *item, int index)
{
    const size_t room = sizeof path->text - path->length;
    const int length = item->string != NULL
                           ? snprintf(path->text + path->length, room, "/%s", item->string)
                           : snprintf(path->text + path->length, room, "/%d", index);

    if (length > 0 && (size_t)length < room)
        path->length += (size_t)length;
    path->text[path->length] = '\0';
}

static const char *text_in(const cJSON *object, const char *key)
{
    const cJSON *const value = cJSON_GetObjectItemCaseSensitive(object, key);

    return cJSON_IsString(value) ? value->valuestring : "";
}

static enum status note(struct json_file *file, const cJSON *object, const struct place_path *path,
                        struct rules *rules)
{
    char at[640];
    struct checked_rule rule = {.file = file->name};

    snprintf(at, sizeof at, "%s: %s", file->name, path->length > 0 ? path->text : "/");
    rule.at = arena_copy(file->arena, view_of(at));
    rule.id = arena_copy(file->arena, view_of(text_in(object, "id")));
    rule.source = arena_copy(file->arena, view_of(text_in(object, "source")));
    rule.checked = arena_copy(file->arena, view_of(text_in(object, "checked")));
    if (rule.at == NULL || rule.id == NULL || rule.source == NULL || rule.checked == NULL)
        return fail_nomem(file->why);
    return RULE_PUSH(rules->checked, rule) ? STATUS_OK : fail_nomem(file->why);
}

static enum status walk(struct json_file *file, const cJSON *value, struct place_path path,
                        int depth, struct rules *rules)
{
    const cJSON *item;
    int index = 0;
    enum status status = STATUS_OK;

    if (cJSON_IsObject(value) && text_in(value, "checked")[0] != '\0')
        status = note(file, value, &path, rules);
    cJSON_ArrayForEach (item, value) {
        struct place_path below = path;

        if (status != STATUS_OK || depth == DEEPEST)
            return status;
        extend(&below, item, index++);
        status = walk(file, item, below, depth + 1, rules);
    }
    return status;
}

enum status rules_note_checked(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    const struct place_path top = {.text = ""};

    return walk(file, tree, top, 0, rules);
}
