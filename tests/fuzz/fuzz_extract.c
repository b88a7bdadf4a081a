/* Any bytes as an extract of one small era.  Success must mean that
 * read = kept + out of scope + rejected, that every kept row was told, and that
 * months and control sums add up; failure must come with a sentence.  Bit 0 of
 * the first byte puts the right header in front, the others cut the input. */

#include "support/small.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char header[] = SMALL_HEADER "\n";

struct told {
    uint64_t rows;
    int64_t items;
};

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static enum status on_row(void *context, const struct row *row, struct fail *why)
{
    struct told *const told = context;

    (void)why;
    must(row->practice_code.length > 0 && row->bnf_code.length > 0);
    must(row->items >= 0 && row->quantity >= 0 && row->month != MONTH_NONE);
    must(view_starts(row->bnf_code, view_of("03")));
    told->rows++;
    told->items += row->items;
    return STATUS_OK;
}

static void check_success(const struct extract_summary *summary, const struct told *told)
{
    uint64_t months = 0;
    uint64_t reasons = 0;

    must(summary->rows_read ==
         summary->rows_kept + summary->rows_out_of_scope + summary->rejects.count);
    must(summary->rows_kept == told->rows && summary->items >= told->items);
    for (size_t i = 0; i < summary->month_count; i++) {
        must(i == 0 || summary->months[i - 1].month < summary->months[i].month);
        months += summary->months[i].rows;
    }
    must(months == summary->rows_kept + summary->rows_out_of_scope && months > 0);
    for (size_t i = 0; i < REJECT_REASONS; i++)
        reasons += summary->rejects.by_reason[i];
    must(reasons == summary->rejects.count && reasons <= 10);
    for (size_t i = 1; i < summary->rejects.count; i++)
        must(summary->rejects.list[i - 1].line < summary->rejects.list[i].line);
}

static enum status read_all(struct extract_reader *reader, const uint8_t *data, size_t size,
                            struct fail *why)
{
    enum status status = STATUS_OK;
    const size_t block = 1 + data[0] / 2;

    if (data[0] & 1)
        status = extract_reader_feed(reader, header, sizeof header - 1, why);
    for (size_t at = 1; at < size && status == STATUS_OK; at += block)
        status = extract_reader_feed(reader, data + at, size - at < block ? size - at : block, why);
    return status == STATUS_OK ? extract_reader_end(reader, why) : status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct told told = {0};
    const struct extract_sink sink = {&told, on_row};
    struct extract_reader *reader;
    struct fail why = {0};

    if (size < 1)
        return 0;
    if (extract_reader_new(&reader, &small_layouts, small_scope, (struct reject_limit){10, 100},
                           &sink, &why) != STATUS_OK)
        abort();
    if (read_all(reader, data, size, &why) == STATUS_OK)
        check_success(extract_reader_summary(reader), &told);
    else
        must(why.text[0] != '\0' && (why.code == STATUS_DATA || why.code == STATUS_LIMIT));
    extract_reader_free(reader);
    return 0;
}
