#include "support/golden.h"

#include "support/paths.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct golden {
    char *text;
    char **cells; /* row by row, the header first */
    size_t columns;
    size_t rows;
};

/* Takes one cell off the text and ends it by a zero; true if the line goes on. */
static bool take_cell(char **at, char **cell)
{
    const bool quoted = **at == '"';
    char *end;
    bool more;

    *cell = *at + quoted;
    end = *cell + (quoted ? strcspn(*cell, "\"") : strcspn(*cell, ",\r\n"));
    *at = end + quoted;
    more = **at == ',';
    if (!more)
        *at += strspn(*at, "\r\n");
    else
        (*at)++;
    *end = '\0';
    return more;
}

struct golden *golden_open(const char *path)
{
    struct golden *const golden = calloc(1, sizeof *golden);
    size_t room = 1024;
    size_t count = 0;
    char *at;

    if (golden == NULL || (golden->cells = calloc(room, sizeof *golden->cells)) == NULL)
        abort();
    at = golden->text = read_whole(path, NULL);
    while (*at != '\0') {
        char *cell;
        bool more;

        do {
            if (count == room) {
                room *= 2;
                golden->cells = realloc(golden->cells, room * sizeof *golden->cells);
            }
            if (golden->cells == NULL)
                abort();
            more = take_cell(&at, &cell);
            golden->cells[count++] = cell;
        } while (more);
        if (golden->columns == 0)
            golden->columns = count;
        golden->rows++;
    }
    return golden;
}

void golden_free(struct golden *golden)
{
    free(golden->text);
    free(golden->cells);
    free(golden);
}

size_t golden_rows(const struct golden *golden)
{
    return golden->rows - 1;
}

const char *golden_text(const struct golden *golden, size_t row, const char *column)
{
    for (size_t i = 0; i < golden->columns; i++)
        if (strcmp(golden->cells[i], column) == 0)
            return golden->cells[(row + 1) * golden->columns + i];
    fprintf(stderr, "there is no column %s\n", column);
    abort();
}

double golden_number(const struct golden *golden, size_t row, const char *column)
{
    const char *const text = golden_text(golden, row, column);
    char *end;
    const double value = strtod(text, &end);

    return end == text || *end != '\0' ? (double)NAN : value;
}

bool golden_is(const struct golden *golden, size_t row, const char *column, const char *text)
{
    return strcmp(golden_text(golden, row, column), text) == 0;
}
