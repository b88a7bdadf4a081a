#include "fetch/page_links.h"

#include <stdio.h>
#include <strings.h>

static const char *value_of(const char *key, size_t length, month_t month, char number[8])
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    const struct view name = {key, length};

    if (view_is(name, "month_name"))
        return names[month % 12];
    if (view_is(name, "month"))
        snprintf(number, 8, "%02d", month % 12 + 1);
    else if (view_is(name, "year"))
        snprintf(number, 8, "%04d", month / 12 % 10000);
    else
        return "";
    return number;
}

void page_address(const char *base, const char *pattern, month_t month, char *out, size_t size)
{
    size_t used = (size_t)snprintf(out, size, "%s", base);

    while (*pattern != '\0' && used + 16 < size) {
        const size_t length = *pattern == '{' ? strcspn(pattern, "}") : 0;
        char number[8];

        if (length == 0 || pattern[length] == '\0') {
            out[used++] = *pattern++;
            continue;
        }
        used += (size_t)snprintf(out + used, size - used, "%s",
                                 value_of(pattern + 1, length - 1, month, number));
        pattern += length + 1;
    }
    out[used < size ? used : size - 1] = '\0';
}

static bool is_wanted(struct view link, const char *name)
{
    struct view path = {link.at, 0};
    const char *last = link.at;

    while (path.length < link.length && strchr("?#", link.at[path.length]) == NULL)
        path.length++;
    for (size_t i = 0; i < path.length; i++)
        if (link.at[i] == '/')
            last = link.at + i + 1;
    if (path.length < 5 || (size_t)(path.at + path.length - last) < strlen(name))
        return false;
    return strncasecmp(last, name, strlen(name)) == 0 &&
           (strncasecmp(path.at + path.length - 4, ".csv", 4) == 0 ||
            strncasecmp(path.at + path.length - 4, ".zip", 4) == 0);
}

/* "/x" from the host on, "x" from the folder on, "//host/x" and "http://host/x" as they are. */
static bool complete(struct view link, const char *page, char *url, size_t size)
{
    const char *const host = strstr(page, "://");
    const char *const root = host != NULL ? strchr(host + 3, '/') : NULL;
    const char *const folder = strrchr(page, '/');
    int keep = 0;

    if (root == NULL)
        return false;
    if (link.length > 1 && link.at[0] == '/' && link.at[1] == '/')
        keep = (int)(host + 1 - page);
    else if (link.length > 0 && link.at[0] == '/')
        keep = (int)(root - page);
    else if (!view_contains_nocase(link, view_of("://")))
        keep = (int)(folder + 1 - page);
    return (size_t)snprintf(url, size, "%.*s%.*s", keep, page, (int)link.length, link.at) < size;
}

bool page_link(const char *text, const char *name, const char *page, char *url, size_t size)
{
    const char *at = text;

    while ((at = strstr(at, "href=")) != NULL) {
        struct view link;

        at += 5;
        if (*at != '"' && *at != '\'')
            continue;
        link = (struct view){at + 1, strcspn(at + 1, *at == '"' ? "\"" : "'")};
        if (is_wanted(link, name) && complete(link, page, url, size))
            return true;
    }
    return false;
}
