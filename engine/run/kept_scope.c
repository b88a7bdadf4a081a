#include "run/kept_scope.h"

#include <stdio.h>

static const char bnf[] = "bnf ";

const char *kept_scope_write(const struct rules *rules, struct arena *arena)
{
    const struct scope scope = rules->scope;
    size_t length = 0;
    char *text;
    char *at;

    for (size_t i = 0; i < scope.count; i++)
        length += strlen(bnf) + scope.prefixes[i].length + 1;
    text = arena_take(arena, length + 1);
    for (size_t i = 0; text != NULL && i < scope.count; i++) {
        at = text + strlen(text);
        snprintf(at, length + 1 - (size_t)(at - text), "%s%.*s\n", bnf,
                 (int)scope.prefixes[i].length, scope.prefixes[i].at);
    }
    return text;
}

/* The next line of a scope without its line end; false at the end. */
static bool next_line(const char **at, struct view *line)
{
    *line = (struct view){*at, strcspn(*at, "\n")};
    *at += line->length + ((*at)[line->length] == '\n');
    return line->length > 0;
}

/* A section holds the sections below it. */
static bool is_kept(const char *kept, struct view wanted)
{
    struct view line;

    while (next_line(&kept, &line))
        if (view_starts(wanted, line))
            return true;
    return false;
}

struct view kept_scope_missing(const char *kept, const char *wanted)
{
    struct view line;

    while (next_line(&wanted, &line))
        if (!is_kept(kept, line))
            return line;
    return view_none();
}

static bool is_wanted(struct scope scope, struct view code)
{
    for (size_t i = 0; i < scope.count; i++)
        if (view_starts(code, scope.prefixes[i]))
            return true;
    return false;
}

void kept_scope_leave_out(const struct rules *rules, struct cube *cube)
{
    size_t kept = 0;

    for (size_t i = 0; i < cube->count; i++)
        if (is_wanted(rules->scope, intern_text(&cube->codes, cube->cells[i].presentation)))
            cube->cells[kept++] = cube->cells[i];
    cube->count = kept;
}
