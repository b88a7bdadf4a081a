#include "stream/sweep.h"

#include "base/limits.h"
#include "base/word.h"
#include "stream/sweep_internal.h"

#include <stdlib.h>
#include <string.h>

/* Read in one go: with the index it stays in a second-level cache of 1 MiB, so
 * that what read() copied is not fetched from memory again. */
#define READ_BYTES (256 * 1024)

/* What may be left of a record when more is read; a longer one goes to scan.h. */
#define REST_BYTES SWEEP_BATCH

_Static_assert(SWEEP_BATCH <= LIMIT_ROW_BYTES, "a batch holds no record that is too long");
_Static_assert(SWEEP_BATCH % SWEEP_BLOCK == 0 && SWEEP_BATCH < UINT16_MAX, "places fit 16 bits");

struct sweep {
    struct scan_sink sink;
    enum status (*pass)(void *context, const struct sweep_rows *rows, size_t *passed,
                        struct fail *why);
    sweep_kernel *kernel; /* NULL: scan.h for every row */
    struct scanner *plain;
    bool begun; /* behind the place of a byte order mark */
    bool busy;  /* scan.h has a record that is not whole */
    uint64_t line;
    size_t length; /* bytes in the window that were not given out */
    struct sweep_index index;
    char before[SCAN_SLACK];
    char window[REST_BYTES + READ_BYTES + SWEEP_BLOCK + SCAN_SLACK];
};

static sweep_kernel *kernel_of(enum sweep_path path)
{
    switch (path) {
    case SWEEP_PORTABLE:
        return sweep_portable;
#if defined(__x86_64__)
    case SWEEP_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
                       __builtin_cpu_supports("bmi2")
                   ? sweep_avx2
                   : NULL;
    case SWEEP_AVX512:
        return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2") &&
                       __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("vpclmulqdq") &&
                       __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("bmi2")
                   ? sweep_avx512
                   : NULL;
#endif
#if defined(__aarch64__)
    case SWEEP_NEON:
        return sweep_neon;
#endif
    default:
        return NULL;
    }
}

bool sweep_path_works(enum sweep_path path)
{
    return path == SWEEP_AUTO || path == SWEEP_PLAIN || kernel_of(path) != NULL;
}

static sweep_kernel *choose_kernel(enum sweep_path path)
{
    static const enum sweep_path best_first[] = {SWEEP_AVX512, SWEEP_AVX2, SWEEP_NEON};

    if (path != SWEEP_AUTO)
        return kernel_of(path);
    for (size_t i = 0; i < COUNT_OF(best_first); i++)
        if (kernel_of(best_first[i]) != NULL)
            return kernel_of(best_first[i]);
    return sweep_portable;
}

enum status sweep_new(struct sweep **sweep, const struct sweep_setup *setup,
                      const struct scan_sink *sink, struct fail *why)
{
    struct sweep *made;
    enum status status;

    if (!sweep_path_works(setup->path))
        return fail_set(why, STATUS_USAGE, "this machine cannot read that way");
    made = malloc(sizeof *made); /* 0.4 MiB, not cleared: each part of a file has a new one */
    if (made == NULL)
        return fail_nomem(why);
    made->plain = NULL;
    made->busy = false;
    made->length = 0;
    memset(made->before, 'x', sizeof made->before);
    made->sink = *sink;
    made->pass = setup->pass;
    made->kernel = choose_kernel(setup->path);
    made->begun = setup->midway;
    made->line = 1;
    status = scan_new(&made->plain, sink, why);
    if (status != STATUS_OK) {
        sweep_free(made);
        return status;
    }
    scan_resume(made->plain, 1); /* the byte order mark is passed over here */
    *sweep = made;
    return STATUS_OK;
}

/* Gives window[from..] to scan.h, a line at first and then twice as much each
 * time, until it is between two records again.  Twice as much, because it parses
 * an open record anew whenever it gets more. */
static enum status hand_over(struct sweep *sweep, size_t *from, struct fail *why)
{
    enum status status = STATUS_OK;
    size_t step = 1;

