#include "fetch/catalogue.h"

#include "fetch/page_links.h"

#include "base/grow.h"
#include "rules/portal_answer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

/* An answer of the API: a package of 200 resources has some 200 KB. */
#define MOST_ANSWER (32u * 1024 * 1024)

struct growing {
    char *bytes;
    size_t length;
    size_t room;
};

static bool take(void *context, const struct http_answer *answer, const void *bytes, size_t length,
                 struct fail *why)
{
    struct growing *const text = context;

    (void)answer;
    if (text->length + length > MOST_ANSWER) {
        fail_set(why, STATUS_LIMIT, "the portal's answer is larger than 32 MB");
        return false;
    }
    if (!grow(&text->bytes, &text->room, text->length + length + 1, 1)) {
        fail_nomem(why);
        return false;
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
    return true;
}

static bool is_https(const char *url)
{
    return strncasecmp(url, "https:", 6) == 0;
}

/* A whole answer in memory, tried again while it may pass.  *missing: the portal says there is
 * none. */
static enum status ask(struct catalogue *catalogue, const char *url, struct growing *text,
                       bool *missing, struct fail *why)
{
    struct trying trying = {.patience = catalogue->patience};
    struct http_request request = {
        .url = url, .take = take, .context = text, .fetches_only_https = is_https(url)};
    struct http_answer answer = {0};
    char what[512];
    char said[320];
    enum status status;

    *missing = false;
    for (;;) {
        text->length = 0;
        status = http_get(catalogue->http, &request, &answer, why);
        if (status != STATUS_OK)
            return fail_in(why, url, 0);
        if (!answer.broken && answer.code == 200)
            return text->length > 0 ? STATUS_OK
                                    : fail_set(why, STATUS_DATA, "the portal's answer is empty");
        *missing = !answer.broken && (answer.code == 404 || answer.code == 410);
        if (*missing)
            return STATUS_OK;
        answer_print(&answer, said, sizeof said);
        if (!answer_may_pass(&answer)) {
            fail_set(why, STATUS_IO, "%s", said);
            return fail_in(why, url, 0);
        }
        snprintf(what, sizeof what, "%.150s: %s", url, said);
        status = trying_again(&trying, what, answer.retry_after, why);
        if (status != STATUS_OK)
            return status;
    }
}

/* --- offers ---------------------------------------------------------------------------------- */

static enum status add_offer(struct catalogue *catalogue, const struct offer *offer,
                             struct fail *why)
{
    if (!grow(&catalogue->offers, &catalogue->room, catalogue->count + 1, sizeof *offer))
        return fail_nomem(why);
    catalogue->offers[catalogue->count++] = *offer;
    return STATUS_OK;
}

/* EPD_SNOMED_202505FINAL is of 2025-05; the file name says which series, so letters do not
 * matter. */
static bool name_month(const struct portal_package *package, const char *name, month_t *month)
{
    for (size_t i = 0; i < package->names.count; i++) {
        const size_t length = strlen(package->names.texts[i]);

        if (strncasecmp(name, package->names.texts[i], length) == 0 && strlen(name) >= length + 6 &&
            !isdigit((unsigned char)name[length + 6]) &&
            month_parse((struct view){name + length, 6}, month))
            return true;
    }
    return false;
}

static const char *stem_of(struct catalogue *catalogue, const char *before, month_t month)
{
    char stem[256];
    char text[MONTH_TEXT];

    month_print(month, text);
    snprintf(stem, sizeof stem, "%s%.4s%.2s", before, text, text + 5);
    return arena_copy(&catalogue->arena, view_of(stem));
}

/* Of two names of one month in one package the one that changed last. */
static struct offer *find_offer(struct catalogue *catalogue, const struct offer *like)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (strcmp(catalogue->offers[i].stem, like->stem) == 0)
            return &catalogue->offers[i];
    return NULL;
}

static enum status offer_resource(struct catalogue *catalogue, struct offer *like,
                                  const struct portal_package *package,
                                  const struct portal_resource *resource, struct fail *why)
{
    struct offer *before;

    if (!name_month(package, resource->name, &like->month))
        return STATUS_OK;
    like->stem = stem_of(catalogue, package->file, like->month);
    if (like->stem == NULL)
        return fail_nomem(why);
    like->id = resource->id[0] != '\0' ? resource->id : resource->name;
    like->name = resource->name;
    like->version = resource->version;
    before = find_offer(catalogue, like);
    if (before == NULL)
        return add_offer(catalogue, like, why);
    if (strcmp(like->version, before->version) > 0)
        *before = *like;
    return STATUS_OK;
}

