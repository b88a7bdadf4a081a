#ifndef TESTS_SUPPORT_SCANS_H
#define TESTS_SUPPORT_SCANS_H

/* What a scanner told about an input, as a list that can be compared, for the
 * tests and the fuzz target of stream/scan.h. */

#include "base/limits.h"
#include "stream/scan.h"
#include "support/dice.h"

#include <stdlib.h>
#include <string.h>

struct told {
    bool bad;
    unsigned faults; /* one bit a fault that may be told; 0 for a row */
    uint64_t line;
    bool ended;
    size_t count;  /* fields */
    size_t at;     /* into bytes: text, then each field with its length */
    size_t length; /* of all that */
};

struct scan_log {
    struct told *list;
    size_t count;
    size_t room;
    char *bytes;
    size_t used;
    size_t size;
    enum status end;
    uint64_t end_line; /* told with a failure */
};

static inline void *scans_widen(void *array, size_t *room, size_t need, size_t item)
{
    if (need <= *room)
        return array;
    *room = need * 2 + 64;
    array = realloc(array, *room * item);
    if (array == NULL)
        abort();
    return array;
}

static inline void log_bytes(struct scan_log *log, const void *bytes, size_t length)
{
    log->bytes = (char *)scans_widen(log->bytes, &log->size, log->used + length, 1);
    if (length > 0)
        memcpy(log->bytes + log->used, bytes, length);
    log->used += length;
    log->list[log->count - 1].length += length;
}

static inline void log_view(struct scan_log *log, struct view text)
{
    log_bytes(log, &text.length, sizeof text.length);
    log_bytes(log, text.at, text.length);
}

static inline void log_one(struct scan_log *log, struct told told, struct view text)
{
    log->list =
        (struct told *)scans_widen(log->list, &log->room, log->count + 1, sizeof *log->list);
    told.at = log->used;
    told.length = 0;
    log->list[log->count++] = told;
    log_view(log, text);
}

static inline enum status log_row(void *context, const struct scan_row *row, struct fail *why)
{
    struct scan_log *const log = (struct scan_log *)context;
    const struct told told = {.line = row->line, .ended = row->ended, .count = row->count};

    (void)why;
    log_one(log, told, row->text);
    for (size_t i = 0; i < row->count; i++)
        log_view(log, row->fields[i]);
    return STATUS_OK;
}

static inline enum status log_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    const struct told told = {.bad = true, .faults = 1U << bad->fault, .line = bad->line};

    (void)why;
    log_one((struct scan_log *)context, told, bad->text);
    return STATUS_OK;
}

static inline void log_free(struct scan_log *log)
{
    free(log->list);
    free(log->bytes);
    *log = (struct scan_log){0};
}

/* The scanner's word on an input given in blocks of `block` bytes, or, for
 * block 0, cut at random by the seed. */
static inline struct scan_log log_of(struct view input, size_t block, uint64_t seed)
{
    struct scan_log log = {0};
    const struct scan_sink sink = {&log, log_row, log_bad};
    struct scanner *scanner;
    struct fail why = {0};
    size_t next;

    if (scan_new(&scanner, &sink, &why) != STATUS_OK)
        abort();
    for (size_t at = 0; at < input.length && log.end == STATUS_OK; at += next) {
        /* a copy of its own for each block, so that reading beyond it is found */
        char *copy;

        next = block > 0 ? block : 1 + dice_below(&seed, 1 + dice_below(&seed, 96));
        if (next > input.length - at)
            next = input.length - at;
        copy = (char *)malloc(next);
        if (copy == NULL)
            abort();
        memcpy(copy, input.at + at, next);
        log.end = scan_feed(scanner, copy, next, &why);
        free(copy);
    }
    if (log.end == STATUS_OK)
        log.end = scan_end(scanner, &why);
    log.end_line = log.end == STATUS_OK ? 0 : why.line;
    scan_free(scanner);
    return log;
}

