#include "fetch/http.h"

#include "base/view.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define SLOWEST_BYTES 1000L /* a second */
#define CONNECT_SECONDS 30L
#define MOST_REDIRECTS 8L

struct http {
    CURL *curl;
    struct http_options options;
    char error[CURL_ERROR_SIZE];
};

/* One request under way. */
struct transfer {
    struct http *http;
    const struct http_request *request;
    struct http_answer *answer;
    struct fail *why;
    bool refused; /* by take() */
};

/* --- headers --------------------------------------------------------------------------------- */

static void forget_fields(struct http_answer *answer)
{
    *answer =
        (struct http_answer){.length = -1, .range_from = -1, .range_all = -1, .retry_after = -1};
}

static struct view after_colon(struct view line)
{
    const char *const colon = memchr(line.at, ':', line.length);
    struct view value = view_none();

    if (colon == NULL)
        return value;
    value = (struct view){colon + 1, line.length - (size_t)(colon + 1 - line.at)};
    while (value.length > 0 && strchr("\r\n", value.at[value.length - 1]) != NULL)
        value.length--;
    return view_trim(value);
}

static void keep(char out[HTTP_FIELD], struct view value)
{
    const size_t length = value.length < HTTP_FIELD ? value.length : 0; /* too long: as not given */

    memcpy(out, value.at, length);
    out[length] = '\0';
}

/* A whole number at the front, -1 for none. */
static int64_t number_of(const char *text)
{
    char *end;
    const long long number = strtoll(text, &end, 10);

    return end == text || number < 0 ? -1 : (int64_t)number;
}

/* "bytes 100-199/200", or in an answer of 416 "bytes" and "*" and "/200" */
static void read_range(struct http_answer *answer, struct view value)
{
    char text[HTTP_FIELD];
    const char *slash;

    keep(text, value);
    if (strncasecmp(text, "bytes ", 6) == 0)
        answer->range_from = number_of(text + 6);
    slash = strchr(text, '/');
    answer->range_all = slash != NULL ? number_of(slash + 1) : -1;
}

/* Seconds, or a date. */
static int64_t read_retry(struct view value)
{
    char text[HTTP_FIELD];
    time_t at;

    keep(text, value);
    if (number_of(text) >= 0 && strchr(text, ':') == NULL)
        return number_of(text);
    at = curl_getdate(text, NULL);
    if (at < 0)
        return -1;
    return at > time(NULL) ? (int64_t)(at - time(NULL)) : 0;
}

static bool is_field(struct view line, const char *name)
{
    const size_t length = strlen(name);

    return line.length > length && strncasecmp(line.at, name, length) == 0 &&
           line.at[length] == ':';
}

static void read_field(struct http_answer *answer, struct view line)
{
    const struct view value = after_colon(line);
    char text[HTTP_FIELD];

    if (is_field(line, "etag"))
        keep(answer->etag, value);
    else if (is_field(line, "last-modified"))
        keep(answer->modified, value);
    else if (is_field(line, "content-type"))
        keep(answer->type, value);
    else if (is_field(line, "content-disposition"))
        keep(answer->disposition, value);
    else if (is_field(line, "content-range"))
        read_range(answer, value);
    else if (is_field(line, "retry-after"))
        answer->retry_after = read_retry(value);
    else if (is_field(line, "content-length")) {
        keep(text, value);
        answer->length = number_of(text);
    }
}

/* Each answer begins anew: those of redirects and of a proxy come first. */
static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *const transfer = context;
    const struct view line = {bytes, size * count};

    if (line.length > 5 && strncmp(line.at, "HTTP/", 5) == 0)
        forget_fields(transfer->answer);
    else
        read_field(transfer->answer, line);
    return size * count;
}

/* --- body ------------------------------------------------------------------------------------ */

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *const transfer = context;
    const size_t length = size * count;

    curl_easy_getinfo(transfer->http->curl, CURLINFO_RESPONSE_CODE, &transfer->answer->code);
    if (transfer->request->take == NULL ||
        transfer->request->take(transfer->request->context, transfer->answer, bytes, length,
                                transfer->why))
        return length;
    transfer->refused = true;
    return length == 0 ? 1 : 0;
}

static int tick(void *context, curl_off_t all, curl_off_t done, curl_off_t up_all, curl_off_t up)
{
    const struct http *const http = context;

    (void)up_all;
    (void)up;
    if (http->options.progress != NULL)
        http->options.progress(http->options.context, (uint64_t)done, (uint64_t)all);
    return 0;
}

/* --- set up ---------------------------------------------------------------------------------- */

