#include "rules/load.h"

#include <stddef.h>

static enum status read_package(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    static const struct json_field fields[] = {
        FIELD(portal_package, id, JSON_ID, true),
        FIELD(portal_package, names, JSON_TEXTS, true),
        FIELD(portal_package, file, JSON_ID, true),
        FIELD(portal_package, series, JSON_ID, false),
    };

    return json_read_object(file, value, fields, COUNT_OF(fields), target, context);
}

/* Names become file names: no path leads out of the folder. */
static bool is_plain_name(const char *name)
{
    return name[0] != '.' && strchr(name, '/') == NULL && strchr(name, ',') == NULL;
}

static enum status read_file(struct json_file *file, const cJSON *value, void *target,
                             void *context)
{
    static const struct json_field fields[] = {
        FIELD(portal_file, name, JSON_TEXT, true),
        FIELD(portal_file, address, JSON_TEXT, true),
    };
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, context);

    if (status == STATUS_OK && !is_plain_name(((struct portal_file *)target)->name))
        return json_fail(file, "name is not a plain file name");
    return status;
}

static enum status read_dataset(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    static const struct json_field fields[] = {
        FIELD(portal_dataset, id, JSON_ID, true),
        FIELD(portal_dataset, title, JSON_TEXT, true),
        FIELD(portal_dataset, page, JSON_TEXT, false),
        FIELD_SOME(portal_dataset, "packages", packages, package_count, portal_package,
                   read_package),
        FIELD_SOME(portal_dataset, "files", files, file_count, portal_file, read_file),
    };
    const struct portal_dataset *const dataset = target;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, context);

    if (status == STATUS_OK && (dataset->package_count > 0) == (dataset->file_count > 0))
        return json_fail(file, "has packages or files, one of the two");
    return status;
}

/* Each kind of portal needs what it is asked by. */
static enum status check_portal(struct json_file *file, const struct portal *portal)
{
    const size_t length = strlen(portal->address);

    if ((strncmp(portal->address, "https://", 8) != 0 &&
         strncmp(portal->address, "http://", 7) != 0) ||
        portal->address[length - 1] != '/')
        return json_fail(file, "address is not http(s)://.../");
    for (size_t i = 0; i < portal->dataset_count; i++) {
        const struct portal_dataset *const dataset = &portal->datasets[i];

        if ((dataset->package_count > 0) != (portal->kind == PORTAL_CKAN) ||
            (dataset->page != NULL) != (portal->kind == PORTAL_PAGES))
            return json_fail(file, "%s does not have what a portal of this kind needs",
                             dataset->id);
    }
    return STATUS_OK;
}

enum status rules_read_portals(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const char *const kinds[] = {"ckan", "files", "pages"};
    static const struct json_field fields[] = {
        FIELD_WHERE(portal),
        FIELD(portal, id, JSON_ID, true),
        FIELD(portal, title, JSON_TEXT, true),
        FIELD(portal, publisher, JSON_TEXT, true),
        FIELD(portal, licence, JSON_TEXT, true),
        FIELD(portal, source, JSON_ID, true),
        FIELD(portal, checked, JSON_DATE, true),
        FIELD(portal, note, JSON_TEXT, false),
        FIELD_CHOICE(portal, "kind", kind, kinds),
        FIELD(portal, address, JSON_TEXT, true),
        FIELD_LIST(portal, "datasets", datasets, dataset_count, portal_dataset, read_dataset),
    };
    struct portal *const made = arena_take(file->arena, sizeof *made);
    enum status status;

    if (made == NULL)
        return fail_nomem(file->why);
    status = json_read_object(file, tree, fields, COUNT_OF(fields), made, NULL);
    if (status == STATUS_OK)
        status = check_portal(file, made);
    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->portals, made) ? STATUS_OK : fail_nomem(file->why);
}
