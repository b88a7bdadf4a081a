/* arena, grow and intern: what memory is owned by. */

#include "support/cases.h"
#include "support/dice.h"

#include "base/arena.h"
#include "base/grow.h"
#include "base/intern.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool all_bytes_are(const unsigned char *bytes, size_t size, unsigned char wanted)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != wanted)
            return false;
    return true;
}

static bool is_aligned(const void *at)
{
    return (uintptr_t)at % alignof(max_align_t) == 0;
}

Test(arena, pieces_are_zeroed_aligned_and_do_not_overlap)
{
    struct arena arena = {0};
    unsigned char *pieces[600];
    size_t sizes[600];
    uint64_t dice = 4;

    for (size_t i = 0; i < LENGTH_OF(pieces); i++) {
        sizes[i] = i % 50 == 49 ? 60000 + dice_below(&dice, 20000) : dice_below(&dice, 300);
        pieces[i] = arena_take(&arena, sizes[i]);
        cr_assert(pieces[i] != NULL, "piece %zu", i);
        cr_assert(is_aligned(pieces[i]), "piece %zu is askew", i);
        cr_assert(all_bytes_are(pieces[i], sizes[i], 0), "piece %zu is not zeroed", i);
        memset(pieces[i], (int)(i % 255 + 1), sizes[i]);
    }
    for (size_t i = 0; i < LENGTH_OF(pieces); i++)
        cr_expect(all_bytes_are(pieces[i], sizes[i], (unsigned char)(i % 255 + 1)),
                  "piece %zu was written over", i);
    arena_release(&arena);
    cr_expect(arena.last == NULL, "a released arena is empty");
    arena_release(&arena);
}

static void copies_end_in_a_zero_and_keep_zero_bytes(void)
{
    struct arena arena = {0};
    const char *copy = arena_copy(&arena, (struct view){"a\0bcd", 4});
    const char *empty = arena_copy(&arena, view_none());

    cr_assert(copy != NULL && memcmp(copy, "a\0bc", 5) == 0, "four bytes and a NUL");
    cr_assert(empty != NULL && empty[0] == '\0', "nothing is an empty text");
    arena_release(&arena);
}

Test(arena, copies_end_in_a_zero_and_impossible_sizes_are_refused)
{
    struct arena arena = {0};

    cr_expect(arena_take(&arena, SIZE_MAX) == NULL, "all of memory");
    cr_expect(arena_take(&arena, SIZE_MAX - 20) == NULL, "nearly all of memory");
    cr_expect(arena_array(&arena, SIZE_MAX / 8 + 2, 8) == NULL, "an overflow");
    cr_expect(arena_copy(&arena, (struct view){"", SIZE_MAX}) == NULL, "an endless text");
    cr_expect(arena_array(&arena, 3, 8) != NULL, "the arena still works");
    arena_release(&arena);
    copies_end_in_a_zero_and_keep_zero_bytes();
}

Test(grow, keeps_what_was_there_and_says_how_much_fits)
{
    uint64_t *numbers = NULL;
    size_t room = 0;
    size_t moves = 0;

    for (size_t count = 0; count < 100000; count++) {
        const size_t before = room;

        cr_assert(grow(&numbers, &room, count + 1, sizeof *numbers), "number %zu", count);
        cr_assert(lt(sz, count, room), "number %zu has no room", count);
        moves += room != before;
        numbers[count] = count * 7;
    }
    cr_expect(lt(sz, moves, 20), "an array that grows must not move each time");
    for (size_t i = 0; i < 100000; i++)
        cr_assert(numbers[i] == i * 7, "number %zu was lost", i);
    cr_expect(not(grow(&numbers, &room, SIZE_MAX, sizeof *numbers)), "all of memory");
    cr_expect(not(grow(&numbers, &room, SIZE_MAX / 8, sizeof *numbers)), "too much memory");
    cr_expect(numbers[99999] == 99999 * 7, "the array is valid after a refusal");
    free(numbers);
}

