#include "rules/load.h"

#include <stddef.h>

static const struct json_field package_table_fields[] = {
    FIELD(portal_package, id, JSON_ID, true, "the id of the package on the portal"),
    FIELD(portal_package, names, JSON_TEXTS, true,
          "what comes before YYYYMM in the name of a resource"),
    FIELD(portal_package, file, JSON_ID, true,
          "what comes before YYYYMM in the name of the file that is kept"),
    FIELD(portal_package, series, JSON_ID, false, "the series in rules/extracts that it holds"),
};
static TABLE(package_table, "A package of a CKAN portal");

/* Names become file names: no path leads out of the folder. */
static enum status check_file(struct json_file *file, void *target, void *context)
{
    const char *const name = ((const struct portal_file *)target)->name;

    (void)context;
    if (name[0] == '.' || strchr(name, '/') != NULL || strchr(name, ',') != NULL)
        return json_fail(file, "name is not a plain file name");
    return STATUS_OK;
}

static const struct json_field file_table_fields[] = {
    FIELD(portal_file, name, JSON_TEXT, true, "the name of the file that is kept"),
    FIELD(portal_file, address, JSON_TEXT, true,
          "its address after that of the portal; on a page: how the name in the link begins"),
};
static TABLE(file_table, "A file of a portal", .finish = check_file);

static enum status check_dataset(struct json_file *file, void *target, void *context)
{
    const struct portal_dataset *const dataset = target;

    (void)context;
    if ((dataset->package_count > 0) == (dataset->file_count > 0))
        return json_fail(file, "has packages or files, one of the two");
    return STATUS_OK;
}

static const struct json_field dataset_table_fields[] = {
    FIELD(portal_dataset, id, JSON_ID, true, "what --dataset calls it"),
    FIELD(portal_dataset, title, JSON_TEXT, true, "its name, for people"),
    FIELD(portal_dataset, page, JSON_TEXT, false,
          "the page of a month, with {month_name}, {month} and {year}"),
    FIELD_LIST(portal_dataset, "packages", packages, package_count, portal_package, false,
               package_table, "its packages, on a CKAN portal"),
    FIELD_LIST(portal_dataset, "files", files, file_count, portal_file, false, file_table,
               "its files, elsewhere"),
};
static TABLE(dataset_table, "A dataset of a portal", .finish = check_dataset);

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

static enum status keep_portal(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;
    struct portal *const made = arena_take(file->arena, sizeof *made);
    enum status status;

    if (made == NULL)
        return fail_nomem(file->why);
    *made = *(const struct portal *)target;
    status = check_portal(file, made);
    return status == STATUS_OK ? RULE_KEEP(file, rules->portals, made) : status;
}

static const char *const kind_names[] = {"ckan", "files", "pages"};

static const struct json_field rules_portals_table_fields[] = {
    FIELD_WHERE(portal),
    FIELD(portal, id, JSON_ID, true, "an id, never used again", .defines = NAMES_PORTAL),
    FIELD(portal, title, JSON_TEXT, true, "its name, for people"),
    FIELD(portal, publisher, JSON_TEXT, true, "who publishes there"),
    FIELD(portal, licence, JSON_TEXT, true, "under which licence"),
    FIELD_SOURCE(portal),
    FIELD_CHECKED(portal),
    FIELD_NOTE(portal),
    FIELD(portal, kind, JSON_CHOICE, true, "how it is asked", WORDS(kind_names)),
    FIELD(portal, address, JSON_TEXT, true, "its address; ends in /"),
    FIELD_LIST(portal, "datasets", datasets, dataset_count, portal_dataset, true, dataset_table,
               "what is fetched from it"),
};
TABLE(rules_portals_table, "A portal: where a publisher keeps its files", .finish = keep_portal);

enum status rules_read_portals(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct portal portal = {0};

    return json_read_object(file, tree, &rules_portals_table, &portal, rules);
}
