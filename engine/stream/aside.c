#include "stream/aside.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Small enough to stay in the processor's own cache between reading and digesting. */
#define BLOCK_BYTES (64 * 1024)

struct aside {
    const struct raw *raw;
    struct sha256 *sha256;
    pthread_t thread;
    bool joined;
    atomic_bool stop;
    enum status status; /* these two belong to the thread until it is joined */
    struct fail why;
    unsigned char block[BLOCK_BYTES];
};

static void *sum_all(void *context)
{
    struct aside *const aside = context;
    uint64_t place = 0;
    size_t got = 1;

    while (got > 0 && aside->status == STATUS_OK &&
           !atomic_load_explicit(&aside->stop, memory_order_relaxed)) {
        aside->status =
            raw_read_at(aside->raw, place, aside->block, BLOCK_BYTES, &got, &aside->why);
        if (aside->status == STATUS_OK)
            aside->status = sha256_add(aside->sha256, aside->block, got, &aside->why);
        place += got;
    }
    return NULL;
}

enum status aside_new(struct aside **aside, const struct raw *raw, struct fail *why)
{
    struct aside *const made = calloc(1, sizeof *made);

    *aside = NULL;
    if (made == NULL || (made->sha256 = sha256_new()) == NULL) {
        free(made);
        return fail_nomem(why);
    }
    made->raw = raw;
    if (pthread_create(&made->thread, NULL, sum_all, made) != 0) {
        sha256_free(made->sha256);
        free(made);
        return STATUS_OK;
    }
    *aside = made;
    return STATUS_OK;
}

static void join(struct aside *aside)
{
    if (!aside->joined)
        pthread_join(aside->thread, NULL);
    aside->joined = true;
}

enum status aside_end(struct aside *aside, char out[SHA256_TEXT], struct fail *why)
{
    join(aside);
    if (aside->status == STATUS_OK)
        return sha256_end(aside->sha256, out, why);
    *why = aside->why;
    return aside->status;
}

void aside_free(struct aside *aside)
{
    if (aside == NULL)
        return;
    atomic_store(&aside->stop, true);
    join(aside);
    sha256_free(aside->sha256);
    free(aside);
}
