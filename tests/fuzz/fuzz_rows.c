/* Any bytes as an extract of one small era: every path of sweep.h, in pieces of any size, gives
 * the rows, the rejected rows, the control sums and the end that libcsv's scanner gives in one
 * piece, which knows no prefilter.  The first byte chooses the size of the pieces. */

#include "support/small.h"

#include <stdlib.h>
#include <string.h>

static const size_t pieces[] = {1, 2, 7, 63, 64, 65, 127, 200, 4096, 1 << 20};
static const char header[] = SMALL_HEADER "\n";

/* All that is told of an input, one behind the other. */
struct account {
    char *bytes;
    size_t length;
    size_t room;
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void put(struct account *account, const void *bytes, size_t length)
{
    if (account->length + length > account->room) {
        account->room = 2 * (account->length + length) + 4096;
        account->bytes = realloc(account->bytes, account->room);
        if (account->bytes == NULL)
            abort();
    }
    if (length > 0)
        memcpy(account->bytes + account->length, bytes, length);
    account->length += length;
}

static void put_number(struct account *account, int64_t number)
{
    put(account, &number, sizeof number);
}

static void put_view(struct account *account, struct view view)
{
    put_number(account, view.at == NULL ? -1 : (int64_t)view.length);
    put(account, view.at, view.length);
}

static enum status on_row(void *context, const struct row *row, struct fail *why)
{
    struct account *const account = context;

    (void)why;
    put_number(account, row->month);
    put_view(account, row->practice_code);
    put_view(account, row->practice_name);
    put_view(account, row->sub_icb_code);
    put_view(account, row->bnf_code);
    put_view(account, row->bnf_name);
    put_number(account, row->items);
    put_number(account, row->quantity);
    put_number(account, row->nic);
    put_number(account, row->actual_cost);
    return STATUS_OK;
}

static void put_summary(struct account *account, const struct extract_summary *summary)
{
    put_number(account, (int64_t)summary->rows_read);
    put_number(account, (int64_t)summary->rows_kept);
    put_number(account, (int64_t)summary->rows_out_of_scope);
    put_number(account, summary->items);
    put_number(account, summary->actual_cost);
    put_number(account, summary->last_line_open);
    for (size_t i = 0; i < summary->month_count; i++) {
        put_number(account, summary->months[i].month);
        put_number(account, (int64_t)summary->months[i].rows);
    }
    for (size_t i = 0; i < summary->rejects.count; i++) {
        const struct reject *const reject = &summary->rejects.list[i];

        put_number(account, (int64_t)reject->line);
        put_number(account, reject->reason);
        put_view(account, view_of(reject->column));
        put_view(account, reject->text);
    }
}

static struct account read_by(enum sweep_path path, const uint8_t *bytes, size_t length,
                              size_t piece)
{
    struct account account = {0};
    const struct extract_sink sink = {&account, on_row};
    struct extract_reader *reader;
    struct fail why = {0};
    enum status status;

    if (extract_reader_new(&reader, &small_layouts, small_scope, (struct reject_limit){10, 100},
                           &sink, &why) != STATUS_OK ||
        extract_reader_by(reader, path, &why) != STATUS_OK)
        abort();
    status = extract_reader_feed(reader, header, sizeof header - 1, &why);
    for (size_t at = 0; at < length && status == STATUS_OK; at += piece)
        status = extract_reader_feed(reader, bytes + at, length - at < piece ? length - at : piece,
                                     &why);
    if (status == STATUS_OK)
        status = extract_reader_end(reader, &why);
    put_number(&account, status);
    put_number(&account, (int64_t)why.line);
    put_view(&account, view_of(why.text));
    put_summary(&account, extract_reader_summary(reader));
    extract_reader_free(reader);
    return account;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct account plain;
    size_t piece;

    if (length < 1)
        return 0;
    piece = bytes[0] < 128 ? pieces[bytes[0] % COUNT_OF(pieces)] : bytes[0];
    bytes++;
    length--;
    plain = read_by(SWEEP_PLAIN, bytes, length, length + 1);
    for (enum sweep_path path = SWEEP_PLAIN; path < SWEEP_PATHS; path++) {
        struct account other;

        if (!sweep_path_works(path))
            continue;
        other = read_by(path, bytes, length, piece);
        if (other.length != plain.length || memcmp(other.bytes, plain.bytes, plain.length) != 0)
            abort();
        free(other.bytes);
    }
    free(plain.bytes);
    return 0;
}
