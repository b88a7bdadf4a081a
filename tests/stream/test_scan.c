#include "support/cases.h"
#include "support/scans.h"

#include <stdio.h>

/* The log in a line: a row is "line[field|field]", a bad one "line!fault", a last
 * row without a line end has a "~" behind it; a failure ends in "line?". */
static const char *in_words(const struct scan_log *log)
{
    static const char *const faults[] = {"quote", "return", "nul", "length", "width"};
    static char text[4096];
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < log->count && used < sizeof text - 512; i++) {
        const struct told *const told = &log->list[i];
        size_t at = told->at;
        size_t length;

        used += (size_t)sprintf(text + used, "%s%zu%s", i > 0 ? " " : "", (size_t)told->line,
                                told->bad ? "!" : "[");
        if (told->bad)
            used += (size_t)sprintf(text + used, "%s", faults[__builtin_ctz(told->faults)]);
        for (size_t f = 0; f < told->count; f++) {
            memcpy(&length, log->bytes + at, sizeof length);
            at += sizeof length + length; /* behind the text, then field by field */
            memcpy(&length, log->bytes + at, sizeof length);
            used += (size_t)sprintf(text + used, "%s%.*s", f > 0 ? "|" : "", (int)length,
                                    log->bytes + at + sizeof length);
        }
        used += (size_t)sprintf(text + used, "%s", told->bad ? "" : told->ended ? "]" : "]~");
    }
    if (log->end != STATUS_OK)
        sprintf(text + used, "%s%zu?", used > 0 ? " " : "", (size_t)log->end_line);
    return text;
}

#define TEXT(literal)                \
    {                                \
        literal, sizeof(literal) - 1 \
    }