#define MANY 100000

static struct view text_of(size_t number, char *text)
{
    return (struct view){text, (size_t)sprintf(text, "%zx/%zu", number * 2654435761U, number)};
}

Test(intern, ids_are_dense_and_stable_over_many_texts)
{
    struct intern intern = {0};
    struct fail why = {0};
    char text[64];
    uint32_t id = 0;

    cr_expect(intern_find(&intern, view_of("a")) == INTERN_NONE, "an empty table knows nothing");
    for (size_t i = 0; i < MANY; i++) {
        cr_assert(intern_find(&intern, text_of(i, text)) == INTERN_NONE, "%s came early", text);
        cr_assert(intern_put(&intern, text_of(i, text), &id, &why) == STATUS_OK, "%s", why.text);
        cr_assert(eq(u32, id, (uint32_t)i), "%s", text);
    }
    for (size_t i = 0; i < MANY; i++) {
        const size_t number = i * 7919 % MANY;
        const struct view wanted = text_of(number, text);

        cr_assert(intern_put(&intern, wanted, &id, &why) == STATUS_OK, "%s", why.text);
        cr_assert(eq(u32, id, (uint32_t)number), "%s has another number now", text);
        cr_assert(intern_find(&intern, wanted) == id, "%s is not found", text);
        cr_assert(view_equal(intern_text(&intern, id), wanted), "%s reads otherwise", text);
        cr_assert(intern_text(&intern, id).at[wanted.length] == '\0', "%s has no NUL", text);
    }
    cr_assert(eq(sz, intern.count, MANY), "nothing was added twice");
    intern_release(&intern);
    cr_assert(eq(sz, intern.count, 0), "released");
}

static void texts_that_share_a_slot_keep_their_own_numbers(void)
{
    struct intern intern = {0};
    struct fail why = {0};
    uint32_t ids[12] = {0};
    char texts[12][32];
    size_t found = 0;

    /* twelve texts for the last of the 64 slots: they run on over the end */
    for (size_t i = 0; found < LENGTH_OF(texts); i++) {
        snprintf(texts[found], sizeof texts[found], "P%zu", i);
        if ((hash_bytes(texts[found], strlen(texts[found])) & 63) == 63)
            found++;
    }
    for (size_t i = 0; i < found; i++)
        cr_assert(intern_put(&intern, view_of(texts[i]), &ids[i], &why) == STATUS_OK, "%zu", i);
    cr_assert(eq(sz, intern.slot_count, 64), "the premise: 64 slots");
    for (size_t i = 0; i < found; i++)
        cr_expect(eq(u32, intern_find(&intern, view_of(texts[i])), (uint32_t)i), "%s", texts[i]);
    cr_expect(intern_find(&intern, view_of("nowhere")) == INTERN_NONE, "not there");
    intern_release(&intern);
}

Test(intern, texts_alike_or_of_one_slot_keep_their_own_numbers)
{
    static const struct view texts[] = {
        {"", 0}, {"\0", 1}, {"\0\0", 2}, {"a", 1}, {"a\0", 2}, {"abcdefgh", 8}, {"abcdefgh\0", 9},
    };
    struct intern intern = {0};
    struct fail why = {0};

    for (size_t i = 0; i < LENGTH_OF(texts); i++) {
        uint32_t id = INTERN_NONE;

        cr_expect(intern_put(&intern, texts[i], &id, &why) == STATUS_OK, "%zu", i);
        cr_expect(eq(u32, id, (uint32_t)i), "text %zu", i);
        cr_expect(eq(sz, intern_text(&intern, id).length, texts[i].length), "text %zu", i);
    }
    cr_expect(eq(u32, intern_find(&intern, view_none()), 0), "nothing is the empty text");
    intern_release(&intern);
    texts_that_share_a_slot_keep_their_own_numbers();
}
