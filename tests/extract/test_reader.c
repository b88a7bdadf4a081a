#include "support/cases.h"
#include "support/dice.h"
#include "support/small.h"

#include "base/limits.h"

#include <stdio.h>
#include <string.h>

#define IN "202510,Q,P1,0301AA,n,2,1,1,1.5,N\n"
#define IN_NOVEMBER "2025-11,Q,P1,0301AA,n,2,1,1,1.5,N\n"
#define OUT "202510,Q,P1,0401AA,n,3,1,1,-0.25,N\n"
#define BAD "202510,Q,P1,0301AA,n,x,1,1,1,N\n"

struct sink {
    uint64_t rows;
    enum status answer;
};

static enum status on_row(void *context, const struct row *row, struct fail *why)
{
    struct sink *const sink = context;

    (void)row;
    sink->rows++;
    return sink->answer == STATUS_OK ? STATUS_OK : fail_set(why, sink->answer, "no more");
}

static const struct reject_limit usual = {10, 100};

struct reading {
    struct extract_reader *reader; /* to be freed */
    const struct extract_summary *summary;
    enum status status;
    struct fail why;
    struct sink sink;
};

static void read_text(struct reading *reading, struct reject_limit limit, const char *text,
                      size_t length)
{
    const struct extract_sink sink = {&reading->sink, on_row};

    reading->why = (struct fail){0};
    reading->sink.rows = 0;
    cr_assert(extract_reader_new(&reading->reader, &small_layouts, small_scope, limit, &sink,
                                 &reading->why) == STATUS_OK,
              "%s", reading->why.text);
    reading->status = extract_reader_feed(reading->reader, text, length, &reading->why);
    if (reading->status == STATUS_OK)
        reading->status = extract_reader_end(reading->reader, &reading->why);
    reading->summary = extract_reader_summary(reading->reader);
}

static void read_rows(struct reading *reading, const char *text)
{
    read_text(reading, usual, text, strlen(text));
}

static uint64_t told(const struct extract_summary *summary)
{
    return summary->rows_kept + summary->rows_out_of_scope + summary->rejects.count;
}

Test(reader, every_row_is_kept_out_of_scope_or_rejected_and_summed)
{
    struct reading reading = {0};

    read_rows(&reading, SMALL_HEADER "\n" IN_NOVEMBER OUT IN BAD "a\"b\n\n" IN OUT);
    cr_assert(reading.status == STATUS_OK, "%s", reading.why.text);
    cr_expect(eq(str, (char *)reading.summary->era->id, "small"), "era");
    cr_expect(eq(u64, reading.summary->rows_read, 7), "the header and a blank line are no rows");
    cr_expect(eq(u64, reading.summary->rows_kept, 3), "kept");
    cr_expect(eq(u64, reading.summary->rows_out_of_scope, 2), "out of scope");
    cr_expect(eq(sz, reading.summary->rejects.count, 2), "rejected");
    cr_expect(eq(u64, reading.sink.rows, 3), "each kept row is handed on");
    cr_expect(eq(i64, reading.summary->items, 3 * 2 + 2 * 3), "items of all rows");
    cr_expect(eq(i64, reading.summary->actual_cost, 3 * 150000 - 2 * 25000), "cost of all rows");
    cr_expect(not(reading.summary->last_line_open), "the last row has a line end");
    cr_expect(eq(u64, reading.summary->rejects.by_reason[REJECT_NUMBER], 1), "by reason");
    cr_expect(eq(u64, reading.summary->rejects.by_reason[REJECT_QUOTE], 1), "by reason");
    cr_expect(eq(u64, reading.summary->rejects.list[0].line, 5), "line of the first");
    cr_expect(eq(str, (char *)reading.summary->rejects.list[0].column, "ITEMS"), "its column");
    cr_expect(eq(sz, reading.summary->rejects.list[0].text.length, sizeof BAD - 2), "its text");
    cr_expect(eq(u64, reading.summary->rejects.list[1].line, 6), "line of the second");
    cr_expect(view_is(reading.summary->rejects.list[1].text, "a\"b"), "its text");
    extract_reader_free(reading.reader);
}

Test(reader, months_are_counted_in_order)
{
    struct reading reading = {0};
    char text[8192] = SMALL_HEADER "\n";
    static const int months[] = {5, 5, 3, 9, 3, 5, 1, 9, 9, 12, 1};
    static const int expected[][2] = {{1, 2}, {3, 2}, {5, 3}, {9, 3}, {12, 1}};

    for (size_t i = 0; i < LENGTH_OF(months); i++)
        sprintf(text + strlen(text), "2025%02d,Q,P1,0%d01,n,1,1,1,1,N\n", months[i],
                3 + i % 2 == 0);
    read_rows(&reading, text);
    cr_assert(reading.status == STATUS_OK, "%s", reading.why.text);
    cr_assert(eq(sz, reading.summary->month_count, LENGTH_OF(expected)), "months");
    for (size_t i = 0; i < LENGTH_OF(expected); i++) {
        cr_expect(eq(int, reading.summary->months[i].month % 12 + 1, expected[i][0]), "%zu", i);
        cr_expect(eq(u64, reading.summary->months[i].rows, (uint64_t)expected[i][1]), "%zu", i);
    }
    extract_reader_free(reading.reader);
}

