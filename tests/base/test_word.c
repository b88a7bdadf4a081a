#include "support/cases.h"

#include "base/decimal.h"

#include <string.h>

/* The ways that read eight bytes at a time are held to the ones that read one. */

static uint64_t state = 7;

static uint32_t draw(uint32_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % below);
}

static void expect_same_number(const char *text, size_t length, int places)
{
    /* what stands around a field is most often a quote, a comma or more digits */
    char around[96];
    int64_t plain = -1;
    int64_t word = -1;
    enum decimal_fault expected;
    enum decimal_fault got;

    memset(around, "9.,\"0x"[draw(6)], sizeof around);
    memcpy(around + WORD_SLACK, text, length);
    expected = decimal_parse((struct view){text, length}, places, &plain);
    got = decimal_parse_word((struct view){around + WORD_SLACK, length}, places, &word);
    cr_expect(got == expected && word == plain,
              "\"%.*s\" to %d places: fault %d and %lld, not fault %d and %lld", (int)length, text,
              places, (int)got, (long long)word, (int)expected, (long long)plain);
}

Test(word, reads_every_form_of_number_as_the_plain_way_does)
{
    static const char *const texts[] = {"",
                                        "0",
                                        "4.",
                                        ".5",
                                        "-1",
                                        "-0.5",
                                        "+1",
                                        ".",
                                        "-",
                                        "5.96231",
                                        "5.962310",
                                        "5.962311",
                                        "12345678",
                                        "123456789",
                                        "1234567.",
                                        "12345678.",
                                        "123456789.1",
                                        "0000001",
                                        "00000000.64",
                                        "1.2.3",
                                        "1 ",
                                        "1e3",
                                        "0x10",
                                        "1,5",
                                        "99999999.99999",
                                        "9223372036854775807",
                                        "/",
                                        ":",
                                        "1:",
                                        "1/",
                                        "12345678.12345"};

    for (size_t i = 0; i < LENGTH_OF(texts); i++)
        for (int places = 0; places <= 8; places++)
            expect_same_number(texts[i], strlen(texts[i]), places);
}

Test(word, reads_made_up_numbers_as_the_plain_way_does)
{
    static const char mostly[] = "0123456789012345678901234567890123456789..";
    char text[20];

    for (int round = 0; round < 400000; round++) {
        const size_t length = draw(sizeof text);

        for (size_t i = 0; i < length; i++)
            text[i] = draw(300) == 0 ? (char)draw(256) : mostly[draw(sizeof mostly - 1)];
        expect_same_number(text, length, (int)draw(7));
    }
}

static bool is_code(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'A' && text[i] <= 'Z')))
            return false;
    return length > 0 && length <= 16;
}

Test(word, knows_a_code_by_its_bytes)
{
    char text[WORD_SLACK * 2 + 20];

    for (int round = 0; round < 2000; round++) {
        const size_t length = draw(20);

        memset(text, "\"a9"[draw(3)], sizeof text);
        for (size_t i = 0; i < length; i++)
            text[WORD_SLACK + i] = "0123456789ABCXYZ"[draw(16)];
        cr_expect(is_code_word((struct view){text + WORD_SLACK, length}) ==
                      is_code(text + WORD_SLACK, length),
                  "a code of %zu bytes", length);
        for (int c = 0; length > 0 && c < 256; c++) {
            const size_t at = WORD_SLACK + draw((uint32_t)length);
            const char before = text[at];

            text[at] = (char)c;
            cr_expect(is_code_word((struct view){text + WORD_SLACK, length}) ==
                          is_code(text + WORD_SLACK, length),
                      "byte %d in a code of %zu bytes", c, length);
            text[at] = before;
        }
    }
}
