#include "fetch/content.h"

#include "stream/file_hash.h"
#include "stream/source.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define FIRST_BYTES 65536

struct content {
    char first[FIRST_BYTES + 1];
    size_t length;
    uint64_t bytes; /* unpacked */
    char last;
};

/* Members without columns, as a note in an archive, do not count. */
static enum status read_member(struct source *source, struct content *content, char *buffer,
                               struct fail *why)
{
    size_t got = 1;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && got > 0) {
        status = source_read(source, buffer, FIRST_BYTES, &got, why);
        if (status != STATUS_OK || got == 0)
            continue;
        if (content->length < FIRST_BYTES) {
            const size_t room = FIRST_BYTES - content->length;
            const size_t now = got < room ? got : room;

            memcpy(content->first + content->length, buffer, now);
            content->length += now;
        }
        content->bytes += got;
        content->last = buffer[got - 1];
    }
    return status;
}

static enum status read_all(const char *path, struct content *content, bool *archive,
                            char sha256[SHA256_TEXT], struct fail *why)
{
    char *const buffer = malloc(FIRST_BYTES);
    struct source *source = NULL;
    uint64_t bytes = 0;
    bool found = true;
    enum status status = buffer != NULL ? source_open(&source, path, why) : fail_nomem(why);

    while (status == STATUS_OK && found) {
        status = source_next(source, &found, why);
        if (status != STATUS_OK || !found)
            continue;
        *archive = *archive || source_member(source) != NULL;
        status = read_member(source, content, buffer, why);
    }
    if (status == STATUS_OK)
        status = source_end(source, sha256, &bytes, why);
    source_free(source);
    free(buffer);
    return status;
}

static bool is_page(const struct content *content)
{
    size_t at = 0;

    while (at < content->length && isspace((unsigned char)content->first[at]))
        at++;
    return at < content->length && (content->first[at] == '<' || content->first[at] == '{');
}

/* 202607, 2026-07 or 2026_07 in the first row behind the header, between other than digits. */
static bool has_month(const struct content *content, month_t month)
{
    const char *const row = strchr(content->first, '\n');
    char text[MONTH_TEXT];
    struct view line;

    if (row == NULL)
        return false;
    line = (struct view){row + 1, strcspn(row + 1, "\n")};
    month_print(month, text);
    for (size_t i = 0; i + 6 <= line.length; i++) {
        const size_t gap = line.at[i + 4] == '-' || line.at[i + 4] == '_';
        const size_t end = i + 6 + gap;

        if ((i == 0 || !isdigit((unsigned char)line.at[i - 1])) && end <= line.length &&
            memcmp(line.at + i, text, 4) == 0 && memcmp(line.at + i + 4 + gap, text + 5, 2) == 0 &&
            (end == line.length || !isdigit((unsigned char)line.at[end])))
            return true;
    }
    return false;
}

static enum status check_text(const struct content *content, const struct content_wanted *wanted,
                              struct fail *why)
{
    const char *const end = strchr(content->first, '\n');
    const char *const comma = strchr(content->first, ',');
    char month[MONTH_TEXT];

    if (is_page(content))
        return fail_set(why, STATUS_DATA,
                        "a web page or a message came in place of the file; a proxy may be in "
                        "between");
    if (comma == NULL || end == NULL || content->first[0] == '\0')
        return fail_set(why, STATUS_DATA, "what came has no rows of columns");
    if (wanted->month != MONTH_NONE && !has_month(content, wanted->month))
        return fail_set(why, STATUS_DATA, "the first row is not of %s",
                        month_print(wanted->month, month));
    if (!wanted->archive && !wanted->length_known && content->last != '\n')
        return fail_set(why, STATUS_DATA,
                        "the file ends in the middle of a line, and nobody says how long it is");
    return STATUS_OK;
}

static enum status check_hash(const char *path, const struct content_wanted *wanted,
                              struct fail *why)
{
    char found[FILE_HASH_TEXT];
    const char *const colon = strchr(wanted->hash, ':');
    const char *const hash = colon != NULL ? colon + 1 : wanted->hash; /* "md5:..." */
    bool known = false;
    const enum status status = file_hash(path, strlen(hash), found, &known, why);

    if (status != STATUS_OK || !known || strcasecmp(found, hash) == 0)
        return status;
    return fail_set(why, STATUS_DATA, "the portal's hash is %s, that of the file %s", hash, found);
}

static enum status check_all(const char *path, const struct content_wanted *wanted,
                             struct content *content, char sha256[SHA256_TEXT], struct fail *why)
{
    bool archive = false;
    uint64_t bytes = 0;
    enum status status = STATUS_OK;

    if (wanted->bytes > 0)
        status = file_bytes(path, &bytes, why);
    if (status == STATUS_OK && wanted->bytes > 0 && bytes != (uint64_t)wanted->bytes)
        status = fail_set(why, STATUS_DATA, "the portal says %lld bytes, %llu came",
                          (long long)wanted->bytes, (unsigned long long)bytes);
    if (status == STATUS_OK)
        status = read_all(path, content, &archive, sha256, why);
    if (status == STATUS_OK)
        status = check_text(content, wanted, why);
    if (status == STATUS_OK && wanted->archive && !archive)
        status = fail_set(why, STATUS_DATA, "what came is not a ZIP");
    return status == STATUS_OK && wanted->hash[0] != '\0' ? check_hash(path, wanted, why) : status;
}

enum status content_check(const char *path, const struct content_wanted *wanted,
                          char sha256[SHA256_TEXT], struct fail *why)
{
    struct content *const content = calloc(1, sizeof *content);
    enum status status;

    if (content == NULL)
        return fail_nomem(why);
    status = check_all(path, wanted, content, sha256, why);
    free(content);
    return status;
}