static enum status read_package(struct catalogue *catalogue, const struct portal *portal,
                                const struct portal_dataset *dataset,
                                const struct portal_package *package, struct fail *why)
{
    struct offer like = {.portal = portal,
                         .dataset = dataset,
                         .rank = (size_t)(package - dataset->packages),
                         .series = package->series != NULL ? package->series : "",
                         .url = ""};
    struct portal_resource *resources = NULL;
    struct growing text = {0};
    size_t count = 0;
    bool missing = false;
    char url[2048];
    enum status status;

    snprintf(url, sizeof url, "%spackage_show?id=%s", portal->address, package->id);
    status = ask(catalogue, url, &text, &missing, why);
    if (status == STATUS_OK && !missing)
        status =
            portal_answer_read(&catalogue->arena, text.bytes, text.length, &resources, &count, why);
    if (status != STATUS_OK)
        fail_in(why, url, 0);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = offer_resource(catalogue, &like, package, &resources[i], why);
    free(text.bytes);
    return status;
}

static enum status read_packages(struct catalogue *catalogue, const struct portal *portal,
                                 const struct portal_dataset *dataset, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < dataset->package_count && status == STATUS_OK; i++)
        status = read_package(catalogue, portal, dataset, &dataset->packages[i], why);
    if (status == STATUS_OK && catalogue->count == 0)
        return fail_set(why, STATUS_DATA,
                        "%s has no month of %s: its names have changed, or its packages; see "
                        "rules/portals",
                        portal->title, dataset->id);
    return status;
}

/* --- files and pages ------------------------------------------------------------------------- */

static enum status read_files(struct catalogue *catalogue, const struct portal *portal,
                              const struct portal_dataset *dataset, struct fail *why)
{
    char url[2048];
    enum status status = STATUS_OK;

    for (size_t i = 0; i < dataset->file_count && status == STATUS_OK; i++) {
        const struct portal_file *const file = &dataset->files[i];
        struct offer offer = {.portal = portal,
                              .dataset = dataset,
                              .series = "",
                              .stem = file->name,
                              .id = file->name,
                              .name = file->name,
                              .version = ""};

        snprintf(url, sizeof url, "%s%s", portal->address, file->address);
        offer.url = arena_copy(&catalogue->arena, view_of(url));
        status = offer.url != NULL ? add_offer(catalogue, &offer, why) : fail_nomem(why);
    }
    return status;
}

static enum status offer_link_of_page(struct catalogue *catalogue, const struct offer *like,
                                      const struct portal_file *file, const char *page,
                                      const char *text, struct fail *why)
{
    struct offer offer = *like;
    char url[2048];
    char before[256];

    if (!page_link(text, file->address, page, url, sizeof url))
        return STATUS_OK;
    snprintf(before, sizeof before, "%s_", file->name);
    offer.stem = stem_of(catalogue, before, offer.month);
    offer.url = arena_copy(&catalogue->arena, view_of(url));
    offer.id = offer.name = offer.stem;
    offer.version = offer.url; /* a file that is published again gets another address */
    return offer.stem != NULL && offer.url != NULL ? add_offer(catalogue, &offer, why)
                                                   : fail_nomem(why);
}

static enum status read_page(struct catalogue *catalogue, const struct portal *portal,
                             const struct portal_dataset *dataset, month_t month, struct fail *why)
{
    const struct offer like = {.portal = portal, .dataset = dataset, .series = "", .month = month};
    struct growing text = {0};
    bool missing = false;
    char url[2048];
    enum status status;

    page_address(portal->address, dataset->page, month, url, sizeof url);
    status = ask(catalogue, url, &text, &missing, why);
    for (size_t i = 0; i < dataset->file_count && status == STATUS_OK && !missing; i++)
        status = offer_link_of_page(catalogue, &like, &dataset->files[i], url, text.bytes, why);
    free(text.bytes);
    return status;
}

/* Months that are not published have no page, which is no failure. */
static enum status read_pages(struct catalogue *catalogue, const struct portal *portal,
                              const struct portal_dataset *dataset, month_t from, month_t to,
                              struct fail *why)
{
    enum status status = STATUS_OK;

    for (month_t month = from; month <= to && status == STATUS_OK; month++)
        status = read_page(catalogue, portal, dataset, month, why);
    return status;
}

