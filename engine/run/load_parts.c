#include "run/load_parts.h"

#include <pthread.h>

/* Beyond so many the memory of the machine is the limit. */
#define MOST_LOADERS 8

struct loader {
    const struct part_list *parts;
    struct store *store;
    size_t first; /* its parts are first, first + step, ... */
    size_t step;
    struct cube cube;
    enum status status;
    struct fail why;
};

static void *run_loader(void *context)
{
    struct loader *const loader = context;
    const struct part_list *const parts = loader->parts;

    for (size_t i = loader->first; i < parts->count && loader->status == STATUS_OK;
         i += loader->step)
        loader->status = store_load(loader->store, parts->list[i], &loader->cube, &loader->why);
    return NULL;
}

/* One that cannot be had is done without: the others take its parts. */
static size_t open_stores(struct store *store, struct loader *loaders, size_t wanted)
{
    struct fail ignored;
    size_t count = 1;

    loaders[0].store = store;
    while (count < wanted) {
        struct store *more = NULL;

        if (store_open(&more, store_path(store), STORE_ALONG, &ignored) != STATUS_OK)
            break;
        if (store_begin(more, &ignored) != STATUS_OK) {
            store_close(more);
            break;
        }
        loaders[count++].store = more;
    }
    return count;
}

static void run_all(struct loader *loaders, size_t count)
{
    pthread_t threads[MOST_LOADERS];
    bool running[MOST_LOADERS] = {false};

    for (size_t i = 1; i < count; i++)
        running[i] = pthread_create(&threads[i], NULL, run_loader, &loaders[i]) == 0;
    run_loader(&loaders[0]);
    for (size_t i = 1; i < count; i++) {
        if (running[i])
            pthread_join(threads[i], NULL);
        else
            run_loader(&loaders[i]);
    }
}

/* The cube of the first as it is, and those of the others behind it. */
static enum status join(struct loader *loaders, size_t count, struct cube *cube, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (loaders[i].status != STATUS_OK) {
            *why = loaders[i].why;
            status = loaders[i].status;
        }
    if (status == STATUS_OK) {
        cube_release(cube);
        *cube = loaders[0].cube;
        loaders[0].cube = (struct cube){0};
    }
    for (size_t i = 1; i < count && status == STATUS_OK; i++) {
        status = cube_join(cube, &loaders[i].cube, why);
        cube_release(&loaders[i].cube); /* at once: months of a nation are large */
    }
    return status;
}

enum status load_parts(struct store *store, const struct part_list *parts, size_t threads,
                       struct cube *cube, struct fail *why)
{
    struct loader loaders[MOST_LOADERS] = {{.parts = NULL}};
    size_t count = threads < MOST_LOADERS ? threads : MOST_LOADERS;
    enum status status;

    count = open_stores(store, loaders, count < parts->count ? count : parts->count);
    for (size_t i = 0; i < count; i++) {
        loaders[i].parts = parts;
        loaders[i].first = i;
        loaders[i].step = count;
        loaders[i].status = STATUS_OK;
    }
    run_all(loaders, count);
    status = join(loaders, count, cube, why);
    for (size_t i = 0; i < count; i++) {
        cube_release(&loaders[i].cube);
        if (i > 0)
            store_close(loaders[i].store);
    }
    return status;
}
