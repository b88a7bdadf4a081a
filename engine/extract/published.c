#include "extract/published.h"

#include "base/grow.h"
#include "base/limits.h"
#include "stream/kind.h"
#include "stream/scan.h"
#include "stream/source.h"

#include <stdio.h>
#include <stdlib.h>

const char *figure_text(enum figure figure)
{
    static const char *const texts[] = {
#define X(name, places) #name,
        FIGURE_LIST(X)
#undef X
    };

    return texts[figure];
}

int figure_places(enum figure figure)
{
    static const int numbers[] = {
#define X(name, places) places,
        FIGURE_LIST(X)
#undef X
    };

    return numbers[figure];
}

/* The columns that are no figures. */
enum { COLUMN_LEVEL = FIGURES, COLUMN_CODE, COLUMN_NAME, COLUMN_MONTH, COLUMNS };

struct published_reading {
    struct published *published;
    bool began;
    size_t columns;
    int at[COLUMNS]; /* -1: the file has no such column */
};

static const char *column_text(int column)
{
    static const char *const others[] = {"level", "code", "name", "month"};

    return column < FIGURES ? figure_text((enum figure)column) : others[column - FIGURES];
}

static enum status fail_row(const struct scan_row *row, const char *column, const char *what,
                            struct fail *why)
{
    fail_set(why, STATUS_DATA, "%s%s%s", column, column[0] != '\0' ? ": " : "", what);
    why->line = row->line;
    return STATUS_DATA;
}

static int known_column(struct view name)
{
    for (int column = 0; column < COLUMNS; column++)
        if (view_is(name, column_text(column)))
            return column;
    return -1;
}

static enum status read_header(struct published_reading *reading, const struct scan_row *row,
                               struct fail *why)
{
    bool figure = false;

    for (int column = 0; column < COLUMNS; column++)
        reading->at[column] = -1;
    for (size_t i = 0; i < row->count; i++) {
        const struct view name = view_trim(scan_field(row, i));
        const int column = known_column(name);
        char text[80];

        snprintf(text, sizeof text, "%.*s", (int)(name.length < 79 ? name.length : 79), name.at);
        if (column < 0)
            return fail_row(row, text,
                            "not a column of published totals: level, code, name, month, items, "
                            "nic, actual_cost, total_quantity",
                            why);
        if (reading->at[column] >= 0)
            return fail_row(row, text, "the column stands twice", why);
        reading->at[column] = (int)i;
        figure = figure || column < FIGURES;
    }
    if (reading->at[COLUMN_LEVEL] < 0)
        return fail_row(row, "level", "the column is missing", why);
    if (reading->at[COLUMN_CODE] < 0 && reading->at[COLUMN_NAME] < 0)
        return fail_row(row, "name", "the column is missing, and so is code", why);
    if (!figure)
        return fail_row(row, "items", "the column is missing, and so are all other figures", why);
    reading->began = true;
    reading->columns = row->count;
    return STATUS_OK;
}

static struct view field(const struct published_reading *reading, const struct scan_row *row,
                         int column)
{
    const int at = reading->at[column];

    return at < 0 ? view_none() : view_trim(scan_field(row, (size_t)at));
}

/* Published sums come out of floating point, as 24468374.559739992: what is beyond our
 * unit is rounded, half away from zero.  Items are whole. */
static enum decimal_fault read_rounded(struct view text, int places, int64_t *value)
{
    const char *const point = text.length > 0 ? memchr(text.at, '.', text.length) : NULL;
    struct view kept = text;
    enum decimal_fault fault;