static void set_authorities(CURL *curl)
{
    static const char *const files[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE"};
    const char *const folder = getenv("SSL_CERT_DIR");

    if (folder != NULL && folder[0] != '\0')
        curl_easy_setopt(curl, CURLOPT_CAPATH, folder);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        const char *const file = getenv(files[i]);

        if (file == NULL || file[0] == '\0')
            continue;
        curl_easy_setopt(curl, CURLOPT_CAINFO, file);
        return;
    }
}

static void set_up(struct http *http)
{
    CURL *const curl = http->curl;

    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, http->error);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "canister");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, MOST_REDIRECTS);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, SLOWEST_BYTES);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)http->options.stall);
    curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, 2L);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, tick);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, http);
    set_authorities(curl);
}

enum status http_new(struct http **http, const struct http_options *options, struct fail *why)
{
    struct http *const made = calloc(1, sizeof *made);

    if (made == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
        (made->curl = curl_easy_init()) == NULL) {
        free(made);
        return fail_nomem(why);
    }
    made->options = *options;
    set_up(made);
    *http = made;
    return STATUS_OK;
}

void http_free(struct http *http)
{
    if (http == NULL)
        return;
    curl_easy_cleanup(http->curl);
    curl_global_cleanup();
    free(http);
}

/* --- a request ------------------------------------------------------------------------------- */

/* What another try will not change. */
static bool is_final(CURLcode code)
{
    return code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT ||
           code == CURLE_TOO_MANY_REDIRECTS || code == CURLE_PEER_FAILED_VERIFICATION ||
           code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_CIPHER ||
           code == CURLE_BAD_FUNCTION_ARGUMENT || code == CURLE_UNKNOWN_OPTION;
}

static enum status judge(struct http *http, CURLcode code, struct transfer *transfer,
                         struct fail *why)
{
    const char *const text = http->error[0] != '\0' ? http->error : curl_easy_strerror(code);

    if (transfer->refused)
        return why->code;
    if (code == CURLE_OUT_OF_MEMORY)
        return fail_nomem(why);
    if (code == CURLE_PEER_FAILED_VERIFICATION)
        return fail_set(why, STATUS_IO,
                        "the server's certificate is not trusted (%s); where a proxy opens TLS, "
                        "set CURL_CA_BUNDLE to a file with its certificate authority",
                        text);
    if (is_final(code))
        return fail_set(why, STATUS_IO, "the address cannot be fetched: %s", text);
    transfer->answer->broken = code != CURLE_OK;
    if (code != CURLE_OK)
        snprintf(transfer->answer->text, sizeof transfer->answer->text, "%s", text);
    return STATUS_OK;
}

static struct curl_slist *make_fields(const struct http_request *request)
{
    char field[HTTP_FIELD + 16];
    struct curl_slist *list = curl_slist_append(NULL, "Accept-Encoding: identity");

    if (list == NULL || request->from == 0 || request->if_range == NULL ||
        request->if_range[0] == '\0')
        return list;
    snprintf(field, sizeof field, "If-Range: %s", request->if_range);
    return curl_slist_append(list, field);
}

enum status http_get(struct http *http, const struct http_request *request,
                     struct http_answer *answer, struct fail *why)
{
    struct transfer transfer = {http, request, answer, why, false};
    struct curl_slist *const fields = make_fields(request);
    const char *const protocols = request->fetches_only_https ? "https" : "http,https";
    char range[32];
    CURLcode code;

    if (fields == NULL)
        return fail_nomem(why);
    forget_fields(answer);
    http->error[0] = '\0';
    snprintf(range, sizeof range, "%lld-", (long long)request->from);
    curl_easy_setopt(http->curl, CURLOPT_URL, request->url);
    curl_easy_setopt(http->curl, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(http->curl, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
    curl_easy_setopt(http->curl, CURLOPT_RANGE, request->from > 0 ? range : NULL);
    curl_easy_setopt(http->curl, CURLOPT_NOBODY, request->head ? 1L : 0L);
    curl_easy_setopt(http->curl, CURLOPT_HTTPGET, request->head ? 0L : 1L);
    if (request->head)
        curl_easy_setopt(http->curl, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(http->curl, CURLOPT_HTTPHEADER, fields);
    curl_easy_setopt(http->curl, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(http->curl, CURLOPT_WRITEDATA, &transfer);
    code = curl_easy_perform(http->curl);
    curl_easy_getinfo(http->curl, CURLINFO_RESPONSE_CODE, &answer->code);
    curl_slist_free_all(fields);
    return judge(http, code, &transfer, why);
}

const char *http_library_version(void)
{
    return curl_version_info(CURLVERSION_NOW)->version;
}
