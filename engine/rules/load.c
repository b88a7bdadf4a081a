#include "rules/load.h"

#include "base/limits.h"
#include "stream/sha256.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Which reader takes the files of which folder; "" is the top. */
static const struct {
    const char *folder;
    const char *only; /* the one file, or NULL for every *.json */
    rules_reader *read;
} kinds[] = {
    {"", "version.json", rules_read_version},
    {"", "sources.json", rules_read_sources},
    {"extracts", NULL, rules_read_extract},
    {"units", NULL, rules_read_units},
    {"products", NULL, rules_read_products},
    {"factors", NULL, rules_read_factors},
    {"measures", NULL, rules_read_measures},
    {"switches", NULL, rules_read_switches},
    {"registers", NULL, rules_read_registers},
    {"places", NULL, rules_read_places},
    {"quantities", NULL, rules_read_quantities},
    {"targets", NULL, rules_read_targets},
    {"plan", NULL, rules_read_plan},
    {"portals", NULL, rules_read_portals},
};

struct loading {
    struct rules *rules;
    const struct rules_place *place;
    const char *base;
    struct sha256 *sha256;
    struct rules_file file; /* at hand */
    bool whole;             /* the base was given by --rules */
    struct faults *faults;
    struct fail *why;
};

/* The overlay's file if it has one at this place, else ours.  One that is there
 * and cannot be read is not passed over. */
static enum status read_file(struct loading *loading, const char *name)
{
    struct rules_file *const file = &loading->file;
    bool there = false;
    enum status status = STATUS_OK;

    if (loading->place->overlay != NULL)
        status = rules_read_file(file, loading->place->overlay, name, &there, loading->why);
    if (status == STATUS_OK && !there)
        status = rules_read_file(file, loading->base, name, NULL, loading->why);
    return status;
}

static enum status add_to_sha256(struct loading *loading, const char *name)
{
    const enum status status = sha256_add(loading->sha256, name, strlen(name) + 1, loading->why);

    return status == STATUS_OK
               ? sha256_add(loading->sha256, loading->file.text, loading->file.length, loading->why)
               : status;
}

static const struct json_table *table_of(rules_reader *read)
{
    static const struct {
        rules_reader *read;
        const struct json_table *table;
    } list[] = {
#define X(name) {rules_read_##name, &rules_##name##_table},
        FILE_KIND_LIST(X)
#undef X
    };
    size_t i = 0;

    while (list[i].read != read)
        i++;
    return list[i].table;
}

static enum status parse_file(struct loading *loading, const char *name, rules_reader *read)
{
    struct json_file file = {
        .arena = &loading->rules->arena,
        .name = arena_copy(&loading->rules->arena, view_of(name)),
        .why = loading->why,
        .faults = loading->faults,
    };
    cJSON *tree = NULL;
    enum status status;

    if (file.name == NULL)
        return fail_nomem(loading->why);
    status = json_parse(&file, loading->file.text, loading->file.length, &tree);
    if (status == STATUS_OK)
        status = read(&file, tree, loading->rules);
    else if (status == STATUS_RULE)
        json_miss(&file, table_of(read));
    if (status == STATUS_OK && loading->place->ages)
        status = rules_note_checked(&file, tree, loading->rules);
    cJSON_Delete(tree);
    return status;
}

static enum status load_file(struct loading *loading, const char *folder, const char *leaf,
                             rules_reader *read)
{
    char name[512];
    enum status status;

    snprintf(name, sizeof name, "%s%s%s", folder, folder[0] != '\0' ? "/" : "", leaf);
    status = read_file(loading, name);
    if (status == STATUS_OK)
        status = add_to_sha256(loading, name);
    if (status == STATUS_OK)
        status = parse_file(loading, name, read);
    rules_file_release(&loading->file);
    return status;
}

/* A file of targets from anywhere. */
static enum status load_targets(struct loading *loading, const char *path)
{
    enum status status = rules_read_file(&loading->file, NULL, path, NULL, loading->why);

    if (status == STATUS_OK)
        status = add_to_sha256(loading, "--targets");
    if (status == STATUS_OK)
        status = parse_file(loading, path, rules_read_targets);
    rules_file_release(&loading->file);
    return status;
}