static const struct {
    const char *name;
    const char *text;
    enum status status;
    uint64_t line;
    const char *word;
} files[] = {
    {"empty", "", STATUS_DATA, 0, "not even a header"},
    {"blank lines", "\n\r\n", STATUS_DATA, 0, "not even a header"},
    {"header only", SMALL_HEADER "\n", STATUS_DATA, 0, "no usable row"},
    {"header without a line end", SMALL_HEADER, STATUS_DATA, 0, "no usable row"},
    {"no good row", SMALL_HEADER "\n" BAD BAD, STATUS_DATA, 0, "no usable row"},
    {"another header", "\n\nMONTH,P\n" IN, STATUS_DATA, 3, "nearest is Small (ten columns)"},
    {"a header that cannot be read", "\nMONTH\",P\n" IN, STATUS_DATA, 2, "header cannot be read"},
    {"no header", IN IN, STATUS_DATA, 1, "no known extract"},
    {"cut in a row", SMALL_HEADER "\n" IN "202510,Q,P1,0301AA,n,2,1", STATUS_DATA, 3, "cut"},
    {"cut in a value", SMALL_HEADER "\n" IN "202510,Q,P1,0301AA,n,2,1,1,1.5,", STATUS_DATA, 3,
     "UNID"},
    {"cut out of scope", SMALL_HEADER "\n" IN "202510,Q,P1,0401AA,n,2", STATUS_DATA, 3, "cut"},
    {"cut in quotes", SMALL_HEADER "\n" IN "202510,Q,P1,\"0301A", STATUS_DATA, 3, "never closed"},
    {"an open quote", SMALL_HEADER "\n" IN "\"202510,Q\n" IN IN, STATUS_DATA, 3, "never closed"},
    {"sums too large",
     SMALL_HEADER "\n"
                  "202510,Q,P1,0401,n,9223372036854775807,1,1,1,N\n" IN,
     STATUS_LIMIT, 3, "too large to add"},
    {"the last row without a line end", SMALL_HEADER "\n" IN "202510,Q,P1,0301AA,n,2,1,1,1.5,N",
     STATUS_OK, 0, ""},
    {"cut between CR and LF", SMALL_HEADER "\r\n202510,Q,P1,0301AA,n,2,1,1,1.5,N\r", STATUS_OK, 0,
     ""},
    {"an optional column", SMALL_HEADER ",EXTRA\n202510,Q,P1,0301AA,n,2,1,1,1.5,N,\n", STATUS_OK, 0,
     ""},
};

Test(reader, half_a_file_never_passes_for_a_whole_one)
{
    for (size_t i = 0; i < LENGTH_OF(files); i++) {
        struct reading reading = {0};

        read_rows(&reading, files[i].text);
        cr_expect(eq(int, (int)reading.status, (int)files[i].status), "%s: %s", files[i].name,
                  reading.why.text);
        cr_expect(eq(u64, reading.why.line, files[i].line), "%s: the line", files[i].name);
        cr_expect(strstr(reading.why.text, files[i].word) != NULL, "%s: no '%s' in: %s",
                  files[i].name, files[i].word, reading.why.text);
        if (files[i].status == STATUS_OK)
            cr_expect(reading.summary->last_line_open ==
                          (files[i].text[strlen(files[i].text) - 1] != '\n'),
                      "%s: whether the last line is open", files[i].name);
        extract_reader_free(reading.reader);
    }
}

/* `rows` rows of which the first `bad` are rejected. */
static void read_many(struct reading *reading, struct reject_limit limit, size_t rows, size_t bad)
{
    char *const text = malloc(rows * (sizeof IN + 1) + 100);
    size_t used = (size_t)sprintf(text, "%s", SMALL_HEADER "\n");

    for (size_t i = 0; i < rows; i++)
        used += (size_t)sprintf(text + used, "%s", i < bad ? BAD : IN);
    read_text(reading, limit, text, used);
    free(text);
}

static const struct {
    const char *name;
    struct reject_limit limit;
    size_t rows;
    size_t bad;
    bool accepted;
} limits[] = {
    {"ten of a small file", {10, 100}, 20, 10, true},
    {"eleven of a small file", {10, 100}, 20, 11, false},
    {"none at all", {10, 100}, 20, 0, true},
    {"ten of a hundred thousand", {10, 100}, 100000, 10, true},
    {"eleven of a hundred thousand", {10, 100}, 100000, 11, false},
    {"0.01 % of a large file", {10, 100}, 200000, 20, true},
    {"a row more", {10, 100}, 200000, 21, false},
    {"a row less than a share", {10, 100}, 199999, 20, false},
    {"strict, none", {0, 0}, 20, 0, true},
    {"strict, one", {0, 0}, 20, 1, false},
    {"a number", {3, 0}, 20, 3, true},
    {"a number more", {3, 0}, 20, 4, false},
    {"half of the rows", {0, 500000}, 20, 10, true},
    {"more than half", {0, 500000}, 20, 11, false},
    {"all but one", {0, 1000000}, 20, 19, true},
};

