#include "workbook/xlsx_internal.h"

#include "stream/source.h"

#include <inttypes.h>
#include <stdlib.h>

#define BLOCK_BYTES ((size_t)256 * 1024)

/* What a person would see as "the file is damaged", and what nobody would see: a part that does
 * not end with the tag it began with, tags that do not close, rows that are gone. */
struct xlsx_part {
    char first[64]; /* name of the first element */
    char last[64];  /* of the last tag */
    bool begun;
    bool broken;
    enum { IN_TEXT, IN_NAME, IN_REST } state;
    char name[64]; /* of the tag at hand */
    size_t length;
    char before; /* the byte before > */
    long depth;
    struct xlsx_sheet_counts found;
    uint64_t texts;
    uint64_t texts_said; /* by the part itself */
};

static void end_tag(struct xlsx_part *part)
{
    const bool alone = part->before == '/';

    part->state = IN_TEXT;
    if (alone && part->length > 0 && part->name[part->length - 1] == '/')
        part->length--;
    part->name[part->length] = '\0';
    if (part->name[0] == '?')
        return;
    if (part->first[0] == '\0')
        memcpy(part->first, part->name, sizeof part->first);
    memcpy(part->last, part->name, sizeof part->last);
    if (part->name[0] == '/')
        part->depth--;
    else if (!alone)
        part->depth++;
    part->broken = part->broken || part->depth < 0;
    part->found.rows += strcmp(part->name, "row") == 0;
    part->found.cells += strcmp(part->name, "c") == 0;
    part->texts += strcmp(part->name, "si") == 0;
}

/* A byte of a tag but its ends. */
static void take_byte(struct xlsx_part *part, char byte)
{
    if (part->state == IN_NAME && (byte == ' ' || byte == '\n'))
        part->state = IN_REST;
    if (part->state == IN_NAME && part->length + 1 < sizeof part->name)
        part->name[part->length++] = byte;
    part->before = byte;
}

/* In XML that the library writes, < and > are nothing but the ends of tags. */
static void take_bytes(struct xlsx_part *part, const char *at, const char *end)
{
    while (at < end) {
        if (part->state == IN_TEXT) {
            at = memchr(at, '<', (size_t)(end - at));
            if (at == NULL)
                return;
            part->state = IN_NAME;
            part->length = 0;
            part->before = '\0';
        } else if (*at == '>') {
            end_tag(part);
        } else {
            part->broken = part->broken || *at == '<';
            take_byte(part, *at);
        }
        at++;
    }
}

/* How many texts the table of them says it has: in its first tag. */
static void begin_part(struct xlsx_part *part, struct view block)
{
    static const char said[] = "uniqueCount=\"";

    for (size_t at = 0; at + sizeof said < block.length && at < 400; at++)
        if (memcmp(block.at + at, said, sizeof said - 1) == 0)
            part->texts_said = strtoull(block.at + at + sizeof said - 1, NULL, 10);
    part->begun = true;
}

static bool is_whole(const struct xlsx_part *part)
{
    return part->begun && !part->broken && part->state == IN_TEXT && part->depth == 0 &&
           part->last[0] == '/' && strcmp(part->last + 1, part->first) == 0 &&
           (strcmp(part->first, "sst") != 0 || part->texts == part->texts_said);
}

static enum status read_part(struct xlsx_part *part, struct source *source, char *block,
                             struct fail *why)
{
    size_t got = 1;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && got > 0) {
        status = source_read(source, block, BLOCK_BYTES, &got, why);
        if (status != STATUS_OK || got == 0)
            continue;
        if (!part->begun)
            begin_part(part, (struct view){block, got});
        take_bytes(part, block, block + got);
    }
    if (status == STATUS_OK && !is_whole(part))
        status = fail_set(why, STATUS_IO,
                          "cannot be written: the disk may be full, a part of it is cut");
    return status;
}

/* The number of a sheet by the name of its part, from 0; false for another part. */
static bool sheet_of(const char *member, size_t *number)
{
    static const char begin[] = "xl/worksheets/sheet";

    if (member == NULL || strncmp(member, begin, sizeof begin - 1) != 0)
        return false;
    *number = (size_t)strtoull(member + sizeof begin - 1, NULL, 10) - 1;
    return true;
}

/* `seen` are sheets so far. */
static enum status check_part(const struct xlsx_counts *counts, size_t *seen, const char *member,
                              const struct xlsx_part *part, struct fail *why)
{
    size_t number;

    if (!sheet_of(member, &number))
        return STATUS_OK;
    ++*seen;
    if (number < counts->sheet_count && part->found.rows == counts->sheets[number].rows &&
        part->found.cells == counts->sheets[number].cells)
        return STATUS_OK;
    return fail_set(why, STATUS_IO,
                    "cannot be written: sheet %zu has %" PRIu32 " rows and %" PRIu32
                    " cells of %" PRIu32 " and %" PRIu32,
                    number + 1, part->found.rows, part->found.cells,
                    number < counts->sheet_count ? counts->sheets[number].rows : 0,
                    number < counts->sheet_count ? counts->sheets[number].cells : 0);
}

static enum status check_all(struct source *source, char *block, const struct xlsx_counts *counts,
                             struct fail *why)
{
    size_t seen = 0;
    bool found = true;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && found) {
        struct xlsx_part part = {.begun = false};

        status = source_next(source, &found, why);
        if (status != STATUS_OK || !found)
            break;
        status = read_part(&part, source, block, why);
        if (status == STATUS_OK)
            status = check_part(counts, &seen, source_member(source), &part, why);
    }
    if (status == STATUS_OK && seen != counts->sheet_count)
        status = fail_set(why, STATUS_IO, "cannot be written: %zu of %zu sheets are there", seen,
                          counts->sheet_count);
    return status;
}

enum status xlsx_check(const char *path, const struct xlsx_counts *counts, struct fail *why)
{
    char *const block = malloc(BLOCK_BYTES);
    struct source *source = NULL;
    enum status status = block != NULL ? source_open(&source, path, why) : fail_nomem(why);

    if (status == STATUS_OK) {
        source_skip_sha256(source);
        status = check_all(source, block, counts, why);
    }
    if (status != STATUS_OK && status != STATUS_NOMEM)
        why->code = status = STATUS_IO; /* what we wrote is no input */
    source_free(source);
    free(block);
    return status;
}
