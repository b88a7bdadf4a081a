#include "extract/repeats.h"

#include "base/grow.h"

#include <stdlib.h>

#define MIX 0x9e3779b97f4a7c15u

static uint64_t mix(uint64_t print, uint64_t word)
{
    print = (print ^ word) * MIX;
    return print ^ print >> 29;
}

static uint64_t print_of(struct view text)
{
    uint64_t print = text.length;
    uint64_t word = 0;
    size_t at = 0;

    for (; text.length - at >= 8; at += 8) {
        memcpy(&word, text.at + at, 8);
        print = mix(print, word);
    }
    word = 0;
    memcpy(&word, text.at + at, text.length - at);
    print = mix(mix(print, word), MIX);
    return print != 0 ? print : 1; /* 0 is an empty place of the table */
}

static enum status push(struct repeats *repeats, struct repeat_row row, struct fail *why)
{
    if (repeats->count == REPEATS_MOST)
        return STATUS_OK;
    if (!grow(&repeats->rows, &repeats->room, repeats->count + 1, sizeof *repeats->rows))
        return fail_nomem(why);
    repeats->rows[repeats->count++] = row;
    return STATUS_OK;
}

enum status repeats_add(struct repeats *repeats, struct view text, uint64_t line, struct fail *why)
{
    return push(repeats, (struct repeat_row){print_of(text), line}, why);
}

enum status repeats_join(struct repeats *repeats, const struct repeats *part, uint64_t lines,
                         struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < part->count && status == STATUS_OK; i++)
        status = push(repeats, (struct repeat_row){part->rows[i].print, part->rows[i].line + lines},
                      why);
    return status;
}

/* True when it was there already. */
static bool put(uint64_t *table, size_t size, uint64_t print)
{
    size_t at = (size_t)(print >> 7) & (size - 1);

    while (table[at] != 0 && table[at] != print)
        at = (at + 1) & (size - 1);
    if (table[at] == print)
        return true;
    table[at] = print;
    return false;
}

enum status repeats_count(struct repeats *repeats, struct note *note, struct fail *why)
{
    size_t size = 64;
    uint64_t *table;

    while (size < 2 * repeats->count)
        size *= 2;
    table = calloc(size, sizeof *table);
    if (table == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < repeats->count; i++) {
        if (!put(table, size, repeats->rows[i].print))
            continue;
        note->line = note->rows == 0 ? repeats->rows[i].line : note->line;
        note->rows++;
    }
    free(table);
    repeats_release(repeats);
    return STATUS_OK;
}

void repeats_release(struct repeats *repeats)
{
    free(repeats->rows);
    *repeats = (struct repeats){.rows = NULL};
}
