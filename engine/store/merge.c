#include "store/merge_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status fail_file(const char *path, const char *what, struct fail *why)
{
    fail_set(why, STATUS_CANT_CREATE, "%s: %s", what, strerror(errno));
    return fail_in(why, path, 0);
}

static bool is_same(const char *path, const struct stat *about)
{
    struct stat other;

    return stat(path, &other) == 0 && other.st_dev == about->st_dev &&
           other.st_ino == about->st_ino;
}

static enum status open_source(struct merge *merge, const char *path, enum store_mode mode,
                               struct fail *why)
{
    struct merge_source *const source = &merge->sources[merge->source_count];
    enum status status = store_open(&source->store, path, mode, why);

    if (status != STATUS_OK)
        return status == STATUS_NO_INPUT ? fail_in(why, path, 0) : status;
    merge->source_count++;
    return store_begin(source->store, why);
}

/* The store that is at `out` takes part; while it is open to change nobody else adds to it. */
static enum status open_sources(struct merge *merge, const char *out, const char *const *shards,
                                size_t count, struct fail *why)
{
    struct stat about;
    const bool old = stat(out, &about) == 0;
    enum status status = STATUS_OK;

    merge->fresh = !old;
    merge->sources = arena_array(&merge->arena, count + 1, sizeof *merge->sources);
    if (merge->sources == NULL)
        return fail_nomem(why);
    if (old) /* an empty file is a store that another program begins to make */
        status = open_source(merge, out, about.st_size > 0 ? STORE_CHANGE : STORE_GROW, why);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (!old || !is_same(shards[i], &about))
            status = open_source(merge, shards[i], STORE_READ, why);
    return status;
}

/* Nobody else sees the file until it has its name, so it needs no journal; and what does not fit
 * into memory goes to the disk. */
static enum status open_out(struct merge *merge, const char *path, struct fail *why)
{
    enum status status;

    unlink(path);
    status = store_open(&merge->out, path, STORE_GROW, why);
    if (status == STATUS_OK)
        status = sql_run(merge->out,
                         "PRAGMA journal_mode = OFF; PRAGMA cache_spill = ON;"
                         "PRAGMA cache_size = -65536; PRAGMA foreign_keys = OFF;",
                         why);
    return status == STATUS_OK ? store_begin(merge->out, why) : status;
}

static enum status write_out(struct merge *merge, const char *path, struct fail *why)
{
    enum status status = open_out(merge, path, why);

    if (status == STATUS_OK)
        status = merge_texts(merge, why);
    if (status == STATUS_OK)
        status = merge_rows(merge, why);
    if (status == STATUS_OK)
        status = store_commit(merge->out, why);
    store_close(merge->out);
    merge->out = NULL;
    return status;
}

static enum status sync_folder(const char *path, struct fail *why)
{
    char *const copy = strdup(path);
    int folder;
    enum status status = STATUS_OK;

    if (copy == NULL)
        return fail_nomem(why);
    folder = open(dirname(copy), O_RDONLY | O_DIRECTORY);
    if (folder < 0 || fsync(folder) != 0)
        status = fail_file(path, "the folder of the store cannot be written to the disk", why);
    if (folder >= 0)
        close(folder);
    free(copy);
    return status;
}

/* A new file takes its name only if nobody else made one of that name meanwhile: *taken.  Where the
 * file system knows no links the name is taken as it is. */
static enum status put_in_place(const struct merge *merge, const char *from, const char *to,
                                bool *taken, struct fail *why)
{
    *taken = false;
    if (merge->fresh && link(from, to) == 0) {
        unlink(from);
        return sync_folder(to, why);
    }
    *taken = merge->fresh && errno == EEXIST;
    if (*taken)
        return STATUS_OK;
    if (rename(from, to) != 0)
        return fail_file(to, "the store cannot be put in its place", why);
    return sync_folder(to, why);
}

static void count_up(const struct merge *merge, struct merge_summary *summary)
{
    *summary =
        (struct merge_summary){.shards = merge->source_count, .additions = merge->entry_count};
    for (size_t i = 0; i < merge->entry_count; i++)
        summary->repeated += merge->entries[i].count > 1;
    for (size_t i = 0; i < merge->part_count; i++)
        summary->months += merge->parts[i].state == PART_KEPT;
}

static void release(struct merge *merge)
{
    for (size_t i = 0; i < merge->source_count; i++)
        store_close(merge->sources[i].store);
    arena_release(&merge->arena);
}

/* Links are followed: the file behind a link is replaced, not the link. */
static enum status real_path(const char *out, char *path, size_t size, struct fail *why)
{
    char *const real = realpath(out, NULL);
    const int length = snprintf(path, size, "%s", real != NULL ? real : out);

    free(real);
    if (length < 0 || (size_t)length >= size)
        return fail_set(why, STATUS_CANT_CREATE, "the path of the result is too long");
    return STATUS_OK;
}

/* taken  another program made a store at `path` meanwhile: nothing was done */
static enum status merge_once(const char *path, const char *const *shards, size_t count,
                              const struct merge_policy *policy, struct merge_summary *summary,
                              bool *taken, struct fail *why)
{
    struct merge merge = {.policy = policy};
    char temporary[4096 + 32];
    enum status status = open_sources(&merge, path, shards, count, why);

    snprintf(temporary, sizeof temporary, "%s.merging-%ld", path, (long)getpid());
    *taken = false;
    if (status == STATUS_OK)
        status = merge_plan(&merge, why);
    if (status == STATUS_OK)
        status = write_out(&merge, temporary, why);
    if (status == STATUS_OK)
        status = put_in_place(&merge, temporary, path, taken, why);
    if (status != STATUS_OK || *taken)
        unlink(temporary);
    else
        count_up(&merge, summary);
    release(&merge);
    return status;
}

enum status store_merge(const char *out, const char *const *shards, size_t count,
                        const struct merge_policy *policy, struct merge_summary *summary,
                        struct fail *why)
{
    char path[4096];
    bool taken = true;
    enum status status = real_path(out, path, sizeof path, why);

    for (int tries = 0; taken && tries < 5 && status == STATUS_OK; tries++)
        status = merge_once(path, shards, count, policy, summary, &taken, why);
    if (status != STATUS_OK || !taken)
        return status;
    fail_set(why, STATUS_IO, "the store was made and removed again and again: try once more");
    return fail_in(why, path, 0);
}
