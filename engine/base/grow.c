#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool grow(void *array, size_t *room, size_t need, size_t item_bytes)
{
    size_t wanted = *room < 16 ? 16 : *room;
    size_t bytes;
    void *items;
    void *wider;

    if (need <= *room)
        return true;
    while (wanted < need && wanted <= SIZE_MAX / 2)
        wanted *= 2;
    if (wanted < need || __builtin_mul_overflow(wanted, item_bytes, &bytes))
        return false;
    memcpy(&items, array, sizeof items); /* whatever the pointer's type is */
    wider = realloc(items, bytes);
    if (wider == NULL)
        return false;
    memcpy(array, &wider, sizeof wider);
    *room = wanted;
    return true;
}