/* True if both told the same; *differs is the first entry that is not the same. */
static inline bool log_equal(const struct scan_log *a, const struct scan_log *b, size_t *differs)
{
    for (*differs = 0; *differs < a->count && *differs < b->count; ++*differs) {
        const struct told *const x = &a->list[*differs];
        const struct told *const y = &b->list[*differs];

        if (x->bad != y->bad || x->line != y->line || x->ended != y->ended ||
            x->count != y->count || (x->faults & y->faults) != (x->bad ? x->faults : 0) ||
            x->length != y->length || memcmp(a->bytes + x->at, b->bytes + y->at, x->length) != 0)
            return false;
    }
    return a->count == b->count && a->end == b->end && a->end_line == b->end_line;
}

/* --- a second scanner, slow and plain: one character after the other ------------- */

struct slow {
    struct view input;
    size_t at;
    uint64_t line;
    char *bytes; /* fields of the record, as long as the input */
    size_t used;
    size_t starts[LIMIT_COLUMNS + 1];
    size_t count;
};

enum slow_end { SLOW_ROW, SLOW_BAD, SLOW_OPEN };

/* Faults that may be told of a record: the one met first, and those that the
 * rest of the physical line holds too. */
static inline unsigned slow_faults(const struct slow *slow, size_t from, size_t at,
                                   enum scan_fault first)
{
    unsigned faults = 1U << first;
    size_t end = at;

    while (end < slow->input.length && slow->input.at[end] != '\n')
        end++;
    while (at > from && slow->input.at[at - 1] != '\n')
        at--;
    if (memchr(slow->input.at + at, '\0', end - at) != NULL)
        faults |= 1U << SCAN_FAULT_NUL;
    if (end + 1 - from > LIMIT_ROW_BYTES)
        faults |= 1U << SCAN_FAULT_LENGTH;
    if (first == SCAN_FAULT_QUOTE && memchr(slow->input.at + at, '\r', end - at) != NULL)
        faults |= 1U << SCAN_FAULT_RETURN;
    if (first == SCAN_FAULT_RETURN && memchr(slow->input.at + at, '"', end - at) != NULL)
        faults |= 1U << SCAN_FAULT_QUOTE;
    if (first != SCAN_FAULT_WIDTH && slow->count >= LIMIT_COLUMNS)
        faults |= 1U << SCAN_FAULT_WIDTH;
    if (first == SCAN_FAULT_WIDTH)
        faults |= 1U << SCAN_FAULT_RETURN | 1U << SCAN_FAULT_QUOTE;
    return faults;
}

static inline bool slow_close_field(struct slow *slow)
{
    if (slow->count == LIMIT_COLUMNS)
        return false;
    slow->starts[++slow->count] = slow->used;
    return true;
}

/* Reads the record at slow->at and moves there behind its line end. */
static inline enum slow_end slow_record(struct slow *slow, bool *ended, unsigned *faults)
{
    enum { AT_FIELD, IN_BARE, IN_QUOTES, BEHIND_QUOTE } state = AT_FIELD;
    const size_t from = slow->at;
    const char *const in = slow->input.at;
    const size_t all = slow->input.length;

#define SLOW_FAULT(fault) return *faults = slow_faults(slow, from, at, (fault)), SLOW_BAD
    for (size_t at = from;; at++) {
        const bool over = at == all;
        const char c = over ? '\n' : in[at];

        if (at - from >= LIMIT_ROW_BYTES && !over)
            SLOW_FAULT(SCAN_FAULT_LENGTH);
        if (over && state == IN_QUOTES)
            return SLOW_OPEN;
        if (!over && c == '\0')
            SLOW_FAULT(SCAN_FAULT_NUL);
        if (state == IN_QUOTES && c != '"') {
            slow->bytes[slow->used++] = c;
        } else if (state == IN_QUOTES) {
            state = BEHIND_QUOTE;
        } else if (c == '"' && state == BEHIND_QUOTE) {
            slow->bytes[slow->used++] = c;
            state = IN_QUOTES;
        } else if (c == '"' && state == AT_FIELD) {
            state = IN_QUOTES;
        } else if (c == ',' || c == '\n') {
            if (!slow_close_field(slow))
                SLOW_FAULT(SCAN_FAULT_WIDTH);
            state = AT_FIELD;
            slow->at = at + !over;
            *ended = !over;
            if (c == '\n')
                return SLOW_ROW;
        } else if (c == '\r') {
            if (at + 1 < all && in[at + 1] != '\n')
                SLOW_FAULT(SCAN_FAULT_RETURN);
        } else if (c == '"' || state == BEHIND_QUOTE) {
            SLOW_FAULT(SCAN_FAULT_QUOTE);
        } else {
            slow->bytes[slow->used++] = c;
            state = IN_BARE;
        }
    }
#undef SLOW_FAULT
}

