#include "support/cases.h"
#include "support/paths.h"
#include "support/transcript.h"

#include <stdio.h>
#include <unistd.h>

/* Every path is held to scan.h: same rows, same bad rows, same lines, same end. */

static const size_t pieces[] = {1, 2, 7, 63, 64, 65, 4096, 1 << 20};

static const char *const path_names[SWEEP_PATHS] = {"auto", "plain",  "portable",
                                                    "avx2", "avx512", "neon"};

static void expect_same(const char *name, const void *bytes, size_t length, size_t piece)
{
    struct transcript plain = {0};

    transcript_plain(&plain, bytes, length);
    for (enum sweep_path path = SWEEP_AUTO; path < SWEEP_PATHS; path++) {
        struct transcript other = {0};

        if (!sweep_path_works(path))
            continue;
        transcript_sweep(&other, path, bytes, length, piece);
        cr_expect(transcript_same(&plain, &other),
                  "%s by %s in pieces of %zu: %zu rows and %zu bad, not %zu and %zu", name,
                  path_names[path], piece, other.rows, other.bad, plain.rows, plain.bad);
        transcript_release(&other);
    }
    transcript_release(&plain);
}

static uint64_t state = 1;

static uint32_t draw(uint32_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % below);
}

static const struct {
    const char *name;
    const char *text;
} inputs[] = {
    {"nothing", ""},
    {"one line end", "\n"},
    {"blank lines", "a,b\n\n\r\n\r\r\nc,d\n"},
    {"a byte order mark", "\xef\xbb\xbf"
                          "a,b\n1,2\n"},
    {"half a byte order mark", "\xef\xbb"},
    {"a byte order mark later on", "a,b\n\xef\xbb\xbf"
                                   "1,2\n"},
    {"quotes", "\"a\",\"b\"\n\"1,5\",\"\"\n"},
    {"quotes with CRLF", "\"a\",\"b\"\r\n\"1\",\"2\"\r\n"},
    {"a doubled quote", "a,b\n\"x\"\"y\",2\n3,4\n"},
    {"a line end in quotes", "a,b\n\"x\ny\",2\n3,4\n"},
    {"a CRLF in quotes", "a,b\n\"x\r\ny\",2\r\n3,4\r\n"},
    {"a quote inside a bare field", "a,b\nx\"y,2\n3,4\n"},
    {"text behind a closing quote", "a,b\n\"x\"y,2\n3,4\n"},
    {"a blank in front of a quote", "a,b\n \"x\",2\n3,4\n"},
    {"a stray quote that opens", "a,b\n\"x,2\n3,4\n5,6\n"},
    {"a stray quote that a later one closes", "a,b\n\"x,2\n3,\"4\n5,6\n"},
    {"a quote that is never closed", "a,b\n1,2\n\"x,2\n3,4"},
    {"a bare CR", "a,b\n1\r2,3\n4,5\n"},
    {"CR CR LF", "a,b\r\r\n1,2\r\r\n"},
    {"a CR at the end", "a,b\n1,2\r"},
    {"only CR", "a,b\r1,2\r"},
    {"no line end at the end", "a,b\n1,2"},
    {"an open quote at a block's end",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,\"b\"\n1,2\n"},
    {"a closing quote at a block's end",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,\"b\"\n1,2\n"},
    {"a CR at a block's end",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,b\r\n1,2\n"},
    {"other rows have more columns", "a,b\n1\n1,2,3\n,,,,,,,\n"},
    {"high bytes", "a,b\n\xff\xfe,\x80\n"},
    {"control characters", "a,b\n\t\x01\x0b\x0c,\x7f\n"},
};

Test(sweep, says_what_the_plain_scanner_says_of_every_form)
{
    for (size_t i = 0; i < LENGTH_OF(inputs); i++)
        for (size_t p = 0; p < LENGTH_OF(pieces); p++)
            expect_same(inputs[i].name, inputs[i].text, strlen(inputs[i].text), pieces[p]);
}

/* What decides stands on both sides of the border of a block. */
Test(sweep, says_the_same_wherever_a_block_ends)
{
    static const char *const forms[] = {"\"x\"y",   "x\ry", "\"x\" ", "\"x\"\ry",   "x\r",
                                        "\"x\ny\"", "x\"",  " \"x\"", "\"x\"\"y\"", "\"x",
                                        "\"x\"\r",  "\r",   "\"\"",   "\"\"x",      "\"\r\n\""};
    char text[400];

    for (size_t pad = 0; pad < 140; pad++) {
        for (size_t i = 0; i < LENGTH_OF(forms); i++) {
            memset(text, 'a', pad);
            snprintf(text + pad, sizeof text - pad, ",%s,b\n1,\"2\",3\n4,5,6\n7,\"8\",9\n",
                     forms[i]);
            expect_same(forms[i], text, strlen(text), sizeof text);
        }
    }
}

Test(sweep, takes_a_zero_byte_for_a_bad_row)
{
    static const char text[] = "a,b\n1,\0002\n\"\0\",4\n5,6\n";

    for (size_t p = 0; p < LENGTH_OF(pieces); p++)
        expect_same("zero bytes", text, sizeof text - 1, pieces[p]);
}

/* Characters that matter, much more often than in any file. */
static size_t make_garbage(char *out, size_t length)
{
    static const char often[] = ",,,\"\"\"\n\n\r\nabc,1\"\n";

    for (size_t i = 0; i < length; i++)
        out[i] = draw(200) == 0 ? (char)draw(256) : often[draw(sizeof often - 1)];
    return length;
}

Test(sweep, says_the_same_of_garbage)
{
    char text[700];

    for (int round = 0; round < 6000; round++) {
        const size_t length = make_garbage(text, draw(sizeof text));

        expect_same("garbage", text, length, pieces[draw(LENGTH_OF(pieces))]);
    }
}

/* Rows of the published shape, a few of them spoilt. */
static size_t make_rows(char *out, size_t room)
{
    static const char *const spoilt[] = {"\"",   "\"\"", "\n",  "\r",
                                         "\r\n", ",",    "\"x", "\xef\xbb\xbf"};
    const char *const end = draw(2) == 0 ? "\n" : "\r\n";
    size_t length = 0;

    while (room - length > 1000) {
        for (uint32_t i = 0; i < 27; i++) {
            const bool quoted = draw(3) > 0;

            length += (size_t)sprintf(
                out + length, "%s%s%.*s%s%s", i > 0 ? "," : "", quoted ? "\"" : "", (int)draw(20),
                quoted ? "A, B and C of D" : "123456.789",
                draw(400) == 0 ? spoilt[draw(LENGTH_OF(spoilt))] : "", quoted ? "\"" : "");
        }
        length += (size_t)sprintf(out + length, "%s", end);
    }
    return length;
}

Test(sweep, says_the_same_of_rows_of_which_some_are_spoilt)
{
    static char text[60000];

    for (int round = 0; round < 120; round++) {
        const size_t length = make_rows(text, sizeof text);

        expect_same("rows", text, length, pieces[2 + draw(LENGTH_OF(pieces) - 2)]);
    }
}

/* Lengths on both sides of every limit, in a field that is bare, quoted, or open. */
Test(sweep, says_the_same_of_records_about_as_long_as_a_limit)
{
    static const size_t lengths[] = {62,    63,    64,    65,    16381, 16382,  16383,
                                     16384, 16385, 16386, 65530, 65531, 65532,  65533,
                                     65534, 65535, 65536, 65537, 70000, 270000, 300000};
    static char text[700000];

    for (size_t i = 0; i < LENGTH_OF(lengths); i++) {
        for (int form = 0; form < 5; form++) {
            size_t length = (size_t)sprintf(text, "a,b\n1,%s", form > 0 ? "\"" : "");

            memset(text + length, form == 2 ? '\n' : form == 4 ? ',' : 'x', lengths[i]);
            length += lengths[i];
            length += (size_t)sprintf(text + length, "%s\n3,4\n5,\"6\"\n",
                                      form == 1 || form == 2 || form == 4 ? "\"" : "");
            expect_same("a long record", text, length, 4096);
            expect_same("a long record", text, length, 1 << 20);
            expect_same("a long record", text, length, 65537);
        }
    }
}

Test(sweep, says_the_same_of_many_columns)
{
    static char text[40000];

    for (size_t columns = LIMIT_COLUMNS - 2; columns < LIMIT_COLUMNS + 3; columns++) {
        size_t length = 0;

        for (int row = 0; row < 100; row++) {
            memset(text + length, row % 2 == 0 ? ',' : 'x', columns);
            length += columns;
            text[length++] = '\n';
        }
        for (size_t p = 0; p < LENGTH_OF(pieces); p++)
            expect_same("columns", text, length, pieces[p]);
    }
}

static void expect_same_of_file(const char *path, size_t first_piece)
{
    size_t length;
    char *const bytes = read_whole(path, &length);

    for (size_t p = first_piece; p < LENGTH_OF(pieces); p++)
        expect_same(path, bytes, length, pieces[p]);
    free(bytes);
}

Test(sweep, says_the_same_of_every_malformed_file)
{
    static const char *const names[] = {"bad_among_good", "cut_row",          "nul_byte",
                                        "stray_quote",    "too_many_columns", "unterminated_quote",
                                        "utf16",          "header_only",      "empty_file"};
    char path[64];

    for (size_t i = 0; i < LENGTH_OF(names); i++) {
        snprintf(path, sizeof path, "datasets/malformed/%s.csv", names[i]);
        expect_same_of_file(in_root(path), 0);
    }
}

Test(sweep, says_the_same_of_real_extracts)
{
    alarm(300);
    REQUIRE_SHARED("data/extracts");
    expect_same_of_file(shared("data/extracts/EPD_SNOMED_202601_specimen.csv"), 0);
    expect_same_of_file(shared("data/extracts/PDPI_201410_sample.csv"), 0);
    expect_same_of_file(shared("data/extracts/epd_201709_four_practices.csv"), 4);
    expect_same_of_file(shared("data/extracts/T201812PDPI_BNFT_seven_practices.csv"), 4);
    expect_same_of_file(shared("data/registers/epraccur_2025-11.csv"), 6);
}

/* A piece that begins where a record begins is read as a part of a file. */
Test(sweep, goes_on_midway_without_a_byte_order_mark)
{
    static const char text[] = "\xef\xbb\xbf"
                               "1,2\n";
    const struct sweep_setup setup = {.midway = true};
    struct transcript transcript = {0};
    const struct scan_sink sink = {&transcript, transcript_row, transcript_bad};
    struct sweep *sweep;
    struct fail why;

    cr_assert(sweep_new(&sweep, &setup, &sink, &why) == STATUS_OK, "a sweep is made");
    cr_expect(sweep_feed(sweep, text, 4, &why) == STATUS_OK && !sweep_is_between(sweep),
              "half a record is not between records");
    cr_expect(sweep_feed(sweep, text + 4, sizeof text - 5, &why) == STATUS_OK &&
                  sweep_is_between(sweep),
              "a whole record is");
    cr_expect(sweep_line(sweep) == 2, "the next record begins on line 2");
    cr_expect(transcript.rows == 1 && memmem(transcript.bytes, transcript.length, text, 6) != NULL,
              "the mark is data there");
    sweep_free(sweep);
    transcript_release(&transcript);
}
