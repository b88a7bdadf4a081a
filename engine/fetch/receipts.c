#include "fetch/receipts.h"

#include "base/grow.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COLUMNS 5
static const char header[] = "name,file,version,bytes,sha256";

static const char **column(struct receipt *receipt, int at)
{
    const char **const columns[COLUMNS] = {&receipt->stem, &receipt->file, &receipt->version,
                                           &receipt->bytes, &receipt->sha256};

    return columns[at];
}

/* Texts of a portal: what would break the line becomes a blank. */
static const char *plain(struct arena *arena, const char *text)
{
    char *const copy = arena_copy(arena, view_of(text));

    for (char *at = copy; at != NULL && *at != '\0'; at++)
        if (*at == ',' || *at == '"' || (unsigned char)*at < ' ')
            *at = ' ';
    return copy;
}

static enum status keep(struct receipts *receipts, const struct receipt *from, struct fail *why)
{
    struct receipt copy = *from;
    struct receipt *known = NULL;

    for (int i = 0; i < COLUMNS; i++) {
        *column(&copy, i) = plain(&receipts->arena, *column(&copy, i));
        if (*column(&copy, i) == NULL)
            return fail_nomem(why);
    }
    for (size_t i = 0; i < receipts->count; i++)
        if (strcmp(receipts->list[i].stem, copy.stem) == 0)
            known = &receipts->list[i];
    if (known == NULL) {
        if (!grow(&receipts->list, &receipts->room, receipts->count + 1, sizeof copy))
            return fail_nomem(why);
        known = &receipts->list[receipts->count++];
    }
    *known = copy;
    return STATUS_OK;
}

static enum status read_line(struct receipts *receipts, char *line, struct fail *why)
{
    struct receipt receipt;
    char *at = line;

    line[strcspn(line, "\r\n")] = '\0';
    if (strcmp(line, header) == 0 || line[0] == '\0')
        return STATUS_OK;
    for (int i = 0; i < COLUMNS; i++) {
        char *const comma = at + strcspn(at, ",");

        if ((*comma == '\0') != (i == COLUMNS - 1))
            return fail_set(why, STATUS_DATA, "is not a list of what was fetched (%s)", header);
        *column(&receipt, i) = at;
        *comma = '\0';
        at = comma + 1;
    }
    return keep(receipts, &receipt, why);
}

enum status receipts_read(struct receipts *receipts, const char *path, struct fail *why)
{
    FILE *file;
    char line[2048];
    enum status status = STATUS_OK;

    *receipts = (struct receipts){0};
    receipts->path = arena_copy(&receipts->arena, view_of(path));
    if (receipts->path == NULL)
        return fail_nomem(why);
    file = fopen(path, "r");
    if (file == NULL && errno == ENOENT)
        return STATUS_OK;
    if (file == NULL) {
        fail_set(why, STATUS_NO_INPUT, "cannot be read: %s", strerror(errno));
        return fail_in(why, path, 0);
    }
    while (status == STATUS_OK && fgets(line, sizeof line, file) != NULL)
        status = read_line(receipts, line, why);
    if (status == STATUS_DATA)
        fail_in(why, path, 0);
    fclose(file);
    return status;
}

const struct receipt *receipts_find(const struct receipts *receipts, const char *stem)
{
    for (size_t i = 0; i < receipts->count; i++)
        if (strcmp(receipts->list[i].stem, stem) == 0)
            return &receipts->list[i];
    return NULL;
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct receipt *)a)->stem, ((const struct receipt *)b)->stem);
}

static enum status write_all(struct receipts *receipts, const char *temporary, struct fail *why)
{
    FILE *const file = fopen(temporary, "w");
    bool good = file != NULL;

    if (good)
        fprintf(file, "%s\n", header);
    for (size_t i = 0; i < receipts->count && good; i++) {
        struct receipt *const receipt = &receipts->list[i];

        fprintf(file, "%s,%s,%s,%s,%s\n", receipt->stem, receipt->file, receipt->version,
                receipt->bytes, receipt->sha256);
    }
    good = good && fflush(file) == 0 && fsync(fileno(file)) == 0;
    if (file != NULL && fclose(file) != 0)
        good = false;
    if (good && rename(temporary, receipts->path) == 0)
        return STATUS_OK;
    fail_set(why, STATUS_CANT_CREATE, "cannot be written: %s", strerror(errno));
    unlink(temporary);
    return fail_in(why, receipts->path, 0);
}

enum status receipts_put(struct receipts *receipts, const struct receipt *receipt, struct fail *why)
{
    char temporary[4352];
    enum status status = keep(receipts, receipt, why);

    if (status != STATUS_OK)
        return status;
    qsort(receipts->list, receipts->count, sizeof *receipts->list, compare);
    snprintf(temporary, sizeof temporary, "%s.tmp", receipts->path);
    return write_all(receipts, temporary, why);
}

void receipts_release(struct receipts *receipts)
{
    free(receipts->list);
    arena_release(&receipts->arena);
    *receipts = (struct receipts){0};
}
