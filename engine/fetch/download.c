#include "fetch/download.h"

#include "fetch/content.h"
#include "fetch/part_file.h"

#include <stdio.h>
#include <strings.h>
#include <unistd.h>

/* One offer on its way. */
struct fetching {
    struct catalogue *catalogue;
    const struct offer *offer;
    struct offer_link link;
    struct part_file part;
    struct trying trying;
    int64_t all;      /* length of the whole file as the server says it, -1 when it does not */
    int64_t progress; /* bytes at the last progress */
    bool decided;     /* what the body of this answer is for */
    bool wanted;
    uint64_t resumed;
};

/* So much must come for the waits to begin anew: a server that gives a byte a try does not. */
#define PROGRESS_BYTES (1024 * 1024)

static bool is_https(const char *url)
{
    return strncasecmp(url, "https:", 6) == 0;
}

/* The answer is the rest of what is there: from where it ends, and of the same file. */
static bool goes_on(const struct fetching *fetching, const struct http_answer *answer)
{
    const struct part_file *const part = &fetching->part;

    if (answer->code != 206 || answer->range_from != part->bytes)
        return false;
    if (part->etag[0] != '\0' && answer->etag[0] != '\0')
        return strcmp(part->etag, answer->etag) == 0;
    return part->modified[0] == '\0' || answer->modified[0] == '\0' ||
           strcmp(part->modified, answer->modified) == 0;
}

/* At the first bytes of a body: the rest, the whole, or something that is not the file. */
static bool decide(struct fetching *fetching, const struct http_answer *answer, struct fail *why)
{
    struct part_file *const part = &fetching->part;

    fetching->decided = true;
    fetching->wanted = answer->code == 200;
    if (answer->code == 200) {
        fetching->all = answer->length;
        fetching->resumed = 0;
        fetching->progress = 0;
        return part_begin(part, answer->etag, answer->modified, fetching->link.version, why) ==
               STATUS_OK;
    }
    if (goes_on(fetching, answer)) {
        fetching->wanted = true;
        fetching->all = answer->range_all;
        return true;
    }
    if (answer->code == 206) /* of another file, or from elsewhere: asked for anew */
        return part_begin(part, "", "", "", why) == STATUS_OK;
    return true;
}

static bool take(void *context, const struct http_answer *answer, const void *bytes, size_t length,
                 struct fail *why)
{
    struct fetching *const fetching = context;

    if (!fetching->decided && !decide(fetching, answer, why))
        return false;
    return !fetching->wanted || part_add(&fetching->part, bytes, length, why) == STATUS_OK;
}

static enum status ask_link(struct fetching *fetching, struct fail *why)
{
    const enum status status =
        catalogue_link(fetching->catalogue, fetching->offer, &fetching->link, why);

    if (status == STATUS_OK && fetching->link.url[0] == '\0')
        return fail_set(why, STATUS_DATA, "the portal gives no address for %s",
                        fetching->offer->name);
    return status;
}

static enum status try_once(struct fetching *fetching, struct http_answer *answer, struct fail *why)
{
    struct part_file *const part = &fetching->part;
    const char *const validator = part_validator(part);
    struct http_request request = {
        .url = fetching->link.url,
        .fetches_only_https = is_https(fetching->offer->portal->address),
        .take = take,
        .context = fetching,
    };
    enum status status = STATUS_OK;

    if (part->bytes > 0 && validator[0] == '\0') /* nobody could say that it is the same file */
        status = part_begin(part, "", "", "", why);
    request.from = part->bytes;
    request.if_range = validator;
    fetching->decided = fetching->wanted = false;
    return status == STATUS_OK ? http_get(fetching->catalogue->http, &request, answer, why)
                               : status;
}

/* The whole file has come: nothing broke off, and its length is what the server said. */
static bool is_whole(const struct fetching *fetching, const struct http_answer *answer)
{
    const int64_t bytes = fetching->part.bytes;

    if (answer->broken)
        return false;
    if (answer->code == 416) /* from its end on there is nothing more */
        return bytes > 0 && answer->range_all == bytes;
    return fetching->wanted && bytes > 0 && (fetching->all < 0 || fetching->all == bytes);
}

/* A link that has expired is refused in one of these ways. */
static bool may_be_expired(const struct http_answer *answer)
{
    return answer->code == 400 || answer->code == 401 || answer->code == 403 ||
           answer->code == 404 || answer->code == 410;
}

static void describe(const struct fetching *fetching, const struct http_answer *answer, char *out,
                     size_t size)
{
    char said[320];

    answer_print(answer, said, sizeof said);
    if (!answer->broken && (answer->code == 200 || answer->code == 206))
        snprintf(said, sizeof said, "%s",
                 fetching->part.bytes > 0 ? "the transfer ended before the whole file was there"
                                          : "the server sends another part, or nothing");
    snprintf(out, size, "%.150s: %s", fetching->offer->name, said);
}

/* After a try that did not bring the whole: waits, and asks for a new link where the old one may be
 * over; or says why that is of no use. */