/* Product, factor and measure files are of several kinds, told by their name: what is an
 * inhaler and what is none, what the names of new codes say, which versions a product has, what a
 * nation prescribes, what is a gas, what is a small denominator. */
static rules_reader *reader_of(const char *leaf, rules_reader *usual)
{
    const bool gases = strncmp(leaf, "gases", 5) == 0;

    if (usual == rules_read_products && strncmp(leaf, "not_", 4) == 0)
        return rules_read_exclusions;
    if (usual == rules_read_products && strncmp(leaf, "patterns", 8) == 0)
        return rules_read_patterns;
    if (usual == rules_read_products && strncmp(leaf, "versions", 8) == 0)
        return rules_read_versions;
    if (usual == rules_read_products && strncmp(leaf, "national_", 9) == 0)
        return rules_read_national;
    if (usual == rules_read_products && gases)
        return rules_read_gases;
    if (usual == rules_read_factors && gases)
        return rules_read_gas_factors;
    if (usual == rules_read_measures && strncmp(leaf, "small_", 6) == 0)
        return rules_read_small;
    if (usual == rules_read_measures && strncmp(leaf, "caveats", 7) == 0)
        return rules_read_caveats;
    return usual;
}

static bool is_no_figure(rules_reader *read)
{
    return read == rules_read_targets || read == rules_read_plan || read == rules_read_portals;
}

/* What our own rules lack is a fault.  A whole set of --rules may come from before there were
 * targets, plans or portals, on which no figure depends; an overlay has what its owner wrote.
 * A file with a fault does not keep the others from being read. */
static enum status load_folder(struct loading *loading, const char *folder, rules_reader *read)
{
    const bool optional = loading->whole && is_no_figure(read);
    struct rules_names names = {0};
    enum status status = rules_names_add(&names, loading->base, folder, optional, loading->why);

    if (status == STATUS_OK && loading->place->overlay != NULL)
        status = rules_names_add(&names, loading->place->overlay, folder, true, loading->why);
    rules_names_sort(&names);
    for (size_t i = 0; i < names.count && rules_go_on(status); i++)
        status = rules_both(
            status, load_file(loading, folder, names.list[i], reader_of(names.list[i], read)));
    rules_names_release(&names);
    return status;
}

/* Those of the command line: part of what the results depend on. */
static enum status load_asked(struct loading *loading)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < MOST_ASKED && status == STATUS_OK; i++) {
        const char *const text = loading->place->asked[i];

        if (text == NULL)
            break;
        status = sha256_add(loading->sha256, "--target", sizeof "--target", loading->why);
        if (status == STATUS_OK)
            status = sha256_add(loading->sha256, text, strlen(text) + 1, loading->why);
        if (status == STATUS_OK)
            status = rules_ask_target(loading->rules, text, loading->why);
    }
    return status;
}

static enum status load_files(struct loading *loading)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT_OF(kinds) && rules_go_on(status); i++)
        status = rules_both(status,
                            kinds[i].only != NULL
                                ? load_file(loading, kinds[i].folder, kinds[i].only, kinds[i].read)
                                : load_folder(loading, kinds[i].folder, kinds[i].read));
    if (rules_go_on(status) && loading->place->targets != NULL)
        status = rules_both(status, load_targets(loading, loading->place->targets));
    if (rules_go_on(status))
        status = rules_both(status, load_asked(loading));
    return status;
}

static enum status load_all(struct loading *loading)
{
    enum status status;

    /* "run" is the set that --factors names; no file can define it. */
    faults_define(loading->faults, &(struct named){.of = NAMES_FACTOR_SET, .text = "run"});
    status = load_files(loading);
    if (rules_go_on(status)) {
        faults_check_names(loading->faults);
        status = rules_both(status, rules_link(loading->rules, loading->faults));
    }
    if (!rules_go_on(status))
        return status;
    if (faults_settle(loading->faults, loading->why) != STATUS_OK)
        return loading->why->code;
    if (status != STATUS_OK)
        return fail_set(loading->why, STATUS_BUG, "a rule is refused and nothing says why");
    return sha256_end(loading->sha256, loading->rules->sha256, loading->why);
}