    if (!sweep->busy)
        scan_resume(sweep->plain, sweep->line);
    do {
        const size_t left = sweep->length - *from;
        const char *const at = sweep->window + *from;
        const char *const end = step <= left ? memchr(at + step - 1, '\n', left - step + 1) : NULL;
        const size_t length = end != NULL ? (size_t)(end - at) + 1 : left;

        status = scan_feed(sweep->plain, at, length, why);
        *from += length;
        step = step < READ_BYTES ? step * 2 : step;
        sweep->busy = !scan_is_idle(sweep->plain);
    } while (status == STATUS_OK && sweep->busy && *from < sweep->length);
    sweep->line = scan_line(sweep->plain);
    return status;
}

/* The plain way: all to scan.h. */
static enum status give_all(struct sweep *sweep, struct fail *why)
{
    const enum status status = scan_feed(sweep->plain, sweep->window, sweep->length, why);

    sweep->length = 0;
    sweep->line = scan_line(sweep->plain);
    sweep->busy = !scan_is_idle(sweep->plain);
    return status;
}

static size_t without_return(const char *text, size_t length)
{
    return length > 0 && text[length - 1] == '\r' ? length - 1 : length;
}

/* A whole, regular record on a line of its own, which no extract can have. */
static enum status give_strange(struct sweep *sweep, const char *text, size_t length,
                                struct fail *why)
{
    enum status status;

    scan_resume(sweep->plain, sweep->line);
    status = scan_feed(sweep->plain, text, length, why);
    if (status == STATUS_OK && !scan_is_idle(sweep->plain))
        return fail_set(why, STATUS_BUG, "a whole record was taken for a part of one");
    return status;
}

/* One record, with the fields starts[first] up to starts[behind]. */
static enum status give_row(struct sweep *sweep, const char *base, size_t first, size_t behind,
                            struct fail *why)
{
    const uint16_t *const starts = sweep->index.starts;
    const char *const text = base + starts[first];
    const size_t whole = (size_t)starts[behind] - starts[first];
    const struct scan_row row = {
        .base = base,
        .starts = starts + first,
        .count = behind - first,
        .line = sweep->line,
        .text = {text, without_return(text, whole - 1)},
        .ended = true,
    };

    if (row.count > LIMIT_COLUMNS)
        return give_strange(sweep, text, whole, why);
    if (row.text.length == 0) /* a blank line is no record */
        return STATUS_OK;
    return sweep->sink.row(sweep->sink.context, &row, why);
}

/* Gives out the records that the index found. */
static enum status give_rows(struct sweep *sweep, const char *base, struct fail *why)
{
    const struct sweep_index *const index = &sweep->index;
    enum status status = STATUS_OK;
    size_t done = 0;
    size_t first = 0;

    while (done < index->end_count && status == STATUS_OK) {
        const struct sweep_rows rows = {base, index->starts, index->ends + done, first,
                                        index->end_count - done};
        size_t passed = 0;

        if (sweep->pass != NULL)
            status = sweep->pass(sweep->sink.context, &rows, &passed, why);
        if (passed == 0 && status == STATUS_OK) {
            status = give_row(sweep, base, first, rows.ends[0], why);
            passed = 1;
        }
        sweep->line += passed;
        done += passed;
        first = done > 0 ? index->ends[done - 1] : 0;
    }
    return status;
}

/* Indexes up to a batch from window[from] on; *used is how much of it was given out. */
static enum status sweep_batch(struct sweep *sweep, size_t from, size_t *used, struct fail *why)
{
    struct sweep_index *const index = &sweep->index;
    const size_t left = sweep->length - from;
    const size_t length = left < SWEEP_BATCH ? left : SWEEP_BATCH;
    enum status status;

    index->bad = SWEEP_NO_BAD;
    index->starts[0] = 0;
    sweep->kernel(sweep->window + from, (length + SWEEP_BLOCK - 1) / SWEEP_BLOCK, index);
    status = give_rows(sweep, sweep->window + from, why);
    *used = index->end_count == 0 ? 0 : index->starts[index->ends[index->end_count - 1]];
    return status;
}