static inline struct view slow_line(const struct slow *slow, size_t from, size_t to)
{
    struct view text = {slow->input.at + from, to - from};

    if (text.length > LIMIT_ROW_BYTES)
        return (struct view){text.at, LIMIT_ROW_BYTES};
    if (text.length > 0 && text.at[text.length - 1] == '\n')
        text.length--;
    if (text.length > 0 && text.at[text.length - 1] == '\r')
        text.length--;
    return text;
}

static inline void slow_pass_lines(struct slow *slow, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        slow->line += slow->input.at[i] == '\n';
    slow->at = to;
}

static inline void slow_tell_row(struct slow *slow, struct scan_log *log, size_t from, bool ended)
{
    const struct told told = {.line = slow->line, .ended = ended, .count = slow->count};

    log_one(log, told, slow_line(slow, from, slow->at));
    for (size_t i = 0; i < slow->count; i++)
        log_view(log, (struct view){slow->bytes + slow->starts[i],
                                    slow->starts[i + 1] - slow->starts[i]});
    slow_pass_lines(slow, from, slow->at);
}

static inline void slow_tell_bad(struct slow *slow, struct scan_log *log, size_t from,
                                 unsigned faults)
{
    const struct told told = {.bad = true, .faults = faults, .line = slow->line};
    size_t end = from;

    while (end < slow->input.length && slow->input.at[end++] != '\n')
        ;
    log_one(log, told, slow_line(slow, from, end));
    slow_pass_lines(slow, from, end);
}

/* Length of a blank line at slow->at, 0 when it is none. */
static inline size_t slow_blank(const struct slow *slow)
{
    const char *const in = slow->input.at + slow->at;
    const size_t left = slow->input.length - slow->at;

    if (in[0] == '\n' || (in[0] == '\r' && left == 1))
        return 1;
    return in[0] == '\r' && in[1] == '\n' ? 2 : 0;
}

/* What the grammar of stream/scan.h says of an input. */
static inline struct scan_log slow_log_of(struct view input)
{
    struct scan_log log = {0};
    struct slow slow = {.input = input, .line = 1, .bytes = (char *)malloc(input.length + 1)};

    if (slow.bytes == NULL)
        abort();
    if (input.length >= 3 && memcmp(input.at, "\xef\xbb\xbf", 3) == 0)
        slow.at = 3;
    while (slow.at < input.length && log.end == STATUS_OK) {
        const size_t from = slow.at;
        unsigned faults = 0;
        bool ended = false;
        enum slow_end end;

        slow.used = 0;
        slow.count = 0;
        if (slow_blank(&slow) > 0) {
            slow_pass_lines(&slow, from, from + slow_blank(&slow));
            continue;
        }
        end = slow_record(&slow, &ended, &faults);
        if (end == SLOW_ROW)
            slow_tell_row(&slow, &log, from, ended);
        else if (end == SLOW_BAD)
            slow_tell_bad(&slow, &log, from, faults);
        else
            log.end = STATUS_DATA;
    }
    log.end_line = log.end == STATUS_OK ? 0 : slow.line;
    free(slow.bytes);
    return log;
}

#endif