static bool is_kind(const char *folder)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i].folder, folder) == 0)
            return true;
    return false;
}

/* A folder with a misspelt name would be passed over in silence. */
static enum status check_overlay_entry(const char *overlay, const char *name, struct fail *why)
{
    char path[4096];
    struct stat about;

    if (name[0] == '.')
        return STATUS_OK;
    if ((size_t)snprintf(path, sizeof path, "%s/%s", overlay, name) >= sizeof path)
        errno = ENAMETOOLONG;
    else if (stat(path, &about) == 0) {
        if (!S_ISDIR(about.st_mode) || is_kind(name))
            return STATUS_OK;
        fail_set(why, STATUS_RULE, "is not a folder of rules, such as factors or switches");
        return fail_in(why, path, 0);
    }
    return rules_fail_path(path, "the folder of rules cannot be read", why);
}

static enum status check_overlay(const char *overlay, struct fail *why)
{
    enum status status = STATUS_OK;
    const struct dirent *entry;
    DIR *const open = opendir(overlay);

    if (open == NULL)
        return rules_fail_path(overlay, "the folder of rules cannot be read", why);
    while (status == STATUS_OK && (errno = 0, entry = readdir(open)) != NULL)
        status = check_overlay_entry(overlay, entry->d_name, why);
    if (status == STATUS_OK && errno != 0)
        status = rules_fail_path(overlay, "the folder of rules cannot be read", why);
    closedir(open);
    return status;
}

static enum status check_place(const struct rules_place *place, const char *base, struct fail *why)
{
    if (base == NULL)
        return fail_set(why, STATUS_NO_INPUT,
                        "no rules are found; set CANISTER_RULES to their folder");
    return place->overlay != NULL ? check_overlay(place->overlay, why) : STATUS_OK;
}

/* A folder that has all kinds of rules, as a release has them, stands by itself: what it lacks
 * must not come from those of today.  A part that is there and cannot be looked at is no part that
 * is missing. */
static enum status is_whole(const char *folder, bool *whole, struct fail *why)
{
    static const char *const parts[] = {"version.json", "sources.json", "extracts",
                                        "products",     "factors",      "measures"};
    char path[4096];
    struct stat about;

    *whole = false;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, parts[i]) >= sizeof path)
            errno = ENAMETOOLONG;
        else if (stat(path, &about) == 0)
            continue;
        return errno == ENOENT || errno == ENOTDIR
                   ? STATUS_OK
                   : rules_fail_path(path, "the folder of rules cannot be read", why);
    }
    *whole = true;
    return STATUS_OK;
}

static enum status load_from(struct loading *loading, struct rules **rules)
{
    enum status status = check_place(loading->place, loading->base, loading->why);

    if (status != STATUS_OK)
        return status;
    loading->faults->why = loading->why;
    loading->rules = calloc(1, sizeof *loading->rules);
    loading->sha256 = sha256_new();
    status = loading->rules != NULL && loading->sha256 != NULL ? load_all(loading)
                                                               : fail_nomem(loading->why);
    sha256_free(loading->sha256);
    if (status != STATUS_OK)
        rules_free(loading->rules);
    else
        *rules = loading->rules;
    return status;
}

enum status rules_load(struct rules **rules, const struct rules_place *place, struct fail *why)
{
    char found[4096];
    struct rules_place alone = *place;
    struct faults own = {0};
    struct loading loading = {
        .place = place,
        .faults = place->faults != NULL ? place->faults : &own,
        .why = why,
    };
    enum status status =
        place->overlay != NULL ? is_whole(place->overlay, &loading.whole, why) : STATUS_OK;

    alone.base = place->overlay;
    alone.overlay = NULL;
    if (loading.whole)
        loading.place = &alone;
    if (status == STATUS_OK)
        loading.base =
            loading.place->base != NULL ? loading.place->base : rules_find(found, sizeof found);
    if (status == STATUS_OK)
        status = load_from(&loading, rules);
    faults_release(&own);
    return status;
}