static const struct {
    const char *name;
    struct view input;
    const char *told;
} inputs[] = {
    {"empty input", TEXT(""), ""},
    {"one row", TEXT("a,b\n"), "1[a|b]"},
    {"CRLF", TEXT("a,b\r\nc,d\r\n"), "1[a|b] 2[c|d]"},
    {"mixed line ends", TEXT("a\r\nb\nc\r\n"), "1[a] 2[b] 3[c]"},
    {"no line end at the end", TEXT("a,b\nc,d"), "1[a|b] 2[c|d]~"},
    {"cut between CR and LF", TEXT("a,b\r\nc,d\r"), "1[a|b] 2[c|d]~"},
    {"empty fields", TEXT(",\n,,\n"), "1[|] 2[||]"},
    {"an empty quoted field is a row", TEXT("\"\"\n"), "1[]"},
    {"a trailing comma is a field", TEXT("a,\n"), "1[a|]"},
    {"a trailing comma at the end", TEXT("a,"), "1[a|]~"},
    {"a trailing comma and CRLF", TEXT("a,\r\n"), "1[a|]"},
    {"quotes", TEXT("\"a\",b,\"c\"\n"), "1[a|b|c]"},
    {"commas in quotes", TEXT("\"BATH,GLOS\",b\n"), "1[BATH,GLOS|b]"},
    {"doubled quotes", TEXT("\"a \"\"b\"\"\",\"\"\"\"\n"), "1[a \"b\"|\"]"},
    {"newline in quotes", TEXT("\"a\nb\",c\nd,e\n"), "1[a\nb|c] 3[d|e]"},
    {"CR and CRLF in quotes", TEXT("\"a\rb\r\nc\",d\ne\n"), "1[a\rb\r\nc|d] 3[e]"},
    {"CR at the end of a quoted field", TEXT("\"a\r\"\nb\n"), "1[a\r] 2[b]"},
    {"blank lines in quotes", TEXT("\"\n\n\"\nb\n"), "1[\n\n] 4[b]"},
    {"blank lines", TEXT("\n\na\n\r\n\nb\n\n"), "3[a] 6[b]"},
    {"blanks are a row", TEXT("  \na\n"), "1[  ] 2[a]"},
    {"blanks are kept", TEXT(" a ,\t\"x\"\n"), "1!quote"},
    {"padding is kept", TEXT(" SHA,NIC    \n"), "1[ SHA|NIC    ]"},
    {"byte order mark", TEXT("\xef\xbb\xbf\"a\",b\n"), "1[a|b]"},
    {"nothing but a byte order mark", TEXT("\xef\xbb\xbf"), ""},
    {"a second byte order mark is data",
     TEXT("\xef\xbb\xbf\xef\xbb\xbf"
          "a\n"),
     "1[\xef\xbb\xbf"
     "a]"},
    {"a later byte order mark is data",
     TEXT("\xef\xbb\xbf\n\xef\xbb\xbf"
          "a\n"),
     "2[\xef\xbb\xbf"
     "a]"},
    {"half a byte order mark is data", TEXT("\xef\xbb"), "1[\xef\xbb]~"},
    {"bare CR in a field", TEXT("a\rb\nc\n"), "1!return 2[c]"},
    {"bare CR at the start", TEXT("\ra\nc\n"), "1!return 2[c]"},
    {"two CRs before LF", TEXT("a\r\r\nc\n"), "1!return 2[c]"},
    {"CR behind a closing quote", TEXT("\"a\"\rb\nc\n"), "1!return 2[c]"},
    {"CR, then a quote that stays open", TEXT("a\r\"b\nc,d\n"), "1!return 2[c|d]"},
    {"CR line ends only", TEXT("a,b\rc,d\r"), "1!return"},
    {"zero byte", TEXT("a\0b\nc\n"), "1!nul 2[c]"},
    {"zero byte in quotes", TEXT("\"a\0b\"\nc\n"), "1!nul 2[c]"},
    {"zero byte in the second line of a row", TEXT("\"a\n\0b\"\nc\n"), "1!nul 2!nul 3[c]"},
    {"zero byte in the last line", TEXT("a\n\0"), "1[a] 2!nul"},
    {"stray quote", TEXT("MADE UP 5\" tape,1\nb\n"), "1!quote 2[b]"},
    {"text behind a closing quote", TEXT("\"a\"b,c\nd\n"), "1!quote 2[d]"},
    {"blank behind a closing quote", TEXT("\"a\" ,c\nd\n"), "1!quote 2[d]"},
    {"a quote that never closes", TEXT("a\n\"b\nc\nd\n"), "1[a] 2?"},
    {"a quote open at the last byte", TEXT("a\n\"b"), "1[a] 2?"},
    {"an open quote costs one row", TEXT("\"a,b\nc,d\n\"e\",f\n"), "1!quote 2[c|d] 3[e|f]"},
    {"an open quote in the last line", TEXT("\"a\nb\n\"c\"d"), "1!quote 2[b] 3!quote"},
    {"bad, then a quote that never closes", TEXT("x\"\n\"b\nc"), "1!quote 2?"},
    {"semicolons are data", TEXT("a;b\n"), "1[a;b]"},
    {"control characters are data", TEXT("a\v\f\x1a\x85\n"), "1[a\v\f\x1a\x85]"},
    {"UTF-16 is full of zero bytes",
     TEXT("\xff\xfe"
          "a\0\n\0"),
     "1!nul 2!nul"},
};

static const size_t blocks[] = {1, 2, 3, 7, 63, 64, 65, 4096};

Test(scan, reads_the_grammar_row_by_row_with_its_lines)
{
    for (size_t i = 0; i < LENGTH_OF(inputs); i++) {
        struct scan_log log = log_of(inputs[i].input, 1 << 20, 0);

        cr_expect(strcmp(in_words(&log), inputs[i].told) == 0, "%s: %s, not %s", inputs[i].name,
                  in_words(&log), inputs[i].told);
        log_free(&log);
    }
}

/* The scanner against itself in other blocks, and against the slow one. */
static void must_agree(struct view input, const char *name)
{
    struct scan_log slow = slow_log_of(input);
    struct scan_log whole = log_of(input, 1 << 20, 0);
    size_t differs;

    for (size_t i = 0; i < LENGTH_OF(blocks) + 3; i++) {
        const size_t block = i < LENGTH_OF(blocks) ? blocks[i] : 0;
        struct scan_log log = log_of(input, block, i);

        cr_assert(log_equal(&log, &whole, &differs),
                  "%s: in blocks of %zu the row %zu is not that of one block", name, block,
                  differs);
        cr_assert(log_equal(&log, &slow, &differs),
                  "%s: in blocks of %zu the row %zu is not that of the grammar", name, block,
                  differs);
        log_free(&log);
    }
    log_free(&whole);
    log_free(&slow);
}