/* Blank lines at the start of a record, which are none: a thousand million of them come out of 34 kB
 * of zstd, and took 12 s one by one. */
static size_t pass_blank_lines(struct sweep *sweep, size_t from)
{
    static const char lines[] = "\n\n\n\n\n\n\n\n\r\n\r\n\r\n\r\n";
    uint64_t word;

    for (int form = 0; form < 2; form++) {
        const char *const eight = lines + (size_t)form * sizeof word;

        memcpy(&word, eight, sizeof word);
        while (sweep->length - from >= sizeof word && word_load(sweep->window + from) == word) {
            from += sizeof word;
            sweep->line += form == 0 ? 8 : 4;
        }
    }
    return from;
}

static enum status sweep_window(struct sweep *sweep, struct fail *why)
{
    enum status status = STATUS_OK;
    size_t from = 0;

    /* behind the last byte the kernel sees letters: nothing that counts */
    memset(sweep->window + sweep->length, 'x', SWEEP_BLOCK);
    while (status == STATUS_OK && from < sweep->length) {
        size_t left;
        size_t used = 0;

        if (sweep->busy) {
            status = hand_over(sweep, &from, why);
            continue;
        }
        from = pass_blank_lines(sweep, from);
        left = sweep->length - from;
        status = sweep_batch(sweep, from, &used, why);
        from += used;
        if (status != STATUS_OK)
            break;
        if (sweep->index.bad < left || (used == 0 && left >= SWEEP_BATCH))
            status = hand_over(sweep, &from, why);
        else if (left <= SWEEP_BATCH)
            break; /* the rest of a record, if any, waits for more */
    }
    sweep->length = status == STATUS_OK ? sweep->length - from : 0;
    memmove(sweep->window, sweep->window + from, sweep->length);
    return status;
}

static void pass_byte_order_mark(struct sweep *sweep)
{
    if (sweep->begun || sweep->length < 3)
        return;
    sweep->begun = true;
    if (memcmp(sweep->window, "\xef\xbb\xbf", 3) != 0)
        return;
    sweep->length -= 3;
    memmove(sweep->window, sweep->window + 3, sweep->length);
}

void sweep_room(struct sweep *sweep, char **at, size_t *room)
{
    *at = sweep->window + sweep->length;
    *room = READ_BYTES;
}

enum status sweep_filled(struct sweep *sweep, size_t length, struct fail *why)
{
    sweep->length += length;
    pass_byte_order_mark(sweep);
    if (!sweep->begun)
        return STATUS_OK;
    return sweep->kernel != NULL ? sweep_window(sweep, why) : give_all(sweep, why);
}

enum status sweep_feed(struct sweep *sweep, const void *bytes, size_t length, struct fail *why)
{
    const char *from = bytes;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && length > 0) {
        char *at;
        size_t room;

        sweep_room(sweep, &at, &room);
        if (room > length)
            room = length;
        memcpy(at, from, room);
        from += room;
        length -= room;
        status = sweep_filled(sweep, room, why);
    }
    return status;
}

enum status sweep_end(struct sweep *sweep, struct fail *why)
{
    enum status status;

    if (!sweep->busy)
        scan_resume(sweep->plain, sweep->line);
    sweep->busy = true;
    status = scan_feed(sweep->plain, sweep->window, sweep->length, why);
    sweep->length = 0;
    if (status == STATUS_OK)
        status = scan_end(sweep->plain, why);
    sweep->line = scan_line(sweep->plain);
    return status;
}

bool sweep_is_between(const struct sweep *sweep)
{
    return sweep->length == 0 && !sweep->busy;
}

uint64_t sweep_line(const struct sweep *sweep)
{
    return sweep->line;
}

void sweep_free(struct sweep *sweep)
{
    if (sweep == NULL)
        return;
    scan_free(sweep->plain);
    free(sweep);
}
