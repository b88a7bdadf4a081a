#include "rules/json.h"

#include "base/similar.h"

#include <stdarg.h>
#include <stdio.h>

static void add_fault(struct json_file *file, const char *text)
{
    fault_add(file->faults, file->name, file->line, file->path_length > 0 ? file->path : "/",
              file->id, "%s", text);
}

enum status json_fail(struct json_file *file, const char *format, ...)
{
    char text[1200];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    add_fault(file, text);
    return STATUS_RULE;
}

/* Where reading was before it went into a value. */
struct place {
    size_t path_length;
    uint64_t line;
    const char *id;
};

static struct place enter(struct json_file *file, const cJSON *value, const char *step)
{
    const struct place before = {file->path_length, file->line, file->id};
    const size_t room = sizeof file->path - before.path_length;
    const int written = snprintf(file->path + before.path_length, room, "/%s", step);

    if (written > 0 && (size_t)written < room)
        file->path_length += (size_t)written;
    file->path[file->path_length] = '\0';
    file->line = (uint64_t)value->valueint;
    return before;
}

static struct place enter_index(struct json_file *file, const cJSON *value, size_t index)
{
    char number[24];

    snprintf(number, sizeof number, "%zu", index);
    return enter(file, value, number);
}

static void leave(struct json_file *file, struct place before)
{
    file->path_length = before.path_length;
    file->path[before.path_length] = '\0';
    file->line = before.line;
    file->id = before.id;
}

/* A fault of a rule does not end the reading of the others; a lack of memory does. */
static enum status both(enum status one, enum status other)
{
    return one == STATUS_OK || (one == STATUS_RULE && other != STATUS_OK) ? other : one;
}

static bool goes_on(enum status status)
{
    return status == STATUS_OK || status == STATUS_RULE;
}

/* Names that cannot be read are not missing: what refers to them has no fault. */
static void miss_field(struct json_file *file, const struct json_field *field)
{
    file->faults->incomplete[field->defines] = true;
    if (field->table != NULL)
        json_miss(file, field->table);
}

void json_miss(struct json_file *file, const struct json_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        miss_field(file, &table->fields[i]);
}

/* A list of texts, each read as the field's kind says of one. */
static enum status read_texts(struct json_file *file, const cJSON *value,
                              const struct json_field *field, void *target)
{
    struct text_list list = {0};
    enum status status = STATUS_OK;
    const cJSON *item;

    if (!cJSON_IsArray(value) || value->child == NULL)
        return json_fail(file, "must be a list with at least one text");
    list.texts = arena_array(file->arena, (size_t)cJSON_GetArraySize(value), sizeof *list.texts);
    if (list.texts == NULL)
        return fail_nomem(file->why);
    for (item = value->child; item != NULL && goes_on(status); item = item->next) {
        const struct place before = enter_index(file, item, list.count);

        status = both(status, json_read_value(file, item, field, &list.texts[list.count]));
        leave(file, before);
        list.count++;
    }
    memcpy(target, &list, sizeof list);
    return status;
}

/* A list of words, none of them twice: as flags by the place of each, or as texts. */
static enum status read_words(struct json_file *file, const cJSON *value,
                              const struct json_field *field, void *target)
{
    struct text_list list = {0};
    bool *const seen = field->kind == JSON_SET
                           ? target
                           : arena_array(file->arena, field->choice_count, sizeof *seen);
    enum status status = STATUS_OK;
    const cJSON *item;

    if (!cJSON_IsArray(value) || value->child == NULL)
        return json_fail(file, "must be a list with at least one text");
    list.texts = arena_array(file->arena, (size_t)cJSON_GetArraySize(value), sizeof *list.texts);
    if (list.texts == NULL || seen == NULL)
        return fail_nomem(file->why);
    for (item = value->child; item != NULL; item = item->next) {
        const struct place before = enter_index(file, item, list.count);
        int index = 0;
        enum status one = json_read_choice(file, item, field->choices, field->choice_count, &index);

        if (one == STATUS_OK && seen[index])
            one = json_fail(file, "\"%s\" is there twice", field->choices[index]);
        seen[index] = true;
        leave(file, before);
        list.texts[list.count++] = field->choices[index];
        status = both(status, one);
    }
    if (field->kind == JSON_WORDS)
        memcpy(target, &list, sizeof list);
    return status;
}

static enum status read_list(struct json_file *file, const cJSON *value,
                             const struct json_field *field, void *target, void *context)
{
    enum status status = STATUS_OK;
    const cJSON *child;
    char *items;
    size_t count = 0;

    if (!cJSON_IsArray(value))
        return json_fail(file, "must be a list");
    items = arena_array(file->arena, (size_t)cJSON_GetArraySize(value) + 1, field->item_bytes);
    if (items == NULL)
        return fail_nomem(file->why);
    for (child = value->child; child != NULL && goes_on(status); child = child->next) {
        const struct place before = enter_index(file, child, count);

        status = both(status, json_read_object(file, child, field->table,
                                               items + count * field->item_bytes, context));
        leave(file, before);
        count++;
    }
    if (field->count_offset == JSON_NO_COUNT)
        return status;
    memcpy((char *)target + field->offset, &items, sizeof items);
    memcpy((char *)target + field->count_offset, &count, sizeof count);
    return status;
}

