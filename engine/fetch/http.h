#ifndef FETCH_HTTP_H
#define FETCH_HTTP_H

/* One request after the other over HTTP and HTTPS; the only door to libcurl.
 *     http_new(&http, &options, why)
 *     http_get(http, &request, &answer, why)
 *     http_free(http)
 * Proxies are those of the environment (http_proxy, https_proxy, all_proxy, no_proxy), certificate
 * authorities those of CURL_CA_BUNDLE, SSL_CERT_FILE or SSL_CERT_DIR, else the system's.  A link
 * or a redirect never leads from https to http, and to no other protocol.  Time is bounded: 30
 * seconds to connect, and no transfer goes on that is slower than 1,000 bytes a second for `stall`
 * seconds. */

#include "base/fail.h"

#include <stdbool.h>
#include <stdint.h>

struct http;

struct http_options {
    unsigned stall; /* seconds */
    /* Called about once a second; done and all in bytes of this transfer, all 0 when not known. */
    void (*progress)(void *context, uint64_t done, uint64_t all);
    void *context;
};

#define HTTP_FIELD 256

struct http_answer {
    long code;             /* of the last answer after redirects; 0: there was none */
    bool broken;           /* the transfer ended before its time, for a reason that may pass */
    char text[256];        /* why */
    int64_t length;        /* Content-Length, -1 when not given */
    int64_t range_from;    /* of Content-Range, -1 when not given */
    int64_t range_all;     /* the whole in Content-Range, -1 */
    int64_t retry_after;   /* seconds, -1 when not given */
    char etag[HTTP_FIELD]; /* empty when not given; so are the next three */
    char modified[HTTP_FIELD];
    char type[HTTP_FIELD];
    char disposition[HTTP_FIELD];
};

struct http_request {
    const char *url;
    int64_t from;         /* bytes that are there: Range; 0 for all */
    const char *if_range; /* an ETag or date under which they are still good */
    bool head;            /* no body is wanted */
    bool fetches_only_https;
    /* Takes the body as it comes; the answer's fields are filled before the first call.  False ends
     * the transfer with *why filled. */
    bool (*take)(void *context, const struct http_answer *answer, const void *bytes, size_t length,
                 struct fail *why);
    void *context;
};

MUST_USE
enum status http_new(struct http **http, const struct http_options *options, struct fail *why);
void http_free(struct http *http);

/* STATUS_OK also for an answer of 404 or a transfer that broke off: the answer says so.
 * fails  what take() said
 *        STATUS_IO     what will not pass: an untrusted certificate, a protocol that is not allowed,
 *                      too many redirects */
MUST_USE
enum status http_get(struct http *http, const struct http_request *request,
                     struct http_answer *answer, struct fail *why);

/* "7.88.1" */
const char *http_library_version(void);

#endif
