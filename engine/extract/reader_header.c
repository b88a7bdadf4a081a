#include "extract/reader_internal.h"

#include "base/limits.h"
#include "stream/kind.h"

#include <inttypes.h>

/* Rows that may be above a header: a title, a date, a note. */
#define ROWS_ABOVE_HEADER 20

/* The first refusal counts; a header further down explains it. */
static enum status refuse_header(struct extract_reader *reader, struct fail *why)
{
    if (reader->refused == 0) {
        reader->refusal = *why;
        reader->stranger = reader->binding.stranger;
    } else {
        *why = reader->refusal;
    }
    reader->refused++;
    if (reader->refused > ROWS_ABOVE_HEADER)
        return why->code;
    return STATUS_OK;
}

static enum status refuse_separator(const char *separator, uint64_t line, struct fail *why)
{
    fail_set(why, STATUS_DATA,
             "the columns are separated by %s, not by commas: save it as CSV with commas",
             separator);
    why->line = line;
    return STATUS_DATA;
}

enum status extract_read_header(struct extract_reader *reader, const struct scan_row *fields,
                                struct fail *why)
{
    struct view names[LIMIT_COLUMNS];
    enum status status;

    for (size_t i = 0; i < fields->count; i++)
        names[i] = scan_field(fields, i);
    status = bind_header(&reader->binding, reader->layouts, names, fields->count, why);
    if (status != STATUS_OK && header_separator(fields->text) != NULL)
        return refuse_separator(header_separator(fields->text), fields->line, why);
    if (status != STATUS_OK) {
        why->line = fields->line;
        return refuse_header(reader, why);
    }
    if (reader->refused > 0) {
        fail_set(why, STATUS_DATA,
                 "has a title above the header, which is line %" PRIu64
                 ": delete the lines above it",
                 fields->line);
        why->line = reader->refusal.line;
        return STATUS_DATA;
    }
    why->line = 0;
    reader->binding.latest = reader->latest;
    reader->summary.era = reader->binding.era;
    header_leftovers(reader->binding.era, names, fields->count, &reader->summary.notes.ignored,
                     &reader->summary.notes.missing);
    if (reader->totals.row == NULL)
        prefilter_set(&reader->prefilter, &reader->binding, reader->scope, reader->path);
    return STATUS_OK;
}

/* No header can be read from it; quotes behind semicolons or tabs are the commonest reason. */
enum status extract_read_bad_header(struct extract_reader *reader, const struct scan_bad *bad,
                                    struct fail *why)
{
    const bool returns = memchr(bad->text.at, '\r', bad->text.length) != NULL;

    if (header_separator(bad->text) != NULL)
        return refuse_separator(header_separator(bad->text), bad->line, why);
    reader->binding.stranger = true;
    fail_set(why, STATUS_DATA, "the header cannot be read: %s%s", scan_fault_text(bad->fault),
             bad->fault == SCAN_FAULT_NUL ? "; if it is UTF-16, save it as UTF-8"
             : returns ? "; its lines end in carriage returns: save it with ordinary line ends"
                       : "");
    why->line = bad->line;
    return refuse_header(reader, why);
}

/* Before the first bytes are read as text. */
enum status extract_check_kind(struct extract_reader *reader, const void *bytes, size_t length,
                               struct fail *why)
{
    if (reader->begun || length == 0)
        return STATUS_OK;
    reader->begun = true;
    if (kind_of((struct view){bytes, length}) == NULL)
        return STATUS_OK;
    reader->stranger = true;
    return kind_check((struct view){bytes, length}, why);
}

bool extract_reader_is_stranger(const struct extract_reader *reader)
{
    return reader->summary.era == NULL && (reader->stranger || !reader->begun);
}
