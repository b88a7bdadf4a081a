#include "stream/scan.h"

#include "base/grow.h"
#include "base/limits.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#define NO_FAULT SCAN_FAULTS

struct scanner {
    struct scan_sink sink;
    struct csv_parser parser;
    bool begun;    /* behind the place of a byte order mark */
    bool skipping; /* behind an overlong line, up to its end */

    /* bytes not yet parsed to the end of a record, from the start of a record */
    char *window;
    size_t length;
    size_t room;
    uint64_t line; /* of window[0] */

    /* the record that libcsv is giving out */
    struct view fields[LIMIT_COLUMNS];
    size_t count;
    size_t used; /* of bytes */
    bool complete;
    enum scan_fault fault;
    char bytes[LIMIT_ROW_BYTES];
};

const char *scan_fault_text(enum scan_fault fault)
{
    static const char *const texts[] = {
#define X(name, text) text,
        SCAN_FAULT_LIST(X)
#undef X
    };

    return texts[fault];
}

/* libcsv would trim blanks; the padding of the older extracts is data here. */
static int nothing_is_blank(unsigned char c)
{
    (void)c;
    return 0;
}

static void on_field(void *text, size_t length, void *context)
{
    struct scanner *const scanner = context;

    if (scanner->fault != NO_FAULT)
        return;
    if (scanner->count == LIMIT_COLUMNS)
        scanner->fault = SCAN_FAULT_WIDTH;
    else if (length > sizeof scanner->bytes - scanner->used)
        scanner->fault = SCAN_FAULT_LENGTH;
    if (scanner->fault != NO_FAULT)
        return;
    if (length > 0)
        memcpy(scanner->bytes + scanner->used, text, length);
    scanner->fields[scanner->count++] = (struct view){scanner->bytes + scanner->used, length};
    scanner->used += length;
}

static void on_row(int terminator, void *context)
{
    struct scanner *const scanner = context;

    (void)terminator;
    scanner->complete = true;
}

/* libcsv keeps its state in plain fields: a fresh one forgets a broken row. */
static enum status fresh_parser(struct scanner *scanner, struct fail *why)
{
    csv_free(&scanner->parser);
    if (csv_init(&scanner->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return fail_nomem(why);
    csv_set_space_func(&scanner->parser, nothing_is_blank);
    csv_set_blk_size(&scanner->parser, 1024);
    scanner->count = 0;
    scanner->used = 0;
    scanner->complete = false;
    scanner->fault = NO_FAULT;
    return STATUS_OK;
}

enum status scan_new(struct scanner **scanner, const struct scan_sink *sink, struct fail *why)
{
    struct scanner *made = calloc(1, sizeof *made);

    if (made == NULL)
        return fail_nomem(why);
    made->sink = *sink;
    made->line = 1;
    if (csv_init(&made->parser, CSV_STRICT | CSV_STRICT_FINI) != 0 ||
        fresh_parser(made, why) != STATUS_OK) {
        scan_free(made);
        return fail_nomem(why);
    }
    *scanner = made;
    return STATUS_OK;
}

static size_t without_line_end(const char *text, size_t length)
{
    if (length > 0 && text[length - 1] == '\n')
        length--;
    if (length > 0 && text[length - 1] == '\r')
        length--;
    return length;
}

/* Tells the record at window[from] as bad; its first line ends at `line_end`.
 * Of an overlong line as much is told as was seen when that was found out. */
static enum status tell_bad(struct scanner *scanner, size_t from, size_t line_end,
                            enum scan_fault fault, struct fail *why)
{
    const char *const text = scanner->window + from;
    const size_t length = line_end - from;
    const struct scan_bad bad = {
        .fault = fault,
        .line = scanner->line,
        .text = {text, length > LIMIT_ROW_BYTES ? LIMIT_ROW_BYTES : without_line_end(text, length)},
    };
    const enum status status = scanner->sink.bad(scanner->sink.context, &bad, why);

    return status == STATUS_OK ? fresh_parser(scanner, why) : status;
}

static enum status tell_row(struct scanner *scanner, size_t from, size_t to, struct fail *why)
{
    const char *const text = scanner->window + from;
    const struct scan_row row = {
        .fields = scanner->fields,
        .count = scanner->count,
        .line = scanner->line,
        .text = {text, without_line_end(text, to - from)},
        .ended = text[to - from - 1] == '\n',
    };
    const enum status status = scanner->sink.row(scanner->sink.context, &row, why);

    scanner->count = 0;
    scanner->used = 0;
    scanner->complete = false;
    return status;
}

static bool is_blank_line(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] != '\r' && text[i] != '\n')
            return false;
    return true;
}

