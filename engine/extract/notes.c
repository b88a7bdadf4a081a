#include "extract/notes.h"

#include "base/decimal.h"

#include <inttypes.h>
#include <stdio.h>

const char *note_id(enum note_kind kind)
{
    static const char *const ids[] = {
#define X(name, id, text) id,
        NOTE_LIST(X)
#undef X
    };

    return ids[kind];
}

const char *note_text(enum note_kind kind)
{
    static const char *const texts[] = {
#define X(name, id, text) text,
        NOTE_LIST(X)
#undef X
    };

    return texts[kind];
}

static size_t write_list(const char *what, const struct header_list *list, char *out, size_t room)
{
    const int written =
        list->count > 0 ? snprintf(out, room, "%s %zu %s\n", what, list->count, list->text) : 0;

    return written > 0 && (size_t)written < room ? (size_t)written : 0;
}

void notes_write(const struct notes *notes, char *out)
{
    size_t length = 0;

    out[0] = '\0';
    for (int kind = 0; kind < NOTES; kind++) {
        const struct note *const note = &notes->counted[kind];

        if (note->rows > 0)
            length += (size_t)snprintf(out + length, NOTES_TEXT - length,
                                       "%s %" PRIu64 " %" PRId64 " %" PRId64 " %" PRIu64 "\n",
                                       note_id((enum note_kind)kind), note->rows, note->items,
                                       note->actual_cost, note->line);
    }
    length += write_list("columns_ignored", &notes->ignored, out + length, NOTES_TEXT - length);
    write_list("columns_missing", &notes->missing, out + length, NOTES_TEXT - length);
}

/* The text up to the next blank, or the end of the line. */
static struct view take_word(struct view *line)
{
    const char *const blank = line->length > 0 ? memchr(line->at, ' ', line->length) : NULL;
    const struct view word = {line->at, blank != NULL ? (size_t)(blank - line->at) : line->length};
    const size_t passed = word.length + (blank != NULL);

    *line = (struct view){line->at + passed, line->length - passed};
    return word;
}

static bool take_number(struct view *line, int64_t *number)
{
    return decimal_parse(take_word(line), 0, number) == DECIMAL_OK;
}

static bool read_list(struct header_list *list, struct view line)
{
    int64_t count;

    if (!take_number(&line, &count) || count < 0 || line.length >= sizeof list->text)
        return false;
    list->count = (size_t)count;
    list->length = line.length;
    memcpy(list->text, line.at, line.length);
    list->text[line.length] = '\0';
    return true;
}

static bool read_note(struct note *note, struct view line)
{
    int64_t rows;
    int64_t first;

    if (!take_number(&line, &rows) || !take_number(&line, &note->items) ||
        !take_number(&line, &note->actual_cost) || !take_number(&line, &first) || rows < 0 ||
        first < 0)
        return false;
    note->rows = (uint64_t)rows;
    note->line = (uint64_t)first;
    return true;
}

static bool read_line(struct notes *notes, struct view line)
{
    const struct view what = take_word(&line);

    if (view_is(what, "columns_ignored"))
        return read_list(&notes->ignored, line);
    if (view_is(what, "columns_missing"))
        return read_list(&notes->missing, line);
    for (int kind = 0; kind < NOTES; kind++)
        if (view_is(what, note_id((enum note_kind)kind)))
            return read_note(&notes->counted[kind], line);
    return false;
}

bool notes_read(struct notes *notes, struct view text)
{
    *notes = (struct notes){.ignored = {.count = 0}};
    while (text.length > 0) {
        const char *const end = memchr(text.at, '\n', text.length);
        struct view line = text;

        if (end == NULL)
            return false;
        line.length = (size_t)(end - text.at);
        if (!read_line(notes, line))
            return false;
        text = (struct view){end + 1, text.length - line.length - 1};
    }
    return true;
}
