#include "base/intern.h"

#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

uint64_t hash_number(uint64_t number)
{
    /* finaliser of splitmix64: every input bit reaches every output bit */
    number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
    return number ^ number >> 31;
}

uint64_t hash_bytes(const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) ^ length;
    uint64_t word;

    for (; length >= sizeof word; at += sizeof word, length -= sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = hash_number(hash ^ word);
    }
    word = 0;
    if (length > 0)
        memcpy(&word, at, length);
    return hash_number(hash ^ word);
}

/* The slot that holds text, or the free one where it belongs. */
static size_t find_slot(const struct intern *intern, struct view text)
{
    const size_t mask = intern->slot_count - 1;
    size_t slot = hash_bytes(text.at, text.length) & mask;

    while (intern->slots[slot] != 0 && !view_equal(intern->texts[intern->slots[slot] - 1], text))
        slot = (slot + 1) & mask;
    return slot;
}

static bool widen(struct intern *intern)
{
    const size_t wanted = intern->slot_count == 0 ? 64 : intern->slot_count * 2;
    uint32_t *const slots = calloc(wanted, sizeof *slots);

    if (slots == NULL)
        return false;
    free(intern->slots);
    intern->slots = slots;
    intern->slot_count = wanted;
    for (size_t id = 0; id < intern->count; id++)
        slots[find_slot(intern, intern->texts[id])] = (uint32_t)(id + 1);
    return true;
}

enum status intern_put(struct intern *intern, struct view text, uint32_t *id, struct fail *why)
{
    size_t slot;
    char *copy;

    if (intern->slot_count < 2 * (intern->count + 1) && !widen(intern))
        return fail_nomem(why);
    slot = find_slot(intern, text);
    if (intern->slots[slot] != 0) {
        *id = intern->slots[slot] - 1;
        return STATUS_OK;
    }
    if (intern->count >= INTERN_NONE - 1)
        return fail_set(why, STATUS_LIMIT, "more than 4 billion different texts");
    copy = arena_copy(&intern->arena, text);
    if (copy == NULL ||
        !grow(&intern->texts, &intern->room, intern->count + 1, sizeof *intern->texts))
        return fail_nomem(why);
    intern->texts[intern->count] = (struct view){copy, text.length};
    *id = (uint32_t)intern->count++;
    intern->slots[slot] = *id + 1;
    return STATUS_OK;
}

uint32_t intern_find(const struct intern *intern, struct view text)
{
    if (intern->count == 0)
        return INTERN_NONE;
    return intern->slots[find_slot(intern, text)] - 1; /* 0 - 1 is INTERN_NONE */
}

struct view intern_text(const struct intern *intern, uint32_t id)
{
    return intern->texts[id];
}

void intern_release(struct intern *intern)
{
    arena_release(&intern->arena);
    free(intern->texts);
    free(intern->slots);
    *intern = (struct intern){0};
}
