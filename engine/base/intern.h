#ifndef BASE_INTERN_H
#define BASE_INTERN_H

/* Texts that occur again and again become small numbers: the first text is 0,
 * the next new one 1, and so on, in the order in which they came.
 *     struct intern codes = {0};
 *     intern_put(&codes, view_of("0301011R0BEAIAP"), &id, why);
 *     intern_text(&codes, id);
 *     intern_release(&codes);
 * A zeroed struct is empty. */

#include "base/arena.h"
#include "base/fail.h"

#include <stdint.h>

struct intern {
    struct arena arena;
    struct view *texts; /* by id */
    size_t count;
    size_t room;
    uint32_t *slots; /* open addressing, id + 1; 0 is free */
    size_t slot_count;
};

#define INTERN_NONE UINT32_MAX

MUST_USE
enum status intern_put(struct intern *intern, struct view text, uint32_t *id, struct fail *why);

/* The id of text, or INTERN_NONE. */
uint32_t intern_find(const struct intern *intern, struct view text);

/* NUL-terminated, lives as long as the table. */
struct view intern_text(const struct intern *intern, uint32_t id);

void intern_release(struct intern *intern);

/* 64 bits of any bytes, well mixed; the same on every machine. */
uint64_t hash_bytes(const void *bytes, size_t length);

/* 64 bits of one number, well mixed. */
uint64_t hash_number(uint64_t number);

#endif