static enum status prepare_next(struct fetching *fetching, const struct http_answer *answer,
                                struct fail *why)
{
    const bool expired = !answer->broken && may_be_expired(answer);
    char what[512];
    enum status status = STATUS_OK;

    describe(fetching, answer, what, sizeof what);
    if (fetching->part.bytes >= fetching->progress + PROGRESS_BYTES) {
        fetching->progress = fetching->part.bytes;
        trying_progress(&fetching->trying);
    }
    if (!answer->broken && answer->code == 416) /* longer than the file is: not the same one */
        status = part_begin(&fetching->part, "", "", "", why);
    else if (!answer->broken && answer->code >= 400 && !expired && !answer_may_pass(answer))
        status = fail_set(why, STATUS_IO, "%s", what);
    if (status == STATUS_OK)
        status = trying_again(&fetching->trying, what, answer->retry_after, why);
    return status == STATUS_OK && expired ? ask_link(fetching, why) : status;
}

static enum status fetch_all(struct fetching *fetching, struct fail *why)
{
    struct http_answer answer = {0};
    enum status status = STATUS_OK;

    for (;;) {
        status = try_once(fetching, &answer, why);
        if (status == STATUS_OK && is_whole(fetching, &answer))
            return STATUS_OK;
        if (status == STATUS_OK)
            status = prepare_next(fetching, &answer, why);
        if (status != STATUS_OK)
            return status;
    }
}

/* What is not the file that was asked for is not kept. */
static enum status check(struct fetching *fetching, struct downloaded *downloaded, struct fail *why)
{
    const struct content_wanted wanted = {
        .month = fetching->offer->portal->kind == PORTAL_CKAN ? fetching->offer->month : MONTH_NONE,
        .bytes = fetching->link.bytes,
        .hash = fetching->link.hash,
        .archive = strcmp(fetching->link.ending, ".zip") == 0,
        .length_known = fetching->all >= 0 || fetching->link.bytes > 0,
    };
    const enum status status = content_check(fetching->part.path, &wanted, downloaded->sha256, why);

    if (status == STATUS_DATA) {
        part_drop(&fetching->part);
        fail_in(why, fetching->offer->name, 0);
    }
    return status;
}

static enum status name_file(const struct fetching *fetching, const char *folder,
                             struct downloaded *downloaded, struct fail *why)
{
    const int length = snprintf(downloaded->name, sizeof downloaded->name, "%s%s",
                                fetching->offer->stem, fetching->link.ending);

    if (length < 0 || (size_t)length >= sizeof downloaded->name ||
        (size_t)snprintf(downloaded->path, sizeof downloaded->path, "%s/%s", folder,
                         downloaded->name) >= sizeof downloaded->path)
        return fail_set(why, STATUS_CANT_CREATE, "the path of the folder is too long");
    return STATUS_OK;
}

/* A part of an older file than the portal has now is of no use. */
static enum status forget_older(struct fetching *fetching, struct fail *why)
{
    struct part_file *const part = &fetching->part;

    fetching->resumed = (uint64_t)part->bytes;
    fetching->progress = part->bytes;
    fetching->all = -1;
    if (part->bytes == 0 || strcmp(part->version, fetching->link.version) == 0)
        return STATUS_OK;
    fetching->resumed = 0;
    return part_begin(part, "", "", "", why);
}

enum status download(struct catalogue *catalogue, const struct offer *offer, const char *folder,
                     struct downloaded *downloaded, struct fail *why)
{
    struct fetching fetching = {.catalogue = catalogue,
                                .offer = offer,
                                .part.file = -1,
                                .trying.patience = catalogue->patience};
    enum status status = ask_link(&fetching, why);

    if (status == STATUS_OK)
        status = name_file(&fetching, folder, downloaded, why);
    if (status == STATUS_OK)
        status = part_open(&fetching.part, folder, downloaded->name, why);
    if (status == STATUS_OK)
        status = forget_older(&fetching, why);
    if (status == STATUS_OK)
        status = fetch_all(&fetching, why);
    if (status == STATUS_OK)
        status = check(&fetching, downloaded, why);
    if (status == STATUS_OK)
        status = part_finish(&fetching.part, downloaded->path, why);
    downloaded->bytes = (uint64_t)fetching.part.bytes;
    downloaded->resumed = fetching.resumed;
    downloaded->version = fetching.link.version;
    part_close(&fetching.part);
    return status;
}

enum status download_size(struct catalogue *catalogue, const struct offer *offer,
                          struct offer_link *link, uint64_t *bytes, struct fail *why)
{
    struct http_answer answer = {0};
    enum status status = catalogue_link(catalogue, offer, link, why);
    struct http_request request = {.url = status == STATUS_OK ? link->url : "", .head = true};

    *bytes = status == STATUS_OK ? (uint64_t)link->bytes : 0;
    if (status != STATUS_OK || *bytes > 0)
        return status;
    request.fetches_only_https = is_https(offer->portal->address);
    status = http_get(catalogue->http, &request, &answer, why);
    if (status == STATUS_OK && !answer.broken && answer.code == 200 && answer.length > 0)
        *bytes = (uint64_t)answer.length;
    return status;
}