    if (places == 0 || point == NULL ||
        (size_t)(text.at + text.length - point) <= (size_t)places + 1)
        return decimal_parse(text, places, value);
    kept.length = (size_t)(point - text.at) + 1 + (size_t)places;
    for (size_t i = kept.length; i < text.length; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return DECIMAL_SHAPE;
    fault = decimal_parse(kept, places, value);
    if (fault == DECIMAL_OK && text.at[kept.length] >= '5' &&
        !exact_add(value, text.at[0] == '-' ? -1 : 1))
        return DECIMAL_RANGE;
    return fault;
}

static bool copy(struct arena *arena, struct view text, struct view *to)
{
    const char *const kept = arena_copy(arena, text);

    *to = (struct view){kept, text.length};
    return kept != NULL;
}

static enum status read_figures(const struct published_reading *reading, const struct scan_row *row,
                                struct published_line *line, struct fail *why)
{
    for (int figure = 0; figure < FIGURES; figure++) {
        const struct view text = field(reading, row, figure);
        enum decimal_fault fault;

        if (text.length == 0)
            continue;
        fault = read_rounded(text, figure_places((enum figure)figure), &line->figures[figure]);
        if (fault != DECIMAL_OK)
            return fail_row(row, column_text(figure), decimal_fault_text(fault), why);
        line->has[figure] = true;
    }
    return STATUS_OK;
}

static enum status read_line(struct published_reading *reading, const struct scan_row *row,
                             struct fail *why)
{
    struct published *const published = reading->published;
    struct published_line line = {.line = row->line, .month = MONTH_NONE};
    const struct view month = field(reading, row, COLUMN_MONTH);
    enum status status;

    if (row->count != reading->columns)
        return fail_row(row, "", "not as many columns as the header", why);
    if (field(reading, row, COLUMN_LEVEL).length == 0)
        return fail_row(row, "level", "is empty", why);
    if (field(reading, row, COLUMN_CODE).length == 0 &&
        field(reading, row, COLUMN_NAME).length == 0)
        return fail_row(row, "name", "is empty, and there is no code", why);
    if (month.length > 0 && !month_parse(month, &line.month))
        return fail_row(row, "month", "not a month as YYYYMM, YYYY-MM or YYYY_MM", why);
    status = read_figures(reading, row, &line, why);
    if (status != STATUS_OK)
        return status;
    if (!copy(&published->arena, field(reading, row, COLUMN_LEVEL), &line.level) ||
        !copy(&published->arena, field(reading, row, COLUMN_CODE), &line.code) ||
        !copy(&published->arena, field(reading, row, COLUMN_NAME), &line.name) ||
        !grow(&published->lines, &published->room, published->count + 1, sizeof line))
        return fail_nomem(why);
    published->lines[published->count++] = line;
    return STATUS_OK;
}

static enum status on_row(void *context, const struct scan_row *row, struct fail *why)
{
    struct published_reading *const reading = context;

    return reading->began ? read_line(reading, row, why) : read_header(reading, row, why);
}

static enum status on_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    (void)context;
    fail_set(why, STATUS_DATA, "%s", scan_fault_text(bad->fault));
    why->line = bad->line;
    return STATUS_DATA;
}

static enum status scan_source(struct scanner *scanner, struct source *source, struct fail *why)
{
    char bytes[4096];
    size_t got = 1;
    bool found = false;
    bool begun = false;
    enum status status = source_next(source, &found, why);

    if (status == STATUS_OK && found)
        status = kind_check_member(source_member(source), why);
    while (status == STATUS_OK && found && got > 0) {
        status = source_read(source, bytes, sizeof bytes, &got, why);
        if (status == STATUS_OK && !begun)
            status = kind_check((struct view){bytes, got}, why);
        begun = true;
        if (status == STATUS_OK)
            status = scan_feed(scanner, bytes, got, why);
    }
    return status == STATUS_OK ? scan_end(scanner, why) : status;
}

enum status published_read(struct published *published, const char *path, struct fail *why)
{
    struct published_reading reading = {.published = published};
    const struct scan_sink sink = {&reading, on_row, on_bad};
    struct scanner *scanner = NULL;
    struct source *source = NULL;
    uint64_t bytes = 0;
    enum status status = source_open(&source, path, why);

    if (status != STATUS_OK)
        return status;
    status = scan_new(&scanner, &sink, why);
    if (status == STATUS_OK)
        status = scan_source(scanner, source, why);
    if (status == STATUS_OK && published->count == 0)
        status = fail_set(why, STATUS_DATA, "holds no published total");
    if (status == STATUS_OK)
        status = source_end(source, published->sha256, &bytes, why);
    scan_free(scanner);
    source_free(source);
    return status == STATUS_OK ? status : fail_in(why, source_shown(path), why->line);
}

void published_release(struct published *published)
{
    arena_release(&published->arena);
    free(published->lines);
    *published = (struct published){.lines = NULL};
}
