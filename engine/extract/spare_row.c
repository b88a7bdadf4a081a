#include "extract/spare_row.h"

#include "base/limits.h"
#include "extract/header.h"

static bool is_empty(const struct scan_row *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        if (view_trim(scan_field(fields, i)).length > 0)
            return false;
    return true;
}

/* One field tells whether it is worth looking at all of them: rows are rejected by the thousand. */
static bool is_some_name(const struct layouts *layouts, struct view text)
{
    for (size_t i = 0; i < layouts->count && text.length > 0; i++)
        for (size_t e = 0; e < layouts->extracts[i].era_count; e++)
            if (header_column(&layouts->extracts[i].eras[e], text) != NULL)
                return true;
    return false;
}

static enum spare compare_header(const struct layouts *layouts, const struct binding *binding,
                                 const struct scan_row *fields)
{
    struct view names[LIMIT_COLUMNS];
    struct binding other;
    struct fail ignored;

    for (size_t i = 0; i < fields->count; i++)
        names[i] = scan_field(fields, i);
    if (bind_header(&other, layouts, names, fields->count, &ignored) != STATUS_OK)
        return SPARE_NONE;
    return other.era == binding->era && other.columns == binding->columns &&
                   memcmp(other.at, binding->at, sizeof other.at) == 0
               ? SPARE_HEADER
               : SPARE_OTHER_HEADER;
}

enum spare spare_row(const struct layouts *layouts, const struct binding *binding,
                     const struct scan_row *fields)
{
    if (is_empty(fields))
        return SPARE_EMPTY;
    if (binding->era->headerless || fields->count > LIMIT_COLUMNS ||
        !is_some_name(layouts, scan_field(fields, 0)) ||
        !is_some_name(layouts, scan_field(fields, fields->count / 2)))
        return SPARE_NONE;
    return compare_header(layouts, binding, fields);
}

/* --- a line read again ------------------------------------------------------------ */

struct again {
    const struct layouts *layouts;
    const struct binding *binding;
    enum spare spare;
    size_t count; /* fields of the row */
    bool bad;
};

static enum status on_row(void *context, const struct scan_row *row, struct fail *why)
{
    struct again *const again = context;

    (void)why;
    again->count = row->count;
    if (again->layouts != NULL)
        again->spare = spare_row(again->layouts, again->binding, row);
    return STATUS_OK;
}

static enum status on_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    struct again *const again = context;

    (void)bad;
    (void)why;
    again->bad = true;
    return STATUS_OK;
}

static void read_again(struct again *again, struct view line)
{
    const struct scan_sink sink = {again, on_row, on_bad};
    struct scanner *scanner;
    struct fail ignored;

    if (scan_new(&scanner, &sink, &ignored) != STATUS_OK)
        return;
    if (scan_feed(scanner, line.at, line.length, &ignored) != STATUS_OK ||
        scan_end(scanner, &ignored) != STATUS_OK)
        again->bad = true;
    scan_free(scanner);
}

enum spare spare_line(const struct layouts *layouts, const struct binding *binding,
                      struct view line)
{
    struct again again = {.layouts = layouts, .binding = binding};

    if (line.length < 3 || memcmp(line.at, "\xef\xbb\xbf", 3) != 0)
        return SPARE_NONE;
    read_again(&again, line); /* at its start the mark is passed over */
    return again.bad ? SPARE_NONE : again.spare;
}

bool spare_is_mixed(const struct binding *binding, struct view line)
{
    size_t rows = 0;
    size_t pieces = 0;

    while (line.length > 0) {
        const char *const end = memchr(line.at, '\r', line.length);
        const struct view piece = {line.at, end != NULL ? (size_t)(end - line.at) : line.length};
        const size_t passed = piece.length + (end != NULL);
        struct again again = {.layouts = NULL};

        pieces++;
        if (piece.length > 0) {
            read_again(&again, piece);
            if (again.bad || again.count != binding->columns)
                return false;
            rows++;
        }
        line = (struct view){line.at + passed, line.length - passed};
    }
    return pieces > 1 && rows > 0;
}
