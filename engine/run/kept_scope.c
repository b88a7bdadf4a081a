#include "run/kept_scope.h"

#include "extract/presentation.h"

#include <stdio.h>

/* Grows in the arena; what it leaves behind there is small. */
struct scope_text {
    struct arena *arena;
    char *at;
    size_t length;
    size_t room;
    bool failed;
};

static void append(struct scope_text *text, struct view more)
{
    if (text->length + more.length >= text->room) {
        const size_t room = 2 * (text->length + more.length) + 256;
        char *const grown = arena_take(text->arena, room);

        text->failed = text->failed || grown == NULL;
        if (text->failed)
            return;
        memcpy(grown, text->at != NULL ? text->at : "", text->length);
        text->at = grown;
        text->room = room;
    }
    memcpy(text->at + text->length, more.at, more.length);
    text->length += more.length;
    text->at[text->length] = '\0';
}

static void append_line(struct scope_text *text, const char *kind, struct view what)
{
    append(text, view_of(kind));
    append(text, view_of(" "));
    append(text, what);
    append(text, view_of("\n"));
}

static void append_list(struct scope_text *text, const struct text_list *list)
{
    append(text, view_of(";"));
    for (size_t i = 0; i < list->count; i++) {
        append(text, view_of(" "));
        append(text, view_of(list->texts[i]));
    }
}

static void append_pattern(struct scope_text *text, const struct name_pattern *pattern)
{
    append(text, view_of("name "));
    append(text, view_of(pattern->name));
    append_list(text, &pattern->with);
    append_list(text, &pattern->without);
    append(text, view_of("\n"));
}

const char *kept_scope_write(const struct rules *rules, unsigned subjects, struct arena *arena)
{
    const struct hospital_scope *const hospital = &rules->layouts.hospital;
    struct scope_text text = {.arena = arena};

    append(&text, view_of(""));
    for (size_t i = 0; (subjects >> SUBJECT_prescribing & 1) != 0 && i < rules->scope.count; i++)
        append_line(&text, "bnf", rules->scope.prefixes[i]);
    if ((subjects >> SUBJECT_hospital & 1) != 0) {
        for (uint32_t i = 0; i < hospital->codes.count; i++)
            append_line(&text, "vmp", intern_text(&hospital->codes, i));
        for (size_t i = 0; i < hospital->pattern_count; i++)
            append_pattern(&text, hospital->patterns[i]);
    }
    return text.failed ? NULL : text.at;
}

/* The next line of a scope without its line end; false at the end. */
static bool next_line(const char **at, struct view *line)
{
    *line = (struct view){*at, strcspn(*at, "\n")};
    *at += line->length + ((*at)[line->length] == '\n');
    return line->length > 0;
}

/* A BNF section holds the sections below it; of the others each is kept for itself. */
static bool is_kept(const char *kept, struct view wanted)
{
    const bool section = view_starts(wanted, view_of("bnf "));
    struct view line;

    while (next_line(&kept, &line))
        if (section ? view_starts(wanted, line) : view_equal(wanted, line))
            return true;
    return false;
}

/* The first line of `wanted` that `kept` does not hold; empty when it holds all. */
static struct view missing_line(const char *kept, const char *wanted)
{
    struct view line;

    while (next_line(&wanted, &line))
        if (!is_kept(kept, line))
            return line;
    return view_none();
}

static const struct era *find_era(const struct rules *rules, const struct store_file *file)
{
    for (size_t i = 0; i < rules->layouts.count; i++) {
        const struct extract_rule *const extract = &rules->layouts.extracts[i];

        for (size_t e = 0; e < extract->era_count && strcmp(extract->id, file->extract) == 0; e++)
            if (strcmp(extract->eras[e].id, file->era) == 0)
                return &extract->eras[e];
    }
    return NULL;
}

static enum status fail_gone(const struct store_file *file, const char *what, const char *id,
                             struct fail *why)
{
    fail_set(why, STATUS_RULE, "was read with the %s %s of %s, which today's rules do not have",
             what, id, file->extract);
    return fail_in(why, file->name, 0);
}

enum status kept_find_era(const struct rules *rules, const struct store_file *file,
                          const struct era **era, const struct series_rule **series,
                          struct fail *why)
{
    *series = NULL;
    *era = find_era(rules, file);
    if (*era == NULL)
        return file->companion ? STATUS_OK : fail_gone(file, "layout", file->era, why);
    for (size_t i = 0; i < (*era)->extract->series_count; i++)
        if (strcmp((*era)->extract->series[i].id, file->series) == 0)
            *series = &(*era)->extract->series[i];
    return *series != NULL || file->series[0] == '\0'
               ? STATUS_OK
               : fail_gone(file, "series", file->series, why);
}

enum status kept_check(const struct rules *rules, const struct store_file *file,
                       const struct store_addition *addition, struct arena *arena, struct fail *why)
{
    const struct series_rule *series;
    const struct era *era;
    const char *wanted = "";
    struct view missing;
    enum status status = kept_find_era(rules, file, &era, &series, why);

    if (status == STATUS_OK && era != NULL)
        wanted = kept_scope_write(rules, 1U << era->extract->subject, arena);
    if (status != STATUS_OK || wanted == NULL)
        return status != STATUS_OK ? status : fail_nomem(why);
    missing = missing_line(addition->scope, wanted);
    if (missing.length == 0)
        return STATUS_OK;
    fail_set(why, STATUS_RULE,
             "the rules need \"%.*s\", which the store did not keep when this file was added: add "
             "it again with canister add --replace",
             (int)missing.length, missing.at);
    return fail_in(why, file->name, 0);
}

static bool is_wanted(struct scope scope, struct view code)
{
    for (size_t i = 0; i < scope.count; i++)
        if (view_starts(code, scope.prefixes[i]))
            return true;
    return false;
}

/* As a cell of other medicines, when it is of a hospital medicine that is no gas by the rules. */
static enum status among_others(const struct rules *rules, struct cube *cube, struct cell *cell,
                                struct fail *why)
{
    static const struct presentation others = {.origin = ORIGIN_ELSEWHERE};
    const struct dated_name name = cube->names[cell->presentation];
    const struct view key = intern_text(&cube->codes, cell->presentation);
    char text[PRESENTATION_KEY];

    if (presentation_of(key).origin != ORIGIN_PHARMACY ||
        rules_classify_key(rules, key, name.text).kind != RULES_UNKNOWN)
        return STATUS_OK;
    cell->quantity = 0;
    return cube_presentation(cube, presentation_key(&others, text), view_none(), MONTH_NONE,
                             &cell->presentation, why);
}

enum status kept_scope_leave_out(const struct rules *rules, struct cube *cube, struct fail *why)
{
    size_t kept = 0;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++) {
        struct cell *const cell = &cube->cells[i];
        const struct view key = intern_text(&cube->codes, cell->presentation);

        if (presentation_of(key).origin != ORIGIN_PRIMARY)
            status = among_others(rules, cube, cell, why);
        else if (!is_wanted(rules->scope, key))
            continue;
        cube->cells[kept++] = *cell;
    }
    cube->count = kept;
    return status;
}
