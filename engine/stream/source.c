#include "stream/source.h"

#include "stream/aside.h"
#include "stream/inflate.h"
#include "stream/raw.h"
#include "stream/zip.h"
#include "stream/zstd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_BYTES (64 * 1024)

enum kind { KIND_PLAIN, KIND_GZIP, KIND_ZSTD, KIND_ZIP };

struct source {
    struct raw raw;
    enum kind kind;
    struct aside *aside; /* takes the sha256, or NULL */
    struct inflate *inflate;
    struct zstd *zstd;
    struct zip *zip;
    FILE *spool; /* a ZIP that came through a pipe */
    const char *path;
    char *name;
    bool begun; /* the one member of a plain or gzip file was handed out */
    size_t first_used;
    size_t first_length;
    unsigned char first[FIRST_BYTES];
};

/* Fills `first`, so that even a pipe that gives a byte at a time shows its kind. */
static enum status read_first(struct source *source, struct fail *why)
{
    size_t got = 1;

    while (got > 0 && source->first_length < FIRST_BYTES) {
        const enum status status = raw_read(&source->raw, source->first + source->first_length,
                                            FIRST_BYTES - source->first_length, &got, why);

        if (status != STATUS_OK)
            return status;
        source->first_length += got;
    }
    return STATUS_OK;
}

static bool starts_with(const struct source *source, const char *magic, size_t length)
{
    return source->first_length >= length && memcmp(source->first, magic, length) == 0;
}

/* Reads the file to its end; with a spool, keeps what it read. */
static enum status drain(struct source *source, FILE *spool, struct fail *why)
{
    size_t got = source->first_length;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && got > 0) {
        if (spool != NULL && fwrite(source->first, 1, got, spool) != got)
            return fail_set(why, STATUS_IO, "cannot be kept in a temporary file: %s",
                            strerror(errno));
        status = raw_read(&source->raw, source->first, FIRST_BYTES, &got, why);
    }
    return status;
}

static enum status open_zip(struct source *source, struct fail *why)
{
    enum status status;

    if (source->raw.all > 0 && lseek(source->raw.fd, 0, SEEK_CUR) >= 0)
        return zip_open(&source->zip, source->raw.fd, why);
    source->spool = tmpfile();
    if (source->spool == NULL)
        return fail_set(why, STATUS_IO, "no temporary file for a ZIP from a pipe: %s",
                        strerror(errno));
    status = drain(source, source->spool, why);
    if (status != STATUS_OK)
        return status;
    if (fflush(source->spool) != 0)
        return fail_set(why, STATUS_IO, "cannot be kept in a temporary file: %s", strerror(errno));
    return zip_open(&source->zip, fileno(source->spool), why);
}

/* The sha256 is taken behind the last member: libarchive jumps about in the file,
 * from the table of contents at its end to the members. */
static enum status sha256_of_zip(struct source *source, struct fail *why)
{
    if (lseek(source->raw.fd, (off_t)source->raw.done, SEEK_SET) < 0)
        return fail_set(why, STATUS_IO, "cannot be read again: %s", strerror(errno));
    return drain(source, NULL, why);
}

static enum status find_kind(struct source *source, struct fail *why)
{
    enum status status = read_first(source, why);

    if (status != STATUS_OK)
        return status;
    if (starts_with(source, "PK\x03\x04", 4) || starts_with(source, "PK\x05\x06", 4)) {
        source->kind = KIND_ZIP;
        return open_zip(source, why);
    }
    if (starts_with(source, "\x1f\x8b", 2)) {
        source->kind = KIND_GZIP;
        source->inflate = inflate_new(&source->raw, source->first, source->first_length);
        return source->inflate != NULL ? STATUS_OK : fail_nomem(why);
    }
    if (zstd_is(source_first(source))) {
        source->kind = KIND_ZSTD;
        source->zstd = zstd_new(&source->raw, source_first(source));
        return source->zstd != NULL ? STATUS_OK : fail_nomem(why);
    }
    source->kind = KIND_PLAIN;
    return STATUS_OK;
}

