#include "support/cases.h"
#include "support/paths.h"

#include "stream/ahead.h"

#include <stdlib.h>

#define LENGTH 3000000

static struct source *open_source(const char *path)
{
    struct source *source = NULL;
    struct fail why;
    bool found = false;

    cr_assert(source_open(&source, path, &why) == STATUS_OK, "%s", why.text);
    cr_assert(source_next(source, &found, &why) == STATUS_OK && found, "there is a member");
    return source;
}

static void write_numbers(const char *path)
{
    uint32_t *const numbers = calloc(LENGTH / 4, 4);

    for (uint32_t i = 0; i < LENGTH / 4; i++)
        numbers[i] = i * 2654435761u;
    write_whole(path, numbers, LENGTH);
    free(numbers);
}

Test(ahead, gives_all_bytes_in_their_order)
{
    struct view block = {"", 1};
    uint32_t expected = 0;
    struct ahead *ahead;
    struct source *source;
    struct fail why;

    write_numbers(in_scratch("numbers"));
    source = open_source(in_scratch("numbers"));
    cr_assert(ahead_new(&ahead, source, &why) == STATUS_OK && ahead != NULL, "a thread is had");
    while (block.length > 0) {
        cr_assert(ahead_next(ahead, &block, &why) == STATUS_OK, "no failure");
        cr_assert(block.length % 4 == 0, "blocks of whole numbers");
        for (size_t at = 0; at < block.length; at += 4, expected++) {
            uint32_t number;

            memcpy(&number, block.at + at, 4);
            cr_assert(number == expected * 2654435761u, "number %u", expected);
        }
    }
    cr_expect(expected == LENGTH / 4, "all of them");
    cr_expect(ahead_next(ahead, &block, &why) == STATUS_OK && block.length == 0, "the end stays");
    ahead_free(ahead);
    source_free(source);
}

Test(ahead, tells_a_failure_behind_the_bytes_before_it_and_again)
{
    struct view block = {"", 1};
    enum status status = STATUS_OK;
    size_t given = 0;
    struct ahead *ahead;
    struct source *source;
    struct fail why = {0};

    write_numbers(in_scratch("numbers"));
    cr_assert(shell("cd '%s' && gzip -1 -c numbers | head -c 2000000 > cut.gz", scratch_folder()) ==
                  0,
              "%s", shell_output());
    source = open_source(in_scratch("cut.gz"));
    cr_assert(ahead_new(&ahead, source, &why) == STATUS_OK && ahead != NULL, "a thread is had");
    while (status == STATUS_OK && block.length > 0) {
        status = ahead_next(ahead, &block, &why);
        given += block.length;
    }
    cr_expect(status == STATUS_DATA && strstr(why.text, "cut") != NULL, "%s", why.text);
    cr_expect(1000000 < given && given < LENGTH, "%zu bytes came before it", given);
    cr_expect(ahead_next(ahead, &block, &why) == STATUS_DATA, "it stays a failure");
    ahead_free(ahead);
    source_free(source);
}

Test(ahead, can_be_left_at_any_time)
{
    write_numbers(in_scratch("numbers"));
    for (int blocks = 0; blocks < 8; blocks++) {
        struct source *const source = open_source(in_scratch("numbers"));
        struct view block;
        struct ahead *ahead;
        struct fail why;

        cr_assert(ahead_new(&ahead, source, &why) == STATUS_OK && ahead != NULL, "a thread is had");
        for (int i = 0; i < blocks; i++)
            cr_expect(ahead_next(ahead, &block, &why) == STATUS_OK, "block %d", i);
        ahead_free(ahead);
        source_free(source);
    }
}
