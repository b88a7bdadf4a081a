#ifndef BASE_GROW_H
#define BASE_GROW_H

/* Growing arrays: one rule for all of them.
 *     struct item *items; size_t count, room;
 *     if (!grow(&items, &room, count + 1, sizeof *items)) return fail_nomem(why);
 * The array stays valid when growing fails. */

#include <stdbool.h>
#include <stddef.h>

/* array  address of the pointer to the items (any object pointer type)
 * room   items that fit now; raised to at least `need` */
bool grow(void *array, size_t *room, size_t need, size_t item_bytes);

#endif