const char *source_shown(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

enum status source_open(struct source **source, const char *path, struct fail *why)
{
    struct source *made = calloc(1, sizeof *made);
    enum status status;

    if (made == NULL)
        return fail_nomem(why);
    made->path = source_shown(path);
    status = raw_open(&made->raw, path, why);
    if (status == STATUS_OK)
        status = find_kind(made, why);
    if (status != STATUS_OK) {
        source_free(made);
        return fail_in(why, source_shown(path), 0);
    }
    *source = made;
    return STATUS_OK;
}

void source_skip_sha256(struct source *source)
{
    sha256_free(source->raw.sha256);
    source->raw.sha256 = NULL;
}

static bool is_zip_in_place(const struct source *source)
{
    return source->kind == KIND_ZIP && source->spool == NULL;
}

/* A regular file that was read no further than its first bytes. */
static bool is_at_start(const struct source *source)
{
    return source->raw.all > 0 && source->first_used == 0 &&
           lseek(source->raw.fd, 0, SEEK_CUR) == (off_t)source->first_length;
}

enum status source_sha256_aside(struct source *source, struct fail *why)
{
    enum status status;

    if (!is_zip_in_place(source) && !is_at_start(source))
        return STATUS_OK;
    status = aside_new(&source->aside, &source->raw, why);
    if (source->aside != NULL)
        source_skip_sha256(source);
    return status;
}

bool source_takes_sha256_aside(const struct source *source)
{
    return source->aside != NULL;
}

static enum status name_member(struct source *source, const char *member, struct fail *why)
{
    const size_t room = strlen(source->path) + strlen(member) + 2;

    free(source->name);
    source->name = malloc(room);
    if (source->name == NULL)
        return fail_nomem(why);
    snprintf(source->name, room, "%s:%s", source->path, member);
    return STATUS_OK;
}

enum status source_next(struct source *source, bool *found, struct fail *why)
{
    const char *member = NULL;
    enum status status;

    if (source->kind != KIND_ZIP) {
        *found = !source->begun;
        source->begun = true;
        return STATUS_OK;
    }
    status = zip_next(source->zip, &member, found, why);
    if (status == STATUS_OK && *found)
        status = name_member(source, member, why);
    return status == STATUS_OK ? status : fail_in(why, source->path, 0);
}

const char *source_name(const struct source *source)
{
    return source->name != NULL ? source->name : source->path;
}

const char *source_member(const struct source *source)
{
    return source->name != NULL ? source->name + strlen(source->path) + 1 : NULL;
}

static enum status read_plain(struct source *source, void *bytes, size_t room, size_t *got,
                              struct fail *why)
{
    const size_t left = source->first_length - source->first_used;

    if (left == 0)
        return raw_read(&source->raw, bytes, room, got, why);
    *got = left < room ? left : room;
    memcpy(bytes, source->first + source->first_used, *got);
    source->first_used += *got;
    return STATUS_OK;
}

enum status source_read(struct source *source, void *bytes, size_t room, size_t *got,
                        struct fail *why)
{
    enum status status;

    if (source->kind == KIND_PLAIN)
        status = read_plain(source, bytes, room, got, why);
    else if (source->kind == KIND_GZIP)
        status = inflate_read(source->inflate, bytes, room, got, why);
    else if (source->kind == KIND_ZSTD)
        status = zstd_read(source->zstd, bytes, room, got, why);
    else
        status = zip_read(source->zip, bytes, room, got, why);
    return status == STATUS_OK ? status : fail_in(why, source_name(source), 0);
}

bool source_has_places(const struct source *source)
{
    return source->kind == KIND_PLAIN && source->raw.sha256 == NULL && is_at_start(source);
}

enum status source_read_at(const struct source *source, uint64_t place, void *bytes, size_t room,
                           size_t *got, struct fail *why)
{
    return raw_read_at(&source->raw, place, bytes, room, got, why);
}

struct view source_first(const struct source *source)
{
    return (struct view){(const char *)source->first, source->first_length};
}

void source_pass(struct source *source)
{
    source->raw.done = source->raw.all;
    source->raw.ended = true;
    source->first_used = source->first_length;
}

enum status source_begin_again(struct source *source, struct fail *why)
{
    if (lseek(source->raw.fd, 0, SEEK_SET) != 0)
        return fail_set(why, STATUS_IO, "cannot be read again: %s", strerror(errno));
    source->raw.done = 0;
    source->raw.ended = false;
    source->first_used = 0;
    source->first_length = 0;
    return read_first(source, why);
}

static enum status end_sha256(struct source *source, char sha256[SHA256_TEXT], struct fail *why)
{
    enum status status = STATUS_OK;

    sha256[0] = '\0';
    if (source->aside != NULL)
        return aside_end(source->aside, sha256, why);
    if (source->raw.sha256 == NULL)
        return STATUS_OK;
    if (is_zip_in_place(source))
        status = sha256_of_zip(source, why);
    return status == STATUS_OK ? sha256_end(source->raw.sha256, sha256, why) : status;
}

enum status source_end(struct source *source, char sha256[SHA256_TEXT], uint64_t *bytes,
                       struct fail *why)
{
    const enum status status = end_sha256(source, sha256, why);

    *bytes = is_zip_in_place(source) ? source->raw.all : source->raw.done;
    return status == STATUS_OK ? raw_check_same(&source->raw, why) : status;
}

uint64_t source_done_bytes(const struct source *source)
{
    return source->kind == KIND_ZIP ? zip_done_bytes(source->zip) : source->raw.done;
}

uint64_t source_all_bytes(const struct source *source)
{
    return source->raw.all;
}

void source_free(struct source *source)
{
    if (source == NULL)
        return;
    aside_free(source->aside);
    inflate_free(source->inflate);
    zstd_free(source->zstd);
    zip_free(source->zip);
    if (source->spool != NULL)
        fclose(source->spool);
    raw_close(&source->raw);
    free(source->name);
    free(source);
}