Test(scan, blocks_of_any_size_give_the_same_rows)
{
    for (size_t i = 0; i < LENGTH_OF(inputs); i++)
        must_agree(inputs[i].input, inputs[i].name);
}

Test(scan, random_inputs_read_as_the_grammar_says)
{
    static const char letters[] = {'a', 'a', ',', '"', '"', '\r', '\n', '\n', '\0'};
    uint64_t dice = 5;
    char input[200];

    for (size_t i = 0; i < 3000; i++) {
        const size_t length = dice_below(&dice, i % 10 == 0 ? sizeof input : 24);
        /* zero bytes in one input of four, or nothing else would be seen */
        const size_t choice = sizeof letters - (i % 4 != 0);
        char name[32];

        for (size_t at = 0; at < length; at++)
            input[at] = letters[dice_below(&dice, choice)];
        sprintf(name, "input %zu", i);
        must_agree((struct view){input, length}, name);
    }
}

static struct view real_rows(char *text, size_t rows)
{
    size_t used = 0;

    for (size_t i = 0; i < rows; i++)
        used += (size_t)sprintf(
            text + used, "\"2026-01\",\"NHS ICB, %zu\",\"P%05zu\",%zu,\"say \"\"%zu\"\"\"\r\n", i,
            i, i * 3, i);
    return (struct view){text, used};
}

Test(scan, a_long_extract_is_the_same_in_any_blocks)
{
    char *const text = malloc(1 << 20);
    const struct view input = real_rows(text, 3000);
    struct scan_log log = log_of(input, 4096, 0);

    cr_expect(eq(sz, log.count, 3000), "rows");
    cr_expect(eq(u64, log.list[2999].line, 3000), "the last line");
    log_free(&log);
    must_agree(input, "3000 rows");
    free(text);
}

/* --- limits -------------------------------------------------------------------- */

/* before + `count` times c + behind */
static struct view stretched(const char *before, size_t count, char c, const char *behind)
{
    static char *text;
    const size_t head = strlen(before);
    const size_t tail = strlen(behind);

    free(text);
    text = malloc(head + count + tail + 1);
    memcpy(text, before, head);
    memset(text + head, c, count);
    memcpy(text + head + count, behind, tail + 1);
    return (struct view){text, head + count + tail};
}

static const struct {
    const char *name;
    const char *before;
    long over; /* stretched bytes beyond LIMIT_ROW_BYTES */
    char stretched;
    const char *behind;
    const char *told; /* without the stretched field */
} long_rows[] = {
    {"as long as may be", "b\n", -1, 'x', "\nc\n", "3 rows"},
    {"one byte longer", "b\n", 0, 'x', "\nc\n", "1[b] 2!length 3[c]"},
    {"much longer", "b\n", 70000, 'x', "\nc\n", "1[b] 2!length 3[c]"},
    {"longer and CRLF", "b\n", 0, 'x', "\r\nc\n", "1[b] 2!length 3[c]"},
    {"a CR at the limit", "b\n", -1, 'x', "\r\nc\n", "1[b] 2!length 3[c]"},
    {"a CR far behind the limit", "b\n", 4, '\r', "\nc\n", "1[b] 2!length 3[c]"},
    {"the last one, no line end", "b\n", 1, 'x', "", "1[b] 2!length"},
    {"quotes in it", "b\n\"", 9, '"', "\nc\n", "1[b] 2!length 3[c]"},
    {"a quote open over many lines", "b\n\"k\n", 9, 'x', "\nc\n", "1[b] 2!length 3!length 4[c]"},
    {"a quote open over short lines", "\"b\n", 0, '\n', "c\nd\n", "1!length 65538[c] 65539[d]"},
};