static enum status read_field(struct json_file *file, const cJSON *value,
                              const struct json_field *field, void *object, void *context)
{
    void *const target = (char *)object + field->offset;

    switch (field->kind) {
    case JSON_TEXTS:
    case JSON_IDS:
    case JSON_CODES:
    case JSON_BNFS:
        return read_texts(file, value, field, target);
    case JSON_WORDS:
    case JSON_SET:
        return read_words(file, value, field, target);
    case JSON_LIST:
        return read_list(file, value, field, object, context);
    case JSON_OBJECT:
        return json_read_object(file, value, field->table, target, context);
    case JSON_CUSTOM:
        return field->read(file, value, target, context);
    default:
        return json_read_value(file, value, field, target);
    }
}

/* A list or object is not lost for a fault inside of it. */
static enum status read_field_or_miss(struct json_file *file, const cJSON *value,
                                      const struct json_field *field, void *object, void *context)
{
    const enum status status = read_field(file, value, field, object, context);

    if (status == STATUS_RULE &&
        (field->table == NULL || !(cJSON_IsArray(value) || cJSON_IsObject(value))))
        miss_field(file, field);
    return status;
}

static const struct json_field *find_field(const struct json_table *table, const char *key)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->fields[i].kind != JSON_WHERE && strcmp(table->fields[i].key, key) == 0)
            return &table->fields[i];
    return NULL;
}

/* *meant is the field whose key is nearest, or NULL. */
static enum status fail_unknown(struct json_file *file, const struct json_table *table,
                                const char *key, const struct json_field **meant)
{
    struct similar near = similar_to(key);
    char all[700];
    size_t length = 0;

    all[0] = '\0';
    for (size_t i = 0; i < table->count && length < sizeof all; i++) {
        if (table->fields[i].kind == JSON_WHERE)
            continue;
        similar_try(&near, table->fields[i].key);
        length += (size_t)snprintf(all + length, sizeof all - length, "%s%s",
                                   length > 0 ? ", " : "", table->fields[i].key);
    }
    *meant = near.best != NULL ? find_field(table, near.best) : NULL;
    if (*meant == NULL)
        return json_fail(file, "is not a key here. Allowed: %s", all);
    miss_field(file, *meant);
    return json_fail(file, "is not a key here; did you mean \"%s\"?", near.best);
}

/* For the checks that follow when all files are read. */
static enum status remember_where(struct json_file *file, const struct json_table *table,
                                  void *target)
{
    char where[512];
    const char *copy;

    snprintf(where, sizeof where, "%s: %s", file->name, file->path_length > 0 ? file->path : "/");
    for (size_t i = 0; i < table->count; i++) {
        if (table->fields[i].kind != JSON_WHERE)
            continue;
        copy = arena_copy(file->arena, view_of(where));
        if (copy == NULL)
            return fail_nomem(file->why);
        memcpy((char *)target + table->fields[i].offset, &copy, sizeof copy);
        faults_enter(file->faults, &(struct named){
                                       .text = copy,
                                       .file = file->name,
                                       .path = file->path_length > 0 ? file->path : "/",
                                       .id = file->id,
                                       .line = file->line,
                                   });
    }
    return STATUS_OK;
}

/* Which fields of a table were there: a bit each. */
struct presence {
    uint64_t seen;
    uint64_t meant; /* a key that is not known here was probably meant for it */
};

static uint64_t bit_of(const struct json_table *table, const struct json_field *field)
{
    return field != NULL ? UINT64_C(1) << (field - table->fields) : 0;
}

static enum status read_member(struct json_file *file, const cJSON *child,
                               const struct json_table *table, struct presence *presence,
                               void *target, void *context)
{
    const struct json_field *const field = find_field(table, child->string);
    const struct json_field *meant = NULL;
    const bool again = (presence->seen & bit_of(table, field)) != 0;
    enum status status;

    if (field == NULL)
        status = fail_unknown(file, table, child->string, &meant);
    else if (again)
        status = json_fail(file, "is there twice");
    else
        status = read_field_or_miss(file, child, field, target, context);
    presence->seen |= bit_of(table, field);
    presence->meant |= bit_of(table, meant);
    return status;
}

static enum status check_presence(struct json_file *file, const struct json_table *table,
                                  const struct presence *presence)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < table->count; i++) {
        const struct json_field *const field = &table->fields[i];

        if (!field->required || ((presence->seen | presence->meant) & bit_of(table, field)) != 0)
            continue;
        miss_field(file, field);
        status = json_fail(file, "lacks \"%s\": %s", field->key, field->about);
    }
    return status;
}

static enum status read_members(struct json_file *file, const cJSON *value,
                                const struct json_table *table, void *target, void *context)
{
    struct presence presence = {0};
    enum status status = STATUS_OK;
    const cJSON *child;

    for (child = value->child; child != NULL && goes_on(status); child = child->next) {
        const struct place before = enter(file, child, child->string);

        status = both(status, read_member(file, child, table, &presence, target, context));
        leave(file, before);
    }
    return goes_on(status) ? both(status, check_presence(file, table, &presence)) : status;
}

enum status json_read_object(struct json_file *file, const cJSON *value,
                             const struct json_table *table, void *target, void *context)
{
    const char *const outer = file->id;
    const cJSON *const id = cJSON_GetObjectItemCaseSensitive(value, "id");
    enum status status;

    if (!cJSON_IsObject(value)) {
        json_miss(file, table);
        return json_fail(file, "must be an object");
    }
    if (cJSON_IsString(id))
        file->id = id->valuestring;
    if (table->begin != NULL)
        table->begin(target);
    status = read_members(file, value, table, target, context);
    if (status == STATUS_OK)
        status = remember_where(file, table, target);
    if (status == STATUS_OK && table->finish != NULL)
        status = table->finish(file, target, context);
    file->id = outer;
    return status;
}