static int compare_offers(const void *a, const void *b)
{
    const struct offer *const one = a;
    const struct offer *const other = b;

    if (one->month != other->month)
        return one->month < other->month ? -1 : 1;
    if (one->rank != other->rank)
        return one->rank < other->rank ? -1 : 1;
    return strcmp(one->stem, other->stem);
}

const struct portal_dataset *find_dataset(const struct rules *rules, const char *id,
                                          const struct portal **portal)
{
    for (size_t i = 0; i < rules->portals.count; i++)
        for (size_t d = 0; d < rules->portals.list[i]->dataset_count; d++)
            if (strcmp(rules->portals.list[i]->datasets[d].id, id) == 0) {
                *portal = rules->portals.list[i];
                return &rules->portals.list[i]->datasets[d];
            }
    return NULL;
}

enum status catalogue_read(struct catalogue *catalogue, const struct rules *rules,
                           const char *dataset, month_t from, month_t to, struct fail *why)
{
    const struct portal *portal = NULL;
    const struct portal_dataset *const found = find_dataset(rules, dataset, &portal);
    enum status status;

    if (found == NULL)
        return fail_set(why, STATUS_USAGE, "the rules know no dataset %s (rules/portals)", dataset);
    if (portal->kind == PORTAL_CKAN)
        status = read_packages(catalogue, portal, found, why);
    else if (portal->kind == PORTAL_FILES)
        status = read_files(catalogue, portal, found, why);
    else
        status = read_pages(catalogue, portal, found, from, to, why);
    if (status == STATUS_OK && catalogue->count > 0)
        qsort(catalogue->offers, catalogue->count, sizeof *catalogue->offers, compare_offers);
    return status;
}

void catalogue_release(struct catalogue *catalogue)
{
    free(catalogue->offers);
    arena_release(&catalogue->arena);
}

/* --- links ----------------------------------------------------------------------------------- */

static bool ends_with(const char *url, const char *ending)
{
    const size_t length = strcspn(url, "?#");

    return length >= strlen(ending) &&
           strncasecmp(url + length - strlen(ending), ending, strlen(ending)) == 0;
}

static enum status read_link(struct catalogue *catalogue, const struct offer *offer,
                             const struct growing *text, struct offer_link *link, struct fail *why)
{
    struct portal_resource *resources = NULL;
    size_t count = 0;
    const enum status status =
        portal_answer_read(&catalogue->arena, text->bytes, text->length, &resources, &count, why);
    bool zip;

    if (status != STATUS_OK)
        return status;
    if (count != 1)
        return fail_set(why, STATUS_DATA, "the portal does not say where %s is", offer->name);
    zip = resources->zip_url[0] != '\0';
    *link = (struct offer_link){
        .url = zip ? resources->zip_url : resources->url,
        .version = resources->version,
        .hash = zip ? "" : resources->hash, /* hash and size are of what is at url */
        .bytes = zip ? 0 : resources->bytes,
        .ending = zip || ends_with(resources->url, ".zip") ? ".zip" : ".csv",
    };
    return STATUS_OK;
}

/* By its number; a portal that knows resources by name only is asked by name. */
static enum status ask_resource(struct catalogue *catalogue, const struct offer *offer,
                                struct offer_link *link, struct fail *why)
{
    const char *const ids[] = {offer->id, offer->name};
    struct growing text = {0};
    bool missing = true;
    char url[2048] = "";
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT_OF(ids) && missing && status == STATUS_OK; i++) {
        snprintf(url, sizeof url, "%sresource_show?id=%s", offer->portal->address, ids[i]);
        status = ask(catalogue, url, &text, &missing, why);
    }
    if (status == STATUS_OK && missing)
        status = fail_set(why, STATUS_IO, "the portal does not know %s any more", offer->name);
    if (status == STATUS_OK)
        status = read_link(catalogue, offer, &text, link, why);
    if (status != STATUS_OK)
        fail_in(why, url, 0);
    free(text.bytes);
    return status;
}

enum status catalogue_link(struct catalogue *catalogue, const struct offer *offer,
                           struct offer_link *link, struct fail *why)
{
    if (offer->url[0] == '\0')
        return ask_resource(catalogue, offer, link, why);
    *link = (struct offer_link){
        .url = offer->url,
        .version = offer->version,
        .hash = "",
        .ending = strchr(offer->stem, '.') != NULL ? ""
                  : ends_with(offer->url, ".zip")  ? ".zip"
                                                   : ".csv",
    };
    return STATUS_OK;
}
