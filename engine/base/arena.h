#ifndef BASE_ARENA_H
#define BASE_ARENA_H

/* Memory that is released all at once: one arena for a run, one for a file.
 *     struct arena arena = {0};
 *     char *copy = arena_text(&arena, name);   NULL when memory is out
 *     arena_release(&arena);
 * A zeroed struct is an empty arena. */

#include "base/view.h"

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *last;
};

/* size bytes, zeroed, aligned for any type; NULL when memory is out. */
void *arena_take(struct arena *arena, size_t size);

/* count * size bytes, or NULL when that overflows or memory is out. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of text. */
char *arena_copy(struct arena *arena, struct view text);

void arena_release(struct arena *arena);

#endif
