#include "rules/json.h"
#include "rules/rules.h"

#include "base/limits.h"

#include <errno.h>

/* cJSON cuts a text at \u0000 in silence and takes raw control characters. */
static bool has_hidden_characters(const char *text, size_t length)
{
    if (memchr(text, '\0', length) != NULL)
        return true;
    for (size_t i = 0; i + 6 <= length; i++)
        if (memcmp(text + i, "\\u0000", 6) == 0)
            return true;
    return false;
}

static bool too_deep(const cJSON *value, int depth)
{
    const cJSON *child;

    if (depth > JSON_DEEPEST)
        return true;
    cJSON_ArrayForEach (child, value) {
        if (too_deep(child, depth + 1))
            return true;
    }
    return false;
}

/* A text that cJSON has taken, read once more for its lines. */
struct scan {
    const char *at;
    int line;
};

/* To the next character that is none of these. */
static void skip(struct scan *scan, const char *these)
{
    for (; *scan->at != '\0' && strchr(these, *scan->at) != NULL; scan->at++)
        scan->line += *scan->at == '\n';
}

static void skip_text(struct scan *scan)
{
    for (scan->at++; *scan->at != '\0' && *scan->at != '"'; scan->at++) {
        if (*scan->at == '\\' && scan->at[1] != '\0')
            scan->at++;
        scan->line += *scan->at == '\n';
    }
    scan->at += *scan->at == '"';
}

/* The children of a node are in the order of the text. */
static void mark_lines(cJSON *value, struct scan *scan)
{
    const char open = *scan->at;
    cJSON *child;

    if (open == '"') {
        skip_text(scan);
        return;
    }
    if (open != '{' && open != '[') {
        scan->at += strcspn(scan->at, ",]} \t\r\n");
        return;
    }
    scan->at++;
    for (child = value->child; child != NULL; child = child->next) {
        skip(scan, " \t\r\n,");
        child->valueint = scan->line;
        if (open == '{') {
            skip_text(scan);
            skip(scan, " \t\r\n:");
        }
        mark_lines(child, scan);
    }
    skip(scan, " \t\r\n");
    scan->at += *scan->at != '\0';
}

static enum status fail_syntax(struct json_file *file, const char *text, const char *at)
{
    file->line = 1;
    for (const char *c = text; c < at; c++)
        file->line += *c == '\n';
    return json_fail(file, "not valid JSON");
}

enum status json_parse(struct json_file *file, const char *text, size_t length, cJSON **tree)
{
    struct scan scan = {text, 1};
    const char *end = text;

    file->path_length = 0;
    file->path[0] = '\0';
    file->line = 0;
    file->id = NULL;
    if (length > LIMIT_RULE_BYTES)
        return json_fail(file, "larger than %d bytes", LIMIT_RULE_BYTES);
    if (has_hidden_characters(text, length))
        return json_fail(file, "holds a zero character");
    errno = 0; /* cJSON gives NULL for both; only malloc sets ENOMEM */
    *tree = cJSON_ParseWithLengthOpts(text, length + 1, &end, 1);
    if (*tree == NULL && errno == ENOMEM)
        return fail_nomem(file->why);
    if (*tree == NULL)
        return fail_syntax(file, text, end);
    if (too_deep(*tree, 0)) {
        cJSON_Delete(*tree);
        *tree = NULL;
        return json_fail(file, "deeper than %d levels", JSON_DEEPEST);
    }
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        scan.at += 3; /* the byte order mark, which cJSON passes over */
    skip(&scan, " \t\r\n");
    (*tree)->valueint = scan.line;
    file->line = (uint64_t)scan.line;
    mark_lines(*tree, &scan);
    return STATUS_OK;
}

const char *rules_json_version(void)
{
    return cJSON_Version();
}