Test(reader, so_many_rejected_rows_and_no_more)
{
    for (size_t i = 0; i < LENGTH_OF(limits); i++) {
        struct reading reading = {0};

        read_many(&reading, limits[i].limit, limits[i].rows, limits[i].bad);
        cr_expect(eq(int, (int)reading.status, limits[i].accepted ? STATUS_OK : STATUS_DATA),
                  "%s: %s", limits[i].name, reading.why.text);
        cr_expect(eq(u64, told(reading.summary), limits[i].rows), "%s: rows", limits[i].name);
        cr_expect(limits[i].accepted || (strstr(reading.why.text, "line 2, ITEMS") != NULL &&
                                         strstr(reading.why.text, reject_text(REJECT_NUMBER))),
                  "%s: the first is told: %s", limits[i].name, reading.why.text);
        extract_reader_free(reading.reader);
    }
}

static void the_share_of_rejected_rows_is_exact_for_any_number(void)
{
    uint64_t dice = 8;

    for (size_t i = 0; i < 10000; i++) {
        const uint64_t rows = dice_roll(&dice) >> (20 + dice_below(&dice, 44));
        const uint64_t per_million = dice_below(&dice, 1000001);
        const uint64_t least = dice_below(&dice, 30);
        const uint64_t share = (uint64_t)((wide_t)rows * per_million / 1000000);

        cr_assert(eq(u64, reject_limit_rows((struct reject_limit){least, per_million}, rows),
                     share > least ? share : least),
                  "%lu per million of %lu", (unsigned long)per_million, (unsigned long)rows);
    }
}

Test(reader, the_limits_of_rejected_rows_are_exact)
{
    struct rejects rejects = {0};
    struct fail why = {0};
    char text[LIMIT_REJECT_TEXT + 10];
    const struct reject one = {
        .line = 3, .column = "NIC", .reason = REJECT_NUMBER, .text = {text, sizeof text}};

    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < 3; i++)
        cr_assert(rejects_add(&rejects, &one, &why) == STATUS_OK, "%s", why.text);
    cr_expect(eq(sz, rejects.list[2].text.length, LIMIT_REJECT_TEXT), "cut");
    cr_expect(rejects.list[2].text.at != text && rejects.list[2].column != one.column, "copied");
    rejects.count = LIMIT_REJECTS;
    cr_expect(eq(int, (int)rejects_add(&rejects, &one, &why), STATUS_LIMIT), "no more than that");
    rejects_release(&rejects);
    the_share_of_rejected_rows_is_exact_for_any_number();
}

Test(reader, a_sink_that_refuses_stops_the_file)
{
    struct reading reading = {.sink = {.answer = STATUS_LIMIT}};

    read_rows(&reading, SMALL_HEADER "\n" OUT IN IN);
    cr_expect(eq(int, (int)reading.status, STATUS_LIMIT), "%s", reading.why.text);
    cr_expect(eq(u64, reading.sink.rows, 1), "at its first row");
    extract_reader_free(reading.reader);
    extract_reader_free(NULL);
}

/* Rows of every fate in any order and any blocks: the summary is always whole. */
Test(reader, read_is_kept_and_out_of_scope_and_rejected)
{
    static const char *const rows[] = {IN,      OUT, BAD, IN_NOVEMBER, "\n",
                                       "x\"\n", IN,  OUT, "\"202510\n"};
    const struct extract_sink no_sink = {&(struct sink){0}, on_row};
    const struct reject_limit all = {1000, 0};
    uint64_t dice = 9;

    for (size_t i = 0; i < 1000; i++) {
        char text[4096] = SMALL_HEADER "\n" IN;
        struct extract_reader *reader;
        struct fail why = {0};
        enum status status = STATUS_OK;

        for (size_t row = dice_below(&dice, 60); row > 0; row--)
            strcat(text, rows[dice_below(&dice, LENGTH_OF(rows))]);
        strcat(text, "\"202510\"" /* closes whatever is open */ ",Q,P1,0301AA,n,2,1,1,1.5,N\n");
        cr_assert(extract_reader_new(&reader, &small_layouts, small_scope, all, &no_sink, &why) ==
                      STATUS_OK,
                  "new");
        for (size_t at = 0, next; at < strlen(text) && status == STATUS_OK; at += next) {
            next = 1 + dice_below(&dice, strlen(text) - at);
            status = extract_reader_feed(reader, text + at, next, &why);
        }
        if (status == STATUS_OK)
            status = extract_reader_end(reader, &why);
        cr_assert(status == STATUS_OK, "%s in %s", why.text, text);
        cr_assert(eq(u64, extract_reader_summary(reader)->rows_read,
                     told(extract_reader_summary(reader))),
                  "%s", text);
        extract_reader_free(reader);
    }
}
