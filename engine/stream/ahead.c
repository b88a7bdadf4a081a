#include "stream/ahead.h"

#include <pthread.h>
#include <stdlib.h>

/* Four blocks of a quarter of a MiB stay in the cache that the two threads share. */
#define BLOCKS 4
#define BLOCK_BYTES (256 * 1024)

struct block {
    size_t length; /* 0: the end, or a failure */
    uint64_t done_bytes;
    char bytes[BLOCK_BYTES];
};

struct ahead {
    struct source *source;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t filled;  /* blocks read, */
    uint64_t emptied; /* and free again */
    uint64_t given;   /* given out; belongs to the caller alone */
    uint64_t done_bytes;
    bool stop;
    enum status status; /* of the last block, with its sentence */
    struct fail why;
    struct block blocks[BLOCKS];
};

/* Waits until block number `filled` is free; NULL when nobody wants it any more. */
static struct block *free_block(struct ahead *ahead)
{
    struct block *block = NULL;

    pthread_mutex_lock(&ahead->lock);
    while (!ahead->stop && ahead->filled - ahead->emptied == BLOCKS)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    if (!ahead->stop)
        block = &ahead->blocks[ahead->filled % BLOCKS];
    pthread_mutex_unlock(&ahead->lock);
    return block;
}

/* A full block saves the two threads some of their meetings. */
static enum status fill(struct ahead *ahead, struct block *block, bool *ended, struct fail *why)
{
    enum status status = STATUS_OK;

    while (status == STATUS_OK && !*ended && block->length < BLOCK_BYTES) {
        size_t got = 0;

        status = source_read(ahead->source, block->bytes + block->length,
                             BLOCK_BYTES - block->length, &got, why);
        block->length += status == STATUS_OK ? got : 0;
        *ended = status == STATUS_OK && got == 0;
    }
    return status;
}

static void publish(struct ahead *ahead, enum status status, const struct fail *why)
{
    pthread_mutex_lock(&ahead->lock);
    if (status != STATUS_OK) {
        ahead->status = status;
        ahead->why = *why;
    }
    ahead->filled++;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
}

/* What was read before a failure is given out first, as by source_read(): the
 * failure, like the end, comes with an empty block. */
static void *read_all(void *context)
{
    struct ahead *const ahead = context;
    enum status status = STATUS_OK;
    struct fail why = {0};
    bool ended = false;
    bool last = false;

    while (!last) {
        struct block *const block = free_block(ahead);

        if (block == NULL)
            break;
        block->length = 0;
        if (status == STATUS_OK)
            status = fill(ahead, block, &ended, &why);
        block->done_bytes = source_done_bytes(ahead->source);
        last = block->length == 0;
        publish(ahead, last ? status : STATUS_OK, &why);
    }
    return NULL;
}

enum status ahead_new(struct ahead **ahead, struct source *source, struct fail *why)
{
    struct ahead *const made = calloc(1, sizeof *made);

    *ahead = NULL;
    if (made == NULL)
        return fail_nomem(why);
    made->source = source;
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->changed, NULL);
    if (pthread_create(&made->thread, NULL, read_all, made) != 0) {
        pthread_cond_destroy(&made->changed);
        pthread_mutex_destroy(&made->lock);
        free(made);
        return STATUS_OK;
    }
    *ahead = made;
    return STATUS_OK;
}

enum status ahead_next(struct ahead *ahead, struct view *block, struct fail *why)
{
    const struct block *const next = &ahead->blocks[ahead->given % BLOCKS];

    pthread_mutex_lock(&ahead->lock);
    ahead->emptied = ahead->given; /* what was given out before is free again */
    pthread_cond_signal(&ahead->changed);
    while (ahead->filled == ahead->given)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    pthread_mutex_unlock(&ahead->lock);
    *block = (struct view){next->bytes, next->length};
    ahead->done_bytes = next->done_bytes;
    if (next->length > 0) {
        ahead->given++;
        return STATUS_OK;
    }
    if (ahead->status != STATUS_OK)
        *why = ahead->why;
    return ahead->status;
}

uint64_t ahead_done_bytes(const struct ahead *ahead)
{
    return ahead->done_bytes;
}

void ahead_free(struct ahead *ahead)
{
    if (ahead == NULL)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->stop = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    pthread_join(ahead->thread, NULL);
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->lock);
    free(ahead);
}
