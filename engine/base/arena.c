#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

/* Large enough that a national month takes a few dozen blocks. */
#define BLOCK_BYTES (64 * 1024)

struct arena_block {
    struct arena_block *before;
    size_t used;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

static struct arena_block *add_block(struct arena *arena, size_t need)
{
    const size_t size = need > BLOCK_BYTES ? need : BLOCK_BYTES;
    struct arena_block *block;

    if (size > SIZE_MAX - sizeof *block)
        return NULL;
    block = calloc(1, sizeof *block + size);
    if (block == NULL)
        return NULL;
    block->before = arena->last;
    block->size = size;
    arena->last = block;
    return block;
}

void *arena_take(struct arena *arena, size_t size)
{
    const size_t step = alignof(max_align_t);
    struct arena_block *block = arena->last;
    void *taken;

    if (size > SIZE_MAX - step)
        return NULL;
    size = (size + step - 1) / step * step;
    if (block == NULL || block->size - block->used < size)
        block = add_block(arena, size);
    if (block == NULL)
        return NULL;
    taken = block->bytes + block->used;
    block->used += size;
    return taken;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;

    return __builtin_mul_overflow(count, size, &bytes) ? NULL : arena_take(arena, bytes);
}

char *arena_copy(struct arena *arena, struct view text)
{
    char *copy = text.length == SIZE_MAX ? NULL : arena_take(arena, text.length + 1);

    if (copy != NULL && text.length > 0)
        memcpy(copy, text.at, text.length);
    return copy;
}

void arena_release(struct arena *arena)
{
    while (arena->last != NULL) {
        struct arena_block *const block = arena->last;

        arena->last = block->before;
        free(block);
    }
}
