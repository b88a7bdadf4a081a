#include "rules/faults.h"

#include "base/grow.h"
#include "base/similar.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *text;
    const char *where;
} names_texts[NAMES_KINDS] = {
#define X(name, text, where) [NAMES_##name] = {text, where},
    NAMES_LIST(X)
#undef X
};

static const char *keep(struct faults *faults, const char *text)
{
    const char *const copy = arena_copy(&faults->arena, view_of(text != NULL ? text : ""));

    if (copy == NULL)
        faults->out_of_memory = true;
    return copy != NULL ? copy : "";
}

static void add(struct faults *faults, const struct fault *fault)
{
    if (faults->count >= FAULTS_KEPT) {
        faults->more++;
        return;
    }
    if (!grow(&faults->list, &faults->room, faults->count + 1, sizeof *faults->list)) {
        faults->out_of_memory = true;
        return;
    }
    faults->list[faults->count] = (struct fault){
        .file = keep(faults, fault->file),
        .line = fault->line,
        .path = keep(faults, fault->path),
        .id = keep(faults, fault->id),
        .text = keep(faults, fault->text),
        .order = faults->count,
    };
    faults->count++;
}

void fault_add(struct faults *faults, const char *file, uint64_t line, const char *path,
               const char *id, const char *format, ...)
{
    char text[600];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    add(faults, &(struct fault){.file = file, .line = line, .path = path, .id = id, .text = text});
}

static void keep_named(struct faults *faults, struct named **list, size_t *count, size_t *room,
                       const struct named *name)
{
    if (!grow(list, room, *count + 1, sizeof **list)) {
        faults->out_of_memory = true;
        return;
    }
    (*list)[*count] = *name;
    (*list)[*count].text = keep(faults, name->text);
    (*list)[*count].path = keep(faults, name->path);
    (*list)[*count].id = keep(faults, name->id);
    (*list)[*count].file = keep(faults, name->file);
    (*count)++;
}

static const struct named *first_of(const struct faults *faults, const struct named *name)
{
    for (size_t i = 0; i < faults->defined_count; i++)
        if (faults->defined[i].of == name->of && strcmp(faults->defined[i].text, name->text) == 0)
            return &faults->defined[i];
    return NULL;
}

/* Several extracts are of one nation, and several files may list a class. */
static bool may_repeat(enum names_of of)
{
    return of == NAMES_NATION || of == NAMES_CLASS;
}

void faults_define(struct faults *faults, const struct named *name)
{
    struct intern *const names = &faults->names[name->of];
    const size_t before = names->count;
    struct fail why;
    uint32_t number;

    if (intern_put(names, view_of(name->text), &number, &why) != STATUS_OK) {
        faults->out_of_memory = true;
    } else if (names->count > before && name->file != NULL) {
        keep_named(faults, &faults->defined, &faults->defined_count, &faults->defined_room, name);
    } else if (names->count == before && !may_repeat(name->of)) {
        const struct named *const first = first_of(faults, name);

        if (first != NULL)
            fault_add(faults, name->file, name->line, name->path, name->id,
                      "\"%s\" is there twice: first in %s:%llu", name->text, first->file,
                      (unsigned long long)first->line);
    }
}

void faults_refer(struct faults *faults, const struct named *name)
{
    keep_named(faults, &faults->referred, &faults->referred_count, &faults->referred_room, name);
}

void faults_enter(struct faults *faults, const struct named *entry)
{
    keep_named(faults, &faults->entries, &faults->entry_count, &faults->entry_room, entry);
}

enum status fault_at(struct faults *faults, const char *at, const char *format, ...)
{
    static const struct named nowhere = {.file = "", .path = "/", .id = ""};
    const struct named *entry = NULL;
    char text[600];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    for (size_t i = 0; i < faults->entry_count && entry == NULL; i++)
        if (strcmp(faults->entries[i].text, at) == 0)
            entry = &faults->entries[i];
    if (entry == NULL)
        fault_add(faults, at, 0, nowhere.path, nowhere.id, "%s", text);
    else
        fault_add(faults, entry->file, entry->line, entry->path, entry->id, "%s", text);
    return STATUS_RULE;
}

static void check_name(struct faults *faults, const struct named *name)
{
    const struct intern *const names = &faults->names[name->of];
    struct similar near = similar_to(name->text);

    if (faults->incomplete[name->of] || intern_find(names, view_of(name->text)) != INTERN_NONE)
        return;
    for (uint32_t i = 0; i < names->count; i++)
        similar_try(&near, intern_text(names, i).at);
    fault_add(faults, name->file, name->line, name->path, name->id,
              "there is no %s \"%.80s\" in %s%s%s%s", names_texts[name->of].text, name->text,
              names_texts[name->of].where, near.best != NULL ? "; did you mean \"" : "",
              near.best != NULL ? near.best : "", near.best != NULL ? "\"?" : "");
}

void faults_check_names(struct faults *faults)
{
    for (size_t i = 0; i < faults->referred_count; i++)
        check_name(faults, &faults->referred[i]);
}

/* Those of one file together, in the order of its lines. */
static int compare_faults(const void *a, const void *b)
{
    const struct fault *const one = a;
    const struct fault *const other = b;
    const int files = strcmp(one->file, other->file);

    if (files != 0)
        return files;
    if (one->line != other->line)
        return one->line < other->line ? -1 : 1;
    return (one->order > other->order) - (one->order < other->order);
}

/* The fault that was found first: others may follow from it. */
static const struct fault *first_found(const struct faults *faults)
{
    const struct fault *first = faults->list;

    for (size_t i = 1; i < faults->count; i++)
        if (faults->list[i].order < first->order)
            first = &faults->list[i];
    return first;
}

enum status faults_settle(struct faults *faults, struct fail *why)
{
    const struct fault *first;
    char more[96] = "";

    if (faults->out_of_memory)
        return fail_nomem(why);
    if (faults->count == 0)
        return STATUS_OK;
    qsort(faults->list, faults->count, sizeof *faults->list, compare_faults);
    first = first_found(faults);
    if (faults->count + faults->more > 1)
        snprintf(more, sizeof more, " (and %zu more: canister rules check lists them)",
                 faults->count + faults->more - 1);
    fail_set(why, STATUS_RULE, "%s%s%s%s: %.380s%s", first->path, first->id[0] != '\0' ? " (" : "",
             first->id, first->id[0] != '\0' ? ")" : "", first->text, more);
    return fail_in(why, first->file, first->line);
}

void fault_print(const struct fault *fault, char *out, size_t size)
{
    char line[24] = "";

    if (fault->line > 0)
        snprintf(line, sizeof line, ":%llu", (unsigned long long)fault->line);
    snprintf(out, size, "%s%s: %s%s%s%s: %s", fault->file, line, fault->path,
             fault->id[0] != '\0' ? " (" : "", fault->id, fault->id[0] != '\0' ? ")" : "",
             fault->text);
}

void faults_release(struct faults *faults)
{
    free(faults->list);
    free(faults->defined);
    free(faults->referred);
    free(faults->entries);
    for (size_t i = 0; i < NAMES_KINDS; i++)
        intern_release(&faults->names[i]);
    arena_release(&faults->arena);
    *faults = (struct faults){0};
}
