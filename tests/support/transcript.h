#ifndef TESTS_SUPPORT_TRANSCRIPT_H
#define TESTS_SUPPORT_TRANSCRIPT_H

/* Everything a scanner says about an input, as bytes that can be compared: rows
 * with line and fields, bad rows, and how it ended.  Also used by fuzz targets, which link no
 * other helper. */

#include "base/limits.h"
#include "stream/scan.h"
#include "stream/sweep.h"

#include <stdlib.h>
#include <string.h>

struct transcript {
    char *bytes;
    size_t length;
    size_t room;
    size_t rows;
    size_t bad;
};

static inline void transcript_put(struct transcript *transcript, const void *bytes, size_t length)
{
    if (transcript->length + length > transcript->room) {
        transcript->room = 2 * (transcript->length + length) + 4096;
        transcript->bytes = realloc(transcript->bytes, transcript->room);
        if (transcript->bytes == NULL)
            abort();
    }
    if (length > 0)
        memcpy(transcript->bytes + transcript->length, bytes, length);
    transcript->length += length;
}

static inline void transcript_number(struct transcript *transcript, char what, uint64_t number)
{
    transcript_put(transcript, &what, 1);
    transcript_put(transcript, &number, sizeof number);
}

static inline void transcript_view(struct transcript *transcript, char what, struct view view)
{
    transcript_number(transcript, what, view.length);
    transcript_put(transcript, view.at, view.length);
}

static inline enum status transcript_row(void *context, const struct scan_row *row,
                                         struct fail *why)
{
    struct transcript *const transcript = context;

    (void)why;
    transcript->rows++;
    transcript_number(transcript, 'R', row->line);
    transcript_number(transcript, row->ended ? 'e' : 'o', row->count);
    transcript_view(transcript, 't', row->text);
    for (size_t i = 0; i < row->count; i++)
        transcript_view(transcript, 'f', scan_field(row, i));
    return STATUS_OK;
}

/* The text of a line without end is told as far as the scanner had it. */
static inline enum status transcript_bad(void *context, const struct scan_bad *bad,
                                         struct fail *why)
{
    struct transcript *const transcript = context;
    struct view text = bad->text;

    (void)why;
    transcript->bad++;
    if (text.length > LIMIT_REJECT_TEXT)
        text.length = LIMIT_REJECT_TEXT;
    transcript_number(transcript, 'B', bad->line);
    transcript_number(transcript, 'r', bad->fault);
    transcript_view(transcript, 't', text);
    return STATUS_OK;
}

static inline void transcript_end(struct transcript *transcript, enum status status,
                                  const struct fail *why)
{
    transcript_number(transcript, 'E', status);
    if (status != STATUS_OK) {
        transcript_number(transcript, 'l', why->line);
        transcript_view(transcript, 's', view_of(why->text));
    }
}

/* By scan.h, the whole input at once: what every other way is held to. */
static inline void transcript_plain(struct transcript *transcript, const void *bytes, size_t length)
{
    const struct scan_sink sink = {transcript, transcript_row, transcript_bad};
    struct scanner *scanner;
    struct fail why = {0};
    enum status status = scan_new(&scanner, &sink, &why);

    if (status != STATUS_OK)
        abort();
    status = scan_feed(scanner, bytes, length, &why);
    if (status == STATUS_OK)
        status = scan_end(scanner, &why);
    transcript_end(transcript, status, &why);
    scan_free(scanner);
}

/* By a path of sweep.h, in pieces of so many bytes. */
static inline void transcript_sweep(struct transcript *transcript, enum sweep_path path,
                                    const void *bytes, size_t length, size_t piece)
{
    const struct scan_sink sink = {transcript, transcript_row, transcript_bad};
    const struct sweep_setup setup = {.path = path};
    struct sweep *sweep;
    struct fail why = {0};
    enum status status = sweep_new(&sweep, &setup, &sink, &why);

    if (status != STATUS_OK)
        abort();
    for (size_t at = 0; at < length && status == STATUS_OK; at += piece)
        status = sweep_feed(sweep, (const char *)bytes + at,
                            length - at < piece ? length - at : piece, &why);
    if (status == STATUS_OK)
        status = sweep_end(sweep, &why);
    transcript_end(transcript, status, &why);
    sweep_free(sweep);
}

static inline bool transcript_same(const struct transcript *a, const struct transcript *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

static inline void transcript_release(struct transcript *transcript)
{
    free(transcript->bytes);
    *transcript = (struct transcript){0};
}

#endif