static void an_overlong_record_costs_its_line_and_no_more(void)
{
    for (size_t i = 0; i < LENGTH_OF(long_rows); i++) {
        const size_t count = (size_t)(LIMIT_ROW_BYTES + long_rows[i].over);
        const struct view input =
            stretched(long_rows[i].before, count, long_rows[i].stretched, long_rows[i].behind);
        struct scan_log slow = slow_log_of(input);

        for (size_t block = 0; block < 4; block++) {
            static const size_t sizes[] = {1 << 20, 4096, 65536, 32767};
            struct scan_log log = log_of(input, sizes[block], 0);
            size_t differs = 0;

            cr_expect(log_equal(&log, &slow, &differs), "%s: the entry %zu in blocks of %zu",
                      long_rows[i].name, differs, sizes[block]);
            if (i == 0)
                cr_expect(log.count == 3 && !log.list[1].bad, "a row of the limit is a row");
            else
                cr_expect(strcmp(in_words(&log), long_rows[i].told) == 0, "%s: %s",
                          long_rows[i].name, in_words(&log));
            log_free(&log);
        }
        log_free(&slow);
    }
}

Test(scan, a_record_beyond_a_limit_costs_its_line_and_no_more)
{
    struct scan_log log;
    const struct view most = stretched("", LIMIT_COLUMNS - 1, ',', "\nc\n");

    log = log_of(most, 1 << 20, 0);
    cr_expect(log.count == 2 && log.list[0].count == LIMIT_COLUMNS, "64 columns are a row");
    log_free(&log);
    log = log_of(stretched("", LIMIT_COLUMNS, ',', "\nc\n"), 1 << 20, 0);
    cr_expect(strcmp(in_words(&log), "1!width 2[c]") == 0, "65: %s", in_words(&log));
    log_free(&log);
    must_agree(stretched("", LIMIT_COLUMNS, ',', "\"a\nb\"\nc\n"), "65 columns over two lines");
    an_overlong_record_costs_its_line_and_no_more();
}

/* --- the sink ------------------------------------------------------------------ */

static enum status stop_at_row(void *context, const struct scan_row *row, struct fail *why)
{
    ++*(int *)context;
    return row->line == 2 ? fail_set(why, STATUS_LIMIT, "enough") : STATUS_OK;
}

static enum status stop_at_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    ++*(int *)context;
    return fail_set(why, STATUS_DATA, "%s", scan_fault_text(bad->fault));
}

static void a_sink_that_refuses_stops_the_reading(void)
{
    static const struct {
        const char *input;
        enum status status;
        int calls;
    } cases[] = {
        {"a\nb\nc\n", STATUS_LIMIT, 2},     {"a\nb", STATUS_LIMIT, 2},
        {"a\nx\"\nc\nd\n", STATUS_DATA, 2}, {"a\nx\"", STATUS_DATA, 2},
        {"\"a\n\0", STATUS_DATA, 0},        {"a\n", STATUS_OK, 1},
    };

    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        int calls = 0;
        const struct scan_sink sink = {&calls, stop_at_row, stop_at_bad};
        struct scanner *scanner;
        struct fail why = {0};
        enum status status;

        cr_assert(scan_new(&scanner, &sink, &why) == STATUS_OK, "new");
        status = scan_feed(scanner, cases[i].input, strlen(cases[i].input), &why);
        if (status == STATUS_OK)
            status = scan_end(scanner, &why);
        cr_expect(eq(int, (int)status, (int)cases[i].status), "row %zu", i);
        cr_expect(eq(int, calls, cases[i].calls), "row %zu: calls", i);
        scan_free(scanner);
    }
}

Test(scan, a_sink_that_refuses_or_nothing_fed_ends_the_reading)
{
    int calls = 0;
    const struct scan_sink sink = {&calls, stop_at_row, stop_at_bad};
    struct scanner *scanner;
    struct fail why = {0};

    cr_assert(scan_new(&scanner, &sink, &why) == STATUS_OK, "new");
    cr_expect(scan_feed(scanner, NULL, 0, &why) == STATUS_OK, "an empty block");
    cr_expect(scan_end(scanner, &why) == STATUS_OK && calls == 0, "no rows");
    scan_free(scanner);
    scan_free(NULL);
    a_sink_that_refuses_stops_the_reading();
}
