#include "rules/portal_answer.h"

#include "base/view.h"

#include <cjson/cJSON.h>
#include <stdio.h>

static const char *text_in(const cJSON *object, const char *key)
{
    const cJSON *const value = cJSON_GetObjectItemCaseSensitive(object, key);

    return cJSON_IsString(value) ? value->valuestring : "";
}

static const char *copy(struct arena *arena, const char *text, bool *failed)
{
    const char *const made = arena_copy(arena, view_of(text));

    *failed = *failed || made == NULL;
    return made;
}

static int64_t bytes_in(const cJSON *resource)
{
    const cJSON *const value = cJSON_GetObjectItemCaseSensitive(resource, "size");

    /* a double is exact to 2^53; more is no size of a file */
    if (!cJSON_IsNumber(value) || !(value->valuedouble > 0 && value->valuedouble < 9e15))
        return 0;
    return (int64_t)value->valuedouble;
}

static enum status read_resource(struct arena *arena, const cJSON *from,
                                 struct portal_resource *resource, struct fail *why)
{
    const char *const modified = text_in(from, "last_modified");
    bool failed = false;

    *resource = (struct portal_resource){
        .id = copy(arena, text_in(from, "id"), &failed),
        .name = copy(arena, text_in(from, "name"), &failed),
        .url = copy(arena, text_in(from, "url"), &failed),
        .zip_url = copy(arena, text_in(from, "zip_url"), &failed),
        .hash = copy(arena, text_in(from, "hash"), &failed),
        .version = copy(arena, modified[0] != '\0' ? modified : text_in(from, "created"), &failed),
        .bytes = bytes_in(from),
    };
    return failed ? fail_nomem(why) : STATUS_OK;
}

/* The answer lies under "result", sometimes twice. */
static const cJSON *innermost(const cJSON *tree)
{
    const cJSON *at = tree;

    for (int depth = 0; depth < 4; depth++) {
        const cJSON *const inner = cJSON_GetObjectItemCaseSensitive(at, "result");

        if (!cJSON_IsObject(inner))
            return at;
        at = inner;
    }
    return at;
}

static enum status fail_answer(const cJSON *tree, struct fail *why)
{
    const cJSON *const error = cJSON_GetObjectItemCaseSensitive(tree, "error");
    const char *const message = text_in(error, "message");

    return fail_set(why, STATUS_DATA, "the portal's answer is not what was expected%s%.200s",
                    message[0] != '\0' ? ": " : "", message);
}

static enum status read_list(struct arena *arena, const cJSON *list,
                             struct portal_resource **resources, size_t *count, struct fail *why)
{
    const cJSON *item;
    enum status status = STATUS_OK;

    *resources = arena_array(arena, (size_t)cJSON_GetArraySize(list) + 1, sizeof **resources);
    if (*resources == NULL)
        return fail_nomem(why);
    cJSON_ArrayForEach (item, list) {
        if (status == STATUS_OK && cJSON_IsObject(item))
            status = read_resource(arena, item, &(*resources)[(*count)++], why);
    }
    return status;
}

static enum status read_tree(struct arena *arena, const cJSON *tree,
                             struct portal_resource **resources, size_t *count, struct fail *why)
{
    const cJSON *const success = cJSON_GetObjectItemCaseSensitive(tree, "success");
    const cJSON *const result = innermost(tree);
    const cJSON *const list = cJSON_GetObjectItemCaseSensitive(result, "resources");

    if (!cJSON_IsObject(tree) || cJSON_IsFalse(success) || result == tree)
        return fail_answer(tree, why);
    if (cJSON_IsArray(list))
        return read_list(arena, list, resources, count, why);
    if (text_in(result, "url")[0] == '\0' && text_in(result, "zip_url")[0] == '\0')
        return fail_answer(tree, why);
    *resources = arena_array(arena, 1, sizeof **resources);
    if (*resources == NULL)
        return fail_nomem(why);
    *count = 1;
    return read_resource(arena, result, *resources, why);
}

enum status portal_answer_read(struct arena *arena, const char *text, size_t length,
                               struct portal_resource **resources, size_t *count, struct fail *why)
{
    cJSON *const tree = cJSON_ParseWithLength(text, length);
    enum status status;

    *resources = NULL;
    *count = 0;
    if (tree == NULL)
        return fail_set(why, STATUS_DATA,
                        "the portal's answer is not JSON: is a page of a proxy in between?");
    status = read_tree(arena, tree, resources, count, why);
    cJSON_Delete(tree);
    return status;
}
