#include "stream/scan_file.h"

#include "stream/kind.h"

#include <stdlib.h>

#define BLOCK_BYTES (64 * 1024)

static enum status feed_all(struct source *source, struct scanner *scanner, char *block,
                            struct fail *why)
{
    size_t got = 1;
    bool begun = false;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && got > 0) {
        status = source_read(source, block, BLOCK_BYTES, &got, why);
        if (status == STATUS_OK && !begun)
            status = kind_check((struct view){block, got}, why);
        begun = true;
        if (status == STATUS_OK)
            status = scan_feed(scanner, block, got, why);
    }
    return status == STATUS_OK ? scan_end(scanner, why) : status;
}

enum status scan_member(struct source *source, const struct scan_sink *sink, struct fail *why)
{
    struct scanner *scanner = NULL;
    char *const block = malloc(BLOCK_BYTES);
    enum status status = block != NULL ? STATUS_OK : fail_nomem(why);

    if (status == STATUS_OK)
        status = scan_new(&scanner, sink, why);
    if (status == STATUS_OK)
        status = feed_all(source, scanner, block, why);
    scan_free(scanner);
    free(block);
    return status;
}

enum status scan_file(const char *path, const struct scan_sink *sink, struct fail *why)
{
    struct source *source = NULL;
    bool found = true;
    enum status status = source_open(&source, path, why);

    while (status == STATUS_OK && found) {
        status = source_next(source, &found, why);
        if (status == STATUS_OK && found)
            status = kind_check_member(source_member(source), why);
        if (status == STATUS_OK && found)
            status = scan_member(source, sink, why);
    }
    source_free(source);
    return status == STATUS_OK ? status : fail_in(why, source_shown(path), why->line);
}