static uint64_t count_lines(const char *text, size_t length)
{
    uint64_t lines = 0;

    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

/* True if a CR outside quotes is not part of the line's end.  libcsv takes it for
 * the end of a row, or for nothing at the start of one.  `quoted` says whether
 * the line begins inside quotes; each quote behind that changes sides. */
static bool has_bare_return(const char *text, size_t length, bool quoted)
{
    const size_t inner = without_line_end(text, length);

    if (memchr(text, '\r', inner) == NULL)
        return false;
    for (size_t i = 0; i < inner; i++) {
        if (text[i] == '\r' && !quoted)
            return true;
        quoted ^= text[i] == '"';
    }
    return false;
}

/* Gives one physical line to libcsv; `inner` is false for the first of a record.
 * A zero byte and a bare CR are judged here, where they are still bytes. */
static void parse_line(struct scanner *scanner, const char *text, size_t length, bool inner)
{
    if (memchr(text, '\0', length) != NULL)
        scanner->fault = SCAN_FAULT_NUL;
    else if (has_bare_return(text, length, inner))
        scanner->fault = SCAN_FAULT_RETURN;
    else if (csv_parse(&scanner->parser, text, length, on_field, on_row, scanner) != length &&
             scanner->fault == NO_FAULT)
        scanner->fault = SCAN_FAULT_QUOTE;
}

/* A record is too long when a line of it ends, or has not ended, beyond the
 * limit: the same verdict wherever the blocks of the input are cut. */
static bool too_long(size_t from, size_t to)
{
    return to - from > LIMIT_ROW_BYTES;
}

/* Parses the lines of one record.  *used is the end of it in the window, or
 * `from` when the window ends before the record does. */
static enum status parse_record(struct scanner *scanner, size_t from, size_t *used,
                                struct fail *why)
{
    size_t first_end = 0;
    size_t at = from;
    const char *end;

    *used = from;
    while ((end = memchr(scanner->window + at, '\n', scanner->length - at)) != NULL) {
        const size_t next = (size_t)(end - scanner->window) + 1;

        first_end = first_end == 0 ? next : first_end;
        if (too_long(from, next))
            scanner->fault = SCAN_FAULT_LENGTH;
        else
            parse_line(scanner, scanner->window + at, next - at, at > from);
        at = next;
        *used = scanner->fault != NO_FAULT ? first_end : at;
        if (scanner->fault != NO_FAULT)
            return tell_bad(scanner, from, first_end, scanner->fault, why);
        if (scanner->complete)
            return tell_row(scanner, from, at, why);
        if (is_blank_line(scanner->window + from, at - from))
            return STATUS_OK;
    }
    *used = from;
    if (first_end == 0)
        return STATUS_OK;
    if (too_long(from, scanner->length)) {
        *used = first_end;
        return tell_bad(scanner, from, first_end, SCAN_FAULT_LENGTH, why);
    }
    return fresh_parser(scanner, why); /* its lines are parsed again when it is whole */
}

/* A line with no end in sight is told as soon as it is too long to be a row. */
static enum status refuse_overlong(struct scanner *scanner, struct fail *why)
{
    if (!too_long(0, scanner->length) || memchr(scanner->window, '\n', scanner->length) != NULL)
        return STATUS_OK;
    scanner->skipping = true;
    return tell_bad(scanner, 0, LIMIT_ROW_BYTES, SCAN_FAULT_LENGTH, why);
}

static void drop(struct scanner *scanner, size_t used)
{
    scanner->length -= used;
    memmove(scanner->window, scanner->window + used, scanner->length);
}

/* Passes over the rest of an overlong line. */
static void skip_line(struct scanner *scanner)
{
    const char *const end = memchr(scanner->window, '\n', scanner->length);

    if (end == NULL) {
        scanner->length = 0;
        return;
    }
    drop(scanner, (size_t)(end - scanner->window) + 1);
    scanner->line++;
    scanner->skipping = false;
}

static enum status parse_window(struct scanner *scanner, struct fail *why)
{
    size_t from = 0;
    size_t used = 0;
    enum status status = STATUS_OK;

    if (scanner->skipping)
        skip_line(scanner);
    while (status == STATUS_OK && from < scanner->length) {
        status = parse_record(scanner, from, &used, why);
        if (used == from)
            break;
        scanner->line += count_lines(scanner->window + from, used - from);
        from = used;
    }
    drop(scanner, from);
    if (status == STATUS_OK && !scanner->skipping)
        status = refuse_overlong(scanner, why);
    if (scanner->skipping)
        skip_line(scanner);
    return status;
}

static void pass_byte_order_mark(struct scanner *scanner)
{
    if (scanner->length >= 3 && memcmp(scanner->window, "\xef\xbb\xbf", 3) == 0)
        drop(scanner, 3);
    scanner->begun = true;
}

enum status scan_feed(struct scanner *scanner, const void *bytes, size_t length, struct fail *why)
{
    if (length == 0)
        return STATUS_OK;
    if (!grow(&scanner->window, &scanner->room, scanner->length + length, 1))
        return fail_nomem(why);
    memcpy(scanner->window + scanner->length, bytes, length);
    scanner->length += length;
    if (!scanner->begun) {
        if (scanner->length < 3)
            return STATUS_OK;
        pass_byte_order_mark(scanner);
    }
    return parse_window(scanner, why);
}

/* What is left is a record whose last line has no end. */
static enum status parse_last(struct scanner *scanner, struct fail *why)
{
    const char *const line_end = memchr(scanner->window, '\n', scanner->length);
    const size_t first_end =
        line_end == NULL ? scanner->length : (size_t)(line_end - scanner->window) + 1;

    parse_line(scanner, scanner->window, scanner->length, false);
    if (scanner->fault == NO_FAULT && csv_fini(&scanner->parser, on_field, on_row, scanner) != 0) {
        fail_set(why, STATUS_DATA, "a quoted field of this row is never closed");
        why->line = scanner->line;
        return STATUS_DATA;
    }
    if (scanner->fault == NO_FAULT && scanner->complete) {
        const enum status status = tell_row(scanner, 0, scanner->length, why);

        scanner->length = 0;
        return status;
    }
    if (scanner->fault != NO_FAULT) {
        const enum status status = tell_bad(scanner, 0, first_end, scanner->fault, why);

        drop(scanner, first_end);
        scanner->line++;
        return status;
    }
    scanner->length = 0; /* blank */
    return STATUS_OK;
}

enum status scan_end(struct scanner *scanner, struct fail *why)
{
    enum status status = STATUS_OK;

    if (!scanner->begun)
        pass_byte_order_mark(scanner);
    while (status == STATUS_OK && scanner->length > 0) {
        status = parse_window(scanner, why);
        if (status == STATUS_OK && scanner->length > 0)
            status = parse_last(scanner, why);
    }
    return status;
}

bool scan_is_idle(const struct scanner *scanner)
{
    return scanner->length == 0 && !scanner->skipping;
}

uint64_t scan_line(const struct scanner *scanner)
{
    return scanner->line;
}

void scan_resume(struct scanner *scanner, uint64_t line)
{
    scanner->begun = true;
    scanner->line = line;
}

void scan_free(struct scanner *scanner)
{
    if (scanner == NULL)
        return;
    csv_free(&scanner->parser);
    free(scanner->window);
    free(scanner);
}
